/** Checks holes that capture text, and the names declared for them. */

import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import type { ExpectedOutput } from '../model/expected.ts'
import { expectationsOf, type Step } from '../model/step.ts'
import { readPattern } from '../match/read-pattern.ts'
import { FencePlaces } from '../parse/fence-places.ts'
import { declaredNames } from '../model/runbook.ts'
import type { LintPage, Rule } from './lint-page.ts'

export const captures: Rule = (page, report) => {
  const names = declaredNames(page.runbook)
  for (const step of page.runbook.steps) {
    const declared = [...step.captures, ...step.secrets]
    if (declared.length > 0) {
      const caught = new Set(expectationsOf(step).flatMap((each) => caughtBy(each, names)))
      for (const name of declared) {
        if (caught.has(name)) continue
        const { span, attribute } = placeOf(step, name)
        report.add('RB0809', span, messages.neverSet(name), messages.captureOrDrop(name, attribute))
      }
    }
    for (const name of step.captures) {
      if (isUsed(page, name)) continue
      report.add('RB0810', placeOf(step, name).span, messages.neverUsed(name))
    }
  }
  reportUndeclared(page, names, report)
}

function caughtBy({ text }: ExpectedOutput, names: ReadonlySet<string>): readonly string[] {
  const caught = readPattern(text, names).captures
  // In JSON a hole may be quoted, or share a line with others.
  return [...caught, ...[...names].filter((name) => new RegExp(`<${name}[:>]`).test(text))]
}

function placeOf(step: Step, name: string) {
  const attributes = 'fence' in step ? step.fence.attributes : []
  const found = attributes.find(
    (each) =>
      (each.name === 'captures' || each.name === 'secret') &&
      (each.value ?? '').split(',').includes(name),
  )
  const attribute = found?.name ?? 'captures'
  const { start, end } = found?.valueSpan ?? step.span
  const at = (found?.value ?? '').split(',').indexOf(name)
  if (!found || end.offset - start.offset !== found.value?.length)
    return { span: { start, end }, attribute }
  const before = found.value
    .split(',')
    .slice(0, at)
    .reduce((sum, each) => sum + each.length + 1, 0)
  const point = (column: number) => ({
    line: start.line,
    column: start.column + column,
    offset: start.offset + column,
  })
  return { span: { start: point(before), end: point(before + name.length) }, attribute }
}

function isUsed(page: LintPage, name: string): boolean {
  const use = new RegExp(`\\$\\{?[!#]?${name}\\b|<\\$${name}>|var:${name}\\b`)
  return use.test(page.source.text)
}

/** `<NAME:RE>` looks like a hole, but without a declaration it is literal text. */
function reportUndeclared(
  page: LintPage,
  names: ReadonlySet<string>,
  report: Parameters<Rule>[1],
): void {
  for (const step of page.runbook.steps) {
    for (const { fence, text } of expectationsOf(step)) {
      if (!fence) continue
      const places = new FencePlaces(fence)
      for (const match of text.matchAll(/(?<!\\)<(\$?)([A-Z][A-Z0-9_]*)(:|>)/g)) {
        const [whole, mark = '', name = '', end = ''] = match
        if (names.has(name) || (mark === '' && end === '>')) continue
        const span = places.span(match.index, match.index + whole.length)
        const message = messages.literalText(`<${mark}${name}`, name)
        const help = mark === '' ? messages.declareCapture(name) : shared.declareVariable(name)
        report.add('RB0811', span, message, help)
      }
    }
  }
}
