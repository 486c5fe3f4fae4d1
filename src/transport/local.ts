/**
 * This computer as a host: the same channels, without ssh.
 *
 * zx only starts the launcher. It does not get the streams, because it stores all data it sees and
 * we must be able to pause.
 */

import { messages } from './messages.ts'
import { spawn } from 'node:child_process'
import { ownEnvironment } from './own-environment.ts'
import { processChannel } from './process-channel.ts'
import { processConnection } from './process-connection.ts'
import { type Channel, type Connection, TransportError } from './transport.ts'

/** @throws {TransportError} `unsupported` on systems other than Linux. */
export async function connectLocal(): Promise<Connection> {
  if (process.platform !== 'linux') {
    throw new TransportError('unsupported', 'local', messages.linuxOnly(process.platform))
  }
  return processConnection({ host: 'local', address: 'localhost' }, await loadStarter())
}

async function loadStarter(): Promise<() => Channel> {
  // Load zx only when a command runs something.
  const { $ } = await import('zx/core')
  return () => {
    const started: Channel[] = []
    const shell = $({
      shell: '/bin/sh',
      prefix: '',
      postfix: '',
      quiet: true,
      nothrow: true,
      // Detached, so that Ctrl-C at the terminal reaches only this program.
      detached: true,
      env: ownEnvironment(),
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- zx uses this one form
      spawn: ((command: string, options: readonly string[], settings: object) => {
        const child = spawn(command, options, settings)
        started.push(processChannel(child))
        return Object.assign<object, object>(child, { stdin: null, stdout: null, stderr: null })
      }) as typeof spawn,
    })
    void shell`exec /bin/sh -c 'exec bash --noprofile --norc'`
    const [channel] = started
    if (!channel) throw new Error('unreachable: zx started no process')
    return channel
  }
}
