/**
 * Sends one frame to a run's shell and reads until the shell says that it is over, whatever
 * happens in between: a lost connection, a shell that ends, a time limit, a cancel.
 *
 * Other frames may have been sent ahead, behind this one: what comes after this one's marker is
 * left for them.
 */

import type { Channel } from '../transport/transport.ts'
import { answerText, type Dialog } from './dialog.ts'
import { endCommandBody } from './ending-scripts.ts'
import { followAgain, type ShellPlace } from './follow.ts'
import { type HostLink, mayPass } from './host-link.ts'
import type { Mailbox } from './mailbox.ts'
import type { Mark, Scanner } from './marker.ts'
import type { Account } from './open-channel.ts'
import { lastLine, looksLikeQuestion } from './question-line.ts'
import { timeLimit } from './time-limit.ts'

/** What a shell's client holds from frame to frame. */
export interface ShellLine {
  readonly link: HostLink
  readonly user: Account | undefined
  readonly place: ShellPlace
  readonly mailbox: Mailbox
  readonly scanners: { readonly out: Scanner; readonly err: Scanner }
  /** What has come and is not this command's. */
  readonly pending: { out: (Buffer | Mark)[]; err: (Buffer | Mark)[] }
  /** Bytes of each output that were a command's, up to its marker. */
  readonly taken: { out: number; err: number }
  channel: Channel
  /** The shell has to be told where it begins: it may be a new one, before frames of the old. */
  needsStart: boolean
  /** Up to this number, what comes belongs to nobody any more. */
  skipUntil: number
  /** The shell was ended for this reason while the host was at a command that was sent ahead. */
  ending: Ending | undefined
  /** How often the shell was started again. */
  restarts: number
  /** Nobody follows it any more; whether it lives is not known. */
  isLost: boolean
}

export interface Exchange {
  /** What is sent now; empty where it was sent ahead, and nothing behind it. */
  readonly text: string
  /** All that the host may not have read yet, this frame first, free of any condition. */
  readonly textAgain: () => string
  readonly number: number
  readonly id: string
  /** Of the last frame that was sent. */
  readonly lastNumber: () => number
  readonly mark: string
  readonly streams: 'merged' | 'apart'
  readonly timeoutMs: number
  /** 0: silence is nothing to end a command for. */
  readonly waitingMs: number
  readonly graceMs: number
  readonly awayMs: number
  /** The shell lives on when the command is ended: it runs in a subshell. */
  readonly sparesShell: boolean
  /** What is typed at the command's terminal. */
  readonly dialog: Dialog | undefined
  /** Of what it prints. */
  readonly maxBytes: number
}

export interface Output {
  readonly stream: 'out' | 'err'
  readonly text: string
}

export type Outcome =
  | { readonly kind: 'status'; readonly status: number; readonly isUnread: boolean }
  /** Nothing of it ran: the host has nothing that can hold a terminal. */
  | { readonly kind: 'no-terminal' }
  /** The host's disk is full: some of what was printed is missing, or it was not run at all. */
  | { readonly kind: 'disk-full'; readonly wasRun: boolean }
  | { readonly kind: 'shell-ended'; readonly status: number }
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

type EndReason = 'timeout' | 'silence' | 'cancel' | 'too-much'

/** How long a terminal is quiet before a prompt counts as one. */
const settleMs = 40

/** How long the host may take to say that what we ended has ended. */
const lastWordMs = 10_000

