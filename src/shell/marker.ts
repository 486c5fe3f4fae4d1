/**
 * Markers in a stream of bytes: `RS RB:nonce:kind:field… RS`, where RS is 0x1e.
 *
 * A nonce is 128 random bits, so output cannot forge a marker. Each command has its own nonce,
 * derived from the shell's, so that a nonce seen with one command is useless for the next. A marker
 * needs no line of its own, so output without a final newline stays unchanged.
 */

import { messages } from './messages.ts'
import { createHash, randomBytes } from 'node:crypto'
import { oneLine } from '../text/one-line.ts'
import { badAnswer } from './shell-error.ts'

const rs = 0x1e
const start = '\x1eRB:'
/** Limit of a marker's length; longer text is output that begins like one. */
const maxBytes = 8192
const maxShellBytes = 1024

export interface Mark {
  readonly kind: string
  readonly fields: readonly string[]
  /** Its length in the stream. */
  readonly bytes: number
}

export interface Scanner {
  /** The output and the markers in `bytes`, in order; holds back what may become a marker. */
  push(bytes: Buffer): readonly (Buffer | Mark)[]
  /** Number of bytes held back. */
  readonly keptBytes: number
  /** Returns the bytes held back, which are output after all. */
  flush(): Buffer
}

export function newNonce(): string {
  return randomBytes(16).toString('hex')
}

/** The nonce of one command of a shell. */
export function nonceOf(shellNonce: string, number: number): string {
  return derived(shellNonce, String(number)).slice(0, 32)
}

/** Identifies a shell in the environment of its processes without revealing its nonce. */
export function shellTag(shellNonce: string): string {
  return derived(shellNonce, 'mark').slice(0, 16)
}

function derived(nonce: string, what: string): string {
  return createHash('sha256').update(`${nonce}:${what}`).digest('hex')
}

/** Scans a channel whose markers all have one nonce. */
export function createScanner(nonce: string): Scanner {
  return scanner({ maxBytes, mayBe: (found) => found === nonce, isOurs: () => true })
}

/**
 * Scans one output of a run's shell. Markers of the shell's supervisor have the shell's nonce.
 *
 * @param after - Number of the last command whose end was read.
 */
export function createShellScanner(shellNonce: string, after: number): Scanner {
  let ended = after
  return scanner({
    maxBytes: maxShellBytes,
    mayBe: (found) => found.length === shellNonce.length,
    isOurs(nonce, { kind, fields }) {
      if (nonce === shellNonce) return true
      const number = readNumber(fields[0], mostNumber)
      if (number === undefined || number <= ended) return false
      if (nonce !== nonceOf(shellNonce, number)) return false
      // A marker that did not fit on a full disk is repeated.
      if (kind === 'e' && fields.length >= 4) ended = number
      return true
    },
  })
}

/** A shell's marker about a command. */
export interface CommandMark {
  /**
   * It ended (`e`), the shell exited (`x`), no shell can be started (`g`), or it was not started
   * (`r`).
   */
  readonly kind: 'e' | 'x' | 'g' | 'r'
  readonly number: number
  readonly id: string
  /** 0 if it has none. */
  readonly status: number
  readonly flag: string
  /** The missing folder. */
  readonly folder: string
}

/** @throws {ShellError} For a malformed marker. */
export function readCommandMark(host: string, { kind, fields }: Mark): CommandMark {
  const [numberText, id = '', statusText = '', flag = '', ...folder] = fields
  const number = readNumber(numberText, mostNumber)
  const status = kind === 'r' ? 0 : readNumber(statusText, mostStatus)
  const isKind = kind === 'e' || kind === 'x' || kind === 'g' || kind === 'r'
  if (!isKind || number === undefined || status === undefined || !/^\w{0,64}$/.test(id)) {
    throw badAnswer(host, messages.endOfCommand, [kind, ...fields].join(':'))
  }
  return { kind, number, id, status, flag, folder: oneLine(folder.join(':')) }
}

/** Of a number that counts or places something; a journal keeps it exactly. */
export const mostBytes = Number.MAX_SAFE_INTEGER
/** Of a command's number, and of a process's. */
export const mostNumber = 2 ** 31 - 1
/** Of a status, as bash has it. */
export const mostStatus = 255

/** Decimal digits that stand for at most `most`; `undefined` for all else. */
export function readNumber(text: string | undefined, most: number): number | undefined {
  if (text === undefined || !/^(?:0|[1-9]\d{0,15})$/.test(text)) return undefined
  const value = Number(text)
  return value <= most ? value : undefined
}

interface Kind {
  readonly maxBytes: number
  readonly mayBe: (nonce: string) => boolean
  readonly isOurs: (nonce: string, mark: Mark) => boolean
}

function scanner(own: Kind): Scanner {
  let kept: Buffer = Buffer.alloc(0)

  /** Parses a marker at an offset; `open` if more bytes may complete it. */
  const readAt = (bytes: Buffer, at: number): Mark | 'open' | undefined => {
    const from = at + start.length
    const end = bytes.indexOf(rs, from)
    const text = bytes.toString('latin1', from, end < 0 ? from + 33 : Math.min(end, from + 33))
    const [, nonce = '', colon] = /^([0-9a-f]{0,32})(:?)/.exec(text) ?? []
    const isNonce = colon === ':' && own.mayBe(nonce)
    if (end < 0) {
      const isOpen = nonce.length === text.length || isNonce
      return isOpen && bytes.length - at < own.maxBytes ? 'open' : undefined
    }
    if (!isNonce || end + 1 - at > own.maxBytes) return undefined
    const [kind = '', ...fields] = bytes.toString('utf8', from + nonce.length + 1, end).split(':')
    const mark = { kind, fields, bytes: end + 1 - at }
    return own.isOurs(nonce, mark) ? mark : undefined
  }

  const push = (bytes: Buffer): readonly (Buffer | Mark)[] => {
    const all = kept.length === 0 ? bytes : Buffer.concat([kept, bytes])
    kept = Buffer.alloc(0)
    const found: (Buffer | Mark)[] = []
    /** Everything before it was returned. */
    let given = 0
    let cut = all.length
    for (let at = all.indexOf(start); at >= 0; at = all.indexOf(start, at)) {
      const mark = readAt(all, at)
      if (mark === 'open') {
        cut = at
        break
      }
      if (mark) {
        if (at > given) found.push(all.subarray(given, at))
        found.push(mark)
        given = at + mark.bytes
      }
      at += mark ? mark.bytes : 1
    }
    if (cut === all.length) cut = startOfStart(all, given)
    if (cut > given) found.push(all.subarray(given, cut))
    // Copied, because the original chunk is larger than the part that is kept.
    kept = Buffer.from(all.subarray(cut))
    return found
  }
  return {
    push,
    get keptBytes() {
      return kept.length
    },
    flush() {
      const rest = kept
      kept = Buffer.alloc(0)
      return rest
    },
  }
}

/** Offset of a tail that could start a marker; the length if there is none. */
function startOfStart(bytes: Buffer, from: number): number {
  const at = bytes.lastIndexOf(rs)
  const length = bytes.length - at
  const isStart =
    at >= from &&
    length < start.length &&
    bytes.subarray(at).equals(Buffer.from(start.slice(0, length)))
  return isStart ? at : bytes.length
}
