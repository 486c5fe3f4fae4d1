/**
 * Reads bytes from dumps, so that a dumped secret is found: hex pairs with or without separators,
 * little-endian words of two bytes, octal and decimal numbers. Skips the address and text columns of
 * `xxd`, `hexdump` and `od`.
 */

import type { FormTrie } from './form-trie.ts'
import { matched } from './read-marks.ts'
import type { Reader, Readings } from './readings.ts'

export function dumpReader(trie: FormTrie): Reader {
  const { first, firstTwo } = trie
  /** Whether the text at `end` may be the second byte of a secret whose first byte is `byte`. */
  const mayContinue = (text: string, end: number, byte: number, base: number): boolean => {
    let at = end
    while (at < end + maxSeparators && isSeparator[text.charCodeAt(at)] === 1) at++
    const next = text.charCodeAt(at)
    // Undecided: too many separators, or the end of the text.
    if (at === end + maxSeparators || !(next < 0x80) || isBreak(next)) return true
    if (base === 16) {
      const value = digitOf(next) * 16 + digitOf(text.charCodeAt(at + 1))
      const isPair = digitOf(next) >= 0 && digitOf(text.charCodeAt(at + 1)) >= 0
      if (!isPair) return next === 0x30 || at + 1 >= text.length
      return value === 0 || next === 0x30 || firstTwo[(byte << 8) | value] === 1
    }
    return at > end && digitOf(next) >= 0
  }
  const mayBegin = (text: string, at: number): boolean => {
    const high = digitOf(text.charCodeAt(at))
    if (high < 0) return false
    const low = digitOf(text.charCodeAt(at + 1))
    const pair = high * 16 + low
    if (low >= 0 && first[pair] === 1 && mayContinue(text, at + 2, pair, 16)) return true
    if (isLetterOrDigit(text.charCodeAt(at - 1))) return false
    const end = digitsEnd(text, at)
    if (end === text.length) return true
    const run = text.slice(at, end)
    if (run.length === 4 || run.length === 6) return true
    return (
      run.length <= 3 &&
      (isFirstByte(run, 10, first) || isFirstByte(run, 8, first)) &&
      mayContinue(text, end, 0, 10)
    )
  }
  return {
    isPlain: new Uint8Array(0x80),
    read: readDump,
    nextBeginning(text, from, until) {
      let at = from
      while (at < until && !mayBegin(text, at)) at++
      return at
    },
  }
}

const maxSeparators = 4
const isSeparator = Uint8Array.from({ length: 0x80 }, (_, code) =>
  ' \t:,;.-_|[](){}"\'\\%'.includes(String.fromCharCode(code)) ? 1 : 0,
)

/** A newline, the `x` of `0x`, or the escape character that starts a colour. */
function isBreak(code: number): boolean {
  return code === 0x0a || code === 0x0d || code === 0x1b || code === 0x78
}

function isLetterOrDigit(code: number): boolean {
  return digitOf(code) >= 0 || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
}

function digitsEnd(text: string, at: number): number {
  let end = at
  while (end < at + 8 && digitOf(text.charCodeAt(end)) >= 0) end++
  return end
}

function isFirstByte(run: string, base: number, first: Uint8Array): boolean {
  return first[Number.parseInt(run, base)] === 1
}

const digits = Int8Array.from({ length: 0x80 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(value) ? -1 : value
})

function digitOf(code: number): number {
  return code < 0x80 ? (digits[code] ?? -1) : -1
}

const maxGap = 160
const number = /[\da-f]{1,7}/iy
const octal = /^[0-3][0-7]{2}$/
const octalWord = /^[01][0-7]{5}$/
const hexWord = /^[\da-f]{4}$/i
const decimal = /^(?:\d{1,2}|1\d\d|2[0-4]\d|25[0-5])$/
// oxlint-disable-next-line no-control-regex -- matches colour sequences
const separator = /0x|\\x|%|\u001b\[[\d;]*m|[ \t\r\n:,;.\-_|[\](){}"']/iy
/** From the last byte of a line to the first of the next: text column, newline, address. */
const gap = /(?: {1,60}[^\n]{0,80})?\r?\n[\da-f]{6,16}(?::| ) */iy

function readDump(text: string, at: number, isLast: boolean, readings: Readings): void {
  const [run = ''] = matched(number, text, at) ?? []
  if (run !== '') readNumber(text, at, run, readings)
  const isWhole = at + run.length < text.length || run.length > 6
  if (run === '') {
    const [all] = matched(separator, text, at) ?? []
    if (all !== undefined) readings.skip(at + all.length)
    readGap(text, at, isLast, readings)
  } else {
    // The zero byte of an ASCII character in UTF-16.
    if (text.startsWith('00', at)) readings.skip(at + 2)
    if (/^0x/i.test(text.slice(at, at + 2))) readings.skip(at + 2)
    readings.isOpen = !isLast && !isWhole
  }
}

function readNumber(text: string, at: number, run: string, readings: Readings): void {
  if (run.length > 1) readings.byte(at + 2, Number.parseInt(run.slice(0, 2), 16))
  // A hex pair may begin inside a longer number; all other forms may not.
  if (isLetterOrDigit(text.charCodeAt(at - 1))) return
  const end = at + run.length
  if (octal.test(run)) readings.byte(end, Number.parseInt(run, 8))
  if (decimal.test(run)) readings.byte(end, Number(run))
  if (hexWord.test(run)) readWord(end, Number.parseInt(run, 16), readings)
  if (octalWord.test(run)) readWord(end, Number.parseInt(run, 8), readings)
}

function readWord(end: number, word: number, readings: Readings): void {
  readings.add(end, [word & 0xff, word >> 8])
}

function readGap(text: string, at: number, isLast: boolean, readings: Readings): void {
  const first = text[at]
  if (first !== ' ' && first !== '\n' && first !== '\r') return
  const part = text.slice(at, at + maxGap)
  const [all] = matched(gap, part, 0) ?? []
  if (all === undefined) {
    readings.isOpen = !isLast && part.length < maxGap && isOpenGap(part)
    return
  }
  readings.skip(at + all.length)
  readings.isOpen = !isLast && at + all.length === text.length
}

/** Whether `part` stops before the newline or inside the next line's address. */
function isOpenGap(part: string): boolean {
  const end = part.indexOf('\n')
  return end < 0 || /^[\da-f]{0,16}:?$/i.test(part.slice(end + 1))
}
