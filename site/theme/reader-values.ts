/** Values that a reader enters: stored in this browser for the whole site, except secrets. */

import { quoteValue, type QuoteMode } from '@runbook/publish/quote-value'

const storageKey = 'runbook:values'

interface Shown {
  /** The text for copied commands. */
  readonly text: string
  readonly isFilled: boolean
}

/** The current text of a variable. */
export function shownValue(element: HTMLElement): Shown {
  const { name = '', mode = '', stop, written = '' } = element.dataset
  const value = readerValue(name)
  if (value === undefined) return { text: element.dataset['default'] ?? written, isFilled: false }
  const quoted = isMode(mode) ? quoteValue(value, mode, stop) : undefined
  return { text: quoted ?? written, isFilled: quoted !== undefined }
}

/** Fills stored values into the page's fields, and all values into its commands. */
export function showValues(): void {
  const stored = readStored()
  for (const field of fields()) {
    if (field.type !== 'password') field.value = stored.get(field.dataset['runbookVar'] ?? '') ?? ''
    checkField(field)
  }
  drawValues()
}

/** Handles input in a field. */
export function takeValue(field: HTMLInputElement): void {
  checkField(field)
  if (field.type !== 'password') {
    const all = new Map(readStored())
    const name = field.dataset['runbookVar'] ?? ''
    if (field.value === '') all.delete(name)
    else all.set(name, field.value)
    try {
      localStorage.setItem(storageKey, JSON.stringify(Object.fromEntries(all)))
    } catch {
      // If storage is forbidden, the value lasts as long as the page.
    }
  }
  drawValues()
}

function drawValues(): void {
  for (const element of document.querySelectorAll<HTMLElement>('.rb-var')) {
    const { text, isFilled } = shownValue(element)
    const drawn = isFilled && element.dataset['secret'] !== undefined ? '••••••••' : text
    if (element.textContent !== drawn) element.textContent = drawn
    element.toggleAttribute('data-filled', isFilled)
  }
}

function fields(): NodeListOf<HTMLInputElement> {
  return document.querySelectorAll<HTMLInputElement>('input[data-runbook-var]')
}

/** Ignores a stored value that the page would refuse. */
function readerValue(name: string): string | undefined {
  const field = [...fields()].find(({ dataset }) => dataset['runbookVar'] === name)
  return field && field.value !== '' && isFit(field) ? field.value : undefined
}

function checkField(field: HTMLInputElement): void {
  const isWrong = field.value !== '' && !isFit(field)
  field.setAttribute('aria-invalid', String(isWrong))
  const note = field.parentElement?.querySelector('.rb-invalid')
  if (note) note.toggleAttribute('hidden', !isWrong)
}

function isFit({ value, dataset }: HTMLInputElement): boolean {
  const pattern = dataset['pattern']
  if (pattern === undefined) return true
  try {
    return new RegExp(`^(?:${pattern})$`, 'su').test(value)
  } catch {
    // Browsers lack some of RE2's syntax; `runbook exec` checks the value then.
    return true
  }
}

/** A map, so that a name such as `constructor` is safe. */
function readStored(): ReadonlyMap<string, string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    return new Map(
      typeof stored === 'object' && stored !== null ? Object.entries(stored).filter(isText) : [],
    )
  } catch {
    return new Map()
  }
}

function isText(entry: [string, unknown]): entry is [string, string] {
  return typeof entry[1] === 'string'
}

const modes: readonly string[] = [
  'words',
  'name',
  'value',
  'word',
  'double',
  'heredoc',
  'plain',
  'raw',
] satisfies QuoteMode[]

function isMode(text: string): text is QuoteMode {
  return modes.includes(text)
}
