/**
 * The frames of one shell: of the command that is asked for, and of those that are sent ahead of
 * their turn.
 */

import { isDeepStrictEqual } from 'node:util'
import type { CommandRequest, EarlierPlace } from '../run/ports.ts'
import { channelItem } from './channel-text.ts'
import { checkName } from './environment.ts'
import { commandFrame, type Frame } from './frame.ts'
import { nonceOf, shellTag } from './marker.ts'
import { createNumbers, idOf, questionId } from './numbers.ts'
import type { Outcome } from './outcome.ts'
import type { ShellLine } from './shell-line.ts'

export interface Frames {
  /** The number of what is asked for next. */
  readonly upcoming: number
  /** Whether a command waits on the host to be asked for. */
  readonly hasAhead: boolean
  readonly command: (request: CommandRequest) => NextCommand
  readonly question: (request: FrameContent) => Frame
  /** Takes what may be sent before `request` has ended, and gives what is to be sent of it. */
  readonly sendAhead: (request: CommandRequest, frame: Frame) => string
  /** All that the host may not have read: a frame, free of its condition, and what waits behind it. */
  readonly textAgain: (frame: Frame, toText: (frame: Frame) => string) => string
  /** The number of the last frame that was sent, `frame` or one ahead. */
  readonly lastAfter: (frame: Frame) => number
  /** A command is over: what waits is run, or is not, as the host decides it too. */
  readonly ended: (request: CommandRequest, outcome: Outcome | undefined) => void
}

export type NextCommand =
  | { readonly kind: 'new' | 'sent'; readonly frame: Frame }
  /** It had begun in an earlier life of the run, and its shell is gone. */
  | { readonly kind: 'lost'; readonly number: number }

/** What a frame is made of, whatever becomes of it. */
export type FrameContent = Omit<CommandRequest, 'user' | 'timeoutMs' | 'dialog'>

/** How much may wait on the host to be run: a pipe holds it all. */
const maxAhead = 64
const maxAheadBytes = 48 * 1024

/** Bytes that are read before the host is told to free them. */
const freedFrom = 16 * 1024 * 1024

interface SentAhead {
  readonly request: CommandRequest
  readonly frame: Frame
  /** As it is sent. */
  readonly text: string
}

/** @param at - Where an earlier life of the run had come to. */
export function createFrames(line: ShellLine, at: EarlierPlace | undefined): Frames {
  const { place } = line
  const numbers = createNumbers(place, at)
  /** Values that the host has in memory only: a new shell has to be given them again. */
  const secrets = new Map<string, string>()
  let restartsSeen = 0
  /** Of what has been read, so much need not be on the host's disk any more. */
  let freed = 0
  let ahead: readonly SentAhead[] = []
  /** Nothing comes behind what waits, until a command is asked for that was not sent ahead. */
  let isAllSent = false

  const whatIsRead = (): Pick<Frame, 'read' | 'taken'> => {
    const { out, err } = line.taken
    const isLong = out + err - freed >= freedFrom
    if (isLong) freed = out + err
    return { read: isLong ? { out, err } : { out: 0, err: 0 }, taken: out }
  }
  const newFrame = (
    content: FrameContent,
    own: Pick<Frame, 'number' | 'id' | 'terminal' | 'after'>,
  ): Frame => {
    for (const name of content.secrets) checkName(name)
    for (const [name, value] of Object.entries(content.env)) {
      if (content.secrets.includes(name)) secrets.set(name, value)
    }
    const again = line.restarts > restartsSeen ? Object.fromEntries(secrets) : {}
    restartsSeen = line.restarts
    return {
      ...content,
      ...own,
      ...whatIsRead(),
      isFollowed: true,
      allowed: content.allowed ?? [0],
      folder: place.folder,
      nonce: nonceOf(place.nonce, own.number),
      env: { ...again, ...content.env },
      secrets: [...new Set([...content.secrets, ...secrets.keys()])],
      mark: `${shellTag(place.nonce)}-${own.number}`,
    }
  }
  /** Nothing waits: what was ended or passed over before is not this one's. */
  const beginAnew = (): void => {
    line.skipUntil = numbers.passedOver
    line.ending = undefined
    isAllSent = false
  }
  const take = (more: readonly SentAhead[]): string => {
    ahead = [...ahead, ...more]
    return textOf(more)
  }
  return {
    get upcoming() {
      return ahead[0]?.frame.number ?? numbers.upcoming
    },
    get hasAhead() {
      return ahead.length > 0
    },
    textAgain(frame, toText) {
      // What it had to wait for is known by now.
      const first = channelItem(toText({ ...frame, ...whatIsRead(), after: undefined }))
      ahead = ahead.map(({ request, frame: old }) =>
        sentAhead(request, { ...old, taken: line.taken.out }),
      )
      return first + textOf(ahead)
    },
    command(request) {
      const [first, ...rest] = ahead
      if (first) {
        if (!isSame(first.request, request)) {
          throw new Error(`unreachable: \`${first.request.command}\` was sent ahead`)
        }
        ahead = rest
        return { kind: 'sent', frame: first.frame }
      }
      const id = idOf(request)
      const number = numbers.claim(id)
      if (number !== undefined) return { kind: 'lost', number }
      beginAnew()
      const terminal = request.dialog !== undefined
      const streams = terminal ? 'merged' : request.streams
      const own = { number: numbers.take(), id, terminal, after: undefined }
      return { kind: 'new', frame: newFrame({ ...request, streams }, own) }
    },
    question(content) {
      if (ahead.length > 0) throw new Error('unreachable: a command was sent ahead of a question')
      numbers.claim(undefined)
      beginAnew()
      const own = { number: numbers.take(), id: questionId, terminal: false, after: undefined }
      return newFrame(content, own)
    },
    sendAhead(request, frame) {
      if (frame.terminal || frame.streams === 'apart') return ''
      if (isAllSent || ahead.length > maxAhead / 2) return ''
      const more: SentAhead[] = []
      let left = maxAheadBytes - textOf(ahead).length
      let after = ahead.at(-1)?.frame.number ?? frame.number
      let index = 0
      for (const next of request.ahead?.() ?? []) {
        if (index++ < ahead.length) continue
        const own = { number: numbers.upcoming, id: idOf(next), terminal: false, after }
        isAllSent = !numbers.isFree(own.id)
        if (index > maxAhead || isAllSent) return take(more)
        const made = sentAhead(next, newFrame(next, own))
        left -= made.text.length
        if (left < 0) return take(more)
        more.push(made)
        after = numbers.take()
      }
      isAllSent = true
      return take(more)
    },
    lastAfter: ({ number }) => ahead.at(-1)?.frame.number ?? number,
    ended({ allowed = [0] }, outcome) {
      const isAllowed =
        outcome?.kind === 'status' &&
        !outcome.isUnread &&
        (allowed === 'any' || allowed.includes(outcome.status))
      if (!isAllowed) ahead = []
    },
  }
}

function sentAhead(request: CommandRequest, frame: Frame): SentAhead {
  return { request, frame, text: channelItem(commandFrame(frame)) }
}

function textOf(sent: readonly SentAhead[]): string {
  return sent.map(({ text }) => text).join('')
}

function isSame(a: CommandRequest, b: CommandRequest): boolean {
  const rest = { ahead: undefined, dialog: undefined }
  return isDeepStrictEqual({ ...a, ...rest }, { ...b, ...rest })
}
