/** How a person calls this program, for hints that can be copied. */

import { relative } from 'node:path'

export interface Call {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The file passed to Node, with links unresolved. */
  readonly script: string
  readonly cwd: string
}

const byManager: ReadonlyMap<string, string> = new Map([
  ['pnpm', 'pnpm exec runbook'],
  ['yarn', 'yarn runbook'],
  ['bun', 'bunx runbook'],
])

/**
 * `runbook` if it is a command in PATH, `npx runbook` (or the current package manager's form) if it
 * is a dependency, `node bin/runbook.js` if its file was run.
 */
export function calledAs({ env, script, cwd }: Call): string {
  if (/(?:^|\/)node_modules\//.test(script)) return byManager.get(managerOf(env)) ?? 'npx runbook'
  if (!/\.[cm]?js$/.test(script)) return 'runbook'
  const near = relative(cwd, script)
  return `node ${quotedPath(near === '' || near.startsWith('..') ? script : near)}`
}

/**
 * Package managers set `npm_config_user_agent`, such as `pnpm/9.1.0 npm/? node/v20…`, for every
 * program they start.
 */
function managerOf(env: Call['env']): string {
  return /^[a-z]+/.exec(env['npm_config_user_agent'] ?? '')?.[0] ?? ''
}

/** A path as one word of a shell command, quoted only if necessary. */
export function quotedPath(path: string): string {
  return /^[\w./@+-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`
}

/** How this process was called. */
export function ownCall(): string {
  return calledAs({ env: process.env, script: process.argv[1] ?? '', cwd: process.cwd() })
}

/**
 * Replaces `runbook exec` in backticks by what a person types to call the program.
 *
 * @param program - Such as `npx runbook`.
 */
export function asCalled(text: string, program: string): string {
  return text.replaceAll(/`runbook(?= (?:--)?[a-z])/g, () => `\`${program}`)
}
