/** The lines that a recorded terminal showed: `script` files, asciinema casts, pasted text. */

import { Screen } from '../match/render-screen.ts'

export interface TerminalText {
  readonly lines: readonly string[]
  /** How many full-screen programs were cut out. */
  readonly screens: number
}

export function readTerminal(source: string): TerminalText {
  const printed = isCast(source) ? printedByCast(source) : withoutScriptMarks(source)
  const { text, screens } = withoutScreens(printed)
  const lines: string[] = []
  const screen = new Screen((line) => lines.push(line))
  screen.push(text)
  screen.end()
  return { lines, screens }
}

const escape = '\u001b'
/** A program that fills the screen draws on one of its own, and goes back to the other. */
const otherScreen = new RegExp(String.raw`${escape}\[\?(?:1049|1047|47)([hl])`)

function withoutScreens(text: string): { readonly text: string; readonly screens: number } {
  const [first = '', ...rest] = text.split(otherScreen)
  let kept = first
  let screens = 0
  for (let at = 0; at < rest.length; at += 2) {
    if (rest[at] === 'h') {
      screens++
      kept += '\r\n'
    } else kept += rest[at + 1] ?? ''
  }
  return { text: kept, screens }
}

function isCast(source: string): boolean {
  return /^\{[^\n]*"version"\s*:\s*[123]\b/.test(source)
}

/** Version 1 is one document; 2 and 3 have an event a line. Typed input is echoed by the terminal. */
function printedByCast(source: string): string {
  const [head = '', ...lines] = source.split('\n')
  const whole = parsed(lines.length < 2 ? source : head)
  if (isRecord(whole) && Array.isArray(whole['stdout'])) return whole['stdout'].map(textOf).join('')
  return lines.map((line) => textOf(parsed(line))).join('')
}

function textOf(event: unknown): string {
  if (!Array.isArray(event)) return ''
  const text: unknown = event.length === 2 ? event[1] : event[1] === 'o' ? event[2] : undefined
  return typeof text === 'string' ? text : ''
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function withoutScriptMarks(source: string): string {
  return source
    .replace(/^Script started on [^\n]*\n/, '')
    .replace(/\n?Script done on [^\n]*\s*$/, '\n')
}
