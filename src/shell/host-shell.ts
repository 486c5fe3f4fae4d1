/**
 * The client's side of one user's shell on one host.
 *
 * One command at a time; the frames of those that come next may be sent ahead. The shell lives on
 * when the connection is lost: the client knows how many bytes it has of each output, follows again
 * from there, and sends the frame again, which the host runs once at most.
 */

import type { FramePlace } from '../model/run-event.ts'
import type {
  CommandEnd,
  CommandEvent,
  CommandRequest,
  LostFolder,
  ProbeResult,
} from '../run/ports.ts'
import type { ChannelEnd } from '../transport/transport.ts'
import { within } from '../transport/within.ts'
import { channelItem, lastItem } from './channel-text.ts'
import { createDeferred } from './deferred.ts'
import { createDialog } from './dialog.ts'
import { type Exchange, exchange } from './exchange.ts'
import { openShell } from './follow.ts'
import { backgroundFrame, commandFrame, type Frame, questionFrame } from './frame.ts'
import { createFrames } from './frames.ts'
import { noTerminal, toEnd } from './command-end.ts'
import type { HostShell, HostShellOptions } from './host-shell-port.ts'
import { createMailbox } from './mailbox.ts'
import { badAnswer, mostNumber, readNumber } from './host-says.ts'
import { createShellScanner, type Scanner } from './marker.ts'
import type { Outcome } from './outcome.ts'
import { outputsOf } from './outputs-of.ts'
import type { ShellLine } from './shell-line.ts'

/** How long the host may take to see that nobody follows any more. */
const detachMs = 2000
/** And what it was given to do last: a trap may take its time. */
const lastMs = 15_000
/** Of what it says then. */
const lastBytes = 64 * 1024

/** A question that prints so much will not end soon: it is ended. */
const maxAnswerBytes = 256 * 1024 * 1024

/** Of each output of a question; what is beyond is dropped. */
export const answerChars = 1024 * 1024

