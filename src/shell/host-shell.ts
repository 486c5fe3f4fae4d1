/**
 * The client's side of one user's shell on one host: numbers commands, sends them as frames, and
 * reads their results. It runs one thing at a time, as the shell does.
 */

import { messages } from './messages.ts'
import type { FramePlace } from '../model/run-event.ts'
import type {
  BackgroundProcess,
  CommandEnd,
  CommandEvent,
  CommandRequest,
  LostFolder,
  ProbeRequest,
  ProbeResult,
} from '../run/ports.ts'
import { createDialog, type Dialog } from '../run/dialog.ts'
import {
  type CommandShell,
  type Ending,
  exchange,
  type Exchanged,
  type SentCommand,
} from './exchange.ts'
import { Follower } from './follow.ts'
import { type FrameContent, Frames, type NumberedCommand } from './frames.ts'
import type { HostLink } from '../transport/host-link.ts'
import { mostNumber, readNumber } from './marker.ts'
import { badAnswer } from './shell-error.ts'
import { questionId } from './numbers.ts'
import { type OpenShell, openShell, type ShellPlace } from './open-shell.ts'
import { backgroundFrame, type ChannelScript, type Frame, questionFrame } from './protocol.ts'

export interface HostShellOptions extends OpenShell {
  readonly link: HostLink
  /** Idle timeout at a line that looks like a question; 0 disables it. */
  readonly waitingMs: number
  readonly graceMs: number
  /** How long to wait for a lost connection while a command runs. */
  readonly awayMs: number
  /** Limit of one command's output; the command is killed beyond it. */
  readonly maxBytes: number
}

export interface StartedInBackground extends BackgroundProcess {
  /** Number of the frame, which names the files that it writes. */
  readonly number: number
  readonly mark: string
}

/** A question that prints so much will not end soon: it is ended. */
const maxAnswerBytes = 256 * 1024 * 1024

/** Limit of each output of a check; the rest is dropped. */
export const answerChars = 1024 * 1024

export async function openHostShell(options: HostShellOptions): Promise<HostShell> {
  const { link, user, at } = options
  const { channel, place } = await openShell(await link.current(), options)
  const lastRead = at && place.isFound ? at.number - 1 : place.lastNumber
  const follower = new Follower({ link, user, channel, place, lastRead })
  return new HostShell(options, follower, place)
}

export class HostShell {
  readonly folder: string
  readonly nonce: string
  /** True if no command ran in it before this session found or created it. */
  readonly isFirst: boolean
  readonly #options: HostShellOptions
  readonly #follower: Follower
  readonly #frames: Frames
  readonly #wasRebooted: boolean
  #isUnused: boolean
  /** A command that has ended has left something that may print. */
  #printsOn = false
  /** An earlier life of the run may have left something too; no command was run since. */
  #wasFound: boolean
  #turn: Promise<void> = Promise.resolve()

  constructor(options: HostShellOptions, follower: Follower, place: ShellPlace) {
    this.folder = place.folder
    this.nonce = place.nonce
    this.isFirst = place.lastNumber === 0
    this.#options = options
    this.#follower = follower
    this.#frames = new Frames(place, options.at, follower)
    this.#wasRebooted = place.wasRebooted
    this.#isUnused = !place.isFound
    this.#wasFound = place.isFound
  }

  /** The shell is no longer followed and must be opened again. */
  get isLost(): boolean {
    // For an unused shell, a new one is as good.
    return this.#follower.isLost || (this.#isUnused && this.#follower.hasEnded)
  }

  /** No command has run in it since it was opened. */
  get isUnused(): boolean {
    return this.#isUnused
  }

