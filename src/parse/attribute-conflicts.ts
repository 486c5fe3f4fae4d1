/**
 * Reports attributes that need another one or contradict it, and bad `undo` and `reverts` on a
 * page.
 */

import { nearest } from '../text/nearest.ts'
import { listed, type Message } from '../model/message.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import type { Step } from '../model/step.ts'
import type { AttributeReader } from './attribute-reader.ts'
import type { AttributeName } from './attribute-table.ts'
import type { Report } from './report.ts'
import { attributeOf } from './step-attribute.ts'

/** An attribute, and the attributes of which it needs at least one. */
const companions: readonly (readonly [AttributeName, readonly AttributeName[]])[] = [
  ['ready', ['background']],
  ['stop', ['background']],
  ['reverts', ['always']],
  // `within` also bounds the wait for a `background` step's output: see `attached-conflicts.ts`.
  ['within', ['ensures', 'creates', 'ready', 'background']],
]

const rivals: readonly (readonly [AttributeName, AttributeName, Message, Message])[] = [
  ['ensures', 'background', messages.ensuresInBackground, messages.writeReady],
  ['creates', 'background', messages.createsInBackground, messages.writeUnlessAndReady],
  ['exit', 'background', messages.exitInBackground, messages.writeReady],
  ['timeout', 'background', messages.timeoutInBackground, messages.writeWithin],
  ['reboot', 'background', messages.rebootInBackground, messages.makeTwoSteps],
]

export function reportConflicts(reader: AttributeReader, report: Report): void {
  for (const [name, needed] of companions) {
    const attribute = reader.attribute(name)
    if (!attribute || needed.some((each) => reader.has(each))) continue
    const help = name === 'within' && reader.has('reboot') ? messages.restartTimeout : undefined
    report.add('RB0105', attribute.span, messages.noEffectWithout(name, listed(needed)), help)
  }
  for (const [name, rival, message, help] of rivals) {
    const attribute = reader.attribute(name)
    if (attribute && reader.has(rival)) report.add('RB0108', attribute.span, message, help)
  }
}

/** `undo=` must name another step of the page; a step that undoes another has no `undo=` itself. */
export function reportUndo(steps: readonly Step[], report: Report): void {
  const byId = new Map(steps.map((step) => [step.id, step]))
  for (const step of steps) {
    if (step.undo === undefined) continue
    const span = attributeOf(step, 'undo')?.span ?? step.span
    const target = byId.get(step.undo)
    if (!target) {
      const meant = nearest(step.undo, byId.keys())
      const help = meant === undefined ? undefined : shared.didYouMean(meant)
      report.add('RB0602', span, messages.unknownUndo(step.undo), help)
    } else if (step.undo === step.id) {
      report.add('RB0108', span, messages.undoItself, messages.nameAnother)
    } else if (target.undo !== undefined) {
      report.add('RB0108', span, messages.undoOfUndo(step.undo), messages.undoRunsOnly)
    }
  }
}

/** `reverts=` must name steps before the clean-up. */
export function reportReverts(steps: readonly Step[], report: Report): void {
  for (const [index, step] of steps.entries()) {
    if (step.reverts === '*') continue
    const span = attributeOf(step, 'reverts')?.span ?? step.span
    const before = new Set(steps.slice(0, index).map(({ id }) => id))
    for (const id of step.reverts) {
      if (before.has(id)) continue
      const meant = nearest(id, before)
      const help = meant === undefined ? undefined : shared.didYouMean(meant)
      report.add('RB0602', span, messages.unknownReverts(id), help)
    }
  }
}
