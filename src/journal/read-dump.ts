/**
 * How dumps write bytes: hex pairs with or without something between them, words of two bytes with
 * the second one first, octal and decimal numbers. The columns of addresses and of text that `xxd`,
 * `hexdump` and `od` print are passed over.
 */

import type { FormTrie } from './form-trie.ts'
import type { Reader, Readings } from './readings.ts'

export function dumpReader(trie: FormTrie): Reader {
  return {
    mayBegin(text, at) {
      const high = digitOf(text.charCodeAt(at))
      if (high < 0) return false
      const low = digitOf(text.charCodeAt(at + 1))
      if (low >= 0 && trie.first[high * 16 + low] === 1) return true
      return digitOf(text.charCodeAt(at - 1)) < 0
    },
    read: readDump,
  }
}

const digits = Int8Array.from({ length: 0x80 }, (_, code) => {
  const value = Number.parseInt(String.fromCharCode(code), 16)
  return Number.isNaN(value) ? -1 : value
})

function digitOf(code: number): number {
  return digits[code] ?? -1
}

const maxGap = 160
const number = /[\da-f]{1,7}/iy
const octal = /^[0-3][0-7]{2}$/
const octalWord = /^[01][0-7]{5}$/
const hexWord = /^[\da-f]{4}$/i
const decimal = /^(?:\d{1,2}|1\d\d|2[0-4]\d|25[0-5])$/
// oxlint-disable-next-line no-control-regex -- what a terminal obeys
const between = /0x|\\x|%|\u001b\[[\d;]*m|[ \t\r\n:,;.\-_|[\](){}"']/iy
/** From the end of a line's bytes over its text and the next line's address. */
const gap = /(?: {1,60}[^\n]{0,80})?\r?\n[\da-f]{6,16}:? */iy

function readDump(text: string, at: number, isLast: boolean, readings: Readings): void {
  const [run = ''] = matched(number, text, at) ?? []
  if (run !== '') readNumber(text, at, run, readings)
  const isWhole = at + run.length < text.length || run.length > 6
  if (run === '') {
    const [all] = matched(between, text, at) ?? []
    if (all !== undefined) readings.skip(at + all.length)
    readGap(text, at, isLast, readings)
  } else {
    // UTF-16 has them between its characters.
    if (text.startsWith('00', at)) readings.skip(at + 2)
    if (/^0x/i.test(text.slice(at, at + 2))) readings.skip(at + 2)
    readings.isOpen = !isLast && !isWhole
  }
}

function readNumber(text: string, at: number, run: string, readings: Readings): void {
  if (run.length > 1) readings.byte(at + 2, Number.parseInt(run.slice(0, 2), 16))
  // Other numbers are whole ones.
  if (digitOf(text.charCodeAt(at - 1)) >= 0) return
  const end = at + run.length
  if (octal.test(run)) readings.byte(end, Number.parseInt(run, 8))
  if (decimal.test(run)) readings.byte(end, Number(run))
  if (hexWord.test(run)) readWord(end, Number.parseInt(run, 16), readings)
  if (octalWord.test(run)) readWord(end, Number.parseInt(run, 8), readings)
}

function readWord(end: number, word: number, readings: Readings): void {
  readings.ends.push(end)
  readings.bytes.push([word & 0xff, word >> 8])
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

/** Whether a line's end, or its next line's address, has not come yet. */
function isOpenGap(part: string): boolean {
  const end = part.indexOf('\n')
  return end < 0 || /^[\da-f]{0,16}:?$/i.test(part.slice(end + 1))
}

function matched(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
