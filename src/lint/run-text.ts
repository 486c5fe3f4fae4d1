/** Every text of a page that reaches a host: commands, files, answers. */

import type { Span } from '../model/span.ts'
import type { Step } from '../model/step.ts'
import { FencePlaces } from '../parse/fence-places.ts'
import type { LintPage } from './lint-page.ts'

export interface RunText {
  readonly step: Step
  readonly text: string
  readonly span: (start: number, end: number) => Span
  /** Whether a database reads the text, as far as the page shows. */
  readonly isSql: boolean
}

const databases = /\b(?:mysql|mariadb|psql|sqlite3|sqlplus|clickhouse-client|sqlcmd|cockroach)\b/

export function* runText(page: LintPage): Generator<RunText> {
  for (const step of page.runbook.steps) {
    if (step.kind === 'manual') continue
    const places = new FencePlaces(step.fence)
    const { text } = step.fence
    const isSql =
      step.kind === 'script'
        ? step.language === 'sql' || databases.test(step.run)
        : step.kind !== 'file' && step.kind !== 'patch' && databases.test(text)
    yield { step, text, span: (start, end) => places.span(start, end), isSql }
    if (step.kind !== 'shell') continue
    for (const { answer, span } of step.dialog) {
      const at = page.source.line(span.start.line).lastIndexOf(answer)
      if (answer === '' || at === -1) continue
      const place = (start: number, end: number) => ({
        start: page.source.at(span.start.line, at + start + 1),
        end: page.source.at(span.start.line, at + end + 1),
      })
      yield { step, text: answer, span: place, isSql: true }
    }
  }
}
