import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'

/**
 * Splits one line of an ssh configuration into its keyword and its arguments, as OpenSSH does
 * (`strdelim` for the keyword, `argv_split` for the rest), and refuses the lines that versions of
 * OpenSSH read differently.
 */

export interface Word {
  readonly text: string
  /** From 1. */
  readonly column: number
}

export type ConfigLine =
  | { readonly kind: 'blank' }
  | {
      readonly kind: 'option'
      /** In the file's own letter case. */
      readonly keyword: Word
      readonly words: readonly Word[]
      /** The raw text after the keyword, comment included. */
      readonly rest: string
    }
  | { readonly kind: 'problem'; readonly column: number; readonly message: Message }

/** Our limit; OpenSSH reads lines of any length. */
const maxLineChars = 4096

/** @param line - Without its newline. */
export function parseConfigLine(line: string): ConfigLine {
  const text = line.replace(/[ \t\r]+$/, '')
  const start = /^[ \t]*/.exec(text)?.[0].length ?? 0
  if (start === text.length || text[start] === '#') return { kind: 'blank' }
  if (text.length > maxLineChars) return problem(maxLineChars, messages.lineTooLong(maxLineChars))
  // oxlint-disable-next-line no-control-regex -- matches control characters on purpose
  const control = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\ufffd]/.exec(text)
  if (control) {
    return control[0] === '\ufffd'
      ? problem(control.index, messages.notUtf8)
      : problem(control.index, messages.controlCharacter(escapeOf(control[0])))
  }
  const [, keyword] = /^([A-Za-z][A-Za-z0-9]*)(?=[ \t=]|$)/.exec(text.slice(start)) ?? []
  if (keyword === undefined) {
    const [word = ''] = /^\S+/.exec(text.slice(start)) ?? []
    return problem(start, messages.notAKeyword(word))
  }
  const after = start + keyword.length
  const gap = /^[ \t]*=?[ \t]*/.exec(text.slice(after))?.[0].length ?? 0
  if (after + gap === text.length) return problem(text.length, messages.needsValue(keyword))
  if (text[after + gap] === '=') return problem(after + gap, messages.secondEquals)
  const words = splitWords(text, after + gap)
  if (!Array.isArray(words)) return words
  if (words.length === 0) return problem(after + gap, messages.needsValue(keyword))
  const rest = text.slice(after + gap)
  return { kind: 'option', keyword: { text: keyword, column: start + 1 }, words, rest }
}

type Problem = Extract<ConfigLine, { kind: 'problem' }>

function problem(index: number, message: Message): Problem {
  return { kind: 'problem', column: index + 1, message }
}

function escapeOf(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}

/** Splits arguments. A `#` starts a comment only at the beginning of a word. */
function splitWords(text: string, from: number): Word[] | Problem {
  const words: Word[] = []
  let at = from
  while (at < text.length && text[at] !== '#') {
    if (text[at] === ' ' || text[at] === '\t') {
      at++
      continue
    }
    const begin = at
    let quote: { readonly mark: string; readonly at: number } | undefined
    let word = ''
    for (; at < text.length; at++) {
      const character = text[at] ?? ''
      if (character === '\\' && isEscaped(text[at + 1], quote !== undefined)) word += text[++at]
      else if (quote) {
        if (character === quote.mark) quote = undefined
        else word += character
      } else if (character === ' ' || character === '\t') break
      else if (character === '"' || character === "'") quote = { mark: character, at }
      else word += character
    }
    if (quote) return problem(quote.at, messages.openQuote(quote.mark))
    words.push({ text: word, column: begin + 1 })
  }
  return words
}

function isEscaped(next: string | undefined, isQuoted: boolean): boolean {
  return next === "'" || next === '"' || next === '\\' || (next === ' ' && !isQuoted)
}
