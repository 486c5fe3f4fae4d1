import { closeSync, openSync, readSync } from 'node:fs'

const chunkBytes = 256 * 1024

/**
 * The complete lines of a file from an offset on, without their newline, in memory of one chunk and
 * one line. Returns the offset behind the last of them.
 */
export function* linesFrom(file: string, from: number): Generator<Buffer, number> {
  const fd = openSync(file, 'r')
  try {
    let offset = from
    let unread: Buffer = Buffer.alloc(0)
    for (;;) {
      const chunk = Buffer.alloc(chunkBytes)
      const read = readSync(fd, chunk, 0, chunkBytes, offset + unread.length)
      if (read === 0) return offset
      unread = Buffer.concat([unread, chunk.subarray(0, read)])
      let at = 0
      for (let end = unread.indexOf(0x0a); end !== -1; end = unread.indexOf(0x0a, at)) {
        yield unread.subarray(at, end)
        at = end + 1
      }
      offset += at
      unread = unread.subarray(at)
    }
  } finally {
    closeSync(fd)
  }
}
