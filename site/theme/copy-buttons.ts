/** One listener for all copy buttons of the site. */

import { textOfButton } from './copied-text.ts'

export interface CopyWords {
  readonly copied: string
  readonly copyFailed: string
}

export function listenForCopies(words: () => CopyWords): void {
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('.rb-copy') : null
    const text = button ? textOfButton(button) : undefined
    if (button instanceof HTMLElement && text !== undefined) void copy(button, text, words())
  })
}

const timers = new WeakMap<Element, number>()

async function copy(button: HTMLElement, text: string, words: CopyWords): Promise<void> {
  const isCopied = await copyText(text)
  const said = isCopied ? words.copied : words.copyFailed
  button.dataset['said'] = said
  button.dataset['done'] = String(isCopied)
  announce(said)
  clearTimeout(timers.get(button))
  const forget = () => {
    delete button.dataset['said']
    delete button.dataset['done']
  }
  timers.set(button, window.setTimeout(forget, 2000))
}

/** The clipboard API needs https or localhost; otherwise uses `execCommand`. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copyBySelection(text)
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea')
  area.value = text
  area.readOnly = true
  area.className = 'rb-offscreen'
  document.body.append(area)
  const focused = document.activeElement
  area.select()
  const isCopied = document.execCommand('copy')
  area.remove()
  if (focused instanceof HTMLElement) focused.focus()
  return isCopied
}

let region: HTMLElement | undefined

/** Announces the result to screen readers too. */
function announce(text: string): void {
  if (!region) {
    region = document.createElement('div')
    region.className = 'rb-offscreen'
    region.setAttribute('role', 'status')
    document.body.append(region)
  }
  region.textContent = ''
  const said = region
  setTimeout(() => {
    said.textContent = text
  }, 30)
}
