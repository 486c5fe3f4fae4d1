/** Draws a run's question: exactly what is approved, and a button with a key for each answer. */

import type { OpenQuestion, Question } from './api.ts'
import { aboutParts } from './card-about.ts'
import { type Choice, choiceButtons, withKeys } from './card-choices.ts'
import { button, element } from './elements.ts'
import type { RunWords } from './words.ts'

export interface CardActions {
  readonly words: RunWords
  readonly answer: (answer: unknown) => void
  /** Offers a shell on a host of the run. */
  readonly openShell: (host: string, card: HTMLElement) => void
}

type Confirm = Extract<Question, { kind: 'confirm' }>
type Stepping = Extract<Question, { kind: 'step' }>

export function questionCard({ id, question }: OpenQuestion, actions: CardActions): HTMLElement {
  const { words } = actions
  const kind = question.kind === 'confirm' ? question.about : question.kind
  const title = element('h4', {}, words.asks[kind])
  const card = element(
    'section',
    {
      class: `rb-question rb-ask-${kind}`,
      'data-runbook-question': String(id),
      role: 'group',
      'aria-label': words.asks[kind],
    },
    title,
  )
  if (question.kind === 'line') card.append(lineForm(question.text, question.hidden, actions))
  else {
    card.append(...aboutParts(question.question.about, words))
    if (question.kind === 'confirm') card.append(...confirmParts(question, actions))
    else if (question.kind === 'failure') {
      const { host } = question.question
      const buttons = [...failureButtons(actions), shellButton(host, card, actions)]
      card.append(element('div', { class: 'rb-question-actions' }, ...buttons))
    } else card.append(...stepParts(question, card, actions))
  }
  withKeys(card)
  return card
}

function confirmParts(question: Confirm, actions: CardActions): readonly HTMLElement[] {
  const { words, answer } = actions
  const { text, about, step } = question.question
  const said = text !== '' && text !== about.danger ? [element('p', {}, text)] : []
  const choices = choiceButtons(confirmChoices(question.about, words), answer)
  if (question.about !== 'danger')
    return [...said, element('div', { class: 'rb-question-actions' }, ...choices)]
  // As at the terminal: who confirms a danger types the step's name.
  const id = step.slice(step.lastIndexOf('#') + 1)
  return [...said, nameForm(id, actions, choices)]
}

function confirmChoices(about: Confirm['about'], { answers }: RunWords): readonly Choice[] {
  const stop: Choice = { key: 'q', label: answers.stop, answer: 'no' }
  switch (about) {
    case 'danger':
      return [{ key: 's', label: answers.skip, answer: 'skip' }, stop]
    case 'manual':
      return [
        { key: 'd', label: answers.done, answer: 'yes' },
        { key: 's', label: answers.skip, answer: 'skip' },
        stop,
      ]
    case 'lost':
      return [
        { key: 'r', label: answers.again, answer: 'yes' },
        { key: 'd', label: answers.takeAsDone, answer: 'skip' },
        stop,
      ]
    case 'deviation':
      return [
        { key: 'r', label: answers.runDeviation, answer: 'yes' },
        { key: 'b', label: answers.back, answer: 'skip' },
        stop,
      ]
    default:
      return about satisfies never
  }
}

function nameForm(
  id: string,
  { words, answer }: CardActions,
  others: readonly HTMLElement[],
): HTMLElement {
  const label = words.typeName(id)
  const field = element('input', {
    type: 'text',
    autocomplete: 'off',
    autocapitalize: 'off',
    spellcheck: 'false',
    placeholder: id,
    'aria-label': label,
    'data-runbook-first': '',
  })
  const run = element('button', { type: 'submit', class: 'rb-run-button rb-run-danger' })
  run.append(words.answers.runIt)
  run.disabled = true
  field.addEventListener('input', () => {
    run.disabled = field.value.trim() !== id
  })
  const form = element(
    'form',
    {},
    element('p', {}, label),
    element('div', { class: 'rb-question-actions' }, field, run, ...others),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (field.value.trim() === id) answer('yes')
  })
  return form
}

function failureButtons({ words, answer }: CardActions): readonly HTMLElement[] {
  const { retry, skip, stop } = words.answers
  return choiceButtons(
    [
      { key: 'r', label: retry, answer: 'retry' },
      { key: 's', label: skip, answer: 'skip' },
      { key: 'q', label: stop, answer: 'quit' },
    ],
    answer,
  )
}

function stepParts(
  { question, problem }: Stepping,
  card: HTMLElement,
  actions: CardActions,
): readonly (HTMLElement | string)[] {
  const { words, answer } = actions
  const { runIt, skip, stop } = words.answers
  const choices: readonly Choice[] = [
    { key: 'r', label: runIt, answer: { kind: 'run' } },
    { key: 's', label: skip, answer: { kind: 'skip' } },
    { key: 'q', label: stop, answer: { kind: 'quit' } },
  ]
  const onHost = shellButton(question.host, card, actions)
  return [
    ...(problem === undefined
      ? []
      : [element('p', { class: 'rb-problem', role: 'alert' }, problem)]),
    element('div', { class: 'rb-question-actions' }, ...choiceButtons(choices, answer), onHost),
    ...(question.about.work.kind === 'manual' ? [] : [editor(question.text, actions)]),
    jumpForm(question, actions),
  ]
}

function shellButton(
  host: string,
  card: HTMLElement,
  { words, openShell }: CardActions,
): HTMLElement {
  const made = button(`${words.answers.shell}: ${host}`, () => openShell(host, card), {
    'aria-keyshortcuts': 'o',
    'data-runbook-do': 'shell',
  })
  made.append(element('kbd', { 'aria-hidden': 'true' }, 'o'))
  return made
}

/** An edited step is a deviation; the run asks before it runs it. */
function editor(text: string, { words, answer }: CardActions): HTMLElement {
  const area = element('textarea', { 'aria-label': words.answers.edit, spellcheck: 'false' })
  area.value = text
  area.rows = Math.min(12, text.split('\n').length + 1)
  const send = button(words.answers.runEdited, () => answer({ kind: 'edit', text: area.value }))
  const summary = element('summary', { 'aria-keyshortcuts': 'e' }, words.answers.edit)
  return element('details', { class: 'rb-edit' }, summary, area, send)
}

function jumpForm(
  { step, steps }: Stepping['question'],
  { words, answer }: CardActions,
): HTMLElement {
  const label = words.answers.jump
  const select = element('select', { 'aria-label': label, 'aria-keyshortcuts': 'j' })
  select.append(element('option', { value: '' }, `${label} …`))
  for (const each of new Set(steps))
    if (each !== step) select.append(element('option', { value: each }, each))
  select.addEventListener('change', () => {
    if (select.value !== '') answer({ kind: 'jump', step: select.value })
  })
  return element('p', { class: 'rb-jump' }, select)
}

function lineForm(text: string, hidden: boolean, { words, answer }: CardActions): HTMLElement {
  const field = element('input', {
    type: hidden ? 'password' : 'text',
    autocomplete: 'off',
    'aria-label': text,
    'data-runbook-first': '',
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
