/**
 * Resolves variables. Later sources win: front matter < project < vars file < environment <
 * `--var`.
 */

import { shared } from '../diagnostic/messages.ts'
import { listed, type Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { RE2JS } from 're2js'
import { nearest } from '../text/nearest.ts'
import { readPattern } from '../match/read-pattern.ts'
import { named, valueOf } from '../model/named.ts'
import { declaredNames, type Runbook, type Variable } from '../model/runbook.ts'
import { expectationsOf, type Step } from '../model/step.ts'
import { UsageError } from '../diagnostic/usage-error.ts'
import { usedVariables } from './used-variables.ts'

/** Values by name, from one source. */
export type Values = Readonly<Record<string, string>>

/** Sources of values, the weakest first. */
export interface VariableSources {
  readonly project: Values
  readonly varsFile: Values
  readonly environment: Values
  readonly flags: Values
  /** Names whose values a program prints on demand; they win over the project's values. */
  readonly commands?: ReadonlySet<string>
}

export interface ResolvedVariables {
  readonly values: Values
  /** Names whose values are masked everywhere. */
  readonly secrets: ReadonlySet<string>
  /** Used, without a value, and set by no step: a person must be asked. */
  readonly missing: readonly Variable[]
  /** What the selected steps use, and the source of each value. */
  readonly used: readonly UsedVariable[]
}

export type ValueSource =
  | 'flag'
  | 'environment'
  | 'vars-file'
  | 'project'
  | 'default'
  /** A command in the configuration prints it. */
  | 'command'
  /** An earlier step sets it. */
  | 'step'
  /** The address of a role's host. */
  | 'address'
  | 'person'

export interface UsedVariable {
  readonly name: string
  readonly secret: boolean
  /** The question for a person. */
  readonly ask: string | undefined
  readonly source: ValueSource
}

const minSecretLength = 6

/** In UTF-16 units; the search for a secret takes some twenty times its memory. */
const maxSecretLength = 65_536

/**
 * @throws {UsageError} For a `--var` that no page declares or that is secret, and for a value that
 * does not match its pattern.
 * @param isTaken - Selects the steps to run: nobody is asked for values that only other steps use.
 */
export function resolveVariables(
  runbooks: readonly Runbook[],
  sources: VariableSources,
  isTaken: (runbook: Runbook, step: Step) => boolean = () => true,
): ResolvedVariables {
  const variables = runbooks.flatMap((runbook) => runbook.variables)
  const declared = new Set(runbooks.flatMap((runbook) => [...declaredNames(runbook)]))
  for (const name of [...Object.keys(sources.flags), ...Object.keys(sources.varsFile)]) {
    if (declared.has(name)) continue
    const meant = nearest(name, declared)
    throw new UsageError(
      messages.noSuchVariable(name),
      meant === undefined ? variablesAre(runbooks) : shared.didYouMean(meant),
    )
  }
  const values = new Map<string, string>()
  const commands = sources.commands ?? new Set()
  const missing: Variable[] = []
  const captured = capturedNames(runbooks, isTaken)
  const isUsed = new Set(
    runbooks.flatMap((runbook) => [...usedVariables(runbook, (step) => isTaken(runbook, step))]),
  )
  const used = new Map<string, UsedVariable>()
  const secrets = new Set([
    ...variables.flatMap(({ name, secret }) => (secret || commands.has(name) ? [name] : [])),
    ...runbooks.flatMap(({ steps }) => steps.flatMap((step) => step.secrets)),
  ])
  for (const name of Object.keys(sources.flags)) {
    if (secrets.has(name)) refuseInArguments(name)
  }
  for (const variable of variables) {
    const { name } = variable
    const found = findValue(variable, sources, values.get(name))
    const secret = secrets.has(name)
    if (found) {
      checkValue({ ...variable, secret }, found.value)
      values.set(name, found.value)
    }
    const source = found?.source ?? sourceWithout(variable, { commands, captured })
    if (!isUsed.has(name)) continue
    used.set(name, { name, secret, ask: variable.ask, source })
    if (source === 'command' || source === 'person') missing.push({ ...variable, secret })
  }
  return {
    values: named(values),
    secrets,
    missing: missing.filter(({ name }) => !values.has(name)),
    used: [...used.values()],
  }
}

/**
 * The value from the strongest source.
 *
 * @param earlier - The value that an earlier page has for the name.
 */
function findValue(
  { name, default: own }: Variable,
  { flags, environment, varsFile, project, commands = new Set() }: VariableSources,
  earlier: string | undefined,
): { readonly value: string; readonly source: ValueSource } | undefined {
  const strongestFirst: readonly (readonly [ValueSource, string | undefined])[] = [
    ['flag', valueOf(flags, name)],
    ['environment', valueOf(environment, name)],
    ['vars-file', valueOf(varsFile, name)],
    ['project', commands.has(name) ? undefined : valueOf(project, name)],
    ['default', commands.has(name) ? undefined : (earlier ?? own)],
  ]
  for (const [source, value] of strongestFirst) if (value !== undefined) return { source, value }
  return undefined
}

function sourceWithout(
  { name, address }: Variable,
  {
    commands,
    captured,
  }: { readonly commands: ReadonlySet<string>; readonly captured: ReadonlySet<string> },
): ValueSource {
  if (commands.has(name)) return 'command'
  if (captured.has(name)) return 'step'
  return address === undefined ? 'person' : 'address'
}

/** Arguments are visible in the process list and in a shell's history. */
function refuseInArguments(name: string): never {
  throw new UsageError(messages.secretInArguments(name), messages.otherWaysForSecrets(name))
}

/** @throws {UsageError} If its variable does not accept the value. */
export function checkValue({ name, pattern, secret }: Variable, value: string): void {
  if (value.includes('\0')) throw new UsageError(messages.nulInVariable(name))
  if (pattern !== undefined && !RE2JS.compile(`(?s)^(?:${pattern})$`).matcher(value).find()) {
    throw new UsageError(
      secret ? messages.secretUnmatched(name, pattern) : messages.unmatched(name, value, pattern),
    )
  }
  if (secret) checkSecret(name, value)
}

/** @throws {UsageError} If a secret is too short, too long or too common to be masked safely. */
export function checkSecret(name: string, value: string): void {
  if (value.length < minSecretLength) {
    throw new UsageError(messages.secretTooShort(name), messages.secretAtLeast(minSecretLength))
  }
  if (value.length > maxSecretLength) {
    throw new UsageError(
      messages.secretTooLong(name, value.length),
      messages.secretAtMost(maxSecretLength),
    )
  }
  if (new Set(value).size === 1) {
    throw new UsageError(messages.secretTooPlain(name))
  }
}

function capturedNames(
  runbooks: readonly Runbook[],
  isTaken: (runbook: Runbook, step: Step) => boolean,
): ReadonlySet<string> {
  const names = new Set<string>()
  for (const runbook of runbooks) {
    const declared = declaredNames(runbook)
    for (const step of runbook.steps.filter((each) => isTaken(runbook, each))) {
      for (const name of [...step.captures, ...step.secrets]) names.add(name)
      for (const { text } of expectationsOf(step))
        for (const name of readPattern(text, declared).captures) names.add(name)
    }
  }
  return names
}

function variablesAre(runbooks: readonly Runbook[]): Message {
  const names = [...new Set(runbooks.flatMap(({ variables }) => variables.map(({ name }) => name)))]
  return names.length === 0 ? messages.noVariables : messages.variablesAre(listed(names))
}
