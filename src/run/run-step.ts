/**
 * Runs one step in the order of DESIGN 4: conditions, consent, work, conditions that must hold
 * after.
 */

import { joined, verbatim } from '../model/message.ts'
import { checkSentence, unmetSentence } from '../check/check-sentence.ts'
import type { Check, CheckAnswer } from '../model/check.ts'
import { renderDuration } from '../model/duration.ts'
import { askChecks } from './ask.ts'
import { askConsent, askLost } from './consent.ts'
import { isUnderWay } from './earlier-life.ts'
import { messages } from './messages.ts'
import type { LostFolder } from './ports.ts'
import { restoreFile } from './restore-file.ts'
import { runBackground } from './run-background.ts'
import { runCommands } from './run-commands.ts'
import { runReboot } from './run-reboot.ts'
import { runFileStep } from './run-file-step.ts'
import { askingOf, emitAnswers, type StepContext } from './step-context.ts'
import { failed, interrupted, isGood, skipped, type StepEnd } from './step-end.ts'

const pollMs = 500

export async function runStep(context: StepContext): Promise<StepEnd> {
  const { step, restores } = context.planned
  if (restores) return await restoreFile(restores, context)
  await context.findShell()
  if (!isUnderWay(context.open)) {
    const outside = await context.enter()
    if (outside) return outside
    const early = await askBefore(context)
    if (early) return early
    const settled = context.wasLost ? await askLost(context) : undefined
    if (settled) return settled
    const refused = await askConsent(context)
    if (refused) return refused
  }
  if (step.kind === 'manual') {
    const { yes, lang } = context.options
    return {
      status: 'confirmed',
      reason: yes ? 'assumed' : null,
      message: yes ? messages.assumed[lang] : messages.confirmed[lang],
      exit: null,
    }
  }
  const tries = (step.retry?.times ?? 0) + 1
  for (let attempt = 1; ; attempt++) {
    // State from before a resume belongs to the first attempt.
    const end = await attemptStep(attempt === 1 ? context : { ...context, open: undefined })
    const again =
      attempt < tries &&
      (end.status === 'failed' || end.status === 'lost') &&
      // A person declined.
      end.reason !== 'not-confirmed' &&
      !context.ports.signal.aborted
    if (!again) return end
    await context.ports.clock.sleep(step.retry?.delayMs ?? 0, context.ports.signal)
  }
}

async function attemptStep(context: StepContext): Promise<StepEnd> {
  const { step } = context.planned
  const end = await doWork(context)
  if (!isGood(end) || step.ensures.length === 0) return end
  return (await askAfter(context)) ?? end
}

async function doWork(context: StepContext): Promise<StepEnd> {
  const { step } = context.planned
  switch (step.kind) {
    case 'shell':
      if (step.background) return await runBackground(step, context)
      return await (step.reboot ? runReboot(step, context) : runCommands(step, context))
    case 'console':
    case 'script':
      return await (step.reboot ? runReboot(step, context) : runCommands(step, context))
    case 'file':
    case 'patch':
      return await runFileStep(step, context)
    case 'manual':
      throw new Error('unreachable: a manual step does no work')
    default:
      return step satisfies never
  }
}

/** Asks `when`, `unless` and `needs` in one round trip; earlier steps may have changed them. */
async function askBefore(context: StepContext): Promise<StepEnd | undefined> {
  const { planned, session, options } = context
  const { step } = planned
  const checks = [...planned.pageNeeds, ...step.when, ...step.unless, ...step.needs]
  let lost: LostFolder | undefined
  const onLostFolder = (folder: LostFolder): void => void (lost = folder)
  const answers = await askChecks(session, checks, { ...askingOf(context), onLostFolder })
  // Answers from another folder decide nothing.
  if (lost) return failed('precondition', messages.lostFolder(lost.folder)[options.lang])
  await emitAnswers(answers, context)
  const answered = new Map(checks.map((check, index) => [check, answers[index]]))
  const failing = (asked: readonly Check[]) =>
    asked.find((check) => answered.get(check)?.holds !== true)

  const unmet = failing(planned.pageNeeds)
  if (unmet) return unmetEnd(unmet, answered.get(unmet), context)
  const notHere = failing(step.when)
  if (notHere)
    return skipped('not-for-this-host', messages.notForThisHost(notHere.text)[options.lang])
  if (step.unless.length > 0 && !failing(step.unless)) {
    const sentences = step.unless.map((check) => checkSentence(check, options.lang))
    return skipped(
      'already-done',
      messages.alreadyDone(joined(sentences.map(verbatim)))[options.lang],
    )
  }
  const missing = failing(step.needs)
  return missing && unmetEnd(missing, answered.get(missing), context)
}

function unmetEnd(
  check: Check,
  answer: CheckAnswer | undefined,
  { options: { lang } }: StepContext,
): StepEnd {
  const why = unmetSentence(check, answer?.actual ?? 'no answer', lang)
  return failed('precondition', messages.precondition(why)[lang])
}

/** Polls `ensures` until all hold or `within` is over. */
async function askAfter(context: StepContext): Promise<StepEnd | undefined> {
  const { planned, session, ports } = context
  const { step } = planned
  const until = ports.clock.nowMs() + step.withinMs
  for (;;) {
    const answers = await askChecks(session, step.ensures, askingOf(context))
    const failing = answers.findIndex(({ holds }) => !holds)
    const isOver = failing === -1 || ports.clock.nowMs() >= until || ports.signal.aborted
    if (isOver) await emitAnswers(answers, context)
    if (failing === -1) return undefined
    if (ports.signal.aborted) return interrupted(messages.cancelled[context.options.lang])
    if (isOver) return postcondition(step.ensures[failing], answers[failing], context)
    await ports.clock.sleep(pollMs, ports.signal)
  }
}

function postcondition(
  check: Check | undefined,
  answer: CheckAnswer | undefined,
  { options, planned }: StepContext,
): StepEnd {
  const { lang } = options
  const why = check ? unmetSentence(check, answer?.actual ?? 'no answer', lang) : ''
  const within = renderDuration(planned.step.withinMs)
  return failed('postcondition', messages.postcondition(why, within)[lang])
}
