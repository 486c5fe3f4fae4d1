/** Reads files up to a size limit. Project files must be regular; a person may also name a pipe. */

import { messages } from './messages.ts'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { relative } from 'node:path'
import { UsageError } from '../diagnostic/usage-error.ts'
import { goesThrough, realInside } from './real-place.ts'

const mebibyte = 1024 * 1024

/** Limit for a page, a record or a configuration; far more than a person writes. */
export const maxFileBytes = 16 * mebibyte

/**
 * The bytes of a file of the project.
 *
 * @param root - The project's folder.
 * @throws {UsageError} If the file leads out of the project, is not regular, or is too large.
 * @throws The system's error if it cannot be opened: `ENOENT` and so on.
 */
export function readInside(root: string, path: string, maxBytes = maxFileBytes): Buffer {
  return readRegular(realInside(root, path), maxBytes, path)
}

/**
 * The bytes of a regular file; refuses links.
 *
 * @param shown - The name for messages.
 * @throws {UsageError} As `readInside`.
 */
export function readRegular(path: string, maxBytes = maxFileBytes, shown = path): Buffer {
  // Opening a pipe without a writer would block.
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
  const fd = openSync(path, flags)
  try {
    if (!fstatSync(fd).isFile()) throw new UsageError(messages.notRegular(nameOf(shown)))
    return readAll(fd, maxBytes, shown)
  } finally {
    closeSync(fd)
  }
}

/**
 * The bytes of a file that a person named, in the project or elsewhere.
 *
 * @throws {UsageError} As `readInside`.
 */
export function readFor(root: string, path: string): Buffer {
  return goesThrough(root, path) ? readInside(root, path) : readNamed(path)
}

/**
 * The bytes of a file, pipe or standard input that a person named.
 *
 * @param file - A path, or a file descriptor.
 * @throws {UsageError} If it is too large.
 */
export function readNamed(file: string | number, maxBytes = maxFileBytes): Buffer {
  if (typeof file === 'number') return readAll(file, maxBytes, '-')
  const fd = openSync(file, constants.O_RDONLY)
  try {
    return readAll(fd, maxBytes, file)
  } finally {
    closeSync(fd)
  }
}

function readAll(fd: number, maxBytes: number, shown: string): Buffer {
  const chunks: Buffer[] = []
  let size = 0
  const expected = fstatSync(fd).size
  for (;;) {
    const left = Math.max(64 * 1024, Math.min(expected + 1, maxBytes + 1) - size)
    const chunk = Buffer.allocUnsafe(left)
    const count = readSome(fd, chunk)
    if (count === 0) return Buffer.concat(chunks, size)
    chunks.push(chunk.subarray(0, count))
    size += count
    if (size > maxBytes) {
      throw new UsageError(messages.tooLarge(nameOf(shown), Math.floor(maxBytes / mebibyte)))
    }
  }
}

/** Waits for data if an inherited pipe is non-blocking. */
function readSome(fd: number, chunk: Buffer): number {
  for (;;) {
    try {
      return readSync(fd, chunk)
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined
      if (code === 'EOF') return 0
      if (code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20)
    }
  }
}

function nameOf(path: string): string {
  const way = relative(process.cwd(), path)
  return way === '' || way.startsWith('..') ? path : way
}
