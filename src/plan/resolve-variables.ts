/**
 * The values of a page's variables: front matter < project < vars file < environment < `--var`.
 */

import { RE2JS } from 're2js'
import { nearest } from '../diagnostic/nearest.ts'
import { readPattern } from '../match/read-pattern.ts'
import { declaredNames } from '../parse/parse-runbook.ts'
import { named, valueOf } from '../model/named.ts'
import type { Runbook, Variable } from '../model/runbook.ts'
import { expectationsOf } from '../model/step.ts'
import { UsageError } from './usage-error.ts'

/** Values by name, from one source. */
export type Values = Readonly<Record<string, string>>

/** Where values come from, the weakest first. */
export interface VariableSources {
  readonly project: Values
  readonly varsFile: Values
  readonly environment: Values
  readonly flags: Values
  /** Names whose values a program prints when they are needed; stronger than the project's values. */
  readonly commands?: ReadonlySet<string>
}

export interface ResolvedVariables {
  readonly values: Values
  /** Names whose values are masked everywhere. */
  readonly secrets: ReadonlySet<string>
  /** Declared, without a value, and set by no step: a person has to be asked. */
  readonly missing: readonly Variable[]
}

const minSecretLength = 6

/** In UTF-16 units; what looks for a secret holds some twenty times as much. */
const maxSecretLength = 65_536

/**
 * @throws {UsageError} For a `--var` that no page declares or that is secret, and a value that its
 * pattern refuses.
 */
export function resolveVariables(
  runbooks: readonly Runbook[],
  sources: VariableSources,
): ResolvedVariables {
  const variables = runbooks.flatMap((runbook) => runbook.variables)
  const declared = new Set(runbooks.flatMap((runbook) => [...declaredNames(runbook)]))
  for (const name of [...Object.keys(sources.flags), ...Object.keys(sources.varsFile)]) {
    if (declared.has(name)) continue
    const meant = nearest(name, declared)
    throw new UsageError(
      `no page declares a variable \`${name}\``,
      meant === undefined ? undefined : `did you mean \`${meant}\`?`,
    )
  }
  const values = new Map<string, string>()
  const commands = sources.commands ?? new Set()
  const missing: Variable[] = []
  const captured = capturedNames(runbooks)
  const secrets = new Set([
    ...variables.flatMap(({ name, secret }) => (secret || commands.has(name) ? [name] : [])),
    ...runbooks.flatMap(({ steps }) => steps.flatMap((step) => step.secrets)),
  ])
  for (const name of Object.keys(sources.flags)) {
    if (secrets.has(name)) refuseInArguments(name)
  }
  for (const variable of variables) {
    const { name } = variable
    const given =
      valueOf(sources.flags, name) ??
      valueOf(sources.environment, name) ??
      valueOf(sources.varsFile, name)
    const weaker = commands.has(name)
      ? undefined
      : (valueOf(sources.project, name) ?? values.get(name) ?? variable.default)
    const value = given ?? weaker
    if (value !== undefined) {
      checkValue({ ...variable, secret: secrets.has(name) }, value)
      values.set(name, value)
    } else if (commands.has(name)) missing.push({ ...variable, secret: true })
    else if (!captured.has(name) && variable.address === undefined) missing.push(variable)
  }
  return {
    values: named(values),
    secrets,
    missing: missing.filter(({ name }) => !values.has(name)),
  }
}

/** Arguments are in the list of processes and in the history of a shell. */
function refuseInArguments(name: string): never {
  throw new UsageError(
    `the secret \`${name}\` is given by \`--var\`, where every user of this computer can read it`,
    `set \`RUNBOOK_VAR_${name}\` in the environment, put it in a \`--vars-file\`, or leave it out to be asked`,
  )
}

/** @throws {UsageError} Where a value is not what its variable takes. */
export function checkValue({ name, pattern, secret }: Variable, value: string): void {
  const shown = secret ? 'its value' : `\`${value}\``
  if (value.includes('\0')) throw new UsageError(`the variable \`${name}\` holds a NUL character`)
  if (pattern !== undefined && !RE2JS.compile(`(?s)^(?:${pattern})$`).matcher(value).find()) {
    throw new UsageError(`the variable \`${name}\`: ${shown} does not match \`${pattern}\``)
  }
  if (secret) checkSecret(name, value)
}

/** @throws {UsageError} Where a secret is too short, too long or too plain to be masked without harm. */
export function checkSecret(name: string, value: string): void {
  if (value.length < minSecretLength) {
    throw new UsageError(
      `the secret \`${name}\` is too short to be masked`,
      `a secret has at least ${minSecretLength} characters: a shorter one would also mask ordinary text`,
    )
  }
  if (value.length > maxSecretLength) {
    throw new UsageError(
      `the secret \`${name}\` is too long to be masked: ${value.length} characters`,
      `a secret has at most ${maxSecretLength} characters: keep a longer one in a file of the host`,
    )
  }
  if (new Set(value).size === 1) {
    throw new UsageError(
      `the secret \`${name}\` is one character over and over, and cannot be masked`,
    )
  }
}

function capturedNames(runbooks: readonly Runbook[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const runbook of runbooks) {
    const declared = declaredNames(runbook)
    for (const step of runbook.steps) {
      for (const name of [...step.captures, ...step.secrets]) names.add(name)
      for (const { text } of expectationsOf(step))
        for (const name of readPattern(text, declared).captures) names.add(name)
    }
  }
  return names
}
