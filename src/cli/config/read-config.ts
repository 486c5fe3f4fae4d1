/**
 * Reads `runbook.yml`, and the user's own file of the same form. Reports every error at its
 * position, and refuses keys that this version does not support.
 */

import { listed } from '../../model/message.ts'
import { shared } from '../../diagnostic/messages.ts'
import { messages } from './messages.ts'
import * as z from 'zod/mini'
import { type ConfigKey, configTable } from '../../reference/config-table.ts'
import { nearest } from '../../text/nearest.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { type PlacedYaml, readPlacedYaml } from './yaml-places.ts'

/** A program with its arguments, or a line for `/bin/sh`. */
export type ConfigCommand = readonly string[] | string

/** A program that the file would start on this computer, or a server that it would connect to. */
export interface ActingEntry {
  /** `hosts.lab.command` */
  readonly key: string
  readonly command: ConfigCommand
  /** `FILE:LINE:COL` */
  readonly place: string
}

export interface Config {
  readonly pages: string | undefined
  readonly sshConfig: string | undefined
  readonly title: string | undefined
  readonly lang: 'zh' | 'en' | undefined
  readonly groups: ReadonlyMap<string, readonly string[]>
  readonly vars: ReadonlyMap<string, string>
  readonly hostVars: ReadonlyMap<string, ReadonlyMap<string, string>>
  /** By host name: a command that provides a bash. */
  readonly hosts: ReadonlyMap<string, ActingEntry & { readonly command: readonly string[] }>
  /** By variable name: a command that prints its value. */
  readonly secrets: ReadonlyMap<string, ActingEntry>
  /** The workers' database, by its address. */
  readonly database: ActingEntry | undefined
  /** `FILE:LINE:COL` of a key's value. */
  readonly placeOf: PlacedYaml['placeOf']
}

