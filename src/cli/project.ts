/**
 * The project around a folder, and the pages in it.
 */

import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import * as z from 'zod/mini'
import { nearest } from '../diagnostic/nearest.ts'
import { UsageError } from '../plan/usage-error.ts'

export interface Project {
  /** Absolute. */
  readonly root: string
  /** Absolute: the folder of the pages. */
  readonly pages: string
  /** Absolute; read before the user's own. */
  readonly sshConfig: string | undefined
  readonly vars: Readonly<Record<string, string>>
  readonly hostVars: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly groups: Readonly<Record<string, readonly string[]>>
  readonly lang: 'zh' | 'en' | undefined
  /** Of the site. */
  readonly title: string | undefined
}

const value = z.union([z.string(), z.number(), z.boolean()])
const keys = {
  pages: z.optional(z.string()),
  'ssh-config': z.optional(z.string()),
  groups: z.optional(z.record(z.string(), z.array(z.string()))),
  vars: z.optional(z.record(z.string(), value)),
  hosts: z.optional(
    z.record(z.string(), z.strictObject({ vars: z.optional(z.record(z.string(), value)) })),
  ),
  lang: z.optional(z.enum(['zh', 'en'])),
  title: z.optional(z.string()),
}
const shape = z.strictObject(keys)

/**
 * The nearest folder upward with `runbook.yml`, else with `.git`, else the folder itself.
 *
 * @throws {UsageError} Where `runbook.yml` is not what it should be.
 */
export function findProject(from: string): Project {
  const root = nearestWith(from, 'runbook.yml') ?? nearestWith(from, '.git') ?? resolve(from)
  const file = join(root, 'runbook.yml')
  const config = existsSync(file) ? readConfig(file) : {}
  const pages = config.pages ?? (isFolder(join(root, 'runbook')) ? 'runbook' : '.')
  const ssh = config['ssh-config']
  return {
    root,
    pages: resolve(root, pages),
    sshConfig: ssh === undefined ? undefined : resolve(root, ssh),
    vars: texts(config.vars),
    hostVars: Object.fromEntries(
      Object.entries(config.hosts ?? {}).map(([name, { vars }]) => [name, texts(vars)]),
    ),
    groups: config.groups ?? {},
    lang: config.lang,
    title: config.title,
  }
}

/** Where the journals of the project's runs are. */
export function runsFolder({ root }: Pick<Project, 'root'>): string {
  return join(root, '.runbook', 'runs')
}

function nearestWith(from: string, name: string): string | undefined {
  for (let folder = resolve(from); ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder
    if (folder === dirname(folder)) return undefined
  }
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function texts(
  vars: Readonly<Record<string, string | number | boolean>> | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(vars ?? {}).map(([name, each]) => [name, String(each)]))
}

function readConfig(file: string): z.infer<typeof shape> {
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(file, 'utf8'), {
    lineCounter: lines,
    prettyErrors: false,
  })
  const shown = relative(process.cwd(), file)
  const [problem] = document.errors
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0])
    throw new UsageError(`${shown}:${line}:${col}: ${problem.message.split('\n')[0] ?? ''}`)
  }
  const result = shape.safeParse(document.toJS() ?? {})
  if (result.success) return result.data
  const [issue] = result.error.issues
  const path = issue?.path ?? []
  const node: unknown = document.getIn(path, true)
  const range =
    typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)
      ? Number(node.range[0])
      : 0
  const { line, col } = lines.linePos(range)
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    const meant = nearest(key, Object.keys(keys))
    throw new UsageError(
      `${shown}:${line}:${col}: unknown key \`${[...path, key].join('.')}\``,
      meant && `did you mean \`${meant}\`?`,
    )
  }
  throw new UsageError(
    `${shown}:${line}:${col}: \`${path.join('.')}\` is not what it should be`,
    'see `runbook.yml` in the documentation',
  )
}
