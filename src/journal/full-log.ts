/**
 * The complete output, if it is too long for the journal: compressed, beside the journal, up to a
 * limit.
 */

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { createGzip, type Gzip } from 'node:zlib'
import { Utf8Buffers } from './utf8-buffers.ts'

/** A longer log is cut, and says so at its end. */
export const maxLogChars = 1024 * 1024 * 1024

const cutMark = '\n… the rest was left out …\n'

/** Limit of data that waits for compression. */
const waitingBytes = 2 * 1024 * 1024

export class FullLog {
  readonly #gzip: Gzip
  readonly #buffers = new Utf8Buffers()
  readonly #done: Promise<void>
  #written = 0

  constructor(file: string) {
    // The fastest level: output may arrive faster than a higher level compresses.
    const options = { level: 1, chunkSize: 256 * 1024, highWaterMark: waitingBytes }
    this.#gzip = createGzip(options)
    const sink = createWriteStream(file, { mode: 0o600 })
    this.#gzip.pipe(sink)
    this.#done = finished(sink)
    // `end` reports a full disk; until then the rejection is handled here.
    this.#done.catch(() => {})
  }

  /**
   * Resolves when there is room for more.
   *
   * @throws If the disk is full or fails.
   */
  async write(text: string): Promise<void> {
    if (this.#written > maxLogChars) return
    this.#written += text.length
    const isCut = this.#written > maxLogChars
    const { bytes, release } = this.#buffers.encode(isCut ? cutMark : text)
    const room = this.#gzip.write(bytes, release)
    // After a disk error, no `drain` event comes.
    if (!room) await Promise.race([once(this.#gzip, 'drain'), this.#done])
  }

  /** @throws If the disk is full or fails. */
  async end(): Promise<void> {
    this.#gzip.end()
    await this.#done
  }
}
