/**
 * Attributes that mean nothing without another, or against it; `undo` and `reverts` across a page's
 * steps.
 */

import { nearest } from '../text/nearest.ts'
import type { Step } from '../model/step.ts'
import type { AttributeReader } from './attribute-reader.ts'
import type { AttributeName } from './attribute-table.ts'
import type { Report } from './report.ts'
import { attributeOf } from './step-attribute.ts'

/** An attribute, and those of which one has to stand beside it. */
const companions: readonly (readonly [AttributeName, readonly AttributeName[]])[] = [
  ['ready', ['background']],
  ['stop', ['background']],
  ['reverts', ['always']],
  // What is printed by a `background` step is waited for too: see `attached-conflicts.ts`.
  ['within', ['ensures', 'creates', 'ready', 'background']],
]

const rivals: readonly (readonly [AttributeName, AttributeName, string, string])[] = [
  [
    'ensures',
    'background',
    '`ensures` waits for a step that ends; a `background` step does not',
    'write `ready=`',
  ],
  [
    'creates',
    'background',
    '`creates` waits for a step that ends; a `background` step does not',
    'write `unless=file:PATH ready=file:PATH`',
  ],
  [
    'exit',
    'background',
    '`exit` is judged when a step ends; a `background` step does not',
    'write `ready=`',
  ],
  [
    'timeout',
    'background',
    '`timeout` ends a command; a `background` step is left to run',
    'write `within=` for how long `ready` may take',
  ],
  [
    'reboot',
    'background',
    '`reboot` waits for the host to come back; a `background` step is left to run',
    'make two steps of it',
  ],
]

export function reportConflicts(reader: AttributeReader, report: Report): void {
  for (const [name, needed] of companions) {
    const attribute = reader.attribute(name)
    if (!attribute || needed.some((each) => reader.has(each))) continue
    const list = needed.map((each) => `\`${each}\``).join(', ')
    const help =
      name === 'within' && reader.has('reboot')
        ? 'write `timeout=` for how long the restart may take'
        : undefined
    report.add('RB0105', attribute.span, `\`${name}\` means nothing without ${list}`, help)
  }
  for (const [name, rival, message, help] of rivals) {
    const attribute = reader.attribute(name)
    if (attribute && reader.has(rival)) report.add('RB0108', attribute.span, message, help)
  }
}

/** `undo=` names another step of the page, and no step is taken back by what takes it back. */
export function reportUndo(steps: readonly Step[], report: Report): void {
  const byId = new Map(steps.map((step) => [step.id, step]))
  for (const step of steps) {
    if (step.undo === undefined) continue
    const span = attributeOf(step, 'undo')?.span ?? step.span
    const target = byId.get(step.undo)
    if (!target) {
      const meant = nearest(step.undo, byId.keys())
      const message = `\`undo=${step.undo}\` names no step of this page`
      report.add('RB0602', span, message, meant && `did you mean \`${meant}\`?`)
    } else if (step.undo === step.id) {
      report.add('RB0108', span, 'a step cannot take itself back', 'name another step')
    } else if (target.undo !== undefined) {
      const message = `\`${step.undo}\` takes a step back and has an \`undo\` itself`
      report.add(
        'RB0108',
        span,
        message,
        'a step that takes another back is run by `runbook undo` only',
      )
    }
  }
}

/** `reverts=` names steps that stand before the clean-up. */
export function reportReverts(steps: readonly Step[], report: Report): void {
  for (const [index, step] of steps.entries()) {
    if (step.reverts === '*') continue
    const span = attributeOf(step, 'reverts')?.span ?? step.span
    const before = new Set(steps.slice(0, index).map(({ id }) => id))
    for (const id of step.reverts) {
      if (before.has(id)) continue
      const meant = nearest(id, before)
      const message = `\`reverts=${id}\` names no step before this one`
      const help = meant && `did you mean \`${meant}\`?`
      report.add('RB0602', span, message, help)
    }
  }
}
