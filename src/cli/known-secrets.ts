/**
 * The secrets that this program has been given: one set, so that also a fault is masked with them.
 */

import { Redactor } from '../journal/redact.ts'
import type { ResolvedVariables } from '../plan/resolve-variables.ts'

export const knownSecrets = new Redactor()

/** From now on a value is not shown. */
export function addSecret(value: string): void {
  knownSecrets.add(value)
}

/** From now on no value of a secret variable is shown. */
export function keepSecret(variables: readonly ResolvedVariables[]): void {
  for (const { values, secrets } of variables) {
    for (const name of secrets) knownSecrets.add(values[name] ?? '')
  }
}
