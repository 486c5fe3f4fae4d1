/** Reads the first and the last line of a file without the rest: journals grow long. */

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const chunkBytes = 64 * 1024

/** Without its newline; empty for an empty file. */
export function firstLine(file: string): string {
  return withFile(file, (fd, size) => {
    let bytes: Buffer = Buffer.alloc(0)
    while (bytes.length < size && !bytes.includes(0x0a)) {
      bytes = Buffer.concat([bytes, readAt(fd, bytes.length)])
    }
    return bytes.toString().split('\n', 1)[0] ?? ''
  })
}

/** The text after the second-last newline; returns an incomplete last line as it is. */
export function lastLine(file: string): string {
  return withFile(file, (fd, size) => {
    let bytes: Buffer = Buffer.alloc(0)
    while (bytes.length < size && !bytes.subarray(0, -1).includes(0x0a)) {
      const from = Math.max(0, size - bytes.length - chunkBytes)
      bytes = Buffer.concat([readAt(fd, from).subarray(0, size - bytes.length - from), bytes])
    }
    return bytes.toString().trimEnd().split('\n').at(-1) ?? ''
  })
}

function withFile<T>(file: string, use: (fd: number, size: number) => T): T {
  const fd = openSync(file, 'r')
  try {
    return use(fd, fstatSync(fd).size)
  } finally {
    closeSync(fd)
  }
}

function readAt(fd: number, position: number): Buffer {
  const chunk = Buffer.alloc(chunkBytes)
  return chunk.subarray(0, readSync(fd, chunk, 0, chunkBytes, position))
}
