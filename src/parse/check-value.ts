import { listed } from '../model/message.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { processorNames, systemNames } from '../check/known-systems.ts'
import { checkForms, readChecks } from '../check/read-checks.ts'
import { nearest } from '../text/nearest.ts'
import type { Check, Question } from '../model/check.ts'
import type { Span } from '../model/span.ts'
import { patternProblem } from './pattern-problem.ts'
import type { Report } from './report.ts'

/** A text of checks and its span. */
export interface CheckValue {
  readonly value: string
  readonly span: Span
  /** Whether `span` holds `value` letter by letter, so that a span inside it can be computed. */
  readonly exact: boolean
}

/** Parses the checks of a value; reports each error at its position. */
export function readCheckValue(
  { value, span, exact }: CheckValue,
  report: Report,
): readonly Check[] {
  const place = (start: number, end: number): Span => {
    if (!exact) return span
    const { line, column, offset } = span.start
    return {
      start: { line, column: column + start, offset: offset + start },
      end: { line, column: column + end, offset: offset + end },
    }
  }
  const { checks, problems } = readChecks(value)
  for (const { kind, text, usage, start, end } of problems) {
    if (kind === 'unknown') {
      const meant = nearest(text.replace(/^!/, ''), Object.keys(checkForms))
      const help =
        meant === undefined
          ? messages.theChecks(listed(Object.keys(checkForms)))
          : shared.didYouMean(meant)
      report.add('RB0501', place(start, end), messages.unknownCheck(text), help)
    } else if (kind === 'joined') {
      report.add('RB0502', place(start, end), messages.notASeparator(text), messages.writeABlank)
    } else report.add('RB0502', place(start, end), messages.checkForm(text, usage))
  }
  if (value.trim() === '') report.add('RB0502', span, messages.noCheck, messages.writeACheck)
  return checks.flatMap(({ question, negated, text, start, end }) => {
    const meant = misspeltSystem(question)
    if (meant !== undefined) {
      report.add(
        'RB0502',
        place(start, end),
        messages.unknownSystem(text),
        shared.didYouMean(meant),
      )
      return []
    }
    const problem = question.kind === 'line' ? patternProblem(question.pattern) : undefined
    if (problem !== undefined) {
      report.add(
        'RB0402',
        place(start, end),
        messages.wrongPattern(problem),
        messages.patternSyntax,
      )
      return []
    }
    return [{ question, negated, text, span: place(start, end) }]
  })
}

/** The system name that a misspelt one most likely means; `undefined` for a known name. */
function misspeltSystem(question: Question): string | undefined {
  if (question.kind === 'os') return misspelt(question.id, systemNames)
  return question.kind === 'arch' ? misspelt(question.arch, processorNames) : undefined
}

// A short name with one letter changed is usually another name, not a typo.
function misspelt(name: string, known: ReadonlySet<string>): string | undefined {
  return known.has(name) || name.length < 4 ? undefined : nearest(name, known)
}
