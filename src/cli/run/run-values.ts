/** Sources of variables' values besides the pages and `--var`. */

import { messages as configMessages } from '../config/messages.ts'
import { yamlProblem } from '../../parse/library-messages.ts'
import { LocalizedError } from '../../diagnostic/localized-error.ts'
import type { Message, Lang } from '../../model/message.ts'
import { reasonOf } from '../../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import { parse as parseYaml, YAMLParseError } from 'yaml'
import * as z from 'zod/mini'
import { named } from '../../model/named.ts'
import { deepYamlAt } from '../../parse/nesting.ts'
import type { LaneBindings } from '../../plan/bind-roles.ts'
import { checkValue, type ResolvedVariables, type Values } from '../../plan/resolve-variables.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { readNamed } from '../../project-files/read-file.ts'
import type { Project } from '../project.ts'
import type { TerminalPrompt } from '../terminal/terminal-prompt.ts'
import { requireTrust } from '../trust/ask-trust.ts'
import { readSecret } from './secret-command.ts'

/** Values of `runbook.yml` for the hosts of a lane; the first host with a value wins. */
export function hostValues(
  lane: LaneBindings,
  { hostVars }: Project,
): readonly (readonly [string, string])[] {
  const hosts = new Set([...lane.values()].flatMap((bound) => [...bound.values()]))
  return [...hosts].toReversed().flatMap((host) => [...(hostVars.get(host) ?? [])])
}

/** `RUNBOOK_VAR_NAME` sets the variable `NAME`. */
export function environmentValues(): Values {
  const prefix = 'RUNBOOK_VAR_'
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value]] : [],
    ),
  )
}

const varsFile = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

/** @throws {UsageError} If the file is not a list of values. */
export function readVarsFile(file: string): Values {
  let value: unknown
  try {
    const text = readNamed(file).toString()
    if (deepYamlAt(text) !== undefined) throw new LocalizedError(configMessages.tooDeep)
    value = parseYaml(text)
  } catch (error) {
    throw new UsageError(messages.varsFile(file, whyUnread(error)))
  }
  const result = varsFile.safeParse(value)
  if (!result.success) throw new UsageError(messages.notAList(file))
  return Object.fromEntries(Object.entries(result.data).map(([name, each]) => [name, String(each)]))
}

function whyUnread(error: unknown): Message {
  if (!(error instanceof YAMLParseError)) return reasonOf(error)
  return yamlProblem(error.code, error.message.split('\n')[0] ?? '')
}

interface AskedRun {
  readonly project: Project
  /** One entry per lane. */
  readonly variables: readonly ResolvedVariables[]
  readonly lang: Lang
}

/**
 * Gets the values that no other source has: from a command of the configuration, else from a
 * person.
 *
 * @throws {UsageError} If no person is available, or the project is not trusted.
 */
export async function askMissing(
  { variables, lang, project }: AskedRun,
  prompt: TerminalPrompt,
): Promise<readonly ResolvedVariables[]> {
  const missing = variables.flatMap((lane) => lane.missing)
  const entries = missing.flatMap(({ name }) => project.secretCommands.get(name) ?? [])
  await requireTrust(project, entries, { prompt, lang })
  const asked = new Map<string, string>()
  for (const variable of missing) {
    const { name, ask, secret } = variable
    if (asked.has(name)) continue
    const entry = project.secretCommands.get(name)
    const question = ask === undefined ? messages.askVariable(name)[lang] : `${ask} (${name}): `
    const value = entry
      ? await readSecret(entry, project.root)
      : await prompt.ask(question, { hidden: secret })
    if (value === undefined) {
      throw new UsageError(
        messages.noValue(name),
        secret ? messages.giveSecret(name) : messages.giveValue(name),
      )
    }
    checkValue(variable, value)
    asked.set(name, value)
  }
  return variables.map((lane) => ({
    ...lane,
    values: named([...asked, ...Object.entries(lane.values)]),
    missing: [],
  }))
}
