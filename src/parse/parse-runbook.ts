/** Parses Markdown into a runbook and its diagnostics. Accepts any text; never throws. */

import { messages } from './messages.ts'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { declaredNames, pageName, type Runbook } from '../model/runbook.ts'
import { expectationsOf } from '../model/step.ts'
import { readJsonPattern } from '../match/read-json-pattern.ts'
import { readPattern } from '../match/read-pattern.ts'
import { reportNames } from './check-names.ts'
import { emptyFrontMatter, readFrontMatter } from './front-matter.ts'
import { FencePlaces } from './fence-places.ts'
import { PageSource } from './page-source.ts'
import { patternProblem } from './pattern-problem.ts'
import { type Aside, type Block, readBlocks } from './read-blocks.ts'
import { readSteps } from './read-steps.ts'
import { Report } from './report.ts'

export interface ParsedRunbook {
  readonly runbook: Runbook
  /** In the order of the page. */
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * Parses one page.
 *
 * @param file - Its path, for messages and the model; the file is not read.
 * @param text - The whole page, front matter included.
 */
export function parseRunbook(file: string, text: string): ParsedRunbook {
  const { runbook, diagnostics } = parsePage(file, text)
  return { runbook, diagnostics }
}

/** A page, with the extra data that lint reads. */
export interface ParsedPage extends ParsedRunbook {
  readonly source: PageSource
  readonly blocks: readonly Block[]
  readonly asides: readonly Aside[]
}

export function parsePage(file: string, text: string): ParsedPage {
  const source = new PageSource(file, text)
  const report = new Report(file)
  const { blocks, asides, frontMatter } = readBlocks(source, report)
  const offset = frontMatter && source.lineStart(source.point(frontMatter.offset).line + 1)
  const matter =
    frontMatter && offset !== undefined
      ? readFrontMatter(frontMatter.yaml, offset, source, report)
      : emptyFrontMatter
  reportIncludes(source, blocks, report)
  reportNul(source, report)
  const roles = matter.roles.map(({ name }) => name)
  const steps = readSteps(blocks, { source, report, roles })
  const runbook: Runbook = {
    file,
    name: pageName(file),
    title: matter.title ?? firstHeading(blocks) ?? pageName(file),
    lang: matter.lang,
    requires: matter.requires,
    provides: matter.provides,
    needs: matter.needs,
    roles: matter.roles,
    variables: matter.variables,
    dir: matter.dir,
    dirSpan: matter.dirSpan,
    tags: matter.tags,
    steps,
  }
  reportPatterns(runbook, report)
  reportNames(runbook, declaredNames(runbook), report)
  return { runbook, diagnostics: report.diagnostics(), source, blocks, asides }
}

function firstHeading(blocks: readonly Block[]): string | undefined {
  return blocks.find((block) => block.kind === 'heading')?.text
}

function reportPatterns(runbook: Runbook, report: Report): void {
  const names = declaredNames(runbook)
  const seen = new Set<object>()
  for (const step of runbook.steps) {
    for (const expected of expectationsOf(step)) {
      if (seen.has(expected)) continue
      seen.add(expected)
      if (expected.match === 'json') {
        const pattern = readJsonPattern(expected.text, names)
        if ('problem' in pattern)
          report.add('RB0402', expected.span, messages.expectedNotJson(pattern.problem))
        continue
      }
      const places = expected.fence && new FencePlaces(expected.fence)
      for (const { source, start, end } of readPattern(expected.text, names).regexes) {
        const problem = patternProblem(source)
        if (problem === undefined) continue
        const span = places ? places.span(start, end) : expected.span
        report.add('RB0402', span, messages.wrongPattern(problem), messages.patternLimits)
      }
    }
  }
}

/** Markdown replaces NUL, so the parsed text would differ from the file. */
function reportNul(source: PageSource, report: Report): void {
  const at = source.text.indexOf('\0')
  if (at === -1) return
  report.add('RB0304', source.span(at, at + 1), messages.nulCharacter, messages.removeNul)
}

/** VitePress would include other files, so the site would differ from what is parsed here. */
function reportIncludes(source: PageSource, blocks: readonly Block[], report: Report): void {
  const fences = blocks.flatMap((block) => (block.kind === 'fence' ? [block.fence.span] : []))
  let fence = 0
  for (let line = 1; line <= source.lineCount; line++) {
    while ((fences[fence]?.end.line ?? Number.POSITIVE_INFINITY) < line) fence++
    if ((fences[fence]?.start.line ?? Number.POSITIVE_INFINITY) <= line) continue
    const mark = includeMark(source.line(line))
    if (mark === undefined) continue
    const column = source.line(line).indexOf(mark) + 1
    const span = { start: source.at(line, column), end: source.at(line, column + mark.length) }
    report.add('RB0701', span, messages.includes(mark.trim()), messages.writeTheText)
  }
}

function includeMark(line: string): string | undefined {
  if (line.includes('<<<')) return /^\s*<<<\s*\S+/.exec(line)?.[0]
  const at = line.indexOf('@include:')
  const start = at === -1 ? -1 : line.lastIndexOf('<!--', at)
  const end = at === -1 ? -1 : line.indexOf('-->', at)
  if (start === -1 || end === -1 || line.slice(start + 4, at).trim() !== '') return undefined
  return line.slice(start, end + 3)
}
