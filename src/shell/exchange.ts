/**
 * Sends one frame to a run's shell and reads until the shell says that it is over, whatever
 * happens in between: a lost connection, a shell that ends, a time limit, a cancel.
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
  channel: Channel
  /** How often the shell was started again. */
  restarts: number
  /** Nobody follows it any more; whether it lives is not known. */
  isLost: boolean
}

export interface Exchange {
  readonly text: string
  readonly number: number
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
  | {
      readonly kind: 'ended'
      readonly why: EndReason
      readonly prompt: string
      readonly ended: readonly string[]
    }
  | { readonly kind: 'lost'; readonly cause: string }

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
  const { mailbox, place } = line
  const { dialog } = request
  const decoders = { out: new TextDecoder(), err: new TextDecoder() }
  const marks = new Map<'out' | 'err', Mark>()
  let lastText = ''
  let left = request.maxBytes
  let isOver = false
  let ending: Extract<Outcome, { kind: 'ended' }> | undefined

  const timer = setTimeout(() => mailbox.due('timeout'), request.timeoutMs)
  let silence: NodeJS.Timeout | undefined
  let lastWord: NodeJS.Timeout | undefined
  let settled: NodeJS.Timeout | undefined
  const listen = (): void => {
    clearTimeout(silence)
    if (request.waitingMs === 0) return
    silence = setTimeout(() => mailbox.due('silence'), request.waitingMs)
  }
  const cancel = (): void => mailbox.due('cancel')
  signal.addEventListener('abort', cancel)

  const end = async (why: EndReason): Promise<void> => {
    const prompt = lastText
    ending = { kind: 'ended', why, prompt, ended: [] }
    try {
      ending = { ...ending, ended: await endProcesses(line, request) }
    } catch {
      // The connection is lost too: what comes of that is in the mailbox.
    }
    lastWord = setTimeout(() => mailbox.due('given-up'), lastWordMs)
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
    const text = decoders[stream].decode(bytes, { stream: true })
    if (text === '') return undefined
    lastText = lastLine(lastText, text)
    listen()
    dialog?.push(text)
    settle()
    return { stream, text }
  }

  try {
    listen()
    line.channel.stdin.write(`${request.text}\0`)
    for (;;) {
      const letter = await mailbox.next()
      if (letter.kind === 'bytes') {
        const { stream, bytes } = letter
        place.offsets[stream] += bytes.length
        left -= bytes.length
        if (left < 0 && left + bytes.length >= 0) mailbox.due('too-much')
        for (const found of line.scanners[stream].push(bytes)) {
          if (Buffer.isBuffer(found)) {
            const output = decode(stream, found)
            if (output) yield output
          } else if (found.kind === 't') {
            dialog?.typed(Number(found.fields[0]))
            lastText = ''
          } else if (found.fields.length < 3) {
            // A marker that did not fit on a full disk; the whole one follows.
            continue
          } else if (Number(found.fields[0]) === request.number) {
            marks.set(stream, found)
          } else if (found.kind !== 'e' && stream === 'out') {
            // The shell had ended before it read this frame, and its inbox was emptied.
            line.restarts++
            line.channel.stdin.write(`${request.text}\0`)
          }
        }
        if (!marks.has('out') || (request.streams === 'apart' && !marks.has('err'))) continue
        isOver = true
        for (const each of ['out', 'err'] as const) {
          const text = decoders[each].decode()
          if (text !== '') yield { stream: each, text }
        }
        return outcomeOf(line, marks.get('out'), ending)
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

function outcomeOf(
  line: ShellLine,
  mark: Mark | undefined,
  ending: Extract<Outcome, { kind: 'ended' }> | undefined,
): Outcome {
  const [, status, flag] = mark?.fields ?? []
  if (mark?.kind === 'g') line.isLost = true
  if (mark?.kind === 'g') return { kind: 'lost', cause: 'bash cannot be started there any more' }
  if (mark?.kind === 'x') line.restarts++
  // A command that ended by itself just before we came ended so.
  if (ending && (mark?.kind === 'x' || ending.ended.length > 0)) return ending
  if (mark?.kind === 'x' && flag === 'd') return { kind: 'disk-full', wasRun: true }
  if (mark?.kind === 'x') return { kind: 'shell-ended', status: Number(status) }
  if (flag === 'd' || flag === 'f') return { kind: 'disk-full', wasRun: flag === 'd' }
  if (flag === 't') return { kind: 'no-terminal' }
  return { kind: 'status', status: Number(status), isUnread: flag === 'p' }
}

async function endProcesses(line: ShellLine, request: Exchange): Promise<readonly string[]> {
  const { stdout } = await line.link.script({
    user: line.user,
    parameters: {
      RB_D: line.place.folder,
      RB_MARK: request.mark,
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
      line.channel.stdin.write(`${request.text}\0`)
      return undefined
    } catch (error) {
      // It may be lost again before it follows.
      if (mayPass(error) && !limit.aborted) continue
      line.isLost = true
      return error instanceof Error ? error.message : String(error)
    }
  }
}
