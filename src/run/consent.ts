/** What a person has to say yes to before a step does its work: manual steps, and `danger=`. */

import { commandsOf } from '../model/step.ts'
import type { FileChange } from './file-change.ts'
import { messages } from './messages.ts'
import { aboutStep } from './step-about.ts'
import type { StepContext } from './step-context.ts'
import { failed, skipped, type StepEnd } from './step-end.ts'

/**
 * Asks before a step begins. A file step asks later, once it knows that it changes the file.
 *
 * @returns `undefined`: the step may go on.
 */
export async function askConsent(context: StepContext): Promise<StepEnd | undefined> {
  const { planned, options, ports, session } = context
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
        about: aboutStep(planned, session.facts.user),
      },
      ports.signal,
    )
    if (answer === 'yes') return undefined
    if (answer === 'skip') return skipped('not-confirmed', messages.notConfirmed[lang]('--yes'))
    return refusal(answer, '--yes', options)
  }
  return commandsOf(step).length === 0 ? undefined : await askDanger(context)
}

/**
 * @param change - What becomes of the file, for a step that changes one.
 * @returns `undefined`: nothing is lost, or a person or a flag has said yes.
 */
export async function askDanger(
  { planned, options, ports, session }: StepContext,
  change?: FileChange,
): Promise<StepEnd | undefined> {
  const { step, address, host } = planned
  if (step.danger === undefined || options.allowDanger) return undefined
  const answer = await ports.prompt.confirm(
    {
      kind: 'danger',
      step: address,
      host,
      text: step.danger,
      about: aboutStep(planned, session.facts.user, change),
    },
    ports.signal,
  )
  return answer === 'yes' ? undefined : refusal(answer, '--allow-danger', options)
}

/** @param flag - Answers where there is no terminal. */
function refusal(
  answer: 'skip' | 'no' | undefined,
  flag: string,
  { lang }: StepContext['options'],
): StepEnd {
  const said = answer === undefined ? messages.notConfirmed[lang](flag) : messages.quit[lang]()
  return failed('not-confirmed', said)
}
