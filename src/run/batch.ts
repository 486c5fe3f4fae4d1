/**
 * Sends commands to a host in batches: a single command, or all commands of a step that only exit
 * statuses decide. Over a slow link such a step takes one round trip instead of one per command.
 *
 * Never sends commands of a later step ahead. If the journal becomes unwritable or the program
 * dies, the host stops at the end of the current step at the latest.
 */

import { type Command, commandsOf, type ScriptStep, type ShellStep } from '../model/step.ts'
import { requestOf } from './command-request.ts'
import type { CommandEvent, CommandRequest, DialogAnswer } from './ports.ts'
import type { StepContext } from './step-context.ts'

/** Sends a step's commands and distributes their events. */
export class SentBatches {
  readonly #step: ShellStep | ScriptStep
  readonly #context: StepContext
  #events: AsyncIterator<CommandEvent> | undefined
  /** Commands of the current batch that have not ended. */
  #left = 0

  constructor(step: ShellStep | ScriptStep, context: StepContext) {
    this.#step = step
    this.#context = context
  }

  /**
   * The events of a command up to its end; sends the batch if the command is its first.
   *
   * @param dialog - Input for the command's prompts.
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

  /** Kills the commands that still run. */
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
    // A compared output may set a variable that the next command uses.
    const compared = commands.findIndex((command, index) => index >= first && command.expects)
    const end = isOne ? first + 1 : compared === -1 ? undefined : compared + 1
    return commands.slice(first, end).map((command, index) => ({
      ...requestOf(this.#step, command, this.#context),
      beginsStep: first + index === 0,
      dialog,
    }))
  }
}

/** Whether the step has no dialog and one output stream. */
function isPlain(step: ShellStep | ScriptStep, commands: readonly Command[]): boolean {
  const ofStep = step.kind === 'script' ? [] : step.dialog
  const stream = step.expects?.stream ?? 'merged'
  return stream === 'merged' && [ofStep, ...commands.map((each) => each.dialog)].flat().length === 0
}
