/**
 * Wraps our own sentences at word boundaries. Paths and text in backticks stay whole, however long,
 * because people copy them. Chinese wraps between characters.
 */

import { displayWidth } from './display-width.ts'

export interface WrapOptions {
  /** Width of the terminal; `Infinity` if unknown. */
  readonly columns: number
  /** Blanks before every line except the first. */
  readonly indent: number
}

/**
 * @param text - One line without escape sequences.
 * @returns The lines; a word wider than `columns` gets a line of its own.
 */
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

/** Wraps a sentence behind a label such as `error: `; further lines start below its first word. */
export function wrapLabelled(label: string, text: string, columns: number): readonly string[] {
  return wrapText(label + text, { columns, indent: displayWidth(label) })
}

interface Piece {
  /** Blanks before the word; a line break replaces them. */
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

/** Blanks, then text up to the next blank outside backticks. */
const runs = /( *)((?:`[^`]*`|[^ ])+)/g

/** What stays whole inside a run: text in backticks, a path, or a single character. */
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

/**
 * Whether a line may break between two adjacent units that no blank separates: only if one of them is a
 * wide character, and not at closing or opening punctuation.
 */
function isBreakable(before: string, after: string): boolean {
  if (closing.test(after) || opening.test(before)) return false
  return isWide(before) || isWide(after)
}

function isWide(unit: string): boolean {
  return Array.from(unit).length === 1 && displayWidth(unit) === 2
}
