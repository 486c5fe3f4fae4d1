/**
 * Lints a page for problems that the parser accepts. Pure: the surroundings come through `Project`.
 */

import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { type ParsedPage, parsePage } from '../parse/parse-runbook.ts'
import { Report } from '../parse/report.ts'
import { lintPageOf, noProject, type Project } from './lint-page.ts'
import { withSureFixes } from './sure-fixes.ts'
import { rules } from './rules.ts'
import { namesOf } from './variables.ts'

/** @returns Diagnostics of the parser and of all rules, in the order of the page. */
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
