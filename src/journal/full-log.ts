/**
 * The whole of an output that is too long for the journal, compressed beside it, up to a size.
 */

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { createGzip, type Gzip } from 'node:zlib'
import { Utf8Buffers } from './utf8-buffers.ts'

/** Beyond this the log is cut, and says so at its end. */
export const maxLogChars = 1024 * 1024 * 1024

const cutMark = '\n… the rest was left out …\n'

/** What may wait to be compressed, while more is read. */
const waitingBytes = 2 * 1024 * 1024

export class FullLog {
  readonly #gzip: Gzip
  readonly #buffers = new Utf8Buffers()
  readonly #done: Promise<void>
  #written = 0

  constructor(file: string) {
    // The fastest: what is printed comes faster than it can be pressed hard.
    const options = { level: 1, chunkSize: 256 * 1024, highWaterMark: waitingBytes }
    this.#gzip = createGzip(options)
    const sink = createWriteStream(file, { mode: 0o600 })
    this.#gzip.pipe(sink)
    this.#done = finished(sink)
    // A disk that is full is reported by `end`; until then nobody listens.
    this.#done.catch(() => {})
  }

  /**
   * Resolves when there is room for more.
   *
   * @throws Where the disk takes nothing more.
   */
  async write(text: string): Promise<void> {
    if (this.#written > maxLogChars) return
    this.#written += text.length
    const isCut = this.#written > maxLogChars
    const { bytes, release } = this.#buffers.encode(isCut ? cutMark : text)
    const room = this.#gzip.write(bytes, release)
    // After an error of the disk no `drain` comes.
    if (!room) await Promise.race([once(this.#gzip, 'drain'), this.#done])
  }

  /** @throws Where the disk did not take it. */
  async end(): Promise<void> {
    this.#gzip.end()
    await this.#done
  }
}
