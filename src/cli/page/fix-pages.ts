import { messages } from './messages.ts'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { applyFixes } from '../../lint/apply-fixes.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { type LintedPages, lintPages } from './lint-pages.ts'
import { type Page, readPage } from './pages.ts'
import type { Project } from '../project.ts'
import { rewritePage } from './rewrite-page.ts'

export interface FixedPages extends LintedPages {
  /** What was mended, in the order in which it was. */
  readonly fixed: readonly Diagnostic[]
}

/** A fix may make another one certain; more rounds than that are a mistake of a rule. */
const maxRounds = 10

/**
 * Writes the certain fixes into the pages until there are none left. Pages that are only required
 * by these are judged, and left as they are.
 *
 * @throws {UsageError} For standard input, and for a page that changed meanwhile.
 */
export async function fixPages(
  given: readonly Page[],
  linted: LintedPages,
  project: Project,
): Promise<FixedPages> {
  const fixed: Diagnostic[] = []
  let pages = given
  let found = linted
  for (let round = 0; round < maxRounds; round++) {
    const made = await fixOnce(pages, found.diagnostics, project)
    if (made.length === 0) break
    fixed.push(...made)
    pages = pages.map((page) =>
      page.file === '-' ? page : readPage(page.file, project, undefined),
    )
    found = lintPages(pages, project)
  }
  return { ...found, fixed }
}

async function fixOnce(
  pages: readonly Page[],
  diagnostics: readonly Diagnostic[],
  { root }: Pick<Project, 'root'>,
): Promise<readonly Diagnostic[]> {
  const made: Diagnostic[] = []
  for (const { file, source } of pages) {
    const own = diagnostics.filter((each) => each.file === file && each.fix)
    if (own.length === 0) continue
    if (file === '-') throw new UsageError(messages.noFixOfInput, messages.giveFile)
    const { edits, fixed } = applyFixes(source, own)
    await rewritePage({ file, source }, edits, { root })
    made.push(...fixed)
  }
  return made
}
