/**
 * Markers in a stream of bytes: `RS RB:nonce:kind:field… RS`, RS being 0x1e.
 *
 * A nonce is 128 bits that nobody can guess, so that no output is taken for a marker. What is said of
 * a command of a shell has the command's own nonce, made of the shell's: one that was seen with an
 * earlier command is worth nothing. A marker needs no line of its own: output that ends without a
 * newline stays as it is.
 */

import { messages } from './messages.ts'
import { createHash, randomBytes } from 'node:crypto'
import { oneLine } from '../text/one-line.ts'
import { badAnswer } from './shell-error.ts'

const rs = 0x1e
const start = '\x1eRB:'
/** No marker of ours is longer; what is, is output that began like one. */
const maxBytes = 8192
const maxShellBytes = 1024

export interface Mark {
  readonly kind: string
  readonly fields: readonly string[]
  /** How long it is in the stream. */
  readonly bytes: number
}

export interface Scanner {
  /** The output and the markers in `bytes`, in their order; keeps back what may become a marker. */
  push(bytes: Buffer): readonly (Buffer | Mark)[]
  /** How much is kept back. */
  readonly keptBytes: number
  /** What was kept back, which is output after all. */
  flush(): Buffer
}

export function newNonce(): string {
  return randomBytes(16).toString('hex')
}

/** The nonce of one command of a shell. */
export function nonceOf(shellNonce: string, number: number): string {
  return derived(shellNonce, String(number)).slice(0, 32)
}

/** Names a shell in the environment of what it starts, and tells nobody its nonce. */
export function shellTag(shellNonce: string): string {
  return derived(shellNonce, 'mark').slice(0, 16)
}

function derived(nonce: string, what: string): string {
  return createHash('sha256').update(`${nonce}:${what}`).digest('hex')
}

/** Of a channel whose markers all have one nonce. */
export function createScanner(nonce: string): Scanner {
  return scanner({ maxBytes, mayBe: (found) => found === nonce, isOurs: () => true })
}

/**
 * Of one output of a run's shell. What the shell's supervisor says has the shell's nonce.
 *
 * @param after - The number of the last command whose end has been read.
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
      // One that did not fit on a full disk is said again.
      if (kind === 'e' && fields.length >= 4) ended = number
      return true
    },
  })
}

/** What a shell's marker says of a command. */
export interface CommandMark {
  /** It ended, the shell ended, no shell can be started, or it was not begun. */
  readonly kind: 'e' | 'x' | 'g' | 'r'
  readonly number: number
  readonly id: string
  /** 0 where it has none. */
  readonly status: number
  readonly flag: string
  /** Of a folder that is gone. */
  readonly folder: string
}

/** @throws {ShellError} For a marker that says something else. */
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

  /** A marker that begins here; `open` where it may be one once more has come. */
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
    /** What is before it has been given. */
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
    // A copy: the chunk it came in is bigger than what is kept of it.
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

/** Where the tail begins that could be the first bytes of a marker; the length if none does. */
function startOfStart(bytes: Buffer, from: number): number {
  const at = bytes.lastIndexOf(rs)
  const length = bytes.length - at
  const isStart =
    at >= from &&
    length < start.length &&
    bytes.subarray(at).equals(Buffer.from(start.slice(0, length)))
  return isStart ? at : bytes.length
}
