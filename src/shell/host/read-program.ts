/**
 * Reads a file of this folder. `build.js` replaces this module by the files' texts, so that the
 * bundle needs no files beside it.
 */

import { readFileSync } from 'node:fs'

export function readProgram(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}
