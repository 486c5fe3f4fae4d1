/** Why a run of pages without a step has nothing to do. */

import { lintRunbook } from '../../lint/lint-runbook.ts'
import { UsageError } from '../../plan/usage-error.ts'
import type { Page } from './pages.ts'

/** What lint says of blocks that hold commands and are never run. */
const unrun = new Set(['RB0303', 'RB0305', 'RB0309', 'RB0316'])

/** @throws {UsageError} Where no page has a step. */
export function refuseNoSteps(pages: readonly Page[]): void {
  if (pages.some(({ runbook }) => runbook.steps.length > 0)) return
  const found = pages.flatMap(({ file, source }) =>
    lintRunbook(file, source).filter(({ code }) => unrun.has(code)),
  )
  const [first] = found
  const names = pages.map(({ file }) => `\`${file}\``).join(', ')
  const message = `${names} ${pages.length === 1 ? 'has' : 'have'} no step: there is nothing to run`
  if (!first) {
    throw new UsageError(
      message,
      'a step is a fenced block whose word is `bash` or `console`, one with `{run=…}` or `{file=…}`, or an open task `- [ ]`',
    )
  }
  const { file, span } = first
  const others = found.length === 1 ? '' : `, and ${found.length - 1} more`
  throw new UsageError(
    message,
    `${file}:${span.start.line}: ${first.message}${others}; \`runbook lint\` says what would run them`,
  )
}
