/** The files of a built site, by address. */

import { existsSync, realpathSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isBelow } from '../project-files/real-place.ts'

/**
 * The file that an address means: `/x` is `x.html` too. Never one outside of the folder.
 *
 * @param folder - A real path.
 */
export function builtFile(folder: string, url: string): string | undefined {
  let path: string
  try {
    path = decodeURIComponent(url.replace(/[?#].*$/, ''))
  } catch {
    return undefined
  }
  if (path.includes('\0')) return undefined
  const base = join(folder, path)
  const places = path.endsWith('/')
    ? [join(base, 'index.html')]
    : [base, `${base}.html`, join(base, 'index.html')]
  return places.find(
    (place) =>
      existsSync(place) && statSync(place).isFile() && isBelow(folder, realpathSync(place)),
  )
}
