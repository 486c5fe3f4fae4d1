import { messages } from './messages.ts'
import { type Diagnostic, isError } from '../../diagnostic/diagnostic.ts'
import { applyFixes } from '../../lint/apply-fixes.ts'
import { parseRunbook } from '../../parse/parse-runbook.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import type { Page } from './pages.ts'
import type { Project } from '../project.ts'
import { rewritePage } from './rewrite-page.ts'

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
    if (file === '-') throw new UsageError(messages.noFixOfInput, messages.giveFile)
    const { text, edits, fixed } = applyFixes(source, own)
    if (errorsOf(file, text) > errorsOf(file, source)) {
      throw new UsageError(messages.fixesBreak(file), messages.fixByHand)
    }
    await rewritePage({ file, source }, edits, { root })
    count += fixed.length
  }
  return count
}

function errorsOf(file: string, text: string): number {
  return parseRunbook(file, text).diagnostics.filter(isError).length
}
