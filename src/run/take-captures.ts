/** Keeps what an output set, for later commands and steps. */

import type { ScriptStep, ShellStep } from '../model/step.ts'
import { checkSecret } from '../plan/resolve-variables.ts'
import { UsageError } from '../diagnostic/usage-error.ts'
import type { Judgement } from './judgement.ts'
import { messages } from './messages.ts'
import type { StepContext } from './step-context.ts'
import { failed, type StepEnd } from './step-end.ts'

/** The names that a step's outputs have set so far, and those that an output was to set. */
export class TakenCaptures {
  readonly #step: ShellStep | ScriptStep
  readonly #context: Pick<StepContext, 'variables' | 'options'>
  readonly #taken = new Set<string>()
  readonly #missing = new Set<string>()

  constructor(step: ShellStep | ScriptStep, context: Pick<StepContext, 'variables' | 'options'>) {
    this.#step = step
    this.#context = context
  }

  /** Takes a judgement that has ended; `undefined`: the step may go on. */
  take({ captures, missing }: Judgement): StepEnd | undefined {
    const { variables, options } = this.#context
    for (const name of missing) this.#missing.add(name)
    for (const [name, value] of Object.entries(captures)) {
      if (this.#step.secrets.includes(name) && !isSecret(name, value))
        return failed('not-captured', messages.cannotBeMasked(name)[options.lang])
      variables.set(name, value)
      this.#taken.add(name)
    }
    return undefined
  }

  /** A name that the step promised and that no output set fails it. */
  end(): StepEnd | undefined {
    const { lang } = this.#context.options
    const promised = [...this.#step.captures, ...this.#step.secrets]
    // Another name of an output that is not compared may have a value already.
    const unset = [...this.#missing].filter((name) => !this.#context.variables.has(name))
    const lost = [...new Set([...promised, ...unset])].filter((name) => !this.#taken.has(name))
    if (lost.length === 0) return undefined
    return failed('not-captured', messages.notCaptured(lost.join(', '))[lang])
  }
}

function isSecret(name: string, value: string): boolean {
  try {
    checkSecret(name, value)
    return true
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return false
  }
}
