/**
 * Files read up to a size. A project's are regular files; what a person names may also be a pipe.
 */

import { messages } from './messages.ts'
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { relative } from 'node:path'
import { UsageError } from '../diagnostic/usage-error.ts'
import { goesThrough, realInside } from './real-place.ts'

const mebibyte = 1024 * 1024

/** Of a page, a record, a configuration: far beyond what a person writes. */
export const maxFileBytes = 16 * mebibyte

/**
 * The bytes of a file of the project.
 *
 * @param root - The project's folder.
 * @throws {UsageError} Where it leads out of the project, is no regular file, or is too large.
 * @throws The system's error where it cannot be opened: `ENOENT` and the like.
 */
export function readInside(root: string, path: string, maxBytes = maxFileBytes): Buffer {
  return readRegular(realInside(root, path), maxBytes, path)
}

/**
 * The bytes of a regular file; a link is refused.
 *
 * @param shown - The name for messages.
 * @throws {UsageError} As `readInside`.
 */
export function readRegular(path: string, maxBytes = maxFileBytes, shown = path): Buffer {
  // A pipe that nobody writes would be waited for.
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
 * The bytes of a file that a person named: of the project, or of anywhere.
 *
 * @throws {UsageError} As `readInside`.
 */
export function readFor(root: string, path: string): Buffer {
  return goesThrough(root, path) ? readInside(root, path) : readNamed(path)
}

/**
 * The bytes of what a person named, also of a pipe or of standard input.
 *
 * @param file - A path, or a file descriptor.
 * @throws {UsageError} Where it is too large.
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

/** A pipe that was left non-blocking by whoever made it is waited for. */
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
