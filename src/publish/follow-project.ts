/** Keeps the stage of a development server equal to the project, as an author writes. */

import { SiteError } from './site-error.ts'
import type { Stage } from './stage.ts'
import type { SitePlace, StagedFile } from './staged-files.ts'

const everyMs = 400

/**
 * Looks again and again, as no way of being told works on all file systems.
 *
 * A file that the site may not have is told once, and the pages stay as they were.
 *
 * @returns Ends it.
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
      // An editor that replaces a file has it away for a moment.
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
