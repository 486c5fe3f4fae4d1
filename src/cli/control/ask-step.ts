/** The question before a step. An edit is checked, shown once more and confirmed: it is a deviation. */

import type { Lang } from '../../model/message.ts'
import { shellMessage } from '../../parse/library-messages.ts'
import { splitShell } from '../../parse/shell-commands.ts'
import type { StepChoice, StepQuestion } from '../../run/control.ts'
import type { StepAbout, StepWork } from '../../run/step-about.ts'
import { messages } from '../terminal/messages.ts'
import type { Consent, Question } from './control-message.ts'

export interface StepAsking {
  readonly lang: Lang
  readonly mask: (text: string) => string
  readonly askStep: (
    question: Extract<Question, { kind: 'step' }>,
  ) => Promise<StepChoice | undefined>
  readonly askConsent: (
    question: Extract<Question, { kind: 'confirm' }>,
  ) => Promise<Consent | undefined>
}

/** @returns `undefined`: nobody can answer. */
export async function askStep(
  question: StepQuestion,
  { lang, mask, askStep: ask, askConsent }: StepAsking,
): Promise<StepChoice | undefined> {
  let problem: string | undefined
  for (;;) {
    const choice = await ask({
      kind: 'step',
      question,
      ...(problem === undefined ? {} : { problem }),
    })
    problem = choice && problemOf(choice, question, lang)
    if (problem !== undefined) continue
    if (choice?.kind !== 'edit') return choice
    const { step, host } = question
    const about = { ...question.about, work: editedWork(question.about, mask(choice.text)) }
    const isMeant = await askConsent({
      kind: 'confirm',
      about: 'deviation',
      question: { step, host, text: '', about },
    })
    if (isMeant === 'yes') return choice
    if (isMeant === 'no') return { kind: 'quit' }
    if (isMeant === undefined) return undefined
  }
}

/** Why a choice cannot be followed. */
function problemOf(
  choice: StepChoice,
  { about, text, steps }: StepQuestion,
  lang: Lang,
): string | undefined {
  if (choice.kind === 'jump' && !steps.includes(choice.step))
    return messages.noSuchStep(choice.step)[lang]
  if (choice.kind !== 'edit') return undefined
  const { kind } = about.work
  if (kind === 'manual') return messages.nothingToEdit[lang]
  if (choice.text.replace(/\n$/, '') === text.replace(/\n$/, '')) return messages.notEdited[lang]
  const wrong = kind === 'commands' ? splitShell(choice.text).problem : undefined
  return wrong && shellMessage(wrong.message)[lang]
}

function editedWork({ work }: StepAbout, text: string): StepWork {
  switch (work.kind) {
    case 'commands':
      return { kind: 'commands', commands: [text] }
    case 'script':
      return { ...work, text }
    case 'file':
    case 'patch':
      return { ...work, text, forecast: undefined }
    case 'manual':
      return work
    default:
      return work satisfies never
  }
}
