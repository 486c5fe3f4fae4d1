/**
 * What a person types to call this program again, for hints that can be copied.
 */

import { relative } from 'node:path'

export interface Call {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The file that Node was given, links not resolved. */
  readonly script: string
  readonly cwd: string
}

const byManager: ReadonlyMap<string, string> = new Map([
  ['pnpm', 'pnpm exec runbook'],
  ['yarn', 'yarn runbook'],
  ['bun', 'bunx runbook'],
])

/**
 * `runbook` where it is a command of its own, `npx runbook` (or what the package manager in use has
 * in its place) where it is a dependency, `node bin/runbook.js` where its file was run.
 */
export function calledAs({ env, script, cwd }: Call): string {
  if (/(?:^|\/)node_modules\//.test(script)) return byManager.get(managerOf(env)) ?? 'npx runbook'
  if (!/\.[cm]?js$/.test(script)) return 'runbook'
  const near = relative(cwd, script)
  return `node ${quotedPath(near === '' || near.startsWith('..') ? script : near)}`
}

/** `npm_config_user_agent` is `pnpm/9.1.0 npm/? node/v20…` in all that a package manager starts. */
function managerOf(env: Call['env']): string {
  return /^[a-z]+/.exec(env['npm_config_user_agent'] ?? '')?.[0] ?? ''
}

/** A path as a word for a shell; plain where it can be. */
export function quotedPath(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}

/** This very call. */
export function ownCall(): string {
  return calledAs({ env: process.env, script: process.argv[1] ?? '', cwd: process.cwd() })
}

/**
 * A sentence of ours whose commands a person can copy: `runbook exec` in backticks becomes what they
 * type to call the program.
 *
 * @param program - Such as `npx runbook`.
 */
export function asCalled(text: string, program: string): string {
  return text.replaceAll(/`runbook(?= (?:--)?[a-z])/g, () => `\`${program}`)
}