export async function openHostShell(options: HostShellOptions): Promise<HostShell> {
  const { channel, place } = await openShell(await options.link.current(), options)
  const mailbox = createMailbox()
  const lastRead = options.at && place.isFound ? options.at.number - 1 : place.lastNumber
  const newScanner = (): Scanner => createShellScanner(place.nonce, lastRead)
  mailbox.follow(channel.stdout, channel.stderr, channel.ended)
  const line: ShellLine = {
    link: options.link,
    user: options.user,
    place,
    mailbox,
    scanners: { out: newScanner(), err: newScanner() },
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
  let hasEnded = false
  const watch = async (): Promise<void> => {
    await channel.ended
    hasEnded = true
  }
  void watch()
  let isUnused = !place.isFound
  return {
    folder: place.folder,
    nonce: place.nonce,
    get isLost() {
      // Another one is as good.
      return line.isLost || (isUnused && hasEnded)
    },
    get isUnused() {
      return isUnused
    },
    run(request, signal) {
      isUnused = false
      return run(request, signal)
    },
    isFirst: place.lastNumber === 0,
    ask,
    startBackground(request, stop) {
      isUnused = false
      return startBackground(request, stop)
    },
    async detach(last) {
      mailbox.close()
      let said: Buffer = Buffer.alloc(0)
      line.channel.stdout.on('data', (bytes: Buffer) => {
        said = Buffer.concat([said, bytes]).subarray(-lastBytes)
      })
      line.channel.stdin.end(last && lastItem(last))
      const end = await within<ChannelEnd | undefined>(
        line.channel.ended,
        last ? lastMs : detachMs,
        () => undefined,
      )
      line.channel.close()
      return end?.kind === 'code' && end.code === 0 ? said : undefined
    },
  }
}

function createConversation(
  line: ShellLine,
  options: HostShellOptions,
): Pick<HostShell, 'run' | 'ask' | 'startBackground'> {
  const frames = createFrames(line, options.at)
  let turn: Promise<void> = Promise.resolve()

  /** Waits for the frame before; the shell reads one after the other anyway. */
  const takeTurn = async (): Promise<() => void> => {
    const before = turn
    const mine = createDeferred<void>()
    turn = mine.promise
    await before
    return () => mine.resolve()
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
    const textAgain = (): string => frames.textAgain(frame, toText)
    const lastNumber = (): number => frames.lastAfter(frame)
    return { ...limits, textAgain, number, lastNumber, id, mark, streams, graceMs, awayMs }
  }
  const placeOf = (number: number): FramePlace => ({
    user: options.user?.name ?? null,
    number,
    ...line.taken,
  })

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
        const answered = dialog?.answered ?? 0
        return { kind: 'ended', end, durationMs, answered, next: placeOf(frames.upcoming) }
      }
      if (!frames.hasAhead && signal.aborted) {
        yield finish({ kind: 'cancelled', ended: [] })
        return
      }
      const restarts = line.restarts
      const next = frames.command(request)
      if (next.kind === 'lost') {
        yield { kind: 'sending', frame: placeOf(next.number) }
        const cause = 'it had begun before the run was cut off, and its shell is gone'
        const { wasRebooted } = line.place
        yield finish({ kind: 'lost', cause, earlier: { wasRebooted } })
        return
      }
      const { frame } = next
      yield { kind: 'sending', frame: placeOf(frame.number) }
      const more = frames.sendAhead(request, frame)
      const limits = {
        text:
          next.kind === 'sent'
            ? more
            : channelItem(commandFrame({ ...frame, isFollowed: more !== '' })) + more,
        timeoutMs: request.timeoutMs,
        waitingMs: options.waitingMs,
        sparesShell: false,
        dialog,
        maxBytes: options.maxBytes,
      }
      const talk = exchange(line, toExchange(frame, commandFrame, limits), signal)
      let outcome: Outcome | undefined
      try {
        outcome = yield* outputsOf(talk, frame)
      } finally {
        frames.ended(request, outcome)
      }
      if (outcome.kind === 'no-terminal') throw noTerminal(line.link.host)
      const wasNew = line.restarts - restarts > (outcome.kind === 'shell-ended' ? 1 : 0)
      yield finish(toEnd(outcome, wasNew))
    } finally {
      done()
    }
  }

  /** Runs a frame that leaves the shell as it is, and gathers what it prints. */
  const gather = async (
    frame: Frame,
    toText: (frame: Frame) => string,
    timeoutMs: number,
  ): Promise<ProbeResult & { readonly outcome: Outcome }> => {
    const limits = {
      text: channelItem(toText(frame)),
      timeoutMs,
      waitingMs: 0,
      sparesShell: true,
      dialog: undefined,
      maxBytes: maxAnswerBytes,
    }
    const talk = exchange(line, toExchange(frame, toText, limits), new AbortController().signal)
    const printed = { out: '', err: '' }
    let isCut = false
    for (;;) {
      const next = await talk.next()
      if (next.done === true) {
        const { out: stdout, err: stderr } = printed
        return { ...toAnswer(next.value), stdout, stderr, isCut, outcome: next.value }
      }
      if ('prompt' in next.value) continue
      const { stream, text } = next.value
      const rest = text.slice(0, answerChars - printed[stream].length)
      printed[stream] += rest
      if (rest.length < text.length) isCut = true
    }
  }

  return {
    run,
    async ask({ script, env, timeoutMs }) {
      const done = await takeTurn()
      try {
        const frame = frames.question({ ...question, command: script, env })
        const { outcome, ...answer } = await gather(frame, questionFrame, timeoutMs)
        return { ...answer, lostFolder: lostFolderOf(outcome) }
      } finally {
        done()
      }
    },
    async startBackground(request, stop) {
      const done = await takeTurn()
      try {
        const frame = frames.question({ ...request, streams: 'apart' })
        const { stdout, outcome } = await gather(
          frame,
          (each) => backgroundFrame(each, stop),
          request.timeoutMs,
        )
        const lostFolder = lostFolderOf(outcome)
        if (lostFolder) return lostFolder
        const pid = readNumber(stdout.trim(), mostNumber)
        if (pid === undefined) throw badAnswer(line.link.host, 'a process', stdout)
        return { kind: 'started', pid, number: frame.number, mark: frame.mark }
      } finally {
        done()
      }
    },
  }
}

const question = { dir: undefined, secrets: [], stdin: undefined, streams: 'apart' } as const

/** As `timeout` says it; a question that was not answered holds nothing. */
const noAnswer = 124

function toAnswer(outcome: Outcome): Pick<ProbeResult, 'status'> {
  return { status: 'status' in outcome ? outcome.status : noAnswer }
}

function lostFolderOf(outcome: Outcome): LostFolder | undefined {
  if (outcome.kind !== 'lost-folder') return undefined
  return { kind: 'lost-folder', folder: outcome.folder }
}
