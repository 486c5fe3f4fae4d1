/**
 * Reads bytes from dumps, so that a dumped secret is found.
 *
 * A byte is a hex pair (`68 69`, `6869`, `\x68`, `%68`, `0x68`), an octal number of three digits
 * (`150`) or a decimal one (`104`). A word of two little-endian bytes has four hex or six octal
 * digits (`hexdump`, `od`). The address and text columns of `xxd`, `hexdump` and `od` are skipped.
 */

import type { FormTrie } from './form-trie.ts'
import { matched } from './read-marks.ts'
import type { Reader, Readings } from './readings.ts'

export function dumpReader(trie: FormTrie): Reader {
  return {
    isPlain: new Uint8Array(0x80),
    read: readDump,
    nextBeginning(text, from, until) {
      let at = from
      while (at < until && !mayBegin(trie, text, at)) at++
      return at
    },
  }
}

const number = /[\da-f]{1,7}/iy
const octalByte = /^[0-3][0-7]{2}$/
const octalWord = /^[01][0-7]{5}$/
const hexWord = /^[\da-f]{4}$/i
const decimalByte = /^(?:\d{1,2}|1\d\d|2[0-4]\d|25[0-5])$/
// oxlint-disable-next-line no-control-regex -- matches colour sequences
const separator = /0x|\\x|%|\u001b\[[\d;]*m|[ \t\r\n:,;.\-_|[\](){}"']/iy
/** From the last byte of a line to the first of the next: text column, newline, address. */
const gap = /(?: {1,60}[^\n]{0,80})?\r?\n[\da-f]{6,16}(?::| ) */iy
const maxGap = 160

/** Adds the readings at `at`: a number, or what separates two numbers. */
function readDump(text: string, at: number, isLast: boolean, readings: Readings): void {
  const [digits = ''] = matched(number, text, at) ?? []
  if (digits === '') {
    const [all] = matched(separator, text, at) ?? []
    if (all !== undefined) readings.skip(at + all.length)
    readGap(text, at, isLast, readings)
    return
  }
  readNumber(text, at, digits, readings)
  // The zero byte of an ASCII character in UTF-16.
  if (text.startsWith('00', at)) readings.skip(at + 2)
  if (/^0x/i.test(text.slice(at, at + 2))) readings.skip(at + 2)
  const isWhole = at + digits.length < text.length || digits.length > 6
  readings.isOpen = !isLast && !isWhole
}

function readNumber(text: string, at: number, digits: string, readings: Readings): void {
  if (digits.length > 1) readings.byte(at + 2, Number.parseInt(digits.slice(0, 2), 16))
  // A hex pair may begin inside a longer number; all other forms may not.
  if (isLetterOrDigit(text.charCodeAt(at - 1))) return
  const end = at + digits.length
  if (octalByte.test(digits)) readings.byte(end, Number.parseInt(digits, 8))
  if (decimalByte.test(digits)) readings.byte(end, Number(digits))
  if (hexWord.test(digits)) readWord(end, Number.parseInt(digits, 16), readings)
  if (octalWord.test(digits)) readWord(end, Number.parseInt(digits, 8), readings)
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

/**
 * Whether a form may begin at `at`. A fast filter that reads no more than two bytes: it may accept
 * too much, but never too little.
 */
function mayBegin(trie: FormTrie, text: string, at: number): boolean {
  const high = digitOf(text.charCodeAt(at))
  if (high < 0) return false
  const low = digitOf(text.charCodeAt(at + 1))
  const pair = high * 16 + low
  if (low >= 0 && trie.first[pair] === 1 && mayContinueHex(trie, text, at + 2, pair)) return true

  if (isLetterOrDigit(text.charCodeAt(at - 1))) return false
  const end = digitsEnd(text, at)
  if (end === text.length) return true
  const digits = text.slice(at, end)
  // Words are rare enough to be read without a test.
  if (digits.length === 4 || digits.length === 6) return true
  if (digits.length > 3) return false
  const isFirstByte =
    trie.first[Number.parseInt(digits, 10)] === 1 || trie.first[Number.parseInt(digits, 8)] === 1
  return isFirstByte && mayContinueNumber(text, end)
}

/** Whether the text after a hex pair may be the second byte of a form that begins with `byte`. */
function mayContinueHex(trie: FormTrie, text: string, end: number, byte: number): boolean {
  const at = separatorsEnd(text, end)
  if (isUndecided(text, at, end)) return true
  const high = digitOf(text.charCodeAt(at))
  const low = digitOf(text.charCodeAt(at + 1))
  // `0` may start a `0x`; the last character of the text may start a pair.
  if (high < 0 || low < 0) return text[at] === '0' || at + 1 >= text.length
  const next = high * 16 + low
  return next === 0 || text[at] === '0' || trie.firstTwo[(byte << 8) | next] === 1
}

/** Whether another number follows, after at least one separator. */
function mayContinueNumber(text: string, end: number): boolean {
  const at = separatorsEnd(text, end)
  return isUndecided(text, at, end) || (at > end && digitOf(text.charCodeAt(at)) >= 0)
}

const maxSeparators = 4
const isSeparator = Uint8Array.from({ length: 0x80 }, (_, code) =>
  ' \t:,;.-_|[](){}"\'\\%'.includes(String.fromCharCode(code)) ? 1 : 0,
)

/** The first character at or after `from` that is not a separator, within `maxSeparators`. */
function separatorsEnd(text: string, from: number): number {
  let at = from
  while (at < from + maxSeparators && isSeparator[text.charCodeAt(at)] === 1) at++
  return at
}

/**
 * Whether only a full reading can tell what follows: too many separators, the end of the text, a
 * character outside ASCII, a newline, the `x` of `0x`, or the escape that starts a colour.
 */
function isUndecided(text: string, at: number, from: number): boolean {
  const code = text.charCodeAt(at)
  if (at === from + maxSeparators || !(code < 0x80)) return true
  return code === 0x0a || code === 0x0d || code === 0x1b || code === 0x78
}

function isLetterOrDigit(code: number): boolean {
  return digitOf(code) >= 0 || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
}

/** The end of a number at `at`; longer numbers are cut after eight digits. */
function digitsEnd(text: string, at: number): number {
  let end = at
  while (end < at + 8 && digitOf(text.charCodeAt(end)) >= 0) end++
  return end
}

const hexDigits = Int8Array.from({ length: 0x80 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(value) ? -1 : value
})

/** The value of a hex digit; -1 for any other character. */
function digitOf(code: number): number {
  return code < 0x80 ? (hexDigits[code] ?? -1) : -1
}
