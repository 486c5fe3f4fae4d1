/**
 * The values that the steps of a run see, growing as steps capture more.
 */

import { named, valueOf } from '../model/named.ts'
import { declaredNames, type Runbook } from '../model/runbook.ts'
import type { Values } from '../plan/resolve-variables.ts'

export class RunVariables {
  readonly #values: Map<string, string>
  readonly #secrets: ReadonlySet<string>
  readonly #onSecret: (value: string) => void
  /** Asked for at every command, and the same for most. */
  readonly #names = new Map<Runbook, ReadonlySet<string>>()
  readonly #ofPages = new Map<Runbook, Values>()

  /** @param onSecret - Called with every secret value before anything that holds it is emitted. */
  constructor(values: Values, secrets: ReadonlySet<string>, onSecret: (value: string) => void) {
    this.#values = new Map(Object.entries(values))
    this.#secrets = secrets
    this.#onSecret = onSecret
    for (const name of secrets) this.#announce(name)
  }

  set(name: string, value: string): void {
    this.#values.set(name, value)
    this.#ofPages.clear()
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
    const names = this.#names.get(runbook) ?? declaredNames(runbook)
    this.#names.set(runbook, names)
    return names
  }

  /** Of the names that a page declares: what its commands find in their environment. */
  ofPage(runbook: Runbook): Values {
    const known = this.#ofPages.get(runbook)
    if (known) return known
    const values = named(
      [...this.namesOf(runbook)].flatMap((name) => {
        const value = this.#values.get(name)
        return value === undefined ? [] : [[name, value] as const]
      }),
    )
    this.#ofPages.set(runbook, values)
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

/** `${NAME}` of a declared variable becomes its value, and nothing else does. */
export function expandText(text: string, values: Values): string {
  return text.replace(
    /\$\{([A-Za-z_]\w*)\}/g,
    (whole, name: string) => valueOf(values, name) ?? whole,
  )
}
