/**
 * A batch: what is sent to a host at once. One command, or those of one step whose statuses alone
 * decide: over a slow link such a step waits for its commands, not for the way there and back.
 *
 * Nothing of another step is sent before its turn: when our journal cannot be written any more, or
 * the program dies, the host is at most at the end of the step that was begun.
 */

import { type Command, commandsOf, type ScriptStep, type ShellStep } from '../model/step.ts'
import { requestOf } from './command-request.ts'
import type { CommandEvent, CommandRequest, DialogAnswer } from './ports.ts'
import type { StepContext } from './step-context.ts'

/** Sends the commands of a step, and gives what each of them says. */
export class SentBatches {
  readonly #step: ShellStep | ScriptStep
  readonly #context: StepContext
  #events: AsyncIterator<CommandEvent> | undefined
  /** Commands of the batch under way that have not ended. */
  #left = 0

  constructor(step: ShellStep | ScriptStep, context: StepContext) {
    this.#step = step
    this.#context = context
  }

  /**
   * What a command says, up to its end; sends its batch where it is the first of it.
   *
   * @param dialog - What is typed where it asks.
   */
  async *eventsOf(
    index: number,
    dialog: readonly DialogAnswer[] | undefined,
  ): AsyncGenerator<CommandEvent, void> {
    const { session, ports } = this.#context
    if (this.#left === 0) {
      await this.end()
      const batch = this.#batchFrom(index, dialog)
      this.#events = session.run(batch, ports.signal)[Symbol.asyncIterator]()
      this.#left = batch.length
    }
    for (;;) {
      const next = await this.#events?.next()
      if (!next || next.done === true) return
      if (next.value.kind !== 'ended') {
        yield next.value
        continue
      }
      this.#left--
      if (this.#left === 0) await this.end()
      yield next.value
      return
    }
  }

  /** What still runs is ended. */
  async end(): Promise<void> {
    await this.#events?.return?.()
    this.#events = undefined
    this.#left = 0
  }

  #batchFrom(
    first: number,
    dialog: readonly DialogAnswer[] | undefined,
  ): readonly CommandRequest[] {
    const commands = commandsOf(this.#step)
    const isOne = this.#context.sharesHost || this.#step.reboot || !isPlain(this.#step, commands)
    // What is compared may set a variable that the next command finds.
    const compared = commands.findIndex((command, index) => index >= first && command.expects)
    const end = isOne ? first + 1 : compared === -1 ? undefined : compared + 1
    return commands.slice(first, end).map((command, index) => ({
      ...requestOf(this.#step, command, this.#context),
      beginsStep: first + index === 0,
      dialog,
    }))
  }
}

/** Nothing is typed into it, and its output is one stream. */
function isPlain(step: ShellStep | ScriptStep, commands: readonly Command[]): boolean {
  const ofStep = step.kind === 'script' ? [] : step.dialog
  const stream = step.expects?.stream ?? 'merged'
  return stream === 'merged' && [ofStep, ...commands.map((each) => each.dialog)].flat().length === 0
}
