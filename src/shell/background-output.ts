/**
 * Reads what a background process prints, from the byte that was read last, and decodes it.
 *
 * A backlog of up to 16 MiB is read whole. Of a larger one the middle is left out, and a line says
 * how much.
 */

import { messages } from './messages.ts'
import { badAnswer, mostBytes, readNumber } from './host-says.ts'
import { Utf8Stream } from './utf8.ts'

/** Asks for at most `maxBytes` of the output from `offset` on. */
export type ReadBackground = (offset: number, maxBytes: number) => Promise<BackgroundAnswer>

export interface BackgroundAnswer {
  /** `running`, `gone` or a status. */
  readonly state: string
  /** Bytes of the output by now. */
  readonly size: number
  readonly bytes: Buffer
}

/** Of one answer. */
const pieceBytes = 1024 * 1024
/** Of a backlog's beginning, and of its end. */
const halfBacklog = 8 * pieceBytes

export class BackgroundOutput {
  readonly #text = new Utf8Stream()
  #offset = 0

  /** What was printed since the last call, and how the process was doing before that was read. */
  async readNew(
    read: ReadBackground,
  ): Promise<{ readonly state: string; readonly output: string }> {
    const from = this.#offset
    const { state, size, bytes } = await read(from, pieceBytes)
    let output = this.#take(bytes)
    const readUpTo = async (end: number): Promise<void> => {
      while (this.#offset < end) {
        const piece = await read(this.#offset, Math.min(pieceBytes, end - this.#offset))
        // A process may shorten the file that it prints into.
        if (piece.bytes.length === 0) return
        output += this.#take(piece.bytes)
      }
    }
    if (size - from > 2 * halfBacklog) {
      await readUpTo(await nextCharacter(from + halfBacklog, read))
      const end = await nextCharacter(size - halfBacklog, read)
      output += `\n… ${end - this.#offset} bytes left out …\n`
      this.#offset = end
    }
    await readUpTo(size)
    return { state, output: state === 'running' ? output : output + this.#text.end() }
  }

  #take(bytes: Buffer): string {
    this.#offset += bytes.length
    return this.#text.push(bytes)
  }
}

/** The place of the first character that begins at `place` or behind it. */
async function nextCharacter(place: number, read: ReadBackground): Promise<number> {
  const { bytes } = await read(place, 3)
  return (
    place +
    Math.max(
      bytes.findIndex((byte) => (byte & 0xc0) !== 0x80),
      0,
    )
  )
}

/**
 * What `background.sh` said. Where it was not done in time, what came is a beginning.
 *
 * @throws {ShellError} `bad-answer`
 */
export function readBackgroundAnswer(
  host: string,
  stdout: Buffer,
  { offset, maxBytes }: { readonly offset: number; readonly maxBytes: number },
): BackgroundAnswer {
  const end = stdout.indexOf(10)
  if (end < 0) return { state: 'running', size: offset, bytes: Buffer.alloc(0) }
  const [state = '', sizeText] = stdout.toString('latin1', 0, end).split(' ')
  const size = readNumber(sizeText, mostBytes)
  if (size === undefined) throw badAnswer(host, messages.sizeOfOutput, sizeText ?? '')
  const most = Math.max(0, Math.min(maxBytes, size - offset))
  return { state, size, bytes: stdout.subarray(end + 1, end + 1 + most) }
}
