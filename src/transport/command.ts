/**
 * Connects to a host through a configured command that provides a bash on its standard input, such
 * as `podman exec -i lab bash`. Each channel is its own process.
 */

import { reasonOf } from '../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import { spawn } from 'node:child_process'
import { ownEnvironment } from './own-environment.ts'
import { processChannel } from './process-channel.ts'
import { processConnection } from './process-connection.ts'
import { type Connection, TransportError } from './transport.ts'

/**
 * @param command - The program and its arguments; no shell parses them.
 * @param folder - Its working directory.
 */
export async function connectCommand(
  host: string,
  command: readonly string[],
  folder: string,
): Promise<Connection> {
  const [program = '', ...args] = command
  return processConnection({ host, address: program }, async () => {
    // Detached, so that Ctrl-C at the terminal reaches only this program.
    const child = spawn(program, args, { cwd: folder, env: ownEnvironment(), detached: true })
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', (error) => {
        const message = messages.notStarted(host, program, reasonOf(error))
        reject(new TransportError('unreachable', host, message, { cause: error }))
      })
    })
    return processChannel(child)
  })
}