export async function* exchange(
  line: ShellLine,
  request: Exchange,
  signal: AbortSignal,
): AsyncGenerator<Output, Outcome> {
  const { mailbox, place, pending } = line
  const { dialog } = request
  const decoders = { out: new TextDecoder(), err: new TextDecoder() }
  const marks = new Map<'out' | 'err', Mark>()
  let lastText = ''
  let left = request.maxBytes
  let isOver = false
  let ending = line.ending

  const timer = setTimeout(() => mailbox.due('timeout'), request.timeoutMs)
  let silence: NodeJS.Timeout | undefined
  let lastWord: NodeJS.Timeout | undefined
  let settled: NodeJS.Timeout | undefined
  const listen = (): void => {
    clearTimeout(silence)
    if (request.waitingMs === 0) return
    silence = setTimeout(() => mailbox.due('silence'), request.waitingMs)
  }
  const awaitLastWord = (): void => {
    lastWord = setTimeout(() => mailbox.due('given-up'), lastWordMs)
  }
  const cancel = (): void => mailbox.due('cancel')
  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()

  const end = async (why: EndReason): Promise<void> => {
    const prompt = lastText
    ending = { kind: 'ended', number: request.number, why, prompt, ended: [] }
    try {
      ending = { ...ending, ended: await endProcesses(line, request) }
    } catch {
      // The connection is lost too: what comes of that is in the mailbox.
    }
    awaitLastWord()
  }
  const settle = (): void => {
    clearTimeout(settled)
    if (dialog?.due()) settled = setTimeout(() => mailbox.due('answer'), settleMs)
  }
  const answer = (): void => {
    const turn = mailbox.isFull ? undefined : dialog?.due()
    if (!turn) return
    dialog?.send(turn)
    line.channel.stdin.write(answerText(turn))
  }
  const decode = (stream: 'out' | 'err', bytes: Buffer): Output | undefined => {
    left -= bytes.length
    if (left < 0 && left + bytes.length >= 0) mailbox.due('too-much')
    const text = decoders[stream].decode(bytes, { stream: true })
    if (text === '') return undefined
    lastText = lastLine(lastText, text)
    listen()
    dialog?.push(text)
    settle()
    return { stream, text }
  }
  /** Takes what has come of one output, up to this command's marker. */
  const takePending = function* (stream: 'out' | 'err'): Generator<Output> {
    while (!marks.has(stream)) {
      const found = pending[stream].shift()
      if (found === undefined) return
      line.taken[stream] += Buffer.isBuffer(found) ? found.length : found.bytes
      if (Buffer.isBuffer(found)) {
        const output = line.skipUntil > 0 ? undefined : decode(stream, found)
        if (output) yield output
      } else if (found.kind === 't') {
        dialog?.typed(Number(found.fields[0]))
        lastText = ''
      } else if (found.fields.length < 4) {
        // A marker that did not fit on a full disk; the whole one follows.
        continue
      } else takeMark(stream, found)
    }
  }
  const takeMark = (stream: 'out' | 'err', mark: Mark): void => {
    const number = Number(mark.fields[0])
    if (number >= line.skipUntil) line.skipUntil = 0
    if (number === request.number) marks.set(stream, mark)
    if (mark.kind === 'e' || stream === 'err') return
    line.restarts++
    line.needsStart = true
    if (number === request.number) return
    // The shell had ended before it came to this frame: what was sent is lost with it.
    if (ending && (ending.number === request.number || ending.why === 'cancel')) {
      marks.set(stream, mark)
      return
    }
    ending = undefined
    send(line, request.textAgain())
    if (signal.aborted) cancel()
  }

  try {
    listen()
    if (ending) awaitLastWord()
    send(line, request.text)
    for (;;) {
      yield* takePending('err')
      yield* takePending('out')
      if (marks.has('out') && (request.streams === 'merged' || marks.has('err'))) {
        isOver = true
        for (const each of ['out', 'err'] as const) {
          const text = decoders[each].decode()
          if (text !== '') yield { stream: each, text }
        }
        const mark = marks.get('out')
        const isLeft = mark?.kind === 'e' && request.lastNumber() > request.number
        line.ending = isLeft ? ending : undefined
        if (mark?.kind === 'g') line.isLost = true
        return mark ? outcomeOf(mark, request, ending) : lost(notBegun)
      }
      const letter = await mailbox.next()
      if (letter.kind === 'bytes') {
        const { stream, bytes } = letter
        place.offsets[stream] += bytes.length
        pending[stream].push(...line.scanners[stream].push(bytes))
        continue
      }
      if (letter.kind === 'closed') {
        const cause = await comeBack(line, request, signal)
        if (cause !== undefined) {
          isOver = true
          return { kind: 'lost', cause }
        }
        if (dialog?.underWay) line.channel.stdin.write(answerText(dialog.underWay))
        if (ending) await end(ending.why)
        continue
      }
      if (letter.what === 'answer') {
        answer()
        continue
      }
      if (letter.what === 'given-up') {
        isOver = true
        line.isLost = true
        return ending && ending.ended.length > 0
          ? ending
          : { kind: 'lost', cause: 'the host did not say any more how the command ended' }
      }
      if (ending) continue
      if (letter.what === 'silence' && !looksLikeQuestion(lastText)) continue
      await end(letter.what)
    }
  } finally {
    clearTimeout(timer)
    clearTimeout(silence)
    clearTimeout(lastWord)
    clearTimeout(settled)
    signal.removeEventListener('abort', cancel)
    // Nobody reads on: what runs there must not run on unseen.
    if (!isOver) await endProcesses(line, request).catch(() => {})
    mailbox.forget()
  }
}

