/**
 * The ways in which text spells one character: literally, percent-encoded, as an HTML entity, with
 * the escapes of C, JSON, Python, Go and shells, doubled in quotes, in quoted-printable, as `cat
 * -v` shows it. Invisible characters, quotes that close and reopen, and wrapped lines are skipped.
 *
 * Spellings may be mixed, and one text may have several readings.
 */

import type { FormTrie } from './form-trie.ts'
import { letters, matched, readMarked } from './read-marks.ts'
import type { Reader, Readings } from './readings.ts'

/** A longer control string ends at this length. */
const maxEscape = 4096

export function textReader(trie: FormTrie): Reader {
  const pairs = beginnings(trie)
  const hasWide = trie.first.subarray(0x80).includes(1)
  const mayBegin = (text: string, at: number): boolean => {
    const code = text.charCodeAt(at)
    if (code >= 0x80) return hasWide
    const next = text.charCodeAt(at + 1)
    // At the end, the text may continue with anything, even with a backspace.
    if (!(next < 0x80) || at + 2 === text.length) return trie.first[code] === 1 || isMarked(code)
    if (pairs[(code << 7) | next] === 0) return false
    return next !== 0x20 || !isPrinted(text.charCodeAt(at + 2)) || isPrintedPair(trie, code)
  }
  return {
    isPlain: plain,
    read: readText,
    nextBeginning(text, from, until) {
      let at = from
      while (at < until && !mayBegin(text, at)) at++
      return at
    },
  }
}

/** Per pair of 7-bit characters: whether a form may begin with them, in any spelling. */
function beginnings({ first, firstTwo }: FormTrie): Uint8Array {
  const pairs = new Uint8Array(0x80 << 7)
  for (let code = 0; code < 0x80; code++) {
    for (let next = 0; next < 0x80; next++) {
      const isOwn =
        first[code] === 1 &&
        (isMarked(next) || isPassed(next) || firstTwo[(code << 8) | next] === 1)
      if (isOwn || (isMarked(code) && mayMean(code, next, first))) pairs[(code << 7) | next] = 1
    }
  }
  return pairs
}

/** Whether a mark and the next character may spell a wanted byte. */
function mayMean(mark: number, next: number, wanted: Uint8Array): boolean {
  const character = String.fromCharCode(next)
  switch (String.fromCharCode(mark)) {
    case '\\':
      return /[0-7xXuU\\]/.test(character) || wanted[letters[character] ?? 0x100] === 1
    case '%':
    case '=':
      return /[\da-fA-Fu%]/.test(character)
    case '&':
      return /[#a-zA-Z]/.test(character)
    case '+':
      return wanted[0x20] === 1
    case '^':
      return wanted.subarray(0, 0x20).includes(1) || wanted[0x7f] === 1
    case 'M':
      return character === '-' && wanted.subarray(0x80).includes(1)
    default:
      return wanted[mark] === 1
  }
}

function isPrintedPair({ firstTwo }: FormTrie, code: number): boolean {
  return firstTwo[(code << 8) | 0x20] === 1 || isMarked(code)
}

const markedCodes = new Set(Array.from('\\%&=+^M\'"', (mark) => mark.charCodeAt(0)))
const marked = Uint8Array.from({ length: 0x80 }, (_, code) => (markedCodes.has(code) ? 1 : 0))

const plain = Uint8Array.from({ length: 0x80 }, (_, code) =>
  isPrinted(code) && !isMarked(code) ? 1 : 0,
)

/** Whether a character may begin another spelling. */
function isMarked(code: number): boolean {
  return marked[code] === 1
}

function isPassed(code: number): boolean {
  return code <= 0x20 || code === 0x7f
}

function isPrinted(code: number): boolean {
  return code > 0x20 && code < 0x7f
}

function readText(text: string, at: number, isLast: boolean, readings: Readings): void {
  const code = text.codePointAt(at) ?? 0
  if (code >= 0x80) {
    readWide(text, at, code, isLast, readings)
    return
  }
  readings.byte(at + 1, code)
  if (isPassed(code)) readPassed(text, at, code, isLast, readings)
  else if (isMarked(code)) readMarked(text, at, isLast, readings)
}

function readWide(text: string, at: number, code: number, isLast: boolean, readings: Readings) {
  const end = at + (code > 0xffff ? 2 : 1)
  if (code >= 0xd800 && code < 0xdc00 && at + 1 === text.length) readings.isOpen = !isLast
  readings.character(end, code)
  // UTF-8 decoded as Latin-1.
  if (code <= 0xff) readings.byte(end, code)
  if (code === 0x9b) skipEscape(text, at, isLast, readings)
  else if (isInvisible(code)) readings.skip(end)
}

function isInvisible(code: number): boolean {
  return (
    code < 0xa0 ||
    code === 0xad ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2064) ||
    code === 0xfeff
  )
}