const value = z.union([z.string(), z.number(), z.boolean()])
const word = z.string().check(z.minLength(1))
const words = z.array(z.string().check(z.regex(/^[^\0]*$/))).check(z.minLength(1))
const host = {
  vars: z.optional(z.record(z.string(), value)),
  command: z.optional(words),
}
const secret = { command: z.union([word, words]) }
const keys = {
  pages: z.optional(word),
  'ssh-config': z.optional(word),
  groups: z.optional(z.record(z.string(), z.array(word))),
  vars: z.optional(z.record(z.string(), value)),
  hosts: z.optional(z.record(z.string(), z.strictObject(host))),
  secrets: z.optional(z.record(z.string(), z.strictObject(secret))),
  database: z.optional(z.string().check(z.regex(/^postgres(?:ql)?:\/\//))),
  lang: z.optional(z.enum(['zh', 'en'])),
  title: z.optional(z.string()),
} satisfies Record<ConfigKey, z.ZodMiniType>
const shape = z.strictObject(keys)

/** Keys of other versions, refused because they would have no effect. */
const later = ['notify', 'approvals']

/** Keys for a project's files and site. */
const ofProjects = Object.keys(configTable).filter((key) => isKey(key) && !configTable[key].own)

function isKey(key: string): key is ConfigKey {
  return Object.hasOwn(configTable, key)
}

/**
 * @param file - The name for messages.
 * @throws {UsageError} With the position of the first error.
 */
export function readConfig(file: string, text: string, whose: 'project' | 'own'): Config {
  const yaml = readPlacedYaml(file, text)
  refuseTopKeys(yaml, whose)
  const result = shape.safeParse(yaml.value)
  if (!result.success) throw mistake(result.error.issues[0], yaml)
  const { pages, title, lang, groups, vars, hosts, secrets, database, ...rest } = result.data
  return {
    pages,
    sshConfig: rest['ssh-config'],
    title,
    lang,
    groups: new Map(Object.entries(groups ?? {})),
    vars: texts(vars),
    hostVars: new Map(Object.entries(hosts ?? {}).map(([name, each]) => [name, texts(each.vars)])),
    hosts: new Map(
      Object.entries(hosts ?? {}).flatMap(([name, { command }]) =>
        command === undefined ? [] : [[name, hostEntry(name, command, yaml)]],
      ),
    ),
    secrets: new Map(
      Object.entries(secrets ?? {}).map(([name, { command }]) => [
        name,
        secretEntry(name, command, yaml),
      ]),
    ),
    database: database === undefined ? undefined : databaseEntry(database, yaml, whose),
    placeOf: yaml.placeOf,
  }
}

/** A project's file is for all to read, so it has no password. */
function databaseEntry(
  url: string,
  { placeOf }: PlacedYaml,
  whose: 'project' | 'own',
): ActingEntry {
  const key = 'database'
  const place = placeOf([key])
  if (whose === 'project' && /^[^/]*\/\/[^@/]*:[^@/]*@|[?&]password=/.test(url)) {
    throw new UsageError(
      messages.ofKey(place, key, messages.passwordInUrl),
      messages.passwordElsewhere,
    )
  }
  return { key, command: url, place }
}

function texts(
  vars: Readonly<Record<string, string | number | boolean>> | undefined,
): ReadonlyMap<string, string> {
  return new Map(Object.entries(vars ?? {}).map(([name, each]) => [name, String(each)]))
}

function hostEntry(name: string, command: readonly string[], yaml: PlacedYaml) {
  const path = ['hosts', name, 'command']
  if (name === 'local' || command[0] === '') {
    const why = name === 'local' ? messages.localIsHere : messages.noProgram
    throw new UsageError(messages.ofKey(yaml.placeOf(path), path.join('.'), why))
  }
  return { key: path.join('.'), command, place: yaml.placeOf(path) }
}

function secretEntry(name: string, command: ConfigCommand, yaml: PlacedYaml): ActingEntry {
  const path = ['secrets', name, 'command']
  if (!/^[A-Za-z_]\w*$/.test(name)) {
    throw new UsageError(
      messages.at(yaml.placeOfKey(['secrets', name]), messages.notAVariable(name)),
    )
  }
  if (command[0] === '') {
    throw new UsageError(messages.ofKey(yaml.placeOf(path), path.join('.'), messages.noProgram))
  }
  return { key: path.join('.'), command, place: yaml.placeOf(path) }
}

function refuseTopKeys({ value: top, placeOfKey }: PlacedYaml, whose: 'project' | 'own'): void {
  if (typeof top !== 'object' || top === null) return
  for (const key of Object.keys(top)) {
    if (later.includes(key)) {
      throw new UsageError(
        messages.at(placeOfKey([key]), messages.notInThisVersion(key)),
        messages.hasNoEffect,
      )
    }
    if (whose === 'own' && ofProjects.includes(key)) {
      throw new UsageError(
        messages.at(placeOfKey([key]), messages.ofProjects(key)),
        messages.putIntoProject,
      )
    }
  }
}

function mistake(issue: z.core.$ZodIssue | undefined, yaml: PlacedYaml): UsageError {
  const path = issue?.path ?? []
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    const known = path[0] === 'hosts' ? host : path[0] === 'secrets' ? secret : keys
    const meant = nearest(key, Object.keys(known))
    return new UsageError(
      messages.at(yaml.placeOfKey([...path, key]), messages.unknownKey([...path, key].join('.'))),
      meant === undefined ? messages.theKeys(listed(Object.keys(known))) : shared.didYouMean(meant),
    )
  }
  const key = String(path[0])
  const form = isKey(key) ? configTable[key].form : undefined
  const problem = path.length === 0 ? messages.wrongFile : messages.wrongForm(path.join('.'))
  return new UsageError(
    messages.at(yaml.placeOf(path), problem),
    form === undefined ? messages.writeKeyValue : messages.writeAs(`\`${form}\``),
  )
}
