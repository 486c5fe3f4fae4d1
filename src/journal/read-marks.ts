/**
 * Reads alternative spellings of a character that begin with a mark: escapes, entities, percent
 * signs, quotes.
 */

import { namedEntities } from './named-entities.ts'
import type { Readings } from './readings.ts'

/** Length of the longest spelling. This close to the text's end, a spelling may be incomplete. */
const maxMark = 48

const openMark =
  /(?:\\(?:[0-7]{0,3}|x[\da-f]?|c|u[\da-f]{0,3}|[xu]\{[\da-f]{0,8}|u[\da-f]{4}(?:\\+(?:u[\da-f]{0,3})?)?|U[\da-f]{0,7})|%(?:25)*(?:2|[\da-f]|u[\da-f]{0,3})?|&(?:amp;)*#?\w{0,24}|=(?:[\da-f]|\r)?|M(?:-\^?)?|\^|'(?:"(?:'"?)?|\\'?)?|"(?:'"?)?|\$)$/iy

/** Adds every reading of a mark and the characters after it. */
export function readMarked(text: string, at: number, isLast: boolean, readings: Readings): void {
  const isNearEnd = at + maxMark > text.length
  readings.isOpen = isNearEnd && !isLast && matched(openMark, text, at) !== null
  switch (text[at] ?? '') {
    case '\\':
      readEscape(text, at, readings)
      break
    case '%':
      readPercent(text, at, readings)
      break
    case '&':
      readEntity(text, at, readings)
      break
    case '=':
      readQuotedPrintable(text, at, readings)
      break
    case '+':
      readings.byte(at + 1, 0x20)
      break
    case '^':
    case 'M':
      readCatV(text, at, readings)
      break
    default:
      readQuotes(text, at, readings)
  }
}

const hexEscape =
  /\\(?:[xX]([\da-fA-F]{2})|u([\da-fA-F]{4})|[xu]\{([\da-fA-F]{1,8})\}|U([\da-fA-F]{8}))/y
const pairEscape = /\\u(d[89ab][\da-f]{2})\\+u(d[c-f][\da-f]{2})/iy
/** One-letter escapes. */
export const letters: Readonly<Record<string, number>> = {
  n: 10,
  t: 9,
  r: 13,
  a: 7,
  b: 8,
  e: 27,
  E: 27,
  f: 12,
  v: 11,
  s: 32,
}

function readEscape(text: string, at: number, readings: Readings): void {
  // A backslash also stands before a literal character, or before another backslash.
  readings.skip(at + 1)
  const letter = letters[text[at + 1] ?? '']
  if (letter !== undefined) readings.byte(at + 2, letter)
  for (const digits of octals(text, at + 1)) {
    readings.byte(at + 1 + digits.length, Number.parseInt(digits, 8) & 0xff)
  }
  const hex = matched(hexEscape, text, at)
  if (!hex) return
  const end = at + hex[0].length
  const [, x] = hex
  const code = Number.parseInt(x ?? hex[2] ?? hex[3] ?? hex[4] ?? '', 16)
  if (x !== undefined) readings.byte(end, code)
  if (code <= 0x10_ffff) readings.character(end, code)
  const pair = matched(pairEscape, text, at)
  if (!pair) return
  const [all, high = '', low = ''] = pair
  const offset = (Number.parseInt(high, 16) & 0x3ff) << 10
  readings.character(at + all.length, 0x1_0000 + offset + (Number.parseInt(low, 16) & 0x3ff))
}

/**
 * One to three digits, or four with a leading 0; the length depends on the program, so try each.
 */
function octals(text: string, at: number): readonly string[] {
  const [run = ''] = matched(/0?[0-7]{1,3}/y, text, at) ?? []
  return Array.from(run, (_, index) => run.slice(0, index + 1))
}

const percent = /%(?:25)*(?:u([\da-f]{4})|([\da-f]{2}))/iy

function readPercent(text: string, at: number, readings: Readings): void {
  if (text[at + 1] === '%') readings.byte(at + 2, 0x25)
  const [all = '', wide, narrow] = matched(percent, text, at) ?? []
  if (wide !== undefined) readings.character(at + all.length, Number.parseInt(wide, 16))
  if (narrow !== undefined) readings.byte(at + all.length, Number.parseInt(narrow, 16))
  // `%25` is a percent sign as well, and may itself be encoded again.
  readEach(text, at, '25', 0x25, readings)
}

const entity = /&(?:amp;)*(?:#0*(\d{1,7});?|#x0*([\da-f]{1,6});?|([a-z]+\d*);)/iy

function readEntity(text: string, at: number, readings: Readings): void {
  const [all = '', decimal, hex, name] = matched(entity, text, at) ?? []
  const code =
    decimal === undefined
      ? hex === undefined
        ? namedEntities.get(name ?? '')
        : Number.parseInt(hex, 16)
      : Number(decimal)
  if (code !== undefined && code <= 0x10_ffff) readings.character(at + all.length, code)
  readEach(text, at, 'amp;', 0x26, readings)
}

/** Reads a mark that may be encoded repeatedly, up to a few times. */
function readEach(text: string, at: number, part: string, byte: number, readings: Readings): void {
  for (let end = at + 1; end < at + maxMark && text.startsWith(part, end);) {
    end += part.length
    readings.byte(end, byte)
  }
}

function readQuotedPrintable(text: string, at: number, readings: Readings): void {
  const [digits] = matched(/[\da-f]{2}/iy, text, at + 1) ?? []
  if (digits !== undefined) readings.byte(at + 3, Number.parseInt(digits, 16))
  const [end] = matched(/\r?\n/y, text, at + 1) ?? []
  if (end !== undefined) readings.skip(at + 1 + end.length)
}

function readCatV(text: string, at: number, readings: Readings): void {
  const [all, high, caret, character = ''] = matched(/(M-)?(\^)?([ -~])/y, text, at) ?? []
  if (all === undefined || (high === undefined && caret === undefined)) return
  const code = character.charCodeAt(0)
  const low = caret === undefined ? code : code ^ 0x40
  readings.byte(at + all.length, high === undefined ? low : low | 0x80)
}

/** Pairs of quotes between which a shell or a program reads a quote, or nothing. */
const quoted = ["''", '""', `'\\''`, `'"'"'`, `"'"'"`]
const joined = ["''", '""', `'"`, `"'`, "'$'", `"$'`, '"$"']

function readQuotes(text: string, at: number, readings: Readings): void {
  const quote = text.charCodeAt(at)
  for (const each of quoted) {
    if (text.startsWith(each, at)) readings.byte(at + each.length, quote)
  }
  for (const each of joined) if (text.startsWith(each, at)) readings.skip(at + each.length)
}

/** Matches a sticky pattern at an offset. */
export function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
