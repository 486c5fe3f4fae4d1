/**
 * Sends one frame to a run's shell and reads until the shell says that it is over, whatever
 * happens in between: a lost connection, a shell that ends, a time limit, a cancel.
 *
 * Other frames may have been sent ahead, behind this one: what comes after this one's marker is
 * left for them.
 */

import { type CommandTimes, createClock } from './command-clock.ts'
import { answerText, type Dialog } from './dialog.ts'
import { channelScripts } from './host-programs.ts'
import { badAnswer, mostNumber, readNumber, readText } from './host-says.ts'
import {
  type CommandMark,
  type EndReason,
  type Outcome,
  outcomeOf,
  readCommandMark,
} from './outcome.ts'
import { lastLine, looksLikeQuestion } from './question-line.ts'
import { comeBack, send, type ShellLine } from './shell-line.ts'
import { Utf8Stream } from './utf8.ts'

export interface Exchange extends CommandTimes {
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

/** It stays at this line, which looks like a question. */
export interface Silent {
  readonly prompt: string
}

/** How long a terminal is quiet before a prompt counts as one. */
const settleMs = 40

/** A host that never stops printing is waited for no longer than any other. */
const takenUnarmed = 16

/** How long the host may be silent before it says that what we ended has ended, and how long in all. */
const lastWordMs = 10_000
const lastWordsMs = 180_000

export async function* exchange(
  line: ShellLine,
  request: Exchange,
  signal: AbortSignal,
): AsyncGenerator<Output | Silent, Outcome> {
  const { mailbox, place, pending } = line
  const { dialog } = request
  const decoders = { out: new Utf8Stream(), err: new Utf8Stream() }
  const marks = new Map<'out' | 'err', CommandMark>()
  let lastText = ''
  let left = request.maxBytes
  let isOver = false
  let taken = 0
  let ending = line.ending

  let lastWord: NodeJS.Timeout | undefined
  let settled: NodeJS.Timeout | undefined
  const clock = createClock(request, (what) => mailbox.due(what))
  let lastWordUntil: number | undefined
  const awaitLastWord = (): void => {
    clearTimeout(lastWord)
    // What it has printed by then comes first, however much that is.
    lastWordUntil ??= performance.now() + lastWordsMs
    const remainingMs = lastWordUntil - performance.now()
    lastWord = setTimeout(() => mailbox.due('given-up'), Math.min(lastWordMs, remainingMs))
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
    const text = decoders[stream].push(bytes)
    if (text === '') return undefined
    lastText = lastLine(lastText, text)
    clock.hear()
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
        const turn = readNumber(found.fields[1], mostNumber)
        if (turn === undefined) throw badAnswer(line.link.host, 'an answer', found.fields.join(':'))
        dialog?.typed(turn)
        lastText = ''
      } else if (found.fields.length < 4) {
        // A marker that did not fit on a full disk; the whole one follows.
        continue
      } else takeMark(stream, readCommandMark(line.link.host, found))
    }
  }
  const takeMark = (stream: 'out' | 'err', mark: CommandMark): void => {
    const { number } = mark
    if (number >= line.skipUntil) line.skipUntil = 0
    if (number === request.number && mark.kind !== 'r') marks.set(stream, mark)
    // The host did not begin it, for we had too much to read: we have read it now.
    if (mark.kind === 'r' && !ending) send(line, request.textAgain())
    if (mark.kind === 'e' || mark.kind === 'r' || stream === 'err') return
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
    if (ending) awaitLastWord()
    send(line, request.text)
    for (;;) {
      yield* takePending('err')
      yield* takePending('out')
      if (marks.has('out') && (request.streams === 'merged' || marks.has('err'))) {
        isOver = true
        for (const each of ['out', 'err'] as const) {
          const text = decoders[each].end()
          if (text !== '') yield { stream: each, text }
        }
        const mark = marks.get('out')
        const isFollowed = request.lastNumber() > request.number
        line.ending = mark?.kind === 'e' && isFollowed ? ending : undefined
        if (mark?.kind === 'g') line.isLost = true
        if (!mark) throw new Error('unreachable: it has come')
        return outcomeOf(mark, { ...request, isAlone: !isFollowed }, ending)
      }
      if (!mailbox.isFull || ++taken > takenUnarmed) clock.arm()
      const letter = await mailbox.next()
      if (letter.kind === 'bytes') {
        const { stream, bytes } = letter
        place.offsets[stream] += bytes.length
        pending[stream].push(...line.scanners[stream].push(bytes))
        if (lastWordUntil !== undefined) awaitLastWord()
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
      if (letter.what === 'silence') {
        if (!looksLikeQuestion(lastText)) continue
        // Where nothing can be answered, it is no question to us: whoever looks on is told.
        if (!dialog) {
          yield { prompt: lastText }
          continue
        }
      }
      await end(letter.what)
    }
  } finally {
    clock.stop()
    clearTimeout(lastWord)
    clearTimeout(settled)
    signal.removeEventListener('abort', cancel)
    // Nobody reads on: what runs there must not run on unseen.
    if (!isOver) await endProcesses(line, request).catch(() => {})
    mailbox.forget()
  }
}

/** Of the processes that were ended. */
const mostNamed = 100

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
    body: channelScripts.endCommand(),
    timeoutMs: request.graceMs + 20_000,
    maxBytes: 64 * 1024,
  })
  return stdout.toString().split('\0').slice(0, -1).slice(0, mostNamed).map(readText)
}
