/** Finds our own files. */

import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** `src/publish` in our repository, `dist/publish` in an installed package. */
export function ownFolder(): string {
  return dirname(fileURLToPath(import.meta.url))
}

/** The folder of our `package.json`. */
export function packageFolder(): string {
  let folder = ownFolder()
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder)
    folder = dirname(folder)
  return folder
}
