/** What a person has to say yes to before a step does its work: manual steps, and `danger=`. */

import { commandsOf } from '../model/step.ts'
import { messages } from './messages.ts'
import type { StepContext } from './step-context.ts'
import { failed, skipped, type StepEnd } from './step-end.ts'

/**
 * Asks before a step begins. A file step asks later, once it knows that it changes the file.
 *
 * @returns `undefined`: the step may go on.
 */
export async function askConsent(context: StepContext): Promise<StepEnd | undefined> {
  const { planned, options, ports } = context
  const { step, address, host } = planned
  const { lang } = options
  if (step.kind === 'manual') {
    if (options.yes) return undefined
    const answer = await ports.prompt.confirm(
      { kind: 'manual', step: address, host, text: step.text },
      ports.signal,
    )
    if (answer === 'yes') return undefined
    if (answer === 'skip') return skipped('not-confirmed', messages.notConfirmed[lang]('--yes'))
    return failed('not-confirmed', messages.notConfirmed[lang]('--yes'))
  }
  return commandsOf(step).length === 0 ? undefined : await askDanger(context)
}

/** @returns `undefined`: nothing is lost, or a person or a flag has said yes. */
export async function askDanger({
  planned,
  options,
  ports,
}: Pick<StepContext, 'planned' | 'options' | 'ports'>): Promise<StepEnd | undefined> {
  const { step, address, host } = planned
  if (step.danger === undefined || options.allowDanger) return undefined
  const answer = await ports.prompt.confirm(
    { kind: 'danger', step: address, host, text: step.danger },
    ports.signal,
  )
  return answer === 'yes'
    ? undefined
    : failed('not-confirmed', messages.notConfirmed[options.lang]('--allow-danger'))
}
