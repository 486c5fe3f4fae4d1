/**
 * What is doubtful about a page beyond what the parser refuses. Pure: what lies around the page is
 * asked through `Project`.
 */

import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { type ParsedPage, parsePage } from '../parse/parse-runbook.ts'
import { Report } from '../parse/report.ts'
import { lintPageOf, noProject, type Project } from './lint-page.ts'
import { withSureFixes } from './sure-fixes.ts'
import { rules } from './rules.ts'
import { namesOf } from './variables.ts'

/** @returns What the parser and the rules found, in the order of the page. */
export function lintRunbook(
  file: string,
  text: string,
  project: Project = noProject,
): readonly Diagnostic[] {
  return lintParsed(parsePage(file, text), project)
}

export function lintParsed(page: ParsedPage, project: Project): readonly Diagnostic[] {
  const report = new Report(page.runbook.file)
  const lintPage = lintPageOf(page, project)
  for (const rule of rules) rule(lintPage, report)
  const found = [...page.diagnostics, ...report.diagnostics()].toSorted(
    (a, b) => a.span.start.offset - b.span.start.offset,
  )
  return withSureFixes(page.runbook.file, page.source.text, found)
}

/** Names that a page declares or sets, for the pages that require it. */
export function namesSetBy(page: ParsedPage): ReadonlySet<string> {
  return namesOf(lintPageOf(page, noProject))
}
