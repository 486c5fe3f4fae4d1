/** All secrets of this process, in one set, so that crash reports are masked too. */

import { Redactor } from '../journal/redact.ts'
import type { ResolvedVariables } from '../plan/resolve-variables.ts'

export const knownSecrets = new Redactor()

/** Masks a value from now on. */
export function addSecret(value: string): void {
  knownSecrets.add(value)
}

/** Masks the values of all secret variables from now on. */
export function keepSecret(variables: readonly ResolvedVariables[]): void {
  for (const { values, secrets } of variables) {
    for (const name of secrets) knownSecrets.add(values[name] ?? '')
  }
}
