/** The buttons of a question, and their keys: those of the terminal. */

import { button, element } from './elements.ts'

export interface Choice {
  /** One letter. */
  readonly key: string
  readonly label: string
  readonly answer: unknown
}

/** The first one receives the focus when the question appears. */
export function choiceButtons(
  choices: readonly Choice[],
  answer: (answer: unknown) => void,
): readonly HTMLElement[] {
  return choices.map(({ key, label, answer: value }, index) => {
    const made = button(label, () => answer(value), { 'aria-keyshortcuts': key })
    if (index === 0) made.dataset['runbookFirst'] = ''
    made.append(element('kbd', { 'aria-hidden': 'true' }, key))
    return made
  })
}

/** While the focus is in the question, but in no field, a key presses the button that names it. */
export function withKeys(card: HTMLElement): void {
  card.addEventListener('keydown', (event) => {
    const { target, key } = event
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return
    if (!(target instanceof Element) || target.matches('input, textarea, select')) return
    const meant = [...card.querySelectorAll<HTMLElement>('[aria-keyshortcuts]')].find(
      (each) => each.getAttribute('aria-keyshortcuts') === key,
    )
    if (!meant) return
    event.preventDefault()
    meant.focus()
    if (!meant.matches('select')) meant.click()
  })
}
