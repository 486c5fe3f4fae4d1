import type { ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import type { Channel, ChannelEnd } from './transport.ts'

/** A local program as a channel: its three streams are pipes. */
export function processChannel(child: ChildProcess): Channel {
  const { stdin, stdout, stderr } = child
  if (!stdin || !stdout || !stderr) throw new Error('unreachable: the program has no pipes')
  const ended = new Promise<ChannelEnd>((resolve) => {
    child.once('error', () => resolve({ kind: 'none' }))
    child.once('close', (code, signal) => resolve(toEnd(code, signal)))
  })
  // The shell may exit before it has read all input; its exit status shows that.
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
