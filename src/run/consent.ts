/** Asks a person to confirm a step before it runs: manual steps, and `danger=`. */

import { clauses, type Message } from '../model/message.ts'
import { commandsOf } from '../model/step.ts'
import type { FileChange } from './file-change.ts'
import { messages } from './messages.ts'
import { aboutStep } from './step-about.ts'
import type { StepContext } from './step-context.ts'
import { failed, skipped, type StepEnd } from './step-end.ts'

/**
 * Asks before a step begins. A file step asks later, once it is known to change the file.
 *
 * @returns `undefined`: the step may continue.
 */
export async function askConsent(context: StepContext): Promise<StepEnd | undefined> {
  const { planned, options, ports } = context
  const { step, address, host } = planned
  const { lang } = options
  if (step.kind === 'manual') {
    if (options.yes) return undefined
    const answer = await ports.prompt.confirm(
      {
        kind: 'manual',
        step: address,
        host,
        text: step.text,
        about: aboutStep(context),
      },
      ports.signal,
    )
    if (answer === 'yes') return undefined
    if (answer === 'skip') return skipped('not-confirmed', messages.notConfirmed('--yes')[lang])
    return refusal(answer, '--yes', options)
  }
  return commandsOf(step).length === 0 ? undefined : await askDanger(context)
}

/**
 * Asks before repeating a step whose result was lost before the run was resumed: it may have done
 * its work.
 *
 * @returns `undefined`: run it again.
 */
export async function askLost(context: StepContext): Promise<StepEnd | undefined> {
  const { planned, options, ports } = context
  const { address: step, host } = planned
  const text = messages.mayHaveRun
  const about = aboutStep(context)
  const answer =
    options.lost === undefined
      ? await ports.prompt.confirm(
          { kind: 'lost', step, host, text: text[options.lang], about },
          ports.signal,
        )
      : ({ again: 'yes', done: 'skip' } as const)[options.lost]
  if (answer === 'yes') return undefined
  if (answer !== 'skip') return refusal(answer, '--lost=again|done', options, text)
  const message = messages.takenAsDone[options.lang]
  return { status: 'confirmed', reason: null, message, exit: null }
}

/**
 * @param change - The change of the file, for a file step.
 * @returns `undefined`: the step is not dangerous, or a person or a flag has confirmed it.
 */
export async function askDanger(
  context: StepContext,
  change?: FileChange,
): Promise<StepEnd | undefined> {
  const { planned, options, ports } = context
  const { step, address, host } = planned
  if (step.danger === undefined || options.allowDanger) return undefined
  const answer = await ports.prompt.confirm(
    {
      kind: 'danger',
      step: address,
      host,
      text: step.danger,
      about: aboutStep(context, change),
    },
    ports.signal,
  )
  return answer === 'yes' ? undefined : refusal(answer, '--allow-danger', options)
}

/**
 * @param flag - The flag that confirms without a terminal.
 * @param why - Why confirmation is needed, if the page does not say so.
 */
function refusal(
  answer: 'skip' | 'no' | undefined,
  flag: string,
  { lang }: StepContext['options'],
  why?: Message,
): StepEnd {
  if (answer !== undefined) return failed('not-confirmed', messages.quit[lang])
  const said = messages.notConfirmed(flag)
  return failed('not-confirmed', (why === undefined ? said : clauses([why, said]))[lang])
}
