/**
 * The client's side of one user's shell on one host.
 *
 * One command at a time; the frames of those that come next may be sent ahead. The shell lives on when the connection is lost: the client knows how many
 * bytes it has of each output, follows again from there, and sends the frame again, which the host
 * runs once at most.
 */

import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { FramePlace } from '../model/run-event.ts'
import type {
  CommandEnd,
  CommandEvent,
  CommandRequest,
  ProbeRequest,
  ProbeResult,
} from '../run/ports.ts'
import { createDeferred } from './deferred.ts'
import { createDialog } from './dialog.ts'
import { checkName } from './environment.ts'
import { type Exchange, exchange, type Outcome, type ShellLine } from './exchange.ts'
import { type OpenShell, openShell } from './follow.ts'
import { backgroundFrame, commandFrame, type Frame, questionFrame } from './frame.ts'
import { noTerminal, toEnd } from './command-end.ts'
import type { HostLink } from './host-link.ts'
import { createMailbox } from './mailbox.ts'
import { createScanner } from './marker.ts'
import { createNumbers, idOf, questionId } from './numbers.ts'
import { endedByNul } from './run-script.ts'
import { ShellError } from './shell-error.ts'

export interface HostShellOptions extends OpenShell {
  readonly link: HostLink
  /** How long silence at a question's line is waited out; 0: for ever. */
  readonly waitingMs: number
  /** How long processes have to end by themselves. */
  readonly graceMs: number
  /** How long a lost connection may stay away while a command runs. */
  readonly awayMs: number
  /** Of what one command prints; it is ended when it has printed more. */
  readonly maxBytes: number
}

export interface StartedInBackground {
  readonly pid: number
  /** The frame's, which names the files that it writes. */
  readonly number: number
  readonly mark: string
}

export interface HostShell {
  readonly folder: string
  /** It has to be opened again: nobody follows it any more. */
  readonly isLost: boolean
  run(request: CommandRequest, signal: AbortSignal): AsyncGenerator<CommandEvent, void>
  ask(request: ProbeRequest): Promise<ProbeResult>
  startBackground(request: CommandRequest): Promise<StartedInBackground>
  /** Ends the client's side only; what follows the shell on the host has ended then. */
  detach(): Promise<void>
}

/** How long the host may take to see that nobody follows any more. */
const detachMs = 2000

/** Bytes that are read before the host is told to free them. */
const freedFrom = 16 * 1024 * 1024

/** Of each output of a question; what is beyond is dropped. */
const answerChars = 1024 * 1024

/** How much may wait on the host to be run: a pipe holds it all. */
const maxAhead = 64
const maxAheadBytes = 48 * 1024

interface SentAhead {
  readonly request: CommandRequest
  readonly frame: Frame
  readonly text: string
}

interface FrameOptions extends Pick<Frame, 'number' | 'id'> {
  readonly terminal?: boolean
  readonly after?: number
}

export async function openHostShell(options: HostShellOptions): Promise<HostShell> {
  const { channel, place } = await openShell(await options.link.current(), options)
  const mailbox = createMailbox()
  mailbox.follow(channel.stdout, channel.stderr, channel.ended)
  const line: ShellLine = {
    link: options.link,
    user: options.user,
    place,
    mailbox,
    scanners: { out: createScanner(place.nonce), err: createScanner(place.nonce) },
    pending: { out: [], err: [] },
    taken: { ...place.offsets },
    needsStart: true,
    skipUntil: 0,
    ending: undefined,
    channel,
    restarts: 0,
    isLost: false,
  }
  const { run, ask, startBackground } = createConversation(line, options)
  return {
    folder: place.folder,
    get isLost() {
      return line.isLost
    },
    run,
    ask,
    startBackground,
    async detach() {
      line.channel.stdin.end()
      let timer: NodeJS.Timeout | undefined
      const late = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, detachMs)
      })
      await Promise.race([line.channel.ended, late])
      clearTimeout(timer)
      line.channel.close()
    },
  }
}

/** Waits until a command that still runs there is over, for so long. */
export async function patiently(open: () => Promise<HostShell>, ms: number): Promise<HostShell> {
  const until = performance.now() + ms
  for (;;) {
    try {
      return await open()
    } catch (error) {
      const isBusy = error instanceof ShellError && error.reason === 'busy'
      if (!isBusy || performance.now() >= until) throw error
      await sleep(200)
    }
  }
}

