/** Explains why pages without a step have nothing to run. */

import { messages } from './messages.ts'
import { listed } from '../../model/message.ts'
import { lintRunbook } from '../../lint/lint-runbook.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import type { Page } from './pages.ts'

/** Lint's codes for blocks with commands that never run. */
const unrun = new Set(['RB0303', 'RB0305', 'RB0309', 'RB0316'])

/** @throws {UsageError} If no page has a step. */
export function refuseNoSteps(pages: readonly Page[]): void {
  if (pages.some(({ runbook }) => runbook.steps.length > 0)) return
  const found = pages.flatMap(({ file, source }) =>
    lintRunbook(file, source).filter(({ code }) => unrun.has(code)),
  )
  const [first] = found
  const message = messages.noSteps(listed(pages.map(({ file }) => file)))
  if (!first) throw new UsageError(message, messages.whatIsAStep)
  const place = `${first.file}:${first.span.start.line}`
  throw new UsageError(message, messages.unrunBlocks(place, first.message, found.length - 1))
}
