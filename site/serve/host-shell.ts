/** A shell on a host of the run: a card that says what it is, then a terminal. */

import type { Api } from './api.ts'
import { button, element } from './elements.ts'
import { InOrder } from './in-order.ts'
import type { RunWords } from './words.ts'

export interface HostShellOptions {
  readonly api: Api
  readonly run: string
  readonly host: string
  readonly words: RunWords
  /** Follows the page: leaving it ends the shell. */
  readonly signal: AbortSignal
}

/** Asks first: the shell is outside the run. */
export function hostShellCard(options: HostShellOptions): HTMLElement {
  const { words, host } = options
  const close = new AbortController()
  const card = element(
    'section',
    { class: 'rb-question rb-host-shell', role: 'group', 'aria-label': words.answers.shell },
    element('h4', {}, `${words.answers.shell}: ${host}`),
    element('p', {}, words.shellIs(host)),
  )
  const leave = () => {
    close.abort()
    card.remove()
  }
  const open = button(words.openShell, () => {
    open.remove()
    void showShell(card, options, AbortSignal.any([options.signal, close.signal]))
  })
  const leaving = button(words.close, leave, { 'data-runbook-do': 'close-shell' })
  card.append(element('div', { class: 'rb-question-actions' }, open, leaving))
  options.signal.addEventListener('abort', leave, { once: true })
  return card
}

async function showShell(
  card: HTMLElement,
  { api, run, host, words }: HostShellOptions,
  signal: AbortSignal,
): Promise<void> {
  const screen = element('div', { class: 'rb-terminal' })
  const says = element('p', { class: 'rb-run-message', role: 'status' })
  card.append(screen, says)
  try {
    const { fittingSize, openTerminal } = await import('./terminal.ts')
    const size = fittingSize(screen)
    const id = await api.openTerminal(run, host, size)
    const typed = new InOrder((text) => api.typeInto(id, text))
    const terminal = openTerminal(screen, size, (text) => typed.push(text))
    signal.addEventListener('abort', () => terminal.dispose(), { once: true })
    card.scrollIntoView({ block: 'nearest' })
    terminal.focus()
    for await (const bytes of api.terminalOutput(id, signal)) terminal.write(bytes)
    says.textContent = words.shellEnded
  } catch (error) {
    if (!signal.aborted) says.textContent = error instanceof Error ? error.message : String(error)
  }
}
