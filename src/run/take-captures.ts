/** Stores the variables that an output sets, for later commands and steps. */

import type { ScriptStep, ShellStep } from '../model/step.ts'
import { checkSecret } from '../plan/resolve-variables.ts'
import { UsageError } from '../diagnostic/usage-error.ts'
import type { Judgement } from './judgement.ts'
import { messages } from './messages.ts'
import type { StepContext } from './step-context.ts'
import { failed, type StepEnd } from './step-end.ts'

/** Names that the step's outputs have set, and names that they should set. */
export class TakenCaptures {
  readonly #step: ShellStep | ScriptStep
  readonly #context: Pick<StepContext, 'variables' | 'options'>
  readonly #taken = new Set<string>()
  readonly #missing = new Set<string>()

  constructor(step: ShellStep | ScriptStep, context: Pick<StepContext, 'variables' | 'options'>) {
    this.#step = step
    this.#context = context
  }

  /** Stores the captures of a finished judgement; `undefined`: the step may continue. */
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

  /** Fails the step if no output set a promised name. */
  end(): StepEnd | undefined {
    const { lang } = this.#context.options
    const promised = [...this.#step.captures, ...this.#step.secrets]
    // For outputs that are not compared, a name may have a value already.
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
