/** Keeps a development server's staged pages up to date while an author edits the project. */

import { SiteError } from './site-error.ts'
import type { Stage } from './stage.ts'
import type { SitePlace, StagedFile } from './staged-files.ts'

const everyMs = 400

/**
 * Polls, because file notifications do not work on all file systems.
 *
 * Reports a refused file once and keeps the previous pages.
 *
 * @returns A function that stops polling.
 */
export function followProject<P extends SitePlace>(
  stage: Stage,
  place: P,
  filesOf: (place: P) => readonly StagedFile[],
): () => void {
  let last = ''
  let told = ''
  const timer = setInterval(() => {
    try {
      stage.put(filesOf(place))
      last = ''
      told = ''
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      // Editors that replace a file remove it for a moment.
      const isLasting = reason === last
      last = reason
      if (!isLasting || reason === told) return
      told = reason
      process.stderr.write(
        `${error instanceof SiteError ? '' : 'the pages cannot be read: '}${reason}\n`,
      )
    }
  }, everyMs)
  return () => clearInterval(timer)
}
