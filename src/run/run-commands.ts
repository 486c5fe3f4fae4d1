/** Runs the commands of one step in order and judges their output. */

import { valueOf } from '../model/named.ts'
import type { RunEvent } from '../model/run-event.ts'
import { commandsOf, expectedOf, type ScriptStep, type ShellStep } from '../model/step.ts'
import { SentBatches } from './batch.ts'
import { noteText, withNotes } from './command-notes.ts'
import { Judgement } from './judgement.ts'
import { failedEnd, lostEnd } from './failed-command.ts'
import { LastLine } from './last-line.ts'
import { messages } from './messages.ts'
import type { CommandEnd, CommandEvent } from './ports.ts'
import { answersOf, leftOver, StepDialog } from './run-dialog.ts'
import type { StepContext } from './step-context.ts'
import { failed, type StepEnd, withoutOutput } from './step-end.ts'
import { TakenCaptures } from './take-captures.ts'

type RunningStep = ShellStep | ScriptStep

/** One command with its position in the step. */
interface Turn {
  readonly index: number
  /** As shown to people. */
  readonly text: string
  readonly events: AsyncIterable<CommandEvent>
}

/**
 * A step that captures secrets shows no output until it has captured them, because only then are
 * the masks known. If it fails earlier, its output is never shown.
 */
export async function runCommands(step: RunningStep, context: StepContext): Promise<StepEnd> {
  if (step.secrets.length === 0) return await runEach(step, context)
  const { planned, variables, ports } = context
  const held: RunEvent[] = []
  const hold = async (event: RunEvent): Promise<void> => {
    if (event.kind === 'command-started') await ports.emit(event)
    else held.push(event)
  }
  const end = await runEach(step, { ...context, ports: { ...ports, emit: hold } })
  const values = variables.ofPage(planned.runbook)
  const isKnown = end.status === 'passed' && step.secrets.every((name) => valueOf(values, name))
  for (const event of isKnown ? held : held.map(withoutText)) await ports.emit(event)
  return isKnown ? end : withoutOutput(end)
}

function withoutText(event: RunEvent): RunEvent {
  if (event.kind === 'command-silent') return { ...event, prompt: '***' }
  return event.kind === 'output' ? { ...event, text: '***\n' } : event
}

/** The diff contains output, which a private step does not show. */
function shownTo(step: RunningStep, end: StepEnd): StepEnd {
  return step.private ? withoutOutput(end) : end
}

async function runEach(step: RunningStep, context: StepContext): Promise<StepEnd> {
  const batches = new SentBatches(step, context)
  try {
    return await judgeEach(step, context, batches)
  } finally {
    await batches.end()
  }
}

