/**
 * Reads the events of one command, from its frame's arrival to its marker, through lost
 * connections, an exiting shell, timeouts and cancels.
 *
 * Later frames of its batch may have been sent with it: output after its marker belongs to those.
 */

import { runScript } from './run-script.ts'
import { StringDecoder } from 'node:string_decoder'
import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import type { CommandEnd, CommandEvent, CommandNote } from '../run/ports.ts'
import { CommandClock, type CommandTimes } from './command-clock.ts'
import { type Dialog, lastLine, looksLikeQuestion } from '../run/dialog.ts'
import type { Follower, StreamName } from './follow.ts'
import type { HostLink } from '../transport/host-link.ts'
import { channelScripts } from './host-programs.ts'
import { mostNumber, readNumber, type CommandMark, type Mark, readCommandMark } from './marker.ts'
import { badAnswer, ShellError } from './shell-error.ts'
import { oneLine } from '../text/one-line.ts'
import type { Account } from './open-channel.ts'
import { answerItem } from './protocol.ts'

/** The shell that runs a command. */
export interface CommandShell {
  readonly follower: Follower
  readonly link: HostLink
  readonly user: Account | undefined
  readonly folder: string
  /** Grace period for processes before they are killed by force. */
  readonly graceMs: number
  /** How long to wait for a lost connection. */
  readonly awayMs: number
}

export interface SentCommand extends CommandTimes {
  readonly number: number
  readonly id: string
  /** Environment mark of its processes. */
  readonly mark: string
  /** Number of the last frame in its batch. */
  readonly lastNumber: number
  /** Frames that the host may not have read: the batch from this one on. */
  readonly unread: () => string
  readonly streams: 'merged' | 'apart'
  /** Whether the shell survives killing the command, because it runs in a subshell. */
  readonly sparesShell: boolean
  /** The dialog at the command's terminal. */
  readonly dialog: Dialog | undefined
  /** Limit of its output. */
  readonly maxBytes: number
  /**
   * Why an earlier command of the batch was killed, if the host may have reached this one by then.
   */
  readonly ending: Ending | undefined
}

/** A command that we killed, or tried to. */
export interface Ending {
  /** Number of the command. */
  readonly number: number
  readonly end: EndedByUs
}

type EndedByUs = Extract<CommandEnd, { readonly ended: readonly string[] }>

type Said = Extract<CommandEvent, { readonly kind: 'output' | 'silent' }>

export interface Exchanged {
  readonly end: CommandEnd
  /** Also set for a check that was asked outside the shell's folder. */
  readonly status: number | undefined
  /** Passed on to the next command of the batch. */
  readonly ending: Ending | undefined
  /** Something of it may still print. */
  readonly printsOn: boolean
}

const mergedNames = { out: 'merged', err: 'merged' } as const
const terminalNames = { out: 'tty', err: 'tty' } as const
const apartNames = { out: 'stdout', err: 'stderr' } as const

/** Reads without timers at most this often, so that endless output does not defeat the timeout. */
const readUnarmed = 16

/**
 * @returns How it ended. If the caller stops reading earlier, the command is killed.
 * @throws {ShellError} `no-tool`: the host has no program for a dialog's terminal.
 */
