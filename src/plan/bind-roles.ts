/**
 * Which host runs which step: a page's roles, bound by `--host` (CLI.md).
 */

import type { Runbook } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import { nearest } from '../diagnostic/nearest.ts'
import { UsageError } from './usage-error.ts'

/** `local`, or a name that the ssh config knows. */
export type HostName = string

/** Role name to host name, for one page. A page without roles has the one key `''`. */
export type Bindings = ReadonlyMap<string, HostName>

/** One `--host`: of a role, or of the page's first one. */
export interface HostFlag {
  readonly role: string | undefined
  readonly host: HostName
}

/** @throws {UsageError} Where a flag is not of the form `H` or `ROLE=H`, or names several hosts. */
export function readHostFlag(text: string): HostFlag {
  const [, role, host = ''] = /^(?:([^=]+)=)?(.*)$/s.exec(text) ?? []
  if (host === '')
    throw new UsageError(
      `\`--host ${text}\` names no host`,
      'write `--host vm` or `--host vm=web1`',
    )
  if (host.includes(',')) {
    throw new UsageError(
      `\`--host ${text}\`: several hosts at once are not supported yet`,
      'run them one after the other',
    )
  }
  return { role, host }
}

/** @throws {UsageError} Where a role has no host, or a flag names a role that no page has. */
export function bindRoles(
  runbooks: readonly Runbook[],
  flags: readonly HostFlag[],
): ReadonlyMap<Runbook, Bindings> {
  const known = new Set(runbooks.flatMap(({ roles }) => roles.map(({ name }) => name)))
  for (const { role } of flags) {
    if (role === undefined || known.has(role)) continue
    const meant = nearest(role, known)
    const help =
      known.size === 0
        ? 'these pages have no roles: write `--host HOST`'
        : meant && `did you mean \`${meant}\`?`
    throw new UsageError(`no page has a role \`${role}\``, help)
  }
  return new Map(runbooks.map((runbook) => [runbook, bindPage(runbook, flags)]))
}

function bindPage({ file, roles, steps }: Runbook, flags: readonly HostFlag[]): Bindings {
  const first = flags.findLast(({ role }) => role === undefined)?.host
  if (roles.length === 0) return new Map([['', first ?? 'local']])
  const bindings = new Map<string, HostName>()
  for (const [index, role] of roles.entries()) {
    const named = flags.findLast((flag) => flag.role === role.name)?.host
    const host = named ?? (index === 0 ? first : undefined) ?? role.host
    if (host !== undefined) {
      bindings.set(role.name, host)
      continue
    }
    const isUsed = steps.some((step) => (step.role ?? roles[0]?.name) === role.name)
    if (!isUsed) continue
    const flag = index === 0 ? '--host HOST' : `--host ${role.name}=HOST`
    throw new UsageError(
      `${file}: the role \`${role.name}\` (${role.title}) has no host`,
      `say which one it is: \`${flag}\`; this computer is \`local\``,
    )
  }
  return bindings
}

/** The host of a step, by its role. */
export function hostOf(
  { roles }: Pick<Runbook, 'roles'>,
  step: Pick<Step, 'role'>,
  bindings: Bindings,
): HostName {
  const role = step.role ?? roles[0]?.name ?? ''
  const host = bindings.get(role)
  if (host === undefined) throw new Error(`unreachable: role ${role} is not bound`)
  return host
}
