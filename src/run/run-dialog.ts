/** Distributes the turns of a step's dialog to its commands, in order. */

import { listed } from '../model/message.ts'
import { valueOf } from '../model/named.ts'
import type { DialogTurn, ScriptStep, ShellStep } from '../model/step.ts'
import type { Values } from '../plan/resolve-variables.ts'
import { messages } from './messages.ts'
import type { DialogAnswer } from './ports.ts'
import type { RunOptions } from './run-options.ts'
import { failed, type StepEnd } from './step-end.ts'

export class StepDialog {
  readonly #ofStep: readonly DialogTurn[]
  readonly #step: ShellStep | ScriptStep
  #answered = 0

  constructor(step: ShellStep | ScriptStep) {
    this.#step = step
    this.#ofStep = step.kind === 'script' ? [] : step.dialog
  }

  /** The turns that may belong to a command; `undefined`: it needs no terminal. */
  turnsOf(index: number): readonly DialogTurn[] | undefined {
    const own = this.#step.kind === 'script' ? [] : (this.#step.commands[index]?.dialog ?? [])
    if (own.length > 0) return own
    return this.#ofStep.length > 0 ? this.#ofStep.slice(this.#answered) : undefined
  }

  /**
   * Records a command's end.
   *
   * @returns Turns that it should have reached but did not.
   */
  end(index: number, answered: number): readonly DialogTurn[] {
    const turns = this.turnsOf(index) ?? []
    if (this.#ofStep.length === 0) return turns.slice(answered)
    this.#answered += answered
    const isLast = this.#step.kind === 'script' || index === this.#step.commands.length - 1
    return isLast ? turns.slice(answered) : []
  }

  /** Records the end of a command that ran before a resume, from its output. */
  endEarlier(index: number, printed: string): readonly DialogTurn[] {
    let at = 0
    let answered = 0
    for (const { prompt } of this.turnsOf(index) ?? []) {
      at = printed.indexOf(prompt.trimEnd(), at)
      if (at < 0) break
      at += prompt.length
      answered++
    }
    return this.end(index, answered)
  }
}

/** Replaces `$NAME` of declared variables by their values, and nothing else. */
export function answersOf(
  turns: readonly DialogTurn[] | undefined,
  values: Values,
): readonly DialogAnswer[] | undefined {
  return turns?.map(({ prompt, answer }) => ({
    prompt,
    answer: answer.replace(
      /\$([A-Za-z_]\w*)/g,
      (whole, name: string) => valueOf(values, name) ?? whole,
    ),
  }))
}

export function leftOver(
  turns: readonly DialogTurn[],
  exit: number,
  { lang }: Pick<RunOptions, 'lang'>,
): StepEnd | undefined {
  if (turns.length === 0) return undefined
  const prompts = listed(turns.map(({ prompt }) => prompt))
  return failed('dialog', messages.dialogLeftOver(prompts)[lang], exit)
}
