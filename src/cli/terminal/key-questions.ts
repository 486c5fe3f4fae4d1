/** Questions answered by one key, or by a step's name; anything else is asked again. */

import { messages } from './messages.ts'
import type { Lang } from '../../model/message.ts'
import { visibleText } from '../../text/visible-text.ts'
import type { FailureChoice, StepQuestion } from '../../run/control.ts'
import type { ConfirmQuestion } from '../../run/ports.ts'
import { say } from '../output.ts'

/** Asks for one line inside a dialog. `undefined`: the person gives no answer. */
export type AskLine = (question: string) => Promise<string | undefined>

type Consent = 'yes' | 'skip' | 'no'

/** @returns `undefined`: the person is gone. */
export function askConfirm(
  { kind, step, text: known }: ConfirmQuestion,
  lang: Lang,
  ask: AskLine,
): Promise<Consent | undefined> {
  if (kind === 'manual') return askKey(manualKeys, messages.manualMenu[lang], { lang, ask })
  if (kind === 'lost') return askKey(lostKeys, messages.lostMenu(known)[lang], { lang, ask })
  const id = step.slice(step.lastIndexOf('#') + 1)
  // A step may be called `q`.
  const stop = id === 'q' ? 'quit' : 'q'
  const answers = new Map<string, Consent>([
    [stop, 'no'],
    ['no', 'no'],
    [id, 'yes'],
  ])
  const shown = visibleText(id)
  const text = messages.typeToContinue(shown, stop)[lang]
  return askKey(answers, text, { lang, ask })
}

/** @returns `undefined`: the person is gone. */
export function askFailure(
  { step }: StepQuestion,
  lang: Lang,
  ask: AskLine,
): Promise<FailureChoice | undefined> {
  const id = visibleText(step.slice(step.lastIndexOf('#') + 1))
  return askKey(failureKeys, messages.failureMenu(id)[lang], { lang, ask })
}

const manualKeys = new Map<string, Consent>([
  ['d', 'yes'],
  ['s', 'skip'],
  ['q', 'no'],
])

const lostKeys = new Map<string, Consent>([
  ['r', 'yes'],
  ['d', 'skip'],
  ['q', 'no'],
])

const failureKeys = new Map<string, FailureChoice>([
  ['r', 'retry'],
  ['s', 'skip'],
  ['q', 'quit'],
])

/**
 * Asks until the answer is one of the keys.
 * @returns `undefined`: the person is gone.
 */
export async function askKey<T>(
  keys: ReadonlyMap<string, T>,
  question: string,
  { lang, ask }: { readonly lang: Lang; readonly ask: AskLine },
): Promise<T | undefined> {
  for (;;) {
    const answer = (await ask(question))?.trim()
    if (answer === undefined) return undefined
    const meant = keys.get(answer)
    if (meant !== undefined) return meant
    say(`${wrongKey(answer, [...keys.keys()], lang)}\n`)
  }
}

/** The reply to an unknown key. */
export function wrongKey(answer: string, keys: readonly string[], lang: Lang): string {
  const known = keys.map(visibleText).join(' ')
  const typed = visibleText(answer)
  return (answer === '' ? messages.typeOneOf(known) : messages.notAnAnswer(typed, known))[lang]
}
