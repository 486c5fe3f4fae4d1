/** Assigns steps to hosts: a page's roles, bound by `--host` (CLI.md). */

import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import type { Runbook } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import { nearest } from '../text/nearest.ts'
import { UsageError } from '../diagnostic/usage-error.ts'

/** `local`, or a name that the ssh config knows. */
export type HostName = string

/** Role name to host name, for one page. A page without roles uses the key `''`. */
export type Bindings = ReadonlyMap<string, HostName>

/** The bindings of one lane of a run: each role of every page to one host. */
export type LaneBindings = ReadonlyMap<Runbook, Bindings>

/** One `--host` flag, for a role or for the page's first role. */
export interface HostFlag {
  readonly role: string | undefined
  /** With several, the page runs on each. */
  readonly hosts: readonly HostName[]
}

/** @throws {UsageError} If a flag is not `H[,H…]` or `ROLE=H[,H…]`. */
export function readHostFlag(text: string): HostFlag {
  const [, role, names = ''] = /^(?:([^=]+)=)?(.*)$/s.exec(text) ?? []
  const hosts = names.split(',')
  if (hosts.includes('')) {
    throw new UsageError(messages.noHostNamed(text), messages.howHostsAreNamed)
  }
  return { role, hosts }
}

/**
 * Returns one lane per host if a role has several hosts, else one lane.
 *
 * @param groups - Names in `runbook.yml` for groups of hosts.
 * @throws {UsageError} If a role has no host, two roles have several, or a flag names a role that
 * no page has.
 */
export function bindLanes(
  runbooks: readonly Runbook[],
  flags: readonly HostFlag[],
  groups: Readonly<Record<string, readonly HostName[]>>,
): readonly LaneBindings[] {
  refuseUnknownRoles(runbooks, flags)
  const expanded = flags.map(({ role, hosts }) => ({
    role,
    hosts: [
      ...new Set(
        hosts.flatMap((host) => (Object.hasOwn(groups, host) ? (groups[host] ?? []) : [host])),
      ),
    ],
  }))
  const wide = expanded.filter(({ hosts }) => hosts.length > 1)
  if (wide.length > 1) {
    throw new UsageError(messages.twoWideFlags, messages.oneWideRole)
  }
  const [many] = wide
  const lanes =
    many === undefined
      ? [expanded]
      : many.hosts.map((host) =>
          expanded.map((flag) => (flag === many ? { ...flag, hosts: [host] } : flag)),
        )
  const bound = lanes.map(
    (lane) => new Map(runbooks.map((runbook) => [runbook, bindPage(runbook, lane)])),
  )
  if (bound.length > 1) refuseSharedHosts(runbooks, bound)
  return bound
}

/** Each lane has its own shell, so steps on a host shared by lanes would run once per lane. */
function refuseSharedHosts(runbooks: readonly Runbook[], lanes: readonly LaneBindings[]): void {
  const [first, second] = lanes
  for (const runbook of runbooks) {
    for (const step of runbook.steps) {
      const host = hostOf(runbook, step, first?.get(runbook) ?? new Map())
      if (host !== hostOf(runbook, step, second?.get(runbook) ?? new Map())) continue
      const { line, column } = step.span.start
      throw new UsageError(
        messages.sharedHost(`${runbook.file}:${line}:${column}`, step.id, host),
        messages.oneHostEach,
      )
    }
  }
}

function refuseUnknownRoles(runbooks: readonly Runbook[], flags: readonly HostFlag[]): void {
  const known = new Set(runbooks.flatMap(({ roles }) => roles.map(({ name }) => name)))
  for (const { role } of flags) {
    if (role === undefined || known.has(role)) continue
    const meant = nearest(role, known)
    const help =
      known.size === 0
        ? messages.pagesWithoutRoles
        : meant === undefined
          ? undefined
          : shared.didYouMean(meant)
    throw new UsageError(messages.noSuchRole(role), help)
  }
}

function bindPage({ file, roles, steps }: Runbook, flags: readonly HostFlag[]): Bindings {
  const first = flags.findLast(({ role }) => role === undefined)?.hosts[0]
  if (roles.length === 0) return new Map([['', first ?? 'local']])
  const bindings = new Map<string, HostName>()
  for (const [index, role] of roles.entries()) {
    const named = flags.findLast((flag) => flag.role === role.name)?.hosts[0]
    const host = named ?? (index === 0 ? first : undefined) ?? role.host
    if (host !== undefined) {
      bindings.set(role.name, host)
      continue
    }
    const isUsed = steps.some((step) => (step.role ?? roles[0]?.name) === role.name)
    if (!isUsed) continue
    const flag = index === 0 ? '--host HOST' : `--host ${role.name}=HOST`
    throw new UsageError(
      messages.roleWithoutHost(file, role.name, role.title),
      messages.nameItsHost(flag),
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
