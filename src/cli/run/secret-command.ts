/**
 * The value of a secret, as a command of the configuration prints it.
 */

import type { Message } from '../../model/message.ts'
import { messages } from './messages.ts'
import { spawn } from 'node:child_process'
import { UsageError } from '../../diagnostic/usage-error.ts'
import type { ActingEntry } from '../config/read-config.ts'
import { ownEnvironment } from '../../transport/own-environment.ts'

const maxBytes = 64 * 1024
const timeoutMs = 120_000

/**
 * Runs the command; it may ask the person at the terminal, for a passphrase say. What it prints is
 * the value, without the last line's end.
 *
 * @param folder - Where it starts.
 * @throws {UsageError} Where it fails; what it printed is not shown.
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
  // What it started itself ends when nobody reads it any more.
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
