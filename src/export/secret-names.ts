import type { Runbook } from '../model/runbook.ts'

/** The names of a page whose values an exported script must not print. */
export function secretNames({
  variables,
  steps,
}: Pick<Runbook, 'variables' | 'steps'>): readonly string[] {
  const declared = variables.flatMap(({ name, secret }) => (secret ? [name] : []))
  return [...new Set([...declared, ...steps.flatMap(({ secrets }) => secrets)])]
}
