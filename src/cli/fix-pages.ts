import { readFileSync, realpathSync } from 'node:fs'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { applyFixes } from '../lint/apply-fixes.ts'
import { UsageError } from '../plan/usage-error.ts'
import { writeWhole } from '../project-files/write-whole.ts'
import type { Page } from './pages.ts'

/**
 * Writes the certain fixes into the pages.
 *
 * @returns How many were made.
 * @throws {UsageError} For standard input, and for a page that changed meanwhile.
 */
export async function fixPages(
  pages: readonly Page[],
  diagnostics: readonly Diagnostic[],
): Promise<number> {
  let count = 0
  for (const { file, source } of pages) {
    const own = diagnostics.filter((each) => each.file === file && each.fix)
    if (own.length === 0) continue
    if (file === '-') throw new UsageError('standard input cannot be fixed', 'give a file')
    const { text, fixed } = applyFixes(source, own)
    if (readFileSync(file, 'utf8') !== source) {
      throw new UsageError(`\`${file}\` changed while it was read`, 'run `lint --fix` again')
    }
    await writeWhole(realpathSync(file), text)
    count += fixed.length
  }
  return count
}