async function judgeEach(
  step: RunningStep,
  context: StepContext,
  batches: SentBatches,
): Promise<StepEnd> {
  const { planned, variables } = context
  const names = variables.namesOf(planned.runbook)
  const matching = () => ({ names, values: variables.ofPage(planned.runbook) })
  const whole = new Judgement(expectedOf(step), matching())
  const captures = new TakenCaptures(step, context)
  const dialog = new StepDialog(step)
  const notes = new Set<string>()
  let exit = 0
  let differs: Omit<StepEnd, 'exit'> | undefined
  for (const [index, command] of commandsOf(step).entries()) {
    const own = new Judgement(command.expects, matching())
    const earlier = context.open?.commands[index]
    if (earlier) {
      for (const { stream, text } of earlier.output) {
        for (const judgement of [whole, own]) judgement.push(text, stream)
      }
    }
    const answers = answersOf(dialog.turnsOf(index), matching().values)
    const lastLine = new LastLine()
    const shown = step.kind === 'script' ? step.run : command.text
    const { end: ended, answered }: Ended = earlier
      ? { end: { kind: 'exited', status: earlier.exit, note: undefined }, answered: 0 }
      : await runCommand(
          { index, text: shown, events: batches.eventsOf(index, answers) },
          context,
          [whole, own, lastLine],
        )
    if (ended.kind === 'lost' && ended.earlier) {
      const end = lostEnd(messages.shellGone, context.options)
      const isLast = index === commandsOf(step).length - 1
      return ended.earlier.wasRebooted && isLast && step.reboot
        ? { ...end, reason: 'rebooted' }
        : end
    }
    if (ended.kind !== 'exited') {
      return failedEnd(ended, step, {
        options: context.options,
        next: answers?.[answered]?.prompt,
        lastLine: step.private || step.secrets.length > 0 ? undefined : lastLine.text(),
      })
    }
    const unasked = earlier
      ? dialog.endEarlier(index, earlier.output.map(({ text }) => text).join(''))
      : dialog.end(index, answered)
    exit = ended.status
    const rest = commandsOf(step).length - 1 - index
    if (ended.note) notes.add(noteText(ended.note, rest, context.options))
    const allowed = command.exit ?? step.exit
    if (allowed !== 'any' && !allowed.includes(exit)) {
      return withNotes(exitEnd({ exit, allowed, step }, context, [whole, own]), notes)
    }
    const left = leftOver(unasked, exit, context.options)
    if (left) return left
    differs = own.end(context.options) ?? differs
    if (differs?.status === 'failed') return withNotes(shownTo(step, { ...differs, exit }), notes)
    const problem = captures.take(own)
    if (problem) return problem
    // `exit` ends the block, as it ends a script.
    if (ended.note === 'shell-ended') break
  }
  differs = whole.end(context.options) ?? differs
  const problem = captures.take(whole) ?? captures.end()
  if (differs?.status === 'failed') return withNotes(shownTo(step, { ...differs, exit }), notes)
  if (problem) return problem
  const passed = { status: 'passed', reason: null, message: '', exit } as const
  return withNotes(differs ? shownTo(step, { ...differs, exit }) : passed, notes)
}

/** How a command ended, and how many dialog turns were answered. */
interface Ended {
  readonly end: CommandEnd
  readonly answered: number
}

async function runCommand(
  { text, index, events }: Turn,
  { planned, ports }: StepContext,
  listeners: readonly Pick<Judgement, 'push'>[],
): Promise<Ended> {
  const at = { step: planned.address, host: planned.host, index }
  for await (const event of events) {
    if (event.kind === 'sending') {
      await ports.emit({ kind: 'command-started', ...at, text, frame: event.frame })
      continue
    }
    if (event.kind === 'output') {
      for (const listener of listeners) listener.push(event.text, event.stream)
      if (planned.step.private) continue
      await ports.emit({ kind: 'output', ...at, stream: event.stream, text: event.text })
      continue
    }
    if (event.kind === 'silent') {
      if (!planned.step.private)
        await ports.emit({ kind: 'command-silent', ...at, prompt: event.prompt })
      continue
    }
    const { end, durationMs, answered = 0, next = null } = event
    if (end.kind === 'exited') {
      const took = Math.round(durationMs)
      await ports.emit({ kind: 'command-ended', ...at, exit: end.status, durationMs: took, next })
    }
    return { end, answered }
  }
  return { end: { kind: 'lost', cause: messages.noEnd }, answered: 0 }
}

function exitEnd(
  {
    exit,
    allowed,
    step,
  }: {
    readonly exit: number
    readonly allowed: readonly number[]
    readonly step: RunningStep
  },
  { options }: StepContext,
  judgements: readonly Judgement[],
): StepEnd {
  const message = messages.exitStatus(exit, allowed.join(', '))[options.lang]
  const differs = judgements
    .map((judgement) => judgement.end(options))
    .find((end) => end !== undefined)
  if (differs?.diff === undefined || step.private) return failed('exit-status', message, exit)
  return {
    ...failed('exit-status', `${message}; ${messages.outputAlso[options.lang]}`, exit),
    diff: differs.diff,
  }
}