export async function* exchange(
  shell: CommandShell,
  sent: SentCommand,
  signal: AbortSignal,
): AsyncGenerator<Said, Exchanged> {
  const { follower, link } = shell
  const { dialog } = sent
  const restarts = follower.restarts
  const clock = new CommandClock(sent, (alarm) => follower.ring(alarm))
  const decoders = { out: new StringDecoder('utf8'), err: new StringDecoder('utf8') }
  const names = dialog ? terminalNames : sent.streams === 'merged' ? mergedNames : apartNames
  const ends: Partial<Record<StreamName, CommandMark>> = {}
  let line = ''
  let bytesLeft = sent.maxBytes
  let { ending } = sent
  let isOver = false
  let heardOf = 0

  const cancel = (): void => follower.ring('cancelled')
  const endNow = async (why: EndedByUs['kind']): Promise<void> => {
    const { number } = sent
    const end: EndedByUs =
      why === 'waiting' ? { kind: why, prompt: line, ended: [] } : { kind: why, ended: [] }
    ending = { number, end }
    try {
      ending = { number, end: { ...end, ended: await endProcesses(shell, sent) } }
    } catch {
      // The connection is lost too; the follower reports what happens next.
    }
    clock.awaitLastWord()
  }
  const decode = (stream: StreamName, bytes: Buffer): string => {
    if (bytesLeft >= 0 && bytesLeft < bytes.length) follower.ring('too-much')
    bytesLeft -= bytes.length
    const text = decoders[stream].write(bytes)
    if (text === '') return ''
    line = lastLine(line, text)
    clock.hear()
    dialog?.push(text)
    if (dialog?.due()) clock.settle()
    return text
  }
  const answer = (): void => {
    const turn = follower.isBehind ? undefined : dialog?.due()
    if (!turn) return
    dialog?.send(turn)
    follower.sendItem(answerItem(turn))
  }
  const takeTyped = (mark: Mark): void => {
    const turn = readNumber(mark.fields[1], mostNumber)
    if (turn === undefined) throw badAnswer(link.host, messages.anAnswer, mark.fields.join(':'))
    dialog?.typed(turn)
    line = ''
  }
  const takeEnd = (stream: StreamName, mark: CommandMark): void => {
    // The host did not start it because we had too much output to read; now it is read.
    if (mark.kind === 'r') {
      if (!ending) follower.send(sent.unread())
    } else if (mark.number === sent.number || mark.kind === 'g') ends[stream] = mark
    else if (mark.kind === 'x' && stream === 'out') {
      // The shell had exited before this frame, so queued frames are lost with it.
      if (ending && (ending.number === sent.number || ending.end.kind === 'cancelled'))
        ends.out = mark
      else {
        ending = undefined
        follower.send(sent.unread())
        if (signal.aborted) cancel()
      }
    }
  }
  const over = (end: CommandEnd): Exchanged => {
    isOver = true
    const isAhead = sent.lastNumber > sent.number && ends.out?.kind === 'e'
    const { kind, status, flag } = ends.out ?? {}
    const printsOn = kind !== 'e' || flag === 'l' || flag === 'd'
    return { end, status, ending: isAhead ? ending : undefined, printsOn }
  }

  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()
  if (ending) clock.awaitLastWord()
  try {
    for (;;) {
      if (ends.out && (sent.streams === 'merged' || ends.err)) {
        for (const stream of ['out', 'err'] as const) {
          const text = decoders[stream].end()
          if (text !== '') yield { kind: 'output', stream: names[stream], text }
        }
        if (ends.out.kind === 'g') follower.giveUp()
        const end = readEnd(ends.out, sent, ending, link.host)
        if (end.kind !== 'exited' || end.note) return over(end)
        const note: CommandNote | undefined = follower.restarts > restarts ? 'new-shell' : undefined
        return over({ ...end, note })
      }
      if (!follower.isBehind || ++heardOf > readUnarmed) clock.arm()
      const heard = await follower.next(shell.awayMs, signal)
      if (ending && heard.kind !== 'alarm') clock.awaitLastWord()
      switch (heard.kind) {
        case 'output': {
          const { stream } = heard
          // Output after its marker belongs to later commands.
          const text = ends[stream] ? '' : decode(stream, heard.bytes)
          if (text !== '') yield { kind: 'output', stream: names[stream], text }
          break
        }
        case 'mark':
          if (heard.mark.kind === 't') takeTyped(heard.mark)
          else takeEnd(heard.stream, readCommandMark(link.host, heard.mark))
          break
        case 'attached':
          follower.send(sent.unread())
          if (dialog?.underWay) follower.sendItem(answerItem(dialog.underWay))
          if (ending) await endNow(ending.end.kind)
          break
        case 'lost':
          return over(lost(heard.cause))
        case 'alarm':
          if (heard.alarm === 'answer') answer()
          else if (heard.alarm === 'given-up') {
            if (!ending) break
            follower.giveUp()
            return over(ending.end.ended.length > 0 ? ending.end : lost(messages.endUnknown))
          } else if (ending) break
          else if (heard.alarm !== 'silence') await endNow(heard.alarm)
          else if (!looksLikeQuestion(line)) break
          // Without a dialog the question cannot be answered: only report it.
          else if (dialog) await endNow('waiting')
          else yield { kind: 'silent', prompt: line }
          break
        default:
          throw new Error(`unreachable: ${JSON.stringify(heard satisfies never)}`)
      }
    }
  } finally {
    clock.stop()
    signal.removeEventListener('abort', cancel)
    // The caller stopped reading: the command must not continue unobserved.
    if (!isOver) await endProcesses(shell, sent).catch(() => {})
    follower.clearAlarms()
  }
}

/** @param ending - Why we killed the shell, or tried to. */
function readEnd(
  mark: CommandMark,
  { number, id, lastNumber }: SentCommand,
  ending: Ending | undefined,
  host: string,
): CommandEnd {
  const { status, flag } = mark
  if (mark.kind === 'g') return lost(messages.bashGone)
  if (mark.number !== number) return ending ? { ...ending.end, ended: [] } : lost(messages.notBegun)
  if (mark.id !== id) return lost(messages.notBegun)
  if (mark.kind === 'x') {
    if (!ending && flag === 'd') return { kind: 'disk-full', wasRun: true }
    if (!ending) return { kind: 'exited', status, note: 'shell-ended' }
    const isOwn = ending.number === number || ending.end.kind === 'cancelled'
    return isOwn ? ending.end : lost(messages.endedTogether)
  }
  // The command ended by itself just before we killed it.
  if (ending && lastNumber === number && ending.end.ended.length > 0) return ending.end
  if (flag === 'd' || flag === 'f') return { kind: 'disk-full', wasRun: flag === 'd' }
  if (flag === 'g') return { kind: 'lost-folder', folder: mark.folder }
  if (flag === 't') {
    throw new ShellError('no-tool', messages.noTerminalHolder(host))
  }
  return { kind: 'exited', status, note: flag === 'p' ? 'unread' : undefined }
}

function lost(cause: Message): CommandEnd {
  return { kind: 'lost', cause }
}

/** Limit of killed processes that are named. */
const mostNamed = 100

async function endProcesses(
  { link, user, folder, graceMs }: CommandShell,
  { mark, lastNumber, sparesShell }: SentCommand,
): Promise<readonly string[]> {
  const { stdout } = await runScript(link, {
    user,
    parameters: {
      RB_D: folder,
      RB_MARK: mark,
      RB_LAST: String(lastNumber),
      RB_SPARE: sparesShell ? 'shell' : '',
      RB_GRACE: String(Math.ceil(graceMs / 100)),
    },
    body: channelScripts.endCommand(),
    timeoutMs: graceMs + 20_000,
    maxBytes: 64 * 1024,
  })
  return stdout.toString().split('\0').slice(0, -1).slice(0, mostNamed).map(oneLine)
}
