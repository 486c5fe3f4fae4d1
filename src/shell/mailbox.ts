/**
 * What arrives for one shell, in one queue: bytes of its outputs, and what happens meanwhile.
 *
 * Streams are paused when what they brought is not taken, so that memory stays bounded.
 */

import type { Readable } from 'node:stream'

export type Letter =
  | { readonly kind: 'bytes'; readonly stream: 'out' | 'err'; readonly bytes: Buffer }
  /** The channel is gone. */
  | { readonly kind: 'closed' }
  | {
      readonly kind: 'due'
      readonly what: 'timeout' | 'silence' | 'cancel' | 'given-up' | 'answer' | 'too-much'
    }

export interface Mailbox {
  /** Resolves with the next letter; what is due comes before what was printed. */
  next(): Promise<Letter>
  due(what: Extract<Letter, { kind: 'due' }>['what']): void
  /** Reads from these streams from now on. */
  follow(stdout: Readable, stderr: Readable, closed: Promise<unknown>): void
  /** Whether something has come that was not taken yet. */
  readonly isFull: boolean
  /** Takes back what is due for a command that has ended. */
  forget(): void
  /** Nobody takes anything any more: what still comes is dropped, so that its sender can end. */
  close(): void
}

const fullBytes = 512 * 1024
/**
 * Of what is taken at once: more saves little, and a string that is longer than 128 KiB lives where
 * V8 makes room for it at ten times the cost.
 */
const pieceBytes = 80 * 1024
/** From here on it is worth to see what else has come. */
const manyBytes = 32 * 1024

export function createMailbox(): Mailbox {
  const urgent: Letter[] = []
  const letters: Letter[] = []
  let queuedBytes = 0
  let streams: readonly Readable[] = []
  let wake: (() => void) | undefined
  let wasMuch = false
  let isClosed = false

  const put = (queue: Letter[], letter: Letter): void => {
    queue.push(letter)
    wake?.()
    wake = undefined
  }
  const tellClosed = async (mine: readonly Readable[], closed: Promise<unknown>): Promise<void> => {
    await closed
    if (streams === mine) put(letters, { kind: 'closed' })
  }
  const take = (): Letter | undefined => {
    const letter = urgent.shift() ?? letters.shift()
    if (letter?.kind !== 'bytes') return letter
    const all = [letter.bytes]
    let size = letter.bytes.length
    for (let next = letters[0]; next?.kind === 'bytes'; next = letters[0]) {
      if (next.stream !== letter.stream || size >= pieceBytes) break
      all.push(next.bytes)
      size += next.bytes.length
      letters.shift()
    }
    const bytes = all.length === 1 ? letter.bytes : Buffer.concat(all)
    wasMuch = bytes.length >= manyBytes
    queuedBytes -= bytes.length
    if (queuedBytes < fullBytes) for (const stream of streams) stream.resume()
    return { ...letter, bytes }
  }
  return {
    async next() {
      for (;;) {
        // A flood is read in big pieces: each costs as much as a small one.
        if (wasMuch) await new Promise((resolve) => setImmediate(resolve))
        wasMuch = false
        const letter = take()
        if (letter) return letter
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    due: (what) => put(urgent, { kind: 'due', what }),
    follow(stdout, stderr, closed) {
      const mine = [stdout, stderr]
      streams = mine
      const listen = (stream: 'out' | 'err') => (bytes: Buffer) => {
        if (isClosed) return
        queuedBytes += bytes.length
        put(letters, { kind: 'bytes', stream, bytes })
        // Both: they share one window, and each waits for the other.
        if (queuedBytes >= fullBytes) for (const each of mine) each.pause()
      }
      stdout.on('data', listen('out'))
      stderr.on('data', listen('err'))
      // They were paused when their first bytes had been read.
      for (const each of mine) each.resume()
      void tellClosed(mine, closed)
    },
    get isFull() {
      return letters.length > 0
    },
    forget: () => void urgent.splice(0),
    close() {
      isClosed = true
      letters.splice(0)
      for (const stream of streams) stream.resume()
    },
  }
}