  /** As in `HostSession`. */
  async *run(
    requests: readonly CommandRequest[],
    signal: AbortSignal,
  ): AsyncGenerator<CommandEvent, void> {
    this.#isUnused = false
    const done = await this.#takeTurn()
    try {
      for (let rest = requests, first = rest[0]; first; first = rest[0]) {
        if (signal.aborted) {
          yield this.#ended({ kind: 'cancelled', ended: [] }, performance.now())
          return
        }
        const lost = this.#claim(first)
        if (lost !== undefined) {
          yield { kind: 'sending', frame: this.#placeOf(lost) }
          const cause = messages.begunBefore
          const earlier = { wasRebooted: this.#wasRebooted }
          yield this.#ended({ kind: 'lost', cause, earlier }, performance.now())
          return
        }
        const batch = this.#frames.batchOf(rest)
        if (!(yield* this.#runBatch(batch, signal))) return
        rest = rest.slice(batch.length)
      }
    } finally {
      done()
    }
  }

  /** Runs a script in a subshell of the shell. */
  async ask({ script, env, timeoutMs }: ProbeRequest): Promise<ProbeResult> {
    const content: FrameContent = {
      command: script,
      env,
      dir: undefined,
      secrets: [],
      stdin: undefined,
      streams: 'apart',
      allowed: 'any',
    }
    const { number: _, ...answer } = await this.#gather(content, questionFrame, timeoutMs)
    return answer
  }

  /** @param stop - Stored on the host, for a later life of the run. */
  async startBackground(
    request: CommandRequest,
    stop: string,
  ): Promise<StartedInBackground | LostFolder> {
    this.#isUnused = false
    const content: FrameContent = { ...request, streams: 'apart', allowed: 'any' }
    const toText = (frame: Frame): string => backgroundFrame(frame, stop)
    const answer = await this.#gather(content, toText, request.timeoutMs)
    const { stdout, number, lostFolder } = answer
    if (lostFolder) return lostFolder
    const pid = readNumber(stdout.trim(), mostNumber)
    if (pid === undefined) throw badAnswer(this.#options.link.host, messages.aProcess, stdout)
    return { kind: 'started', pid, number, mark: this.#frames.markOf(number) }
  }

  /**
   * Ends the client's side only; the follower on the host has ended then.
   *
   * @param last - A script that the host runs before.
   * @returns That script's output; `undefined` if the channel did not end by itself.
   */
  async detach(last?: Omit<ChannelScript, 'nonce'>): Promise<Buffer | undefined> {
    return this.#follower.detach(last)
  }

  /** @returns A function that ends the turn. */
  async #takeTurn(): Promise<() => void> {
    const before = this.#turn
    let finish: (() => void) | undefined
    this.#turn = new Promise((resolve) => {
      finish = resolve
    })
    await before
    return () => finish?.()
  }

  /**
   * @returns The number under which the command had begun in an earlier life whose shell is gone.
   */
  #claim(request: CommandRequest | undefined): number | undefined {
    const lost = this.#frames.claim(request)
    this.#follower.skipTo(this.#frames.passedOver)
    return lost
  }

  /** @returns Whether later commands of the batch run. */
  async *#runBatch(
    batch: readonly NumberedCommand[],
    signal: AbortSignal,
  ): AsyncGenerator<CommandEvent, boolean> {
    const lastNumber = this.#frames.upcoming - 1
    let ending: Ending | undefined
    for (const [index, { request, number, id }] of batch.entries()) {
      const startMs = performance.now()
      yield { kind: 'sending', frame: this.#placeOf(number) }
      if (index === 0 && request.beginsStep) this.#hearNoMore(number)
      const unread = (): string => this.#frames.batchText(batch.slice(index))
      if (index === 0) this.#follower.send(unread())
      const dialog = request.dialog && createDialog(request.dialog)
      const { timeoutMs } = request
      const { waitingMs, maxBytes } = this.#options
      const streams = dialog ? 'merged' : request.streams
      const limits = { timeoutMs, waitingMs, maxBytes, sparesShell: false }
      const own = { number, id, mark: this.#frames.markOf(number), lastNumber, unread, streams }
      const sent = { ...own, ...limits, dialog, ending }
      const exchanged = yield* exchange(this.#commandShell(), sent, signal)
      ending = exchanged.ending
      this.#printsOn ||= this.#wasFound || exchanged.printsOn
      this.#wasFound = false
      const goesOn = isAllowed(exchanged.end, request)
      const next = goesOn ? batch[index + 1] : undefined
      yield this.#ended(exchanged.end, startMs, dialog, next)
      if (!goesOn) return false
    }
    return true
  }

  /** Runs a frame that does not change the shell, and collects its output. */
  async #gather(
    content: FrameContent,
    toText: (frame: Frame) => string,
    timeoutMs: number,
  ): Promise<ProbeResult & { readonly number: number }> {
    const done = await this.#takeTurn()
    try {
      this.#claim(undefined)
      const number = this.#frames.takeNumber()
      this.#hearNoMore(number)
      const unread = (): string => this.#frames.questionText(number, content, toText)
      this.#follower.send(unread())
      const mark = this.#frames.markOf(number)
      const sent: SentCommand = {
        number,
        id: questionId,
        mark,
        lastNumber: number,
        unread,
        streams: 'apart',
        timeoutMs,
        waitingMs: 0,
        maxBytes: maxAnswerBytes,
        sparesShell: true,
        dialog: undefined,
        ending: undefined,
      }
      const said = exchange(this.#commandShell(), sent, new AbortController().signal)
      const { printsOn, ...answer } = await answerOf(said)
      this.#printsOn ||= printsOn
      return { ...answer, number }
    } finally {
      done()
    }
  }

  /** Ignores output of processes that earlier commands left running. */
  #hearNoMore(number: number): void {
    if (!this.#printsOn) return
    this.#printsOn = false
    this.#follower.beginAnew(number)
    this.#frames.beginAnew(number)
  }

  #placeOf(number: number): FramePlace {
    return { user: this.#options.user?.name ?? null, number, ...this.#follower.taken }
  }

  #ended(end: CommandEnd, startMs: number, dialog?: Dialog, next?: NumberedCommand): CommandEvent {
    return {
      kind: 'ended',
      end,
      durationMs: performance.now() - startMs,
      answered: dialog?.answered ?? 0,
      next: this.#placeOf(next?.number ?? this.#frames.upcoming),
    }
  }

  #commandShell(): CommandShell {
    const { link, user, graceMs, awayMs } = this.#options
    return { follower: this.#follower, link, user, folder: this.folder, graceMs, awayMs }
  }
}

/** Whether the host runs the next command of the batch. */
function isAllowed(end: CommandEnd, { allowed = [0] }: CommandRequest): boolean {
  if (end.kind !== 'exited' || end.note === 'unread' || end.note === 'shell-ended') return false
  return allowed === 'any' || allowed.includes(end.status)
}

/** As `timeout` says it; a question that was not answered holds nothing. */
const noAnswer = 124

async function answerOf(
  said: ReturnType<typeof exchange>,
): Promise<ProbeResult & Pick<Exchanged, 'printsOn'>> {
  const printed = { stdout: '', stderr: '', merged: '', tty: '' }
  let isCut = false
  for (;;) {
    const next = await said.next()
    if (next.done === true) {
      const { end, printsOn, status = noAnswer } = next.value
      const lostFolder = end.kind === 'lost-folder' ? end : undefined
      const isAnswer = end.kind === 'exited' || lostFolder !== undefined
      const { stdout, stderr } = printed
      return { status: isAnswer ? status : noAnswer, stdout, stderr, isCut, lostFolder, printsOn }
    }
    if (next.value.kind !== 'output') continue
    const { stream, text } = next.value
    const rest = text.slice(0, answerChars - printed[stream].length)
    printed[stream] += rest
    if (rest.length < text.length) isCut = true
  }
}