/** Sends frames; where the shell may be a new one, from where on they are meant for it. */
function send(line: ShellLine, text: string): void {
  if (text === '') return
  const start = line.needsStart ? `: ${line.place.nonce}\n` : ''
  line.needsStart = false
  line.channel.stdin.write(`${start}${text}`)
}

function outcomeOf(mark: Mark, request: Exchange, ending: Ending | undefined): Outcome {
  const [number, id, status, flag] = mark.fields
  const isShellsEnd = mark.kind !== 'e'
  if (mark.kind === 'g') return lost('bash cannot be started there any more')
  if (Number(number) !== request.number) return ending ? { ...ending, ended: [] } : lost(notBegun)
  if (id !== request.id) return lost(notBegun)
  if (ending && isShellsEnd) {
    const isOwn = ending.number === request.number || ending.why === 'cancel'
    return isOwn ? ending : lost('it was ended together with the command before it')
  }
  // A command that ended by itself just before we came ended so.
  const isAlone = request.lastNumber() === request.number
  if (ending && isAlone && ending.ended.length > 0) return ending
  if (isShellsEnd && flag === 'd') return { kind: 'disk-full', wasRun: true }
  if (isShellsEnd) return { kind: 'shell-ended', status: Number(status) }
  if (flag === 'd' || flag === 'f') return { kind: 'disk-full', wasRun: flag === 'd' }
  if (flag === 't') return { kind: 'no-terminal' }
  return { kind: 'status', status: Number(status), isUnread: flag === 'p' }
}

const notBegun =
  'the host has run something else in its place, which an earlier life of the run sent'

function lost(cause: string): Outcome {
  return { kind: 'lost', cause }
}

async function endProcesses(line: ShellLine, request: Exchange): Promise<readonly string[]> {
  const { stdout } = await line.link.script({
    user: line.user,
    parameters: {
      RB_D: line.place.folder,
      RB_MARK: request.mark,
      RB_LAST: String(request.lastNumber()),
      RB_SPARE: request.sparesShell ? 'shell' : '',
      RB_GRACE: String(Math.ceil(request.graceMs / 100)),
    },
    body: endCommandBody,
    items: [],
    timeoutMs: request.graceMs + 20_000,
    maxBytes: 64 * 1024,
  })
  return stdout.toString().split('\0').slice(0, -1)
}

/** Follows the shell again after its channel ended; why not, where it cannot. */
async function comeBack(
  line: ShellLine,
  request: Exchange,
  signal: AbortSignal,
): Promise<string | undefined> {
  const { signal: limit, stop } = timeLimit(request.awayMs, signal)
  try {
    return await followUntil(line, request, limit)
  } finally {
    stop()
  }
}

async function followUntil(
  line: ShellLine,
  request: Exchange,
  limit: AbortSignal,
): Promise<string | undefined> {
  for (;;) {
    try {
      const connection = await line.link.again(limit)
      line.channel = await followAgain(connection, line.user, line.place)
      line.mailbox.follow(line.channel.stdout, line.channel.stderr, line.channel.ended)
      send(line, request.textAgain())
      return undefined
    } catch (error) {
      // It may be lost again before it follows.
      if (mayPass(error) && !limit.aborted) continue
      line.isLost = true
      return error instanceof Error ? error.message : String(error)
    }
  }
}
