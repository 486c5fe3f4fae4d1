/**
 * What a run had done before it was interrupted, read from its events. In this folder, a life is
 * one process of the run: the first, or a resumed one.
 */

import type { FramePlace, RunEvent, StepOutline, Stream } from '../model/run-event.ts'
import type { EarlierPlace } from './ports.ts'
import { isDone } from '../model/step-status.ts'
import type { StepEnd } from './step-end.ts'

/** A completed command: its output and how it ended. */
export interface EndedCommand {
  readonly exit: number
  readonly output: readonly { readonly stream: Stream; readonly text: string }[]
}

/** A step that started and did not end. */
export interface OpenStep {
  readonly commands: readonly EndedCommand[]
  /** The command that was sent last, if any. */
  readonly sent: FramePlace | undefined
}

/** Whether a command of the step was sent; its result is known or still to come. */
export function isUnderWay(open: OpenStep | undefined): boolean {
  return open !== undefined && (open.commands.length > 0 || open.sent !== undefined)
}

/** A step that passed. */
export interface DoneStep {
  readonly end: StepEnd
  readonly hash: string
  readonly commands: readonly EndedCommand[]
}

/** Keys are `PAGE#ID@HOST`. */
export interface EarlierLife {
  readonly done: ReadonlyMap<string, DoneStep>
  readonly open: ReadonlyMap<string, OpenStep>
  /** Steps with an unknown result, which may have done their work. */
  readonly lost: ReadonlySet<string>
  /** By host and user, the last known position in that shell. */
  readonly shells: ReadonlyMap<string, EarlierPlace>
}

export const noEarlierLife: EarlierLife = {
  done: new Map(),
  open: new Map(),
  lost: new Set(),
  shells: new Map(),
}

interface Notes {
  readonly commands: { exit: number | undefined; output: { stream: Stream; text: string }[] }[]
  sent: FramePlace | undefined
}

/** @param events - The run's journal, in order. */
export function earlierLife(events: readonly RunEvent[]): EarlierLife {
  const done = new Map<string, DoneStep>()
  const lost = new Set<string>()
  const notes = new Map<string, Notes>()
  const outlines = new Map<string, StepOutline>()
  const shells = new Map<string, EarlierPlace>()
  for (const event of events) {
    if (event.kind === 'run-started') {
      outlines.clear()
      for (const outline of event.steps) outlines.set(`${outline.step}@${outline.host}`, outline)
    }
    if (!('step' in event)) continue
    const key = `${event.step}@${event.host}`
    const own = notes.get(key)
    if (event.kind === 'step-started') notes.set(key, { commands: [], sent: undefined })
    if (event.kind === 'command-started' && own) {
      // A repeated command replaces its first attempt.
      lost.delete(key)
      own.commands.splice(event.index)
      own.commands.push({ exit: undefined, output: [] })
      own.sent = event.frame ?? undefined
      if (event.frame) shells.set(shellOf(event.host, event.frame), event.frame)
    }
    if (event.kind === 'output') {
      own?.commands[event.index]?.output.push({ stream: event.stream, text: event.text })
    }
    if (event.kind === 'command-ended' && own) {
      const command = own.commands[event.index]
      if (command) command.exit = event.exit
      own.sent = undefined
      if (event.next) shells.set(shellOf(event.host, event.next), event.next)
    }
    if (event.kind === 'step-ended') {
      const commands = own ? endedOf(own) : []
      if (own?.sent) {
        const shell = shellOf(event.host, own.sent)
        if (event.status === 'lost') shells.set(shell, { ...own.sent, isReported: true })
        // The command was killed, and its shell with it.
        else shells.delete(shell)
      }
      notes.delete(key)
      done.delete(key)
      if (event.status === 'lost') lost.add(key)
      const { status, reason, message, exit } = event
      if (!isDone(status)) continue
      lost.delete(key)
      const outline = outlines.get(key)
      done.set(key, { end: { status, reason, message, exit }, hash: outline?.hash ?? '', commands })
      for (const reverted of outline ? revertedBy(outline, outlines, done) : [])
        done.delete(reverted)
    }
  }
  // A clean-up that started has undone what it reverts.
  for (const [key, own] of notes) {
    const outline = own.sent || own.commands.length > 0 ? outlines.get(key) : undefined
    for (const reverted of outline ? revertedBy(outline, outlines, done) : []) done.delete(reverted)
  }
  const open = new Map(
    [...notes].map(([key, own]) => [key, { commands: endedOf(own), sent: own.sent }]),
  )
  return { done, open, lost, shells }
}

/**
 * Steps that a clean-up reverted: none if its page had completed, because clean-up after the work
 * undoes nothing.
 */
function revertedBy(
  { host, file, step, reverts = [] }: StepOutline,
  outlines: ReadonlyMap<string, StepOutline>,
  done: ReadonlyMap<string, DoneStep>,
): readonly string[] {
  const ofPage = [...outlines].filter(([, each]) => each.host === host && each.file === file)
  const before = ofPage.slice(
    0,
    ofPage.findIndex(([, each]) => each.step === step),
  )
  if (before.every(([key]) => done.has(key))) return []
  return reverts.map((address) => `${address}@${host}`)
}

function shellOf(host: string, { user }: FramePlace): string {
  return `${host} ${user ?? ''}`
}

function endedOf({ commands }: Notes): readonly EndedCommand[] {
  return commands.flatMap(({ exit, output }) => (exit === undefined ? [] : [{ exit, output }]))
}
