/**
 * This computer as a host: the same channels, without ssh.
 *
 * zx starts the launcher and nothing else. It is kept away from the streams, because it stores
 * all that it sees of them and we have to be able to pause.
 */

import { spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { type Channel, type ChannelEnd, type Connection, TransportError } from './transport.ts'
import { within } from './within.ts'

const goodbyeMs = 2000

/** @throws {TransportError} `unsupported` on systems other than Linux. */
export async function connectLocal(): Promise<Connection> {
  if (process.platform !== 'linux') {
    throw new TransportError(
      'unsupported',
      'local',
      `\`local\` needs Linux and this is ${process.platform}: run the page on a host over ssh`,
    )
  }
  const start = await loadStarter()
  const channels = new Set<Channel>()
  return {
    host: 'local',
    address: 'localhost',
    hostKey: null,
    lost: new Promise(() => {}),
    async open() {
      const channel = start()
      channels.add(channel)
      void channel.ended.then(() => channels.delete(channel))
      return channel
    },
    async close() {
      const open = [...channels]
      for (const channel of open) channel.close()
      const ended = Promise.all(open.map((channel) => channel.ended))
      // What does not end when it is told to is no reason to stay.
      await within<unknown>(ended, goodbyeMs, () => undefined)
    },
  }
}

async function loadStarter(): Promise<() => Channel> {
  // Only commands that run something pay for loading zx.
  const { $ } = await import('zx/core')
  return () => {
    const started: Channel[] = []
    const shell = $({
      shell: '/bin/sh',
      prefix: '',
      postfix: '',
      quiet: true,
      nothrow: true,
      // A Ctrl-C at the terminal is for us, not for what we started.
      detached: true,
      env: ownEnvironment(),
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- zx uses this one form
      spawn: ((command: string, options: readonly string[], settings: object) => {
        const child = spawn(command, options, settings)
        started.push(toChannel(child))
        return Object.assign<object, object>(child, { stdin: null, stdout: null, stderr: null })
      }) as typeof spawn,
    })
    void shell`exec /bin/sh -c 'exec bash --noprofile --norc'`
    const [channel] = started
    if (!channel) throw new Error('unreachable: zx started no process')
    return channel
  }
}

/** Ours without what is meant for runbook itself: `RUNBOOK_VAR_…` are secrets. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('RUNBOOK_')),
  )
}

function toChannel(child: ReturnType<typeof spawn>): Channel {
  const { stdin, stdout, stderr } = child
  if (!stdin || !stdout || !stderr) throw new Error('unreachable: the launcher has no pipes')
  const ended = new Promise<ChannelEnd>((resolve) => {
    child.once('error', () => resolve({ kind: 'none' }))
    child.once('close', (code, signal) => resolve(toEnd(code, signal)))
  })
  // The shell may end before it has read all: that shows in how it ended.
  stdin.on('error', () => {})
  return { stdin, stdout, stderr, ended, close: () => closeChannel(child, stdin, stdout, stderr) }
}

function toEnd(code: number | null, signal: string | null): ChannelEnd {
  if (code !== null) return { kind: 'code', code }
  return signal === null ? { kind: 'none' } : { kind: 'signal', signal }
}

function closeChannel(
  child: { readonly pid?: number | undefined; readonly exitCode: number | null; kill(): boolean },
  stdin: Writable,
  stdout: Readable,
  stderr: Readable,
): void {
  stdin.destroy()
  if (child.exitCode === null) child.kill()
  stdout.destroy()
  stderr.destroy()
}