function readPassed(text: string, at: number, code: number, isLast: boolean, readings: Readings) {
  if (code === 0x1b) skipEscape(text, at, isLast, readings)
  else if (code === 0x0a) readLineEnd(text, at, isLast, readings)
  else if (code !== 0x20 && code !== 0x09) readings.skip(at + 1)
  else if (isIndent(text, at)) readings.skip(at + 1)
  else {
    readColumn(text, at, readings)
    // A wrapped line may end in blanks.
    const end = blanksEnd(text, at)
    if (end === text.length) readings.isOpen = !isLast
    else if (text[end] === '\n' || text[end] === '\r') readings.skip(end)
  }
}

/** `od -c` uses four columns for a character, and an address on each line. */
const column = / {3}| {2}(?=\\)| ([0-3][0-7]{2})(?![\da-zA-Z])/y
const address = /\n[0-7]{7,11}(?= )/y
const openAddress = /\n[0-7]{1,11}$/y

function readColumn(text: string, at: number, readings: Readings): void {
  const [all, octal] = matched(column, text, at) ?? []
  if (all === undefined) return
  if (octal === undefined) readings.skip(at + all.length)
  else readings.byte(at + all.length, Number.parseInt(octal, 8))
}

function readLineEnd(text: string, at: number, isLast: boolean, readings: Readings): void {
  readings.skip(at + 1)
  const [all] = matched(address, text, at) ?? []
  if (all !== undefined) readings.skip(at + all.length)
  if (at + 13 > text.length) readings.isOpen = !isLast && matched(openAddress, text, at) !== null
}

const maxBlanks = 256

function blanksEnd(text: string, at: number): number {
  const last = Math.min(text.length, at + maxBlanks)
  let end = at
  while (end < last && (text[end] === ' ' || text[end] === '\t')) end++
  return end
}

/** Whether only blanks precede this position on its line. */
function isIndent(text: string, at: number): boolean {
  const first = Math.max(0, at - maxBlanks)
  let before = at - 1
  while (before >= first && (text[before] === ' ' || text[before] === '\t')) before--
  return before >= first && (text[before] === '\n' || text[before] === '\r')
}

const escape =
  // oxlint-disable-next-line no-control-regex -- what a terminal obeys
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\)|\u001b[ -/]+[0-~]|\u001b[0-Z\\^-~]/y
const openEscape =
  // oxlint-disable-next-line no-control-regex -- what a terminal obeys
  /(?:(?:\u001b\[|\u009b)[0-?]*[ -/]*|\u001b[\]PX^_][^\u0007\u001b\n]*\u001b?|\u001b[ -/]*)$/y

function skipEscape(text: string, at: number, isLast: boolean, readings: Readings): void {
  const part = text.slice(at, at + maxEscape)
  readings.skip(at + (matched(escape, part, 0)?.[0].length ?? 1))
  if (part.length < maxEscape) readings.isOpen = !isLast && matched(openEscape, part, 0) !== null
}
