/** Draws a run's question: exactly what is approved, and a button for each answer. */

import type { StepAbout } from '../../src/run/step-about.ts'
import type { OpenQuestion } from './api.ts'
import { button, element } from './elements.ts'
import type { RunWords } from './words.ts'

export type Answer = (answer: unknown) => void

export function questionCard(
  { id, question }: OpenQuestion,
  answer: Answer,
  words: RunWords,
): HTMLElement {
  const kind = question.kind === 'confirm' ? question.about : question.kind
  const card = element('section', {
    class: `rb-question rb-ask-${kind}`,
    'data-runbook-question': String(id),
    role: 'group',
    'aria-label': words.asks[kind],
  })
  card.append(element('h4', {}, words.asks[kind]))
  if (question.kind === 'line') {
    card.append(lineForm(question.text, question.hidden, answer, words))
    return card
  }
  card.append(...aboutParts(question.question.about, words))
  if (question.kind === 'confirm') {
    const { text, about } = question.question
    if (text !== '' && text !== about.danger) card.append(element('p', {}, text))
    card.append(actions(confirmAnswers(question.about, words), answer))
  } else if (question.kind === 'failure') card.append(actions(failureAnswers(words), answer))
  else
    card.append(actions(stepAnswers(words), answer, editor(question.question.text, answer, words)))
  return card
}

/** Host, user, commands or file diff, and what the step destroys. */
function aboutParts(about: StepAbout, words: RunWords): readonly HTMLElement[] {
  const { work } = about
  const parts: HTMLElement[] = [
    element('p', {}, `${about.place} · ${about.step} · ${words.as(about.user, about.host)}`),
  ]
  if (about.danger !== undefined) parts.push(element('p', { class: 'rb-danger' }, about.danger))
  if (work.kind === 'commands') parts.push(code(work.commands.join('\n')))
  if (work.kind === 'script') parts.push(element('p', {}, work.run), code(work.text))
  if (work.kind === 'file' || work.kind === 'patch') {
    const { forecast } = work
    const diff = forecast?.kind === 'changes' ? forecast.diff : undefined
    parts.push(element('p', {}, work.path), code(diff ?? work.text))
  }
  return parts
}

function code(text: string): HTMLElement {
  return element('pre', { tabindex: '0' }, element('code', {}, text))
}

type Choice = readonly [label: string, answer: unknown]

function confirmAnswers(kind: 'manual' | 'danger' | 'lost', words: RunWords): readonly Choice[] {
  const { runIt, done, again, takeAsDone, skip, stop } = words.answers
  const yes = kind === 'danger' ? runIt : kind === 'manual' ? done : again
  return [
    [yes, 'yes'],
    [kind === 'lost' ? takeAsDone : skip, 'skip'],
    [stop, 'no'],
  ]
}

function failureAnswers({ answers }: RunWords): readonly Choice[] {
  return [
    [answers.retry, 'retry'],
    [answers.skip, 'skip'],
    [answers.stop, 'quit'],
  ]
}

function stepAnswers({ answers }: RunWords): readonly Choice[] {
  return [
    [answers.runIt, { kind: 'run' }],
    [answers.skip, { kind: 'skip' }],
    [answers.stop, { kind: 'quit' }],
  ]
}

function actions(choices: readonly Choice[], answer: Answer, ...more: readonly HTMLElement[]) {
  const buttons = choices.map(([label, value]) => button(label, () => answer(value)))
  return element('div', { class: 'rb-question-actions' }, ...buttons, ...more)
}

/** An edited step is recorded as a deviation. */
function editor(text: string, answer: Answer, words: RunWords): HTMLElement {
  const area = element('textarea', { 'aria-label': words.answers.edit, spellcheck: 'false' })
  area.value = text
  area.rows = Math.min(12, text.split('\n').length + 1)
  const send = button(words.answers.runEdited, () => answer({ kind: 'edit', text: area.value }))
  return element('details', {}, element('summary', {}, words.answers.edit), area, send)
}

function lineForm(text: string, hidden: boolean, answer: Answer, words: RunWords): HTMLElement {
  const field = element('input', {
    type: hidden ? 'password' : 'text',
    autocomplete: 'off',
    'aria-label': text,
  })
  const form = element(
    'form',
    {},
    element('pre', {}, text),
    field,
    element('button', { type: 'submit', class: 'rb-run-button' }, words.answers.send),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    answer(field.value)
    field.value = ''
  })
  return form
}
