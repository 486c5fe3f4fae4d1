/** Reads files that others may control: refuses endless devices and blocking pipes. */

import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs'

/**
 * @returns `undefined` if the file is missing; empty for an empty device such as `/dev/null`.
 * @throws If it is not a regular file, is larger than `maxBytes`, or cannot be read.
 */
export function readRegularFile(path: string, maxBytes: number): Buffer | undefined {
  if (path === '/dev/null') return Buffer.alloc(0)
  let file: number
  try {
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
  try {
    const found = fstatSync(file)
    if (!found.isFile()) throw new Error(`${path} is not a regular file`)
    if (found.size > maxBytes) throw new Error(`${path} is larger than ${maxBytes} bytes`)
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}