function createConversation(
  line: ShellLine,
  options: HostShellOptions,
): Pick<HostShell, 'run' | 'ask' | 'startBackground'> {
  const { place } = line
  /** Values that the host has in memory only: a new shell has to be given them again. */
  const secrets = new Map<string, string>()
  let restartsSeen = 0
  /** Of what has been read, so much need not be on the host's disk any more. */
  let freed = 0
  const numbers = createNumbers(place, options.at)
  /** What was sent ahead and not asked for yet, in order. */
  let ahead: readonly SentAhead[] = []
  let turn: Promise<void> = Promise.resolve()

  /** Waits for the frame before; the shell reads one after the other anyway. */
  const takeTurn = async (): Promise<() => void> => {
    const before = turn
    const mine = createDeferred<void>()
    turn = mine.promise
    await before
    return () => mine.resolve()
  }
  const newFrame = (
    request: Omit<CommandRequest, 'user' | 'timeoutMs' | 'dialog'>,
    { number, id, terminal = false, after }: FrameOptions,
  ): Frame => {
    for (const name of request.secrets) checkName(name)
    for (const [name, value] of Object.entries(request.env)) {
      if (request.secrets.includes(name)) secrets.set(name, value)
    }
    const again = line.restarts > restartsSeen ? Object.fromEntries(secrets) : {}
    restartsSeen = line.restarts
    const { out, err } = line.taken
    const isLong = out + err - freed >= freedFrom
    if (isLong) freed = out + err
    return {
      ...request,
      number,
      id,
      after,
      allowed: request.allowed ?? [0],
      terminal,
      read: isLong ? { out, err } : { out: 0, err: 0 },
      folder: place.folder,
      nonce: place.nonce,
      env: { ...again, ...request.env },
      secrets: [...new Set([...request.secrets, ...secrets.keys()])],
      mark: `${place.nonce.slice(0, 16)}-${number}`,
    }
  }
  const toExchange = (
    frame: Frame,
    toText: (frame: Frame) => string,
    limits: Pick<
      Exchange,
      'text' | 'timeoutMs' | 'waitingMs' | 'sparesShell' | 'dialog' | 'maxBytes'
    >,
  ): Exchange => {
    const { number, id, mark, streams } = frame
    const { graceMs, awayMs } = options
    const textAgain = (): string =>
      endedByNul(toText({ ...frame, after: undefined })) + textOf(ahead)
    const lastNumber = (): number => ahead.at(-1)?.frame.number ?? number
    return { ...limits, textAgain, number, lastNumber, id, mark, streams, graceMs, awayMs }
  }
  /** The frames of what comes next, where it may be sent before `request` has ended. */
  const sendAhead = (request: CommandRequest, frame: Frame): readonly SentAhead[] => {
    if (frame.terminal || frame.streams === 'apart' || ahead.length > maxAhead / 2) return []
    const more: SentAhead[] = []
    let left = maxAheadBytes - textOf(ahead).length
    let last = ahead.at(-1)?.frame ?? frame
    let index = 0
    for (const next of request.ahead?.() ?? []) {
      if (index++ < ahead.length) continue
      const id = idOf(next)
      if (!numbers.isFree(id)) break
      last = newFrame(next, { number: numbers.upcoming, id, after: last.number })
      const text = endedByNul(commandFrame(last))
      left -= text.length
      if (index > maxAhead || left < 0) break
      numbers.take()
      more.push({ request: next, frame: last, text })
    }
    ahead = [...ahead, ...more]
    return more
  }

  async function* run(
    request: CommandRequest,
    signal: AbortSignal,
  ): AsyncGenerator<CommandEvent, void> {
    const done = await takeTurn()
    try {
      const startMs = performance.now()
      const dialog = request.dialog && createDialog(request.dialog)
      const finish = (end: CommandEnd): CommandEvent => {
        const durationMs = performance.now() - startMs
        const next = placeOf(ahead[0]?.frame.number ?? numbers.upcoming)
        return { kind: 'ended', end, durationMs, answered: dialog?.answered ?? 0, next }
      }
      const [first, ...rest] = ahead
      if (first && !isSame(first.request, request)) {
        throw new Error(`unreachable: ${first.request.command} was sent ahead`)
      }
      if (!first && signal.aborted) return void (yield finish({ kind: 'cancelled', ended: [] }))
      const restarts = line.restarts
      const isMerged = dialog !== undefined || request.streams === 'merged'
      const streams = isMerged ? 'merged' : 'apart'
      const id = idOf(request)
      const lostNumber = first ? undefined : numbers.claim(id)
      if (lostNumber !== undefined) {
        yield { kind: 'sending', frame: placeOf(lostNumber) }
        const cause = 'it had begun before the run was cut off, and its shell is gone'
        const wasRebooted = place.wasRebooted
        return void (yield finish({ kind: 'lost', cause, earlier: { wasRebooted } }))
      }
      if (!first) line.skipUntil = numbers.passedOver
      const frame =
        first?.frame ??
        newFrame({ ...request, streams }, { number: numbers.take(), id, terminal: !!dialog })
      ahead = rest
      yield { kind: 'sending', frame: placeOf(frame.number) }
      const more = textOf(sendAhead(request, frame))
      const limits = {
        text: first ? more : endedByNul(commandFrame(frame)) + more,
        timeoutMs: request.timeoutMs,
        waitingMs: options.waitingMs,
        sparesShell: false,
        dialog,
        maxBytes: options.maxBytes,
      }
      const talk = exchange(line, toExchange(frame, commandFrame, limits), signal)
      const names = dialog ? terminalNames : isMerged ? mergedNames : apartNames
      try {
        for (;;) {
          const next = await talk.next()
          if (next.done === true) {
            if (next.value.kind === 'no-terminal') throw noTerminal(line.link.host)
            // As the host decides it too.
            if (!goesOn(request, next.value)) ahead = []
            const wasNew = line.restarts - restarts > (next.value.kind === 'shell-ended' ? 1 : 0)
            return void (yield finish(toEnd(next.value, wasNew)))
          }
          yield { kind: 'output', stream: names[next.value.stream], text: next.value.text }
        }
      } finally {
        // Where nobody reads on, the command is ended.
        await talk.return({ kind: 'lost', cause: 'nobody reads on' })
      }
    } finally {
      done()
    }
  }
  const placeOf = (number: number): FramePlace => ({
    user: options.user?.name ?? null,
    number,
    ...line.taken,
  })
  /** What changes nothing and is no command of a page. */
  const newQuestion = (request: Omit<CommandRequest, 'user' | 'timeoutMs' | 'dialog'>): Frame => {
    if (ahead.length > 0) throw new Error('unreachable: a command was sent ahead of a question')
    numbers.claim(undefined)
    line.skipUntil = numbers.passedOver
    return newFrame(request, { number: numbers.take(), id: questionId })
  }

  /** Runs a frame that leaves the shell as it is, and gathers what it prints. */
  const gather = async (
    frame: Frame,
    toText: (frame: Frame) => string,
    timeoutMs: number,
  ): Promise<ProbeResult & { readonly outcome: Outcome }> => {
    const limits = {
      text: endedByNul(toText(frame)),
      timeoutMs,
      waitingMs: 0,
      sparesShell: true,
      dialog: undefined,
      maxBytes: Infinity,
    }
    const talk = exchange(line, toExchange(frame, toText, limits), new AbortController().signal)
    const printed = { out: '', err: '' }
    for (;;) {
      const next = await talk.next()
      if (next.done === true) {
        const { out: stdout, err: stderr } = printed
        return { ...toAnswer(next.value), stdout, stderr, outcome: next.value }
      }
      const { stream } = next.value
      printed[stream] = (printed[stream] + next.value.text).slice(0, answerChars)
    }
  }

  return {
    run,
    async ask({ script, env, timeoutMs }) {
      const done = await takeTurn()
      try {
        const frame = newQuestion({ ...question, command: script, env })
        const { status, stdout, stderr } = await gather(frame, questionFrame, timeoutMs)
        return { status, stdout, stderr }
      } finally {
        done()
      }
    },
    async startBackground(request) {
      const done = await takeTurn()
      try {
        const frame = newQuestion({ ...request, streams: 'apart' })
        const { stdout } = await gather(frame, backgroundFrame, request.timeoutMs)
        return { pid: Number(stdout.trim()), number: frame.number, mark: frame.mark }
      } finally {
        done()
      }
    },
  }
}

function textOf(sent: readonly SentAhead[]): string {
  return sent.map(({ text }) => text).join('')
}

function isSame(a: CommandRequest, b: CommandRequest): boolean {
  const rest = { ahead: undefined, dialog: undefined }
  return isDeepStrictEqual({ ...a, ...rest }, { ...b, ...rest })
}

/** Whether what was sent ahead is run, as the host decides it too. */
function goesOn({ allowed = [0] }: CommandRequest, outcome: Outcome): boolean {
  if (outcome.kind !== 'status' || outcome.isUnread) return false
  return allowed === 'any' || allowed.includes(outcome.status)
}

const question = { dir: undefined, secrets: [], stdin: undefined, streams: 'apart' } as const
const mergedNames = { out: 'merged', err: 'merged' } as const
const terminalNames = { out: 'tty', err: 'tty' } as const
const apartNames = { out: 'stdout', err: 'stderr' } as const

/** As `timeout` says it; a question that was not answered holds nothing. */
const noAnswer = 124

function toAnswer(outcome: Outcome): Pick<ProbeResult, 'status'> {
  return {
    status: outcome.kind === 'status' || outcome.kind === 'shell-ended' ? outcome.status : noAnswer,
  }
}
