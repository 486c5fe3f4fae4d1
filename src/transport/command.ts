/**
 * A host that a command of the configuration reaches: anything that gives a bash on its standard
 * input, such as `podman exec -i lab bash`. Each channel is a process of its own.
 */

import { reasonOf } from '../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import { spawn } from 'node:child_process'
import { ownEnvironment } from './own-environment.ts'
import { processChannel } from './process-channel.ts'
import { processConnection } from './process-connection.ts'
import { type Connection, TransportError } from './transport.ts'

/**
 * @param command - The program and its arguments; no shell reads them.
 * @param folder - Where it starts.
 */
export async function connectCommand(
  host: string,
  command: readonly string[],
  folder: string,
): Promise<Connection> {
  const [program = '', ...args] = command
  return processConnection({ host, address: program }, async () => {
    // A Ctrl-C at the terminal is for us, not for what we started.
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
