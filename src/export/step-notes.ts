/** What a page's attributes and front matter tell a person who reads it without this program. */

import { checkSentence } from '../check/check-sentence.ts'
import type { Check } from '../model/check.ts'
import { listed, type Lang, type Message } from '../model/message.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import { givenTitle } from '../model/step-title.ts'
import { isUndoOnly } from '../plan/used-variables.ts'
import { messages } from './messages.ts'

/** The conditions of a step, where and as whom it runs, and what it may destroy. */
export function stepNotes(runbook: Runbook, step: Step, lang: Lang): readonly string[] {
  const { danger, user, dir, role, needs, when, unless, ensures, ready, exit } = step
  const roleTitle = runbook.roles.find(({ name }) => name === role)?.title ?? role
  const first = runbook.roles.length > 1 ? roleTitle : undefined
  const said = (text: string | undefined, message: (text: string) => Message) =>
    text === undefined ? [] : [message(text)[lang]]
  return [
    ...said(danger, messages.danger),
    ...said(first, messages.onRole),
    ...said(user, messages.asUser),
    ...said(dir, messages.inFolder),
    ...fileNotes(step, lang),
    ...sentences(needs, messages.needs, lang),
    ...sentences(when, messages.onlyIf, lang),
    ...sentences(unless, messages.notIf, lang),
    ...sentences([...ready, ...ensures], messages.afterwards, lang),
    ...(step.background ? [messages.keepsRunning[lang]] : []),
    ...(step.reboot ? [messages.restarts[lang]] : []),
    ...(step.always ? [messages.evenAfterFailure[lang]] : []),
    ...(isUndoOnly(runbook, step) ? [messages.takesBack[lang]] : []),
    ...(exit === 'any' || exit.join() !== '0' ? [messages.mayEndWith(exitWords(exit))[lang]] : []),
  ]
}

/** The name of a step for a person. */
export function stepNames(step: Step): readonly string[] {
  const title = givenTitle(step)
  return [...(title === undefined ? [] : [title]), ...(step.variant ? [step.variant.label] : [])]
}

/** What the front matter says of the page. */
export function pageNotes(runbook: Runbook, lang: Lang): readonly string[] {
  const { needs, requires, roles, variables, dir } = runbook
  const named = roles.map(({ name, title }) => (title === name ? name : `${name} (${title})`))
  return [
    ...(requires.length > 0 ? [messages.needsPages(listed(requires))[lang]] : []),
    ...sentences(needs, messages.needs, lang),
    ...(named.length > 0 ? [messages.hosts(named.join(', '))[lang]] : []),
    ...(dir === undefined ? [] : [messages.inFolder(dir)[lang]]),
    ...variables.map(({ name, ask, secret, default: own }) => {
      const value = secret || own === undefined ? undefined : own
      const words = ask ?? (value === undefined ? messages.ofYourOwn[lang] : undefined)
      return messages.variable(
        name,
        [words, value].filter((each) => each !== undefined).join(': '),
      )[lang]
    }),
  ]
}

function fileNotes(step: Step, lang: Lang): readonly string[] {
  switch (step.kind) {
    case 'file': {
      const mode = step.mode === undefined ? [] : [messages.mode(step.mode)[lang]]
      const whole = step.edit === undefined ? messages.isFile : messages.isInFile
      return [whole(step.path)[lang], ...mode]
    }
    case 'patch':
      return [messages.isPatch(step.path)[lang]]
    case 'script':
      return [messages.isInput(step.run)[lang]]
    case 'shell':
    case 'console':
    case 'manual':
      return []
    default:
      return step satisfies never
  }
}

function sentences(
  checks: readonly Check[],
  message: (text: string) => Message,
  lang: Lang,
): readonly string[] {
  const all = [...new Set(checks.map((check) => checkSentence(check, lang)))]
  return all.length === 0 ? [] : [message(all.join('; '))[lang]]
}

function exitWords(exit: 'any' | readonly number[]): string {
  return exit === 'any' ? '0–255' : exit.join(', ')
}
