/** Which runs can go to workers, and which host each of their lanes locks. */

import { UsageError } from '../../diagnostic/usage-error.ts'
import { isLocalHost } from '../../inventory/resolve-host.ts'
import { resolveByProject } from '../host/open-hosts.ts'
import { neededHosts } from '../run/plan-lanes.ts'
import type { PreparedRun } from '../run/prepare-run.ts'
import type { ExecFlags } from '../run/run-flags.ts'
import { messages } from './messages.ts'

/** @throws {UsageError} Naming what keeps the run on this computer. */
export function refuseUnfit(prepared: PreparedRun): void {
  for (const lane of prepared.lanes) {
    const hosts = neededHosts({ ...prepared, lanes: [lane] })
    if (hosts.some(isLocalHost)) throw new UsageError(messages.localHost, messages.nameOtherHost)
    if (hosts.length > 1)
      throw new UsageError(messages.severalHosts(hosts.join(', ')), messages.oneHostEach)
  }
  for (const { values, secrets, missing } of prepared.variables) {
    const typed = missing.filter(({ name }) => !prepared.project.secretCommands.has(name))
    const names = [...Object.keys(values), ...typed.map(({ name }) => name)]
    const secret = names.find((name) => secrets.has(name))
    if (secret !== undefined)
      throw new UsageError(messages.secretTyped(secret), messages.secretByCommand(secret))
  }
}

/** By host name `address:port`, so that two names of one host are one host. */
export async function hostKeys(
  prepared: PreparedRun,
  flags: ExecFlags,
): Promise<ReadonlyMap<string, string>> {
  const { project } = prepared
  const entries = neededHosts(prepared).map(async (name) => {
    if (project.hostCommands.has(name)) return [name, `command:${name}`] as const
    const { hostName, port } = await resolveByProject(name, project, flags)
    return [name, `${hostName}:${port}`] as const
  })
  return new Map(await Promise.all(entries))
}
