/**
 * Breaks our own sentences into lines at word boundaries. Text in backticks and paths stay whole,
 * however long: a person copies them. Chinese breaks between characters.
 */

import { displayWidth } from './display-width.ts'

export interface WrapOptions {
  /** Columns of the terminal; `Infinity` where there is none. */
  readonly columns: number
  /** Blanks before every line but the first. */
  readonly indent: number
}

/** @param text - One line without colours. */
export function wrapText(text: string, { columns, indent }: WrapOptions): readonly string[] {
  if (displayWidth(text) <= columns) return [text]
  const margin = ' '.repeat(Math.max(0, Math.min(indent, Math.floor(columns / 2))))
  const lines: string[] = []
  let line = ''
  let hasWord = false
  for (const { gap, word } of piecesOf(text)) {
    if (hasWord && displayWidth(line + gap + word) > columns) {
      lines.push(line)
      line = margin + word
    } else line += gap + word
    hasWord = true
  }
  return hasWord ? [...lines, line] : [text]
}

/** A sentence behind a label such as `error: `; its further lines begin below its first word. */
export function wrapLabelled(label: string, text: string, columns: number): readonly string[] {
  return wrapText(label + text, { columns, indent: displayWidth(label) })
}

interface Piece {
  /** Blanks before it, which a line break takes the place of. */
  readonly gap: string
  readonly word: string
}

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  for (const [, gap = '', run = ''] of text.matchAll(runs)) {
    const [first = '', ...others] = wordsOf(run)
    pieces.push({ gap, word: first }, ...others.map((word) => ({ gap: '', word })))
  }
  return pieces
}

/** Blanks, then what has no blank in it but within backticks. */
const runs = /( *)((?:`[^`]*`|[^ ])+)/g

/** What stays whole within a run: text in backticks, a path, or one character at a time. */
const units = /`[^`]*`|(?<![^(（“：，；。、])[~.]{0,2}\/[^\s，；。：、）]*|./gsu

function wordsOf(run: string): readonly string[] {
  const words: string[] = []
  let last = ''
  for (const [unit] of run.matchAll(units)) {
    if (last !== '' && isBreakable(last, unit)) words.push(unit)
    else words.push(`${words.pop() ?? ''}${unit}`)
    last = unit
  }
  return words
}

const closing = /^[\p{Pe}\p{Pf}，。；：！？、…‥・’”,.;:!?%]/u
const opening = /[\p{Ps}\p{Pi}‘“]$/u

/** Between two units without a blank a line breaks beside a wide character only. */
function isBreakable(before: string, after: string): boolean {
  if (closing.test(after) || opening.test(before)) return false
  return isWide(before) || isWide(after)
}

function isWide(unit: string): boolean {
  return Array.from(unit).length === 1 && displayWidth(unit) === 2
}
