/**
 * The variables of a run: values given at the start, and those that steps capture.
 */

import { named, valueOf } from '../model/named.ts'
import { declaredNames, type Runbook } from '../model/runbook.ts'
import type { Values } from '../plan/resolve-variables.ts'

export class RunVariables {
  readonly #values: Map<string, string>
  readonly #secrets: ReadonlySet<string>
  readonly #onSecret: (value: string) => void
  /** Cached: every command reads both. */
  readonly #pageNames = new Map<Runbook, ReadonlySet<string>>()
  readonly #pageValues = new Map<Runbook, Values>()

  /** @param onSecret - Receives each secret value before any event can contain it. */
  constructor(values: Values, secrets: ReadonlySet<string>, onSecret: (value: string) => void) {
    this.#values = new Map(Object.entries(values))
    this.#secrets = secrets
    this.#onSecret = onSecret
    for (const name of secrets) this.#announce(name)
  }

  set(name: string, value: string): void {
    this.#values.set(name, value)
    this.#pageValues.clear()
    this.#announce(name)
  }

  has(name: string): boolean {
    return this.#values.has(name)
  }

  isSecret(name: string): boolean {
    return this.#secrets.has(name)
  }

  /** The names that a page declares. */
  namesOf(runbook: Runbook): ReadonlySet<string> {
    const names = this.#pageNames.get(runbook) ?? declaredNames(runbook)
    this.#pageNames.set(runbook, names)
    return names
  }

  /** The environment of a page's commands: the variables that it declares and that have a value. */
  ofPage(runbook: Runbook): Values {
    const known = this.#pageValues.get(runbook)
    if (known) return known
    const values = named(
      [...this.namesOf(runbook)].flatMap((name) => {
        const value = this.#values.get(name)
        return value === undefined ? [] : [[name, value] as const]
      }),
    )
    this.#pageValues.set(runbook, values)
    return values
  }

  secretNames(): readonly string[] {
    return [...this.#secrets]
  }

  #announce(name: string): void {
    const value = this.#values.get(name)
    if (value !== undefined && this.#secrets.has(name)) this.#onSecret(value)
  }
}

/** Replaces each `${NAME}` that `values` has, and leaves all other text as it is. */
export function expandText(text: string, values: Values): string {
  return text.replace(
    /\$\{([A-Za-z_]\w*)\}/g,
    (whole, name: string) => valueOf(values, name) ?? whole,
  )
}
