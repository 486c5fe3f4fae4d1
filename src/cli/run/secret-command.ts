/** Gets a secret's value from a command of the configuration. */

import type { Message } from '../../model/message.ts'
import { messages } from './messages.ts'
import { spawn } from 'node:child_process'
import { UsageError } from '../../diagnostic/usage-error.ts'
import type { ActingEntry } from '../config/read-config.ts'
import { ownEnvironment } from '../../transport/own-environment.ts'

const maxBytes = 64 * 1024
const timeoutMs = 120_000

/**
 * Runs the command; it may ask the person at the terminal, such as for a passphrase. The value is
 * its output without the last line end.
 *
 * @param folder - Its working directory.
 * @throws {UsageError} If it fails; its output is not shown.
 */
export async function readSecret(
  { key, command, place }: ActingEntry,
  folder: string,
): Promise<string> {
  const fail = (why: Message) => new UsageError(messages.secretCommand(place, key, why))
  const [program = '', ...args] = typeof command === 'string' ? ['/bin/sh', '-c', command] : command
  const child = spawn(program, args, {
    cwd: folder,
    env: ownEnvironment(),
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  // Closing the pipe also ends programs that the command started itself.
  const end = () => {
    child.kill()
    child.stdout.destroy()
  }
  const timer = setTimeout(end, timeoutMs)
  const chunks: Buffer[] = []
  let size = 0
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > maxBytes) end()
    else chunks.push(chunk)
  })
  const status = await new Promise<number | string>((resolve) => {
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code, signal) => resolve(code ?? signal ?? 'lost'))
  })
  clearTimeout(timer)
  if (size > maxBytes) throw fail(messages.printsTooMuch(maxBytes / 1024))
  if (typeof status === 'string') throw fail(messages.didNotEnd(status))
  if (status !== 0) throw fail(messages.endedWith(status))
  const text = Buffer.concat(chunks)
    .toString()
    .replace(/\r?\n$/, '')
  if (text === '') throw fail(messages.printedNothing)
  return text
}
