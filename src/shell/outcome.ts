/** How an exchange with a run's shell ended, read from the shell's marker. */

import type { LostFolder } from '../run/ports.ts'
import { badAnswer, mostNumber, mostStatus, readNumber, readText } from './host-says.ts'
import type { Mark } from './marker.ts'

export type Outcome =
  | { readonly kind: 'status'; readonly status: number; readonly isUnread: boolean }
  /** Nothing of it ran: the host has nothing that can hold a terminal. */
  | { readonly kind: 'no-terminal' }
  /** The host's disk is full: some of what was printed is missing, or it was not run at all. */
  | { readonly kind: 'disk-full'; readonly wasRun: boolean }
  | { readonly kind: 'shell-ended'; readonly status: number }
  /** A question was asked all the same. */
  | (LostFolder & { readonly status: number })
  | Ending
  | { readonly kind: 'lost'; readonly cause: string }

/** We ended it. */
export interface Ending {
  readonly kind: 'ended'
  /** Of the command that it was done for. */
  readonly number: number
  readonly why: EndReason
  readonly prompt: string
  readonly ended: readonly string[]
}

export type EndReason = 'timeout' | 'silence' | 'cancel' | 'too-much'

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
    throw badAnswer(host, 'the end of a command', [kind, ...fields].join(':'))
  }
  return { kind, number, id, status, flag, folder: readText(folder.join(':')) }
}

/** Whom a marker has to speak of. */
interface Asked {
  readonly number: number
  readonly id: string
  /** Whether other frames were sent behind it. */
  readonly isAlone: boolean
}

/** @param ending - How we ended the shell, or tried to. */
export function outcomeOf(mark: CommandMark, asked: Asked, ending: Ending | undefined): Outcome {
  const { number, id, status, flag } = mark
  const isShellsEnd = mark.kind !== 'e'
  if (mark.kind === 'g') return lost('bash cannot be started there any more')
  if (number !== asked.number) return ending ? { ...ending, ended: [] } : lost(notBegun)
  if (id !== asked.id) return lost(notBegun)
  if (ending && isShellsEnd) {
    const isOwn = ending.number === asked.number || ending.why === 'cancel'
    return isOwn ? ending : lost('it was ended together with the command before it')
  }
  // A command that ended by itself just before we came ended so.
  if (ending && asked.isAlone && ending.ended.length > 0) return ending
  if (isShellsEnd && flag === 'd') return { kind: 'disk-full', wasRun: true }
  if (isShellsEnd) return { kind: 'shell-ended', status }
  if (flag === 'd' || flag === 'f') return { kind: 'disk-full', wasRun: flag === 'd' }
  if (flag === 't') return { kind: 'no-terminal' }
  if (flag === 'g') return { kind: 'lost-folder', folder: mark.folder, status }
  return { kind: 'status', status, isUnread: flag === 'p' }
}

const notBegun =
  'the host has run something else in its place, which an earlier life of the run sent'

function lost(cause: string): Outcome {
  return { kind: 'lost', cause }
}
