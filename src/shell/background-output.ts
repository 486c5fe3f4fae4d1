/**
 * Reads and decodes new output of a background process.
 *
 * Reads up to 16 MiB completely. Of more, omits the middle and says so in a line of the output.
 */

import { StringDecoder } from 'node:string_decoder'
import { messages } from './messages.ts'
import { mostBytes, readNumber } from './marker.ts'
import { badAnswer } from './shell-error.ts'

/** Reads at most `maxBytes` of the output from `offset` on. */
export type ReadBackground = (offset: number, maxBytes: number) => Promise<BackgroundAnswer>

export interface BackgroundAnswer {
  /** `running`, `gone` or the exit status. */
  readonly state: string
  /** Size of the whole output so far, in bytes. */
  readonly size: number
  readonly bytes: Buffer
}

/** Size of one read. */
const pieceBytes = 1024 * 1024
/** Bytes to keep of each end of a long backlog. */
const halfBacklog = 8 * pieceBytes

export class BackgroundOutput {
  readonly #text = new StringDecoder('utf8')
  #offset = 0

  /** The output since the last call, and the process's state just before reading it. */
  async readNew(
    read: ReadBackground,
  ): Promise<{ readonly state: string; readonly output: string }> {
    const from = this.#offset
    const { state, size, bytes } = await read(from, pieceBytes)
    let output = this.#take(bytes)
    const readUpTo = async (end: number): Promise<void> => {
      while (this.#offset < end) {
        const piece = await read(this.#offset, Math.min(pieceBytes, end - this.#offset))
        // The process may truncate its output file.
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
    return this.#text.write(bytes)
  }
}

/** Offset of the first UTF-8 character that begins at or after `place`. */
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
 * Parses the output of `background.sh`. Output that a timeout has truncated counts as no news.
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
