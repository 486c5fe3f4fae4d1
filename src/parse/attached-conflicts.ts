/**
 * Reports attributes whose effect depends on the blocks after a step, if those blocks are missing.
 */

import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { expectationsOf, type Step } from '../model/step.ts'
import type { Report } from './report.ts'
import { attributeOf } from './step-attribute.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** Applies a step's `nocompare` to its expectation, and reports attributes without effect. */
export function finishStep(step: Step, report: Report): void {
  if (!('expects' in step)) return
  const nocompare = attributeOf(step, 'nocompare')
  const expected = expectationsOf(step)
  if (nocompare) {
    if (expected.length === 0) {
      report.add('RB0105', nocompare.span, messages.nocompareWithoutOutput, shared.remove)
    }
    const without = step as Mutable<typeof step>
    if (step.expects) without.expects = { ...step.expects, compare: false }
    if (without.kind === 'console') {
      without.commands = without.commands.map((command) =>
        command.expects ? { ...command, expects: { ...command.expects, compare: false } } : command,
      )
    }
  }
  const within = attributeOf(step, 'within')
  if (within && step.background && step.ready.length === 0 && expected.length === 0) {
    report.add('RB0105', within.span, messages.withinWithoutReady, messages.writeReady)
  }
  reportStream(step, report)
}

/** A terminal, and a background step, have one stream only. */
function reportStream(
  step: Step & { readonly kind: 'shell' | 'console' | 'script' },
  report: Report,
): void {
  const fence = step.expects?.fence
  const stream = fence?.attributes.find(({ name }) => name === 'stream')
  if (!stream || step.kind === 'script') return
  if (step.background) {
    report.add('RB0105', stream.span, messages.streamInBackground, shared.remove)
  } else if (step.dialog.length > 0 || step.commands.some(({ dialog }) => dialog.length > 0)) {
    report.add('RB0105', stream.span, messages.streamAtTerminal, shared.remove)
  }
}
