/**
 * The text of a file of this folder. `build.js` puts the texts in place of this module, so that the
 * bundled program needs nothing beside it.
 */

import { readFileSync } from 'node:fs'

export function readProgram(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}
