import { realpathSync } from 'node:fs'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { applyFixes } from '../lint/apply-fixes.ts'
import { UsageError } from '../plan/usage-error.ts'
import { readFor } from '../project-files/read-file.ts'
import { realNamed } from '../project-files/real-place.ts'
import { writeWhole } from '../project-files/write-whole.ts'
import type { Page } from './pages.ts'
import type { Project } from './project.ts'

/**
 * Writes the certain fixes into the pages.
 *
 * @returns How many were made.
 * @throws {UsageError} For standard input, and for a page that changed meanwhile.
 */
export async function fixPages(
  pages: readonly Page[],
  diagnostics: readonly Diagnostic[],
  { root }: Pick<Project, 'root'>,
): Promise<number> {
  let count = 0
  for (const { file, source } of pages) {
    const own = diagnostics.filter((each) => each.file === file && each.fix)
    if (own.length === 0) continue
    if (file === '-') throw new UsageError('standard input cannot be fixed', 'give a file')
    const { text, fixed } = applyFixes(source, own)
    if (readFor(root, file).toString() !== source) {
      throw new UsageError(`\`${file}\` changed while it was read`, 'run `lint --fix` again')
    }
    await writeWhole(realpathSync(realNamed(root, file)), text)
    count += fixed.length
  }
  return count
}
