/**
 * What is kept of a run so that it can go on, and what has to be the same when it does.
 */

import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import type { RunRequest } from '../../journal/run-request.ts'
import { readNamed } from '../../project-files/read-file.ts'
import type { ResolvedVariables } from '../../plan/resolve-variables.ts'
import type { HostSession } from '../../run/ports.ts'
import { TransportError } from '../../transport/transport.ts'
import type { ExecFlags } from './execute.ts'
import { knownSecrets } from '../known-secrets.ts'
import type { PreparedRun } from './prepare-run.ts'

export function requestOf(
  { pages }: PreparedRun,
  flags: ExecFlags,
  variables: readonly ResolvedVariables[],
  sessions: ReadonlyMap<string, HostSession>,
): RunRequest {
  const [first] = variables
  // Of several hosts each has its own: they are read from `runbook.yml` again.
  const given = variables.length === 1 ? Object.entries(first?.values ?? {}) : flags.var
  return {
    v: 1,
    pages: pages.map(({ file }) => (file === '-' ? '-' : resolve(file))),
    hosts: flags.host.map(({ role, hosts }) => ({ role: role ?? null, hosts: [...hosts] })),
    values: Object.fromEntries(given.filter(([name, value]) => isPublic(name, value, variables))),
    selection: {
      from: flags.from ?? null,
      to: flags.to ?? null,
      only: [...flags.only],
      tags: [...flags.tag],
    },
    sshConfig: flags.sshConfig === undefined ? null : resolve(flags.sshConfig),
    sshConfigHash: flags.sshConfig === undefined ? undefined : configHash(flags.sshConfig),
    record: flags.record === undefined ? null : flags.record === 'partial' ? 'partial' : 'all',
    update: flags.update ?? false,
    keepGoing: flags.keepGoing ?? false,
    timeoutMs: flags.timeout ?? null,
    machines: Object.fromEntries(
      [...sessions].map(([name, { facts, hostKey }]) => [
        name,
        { machineId: facts.machineId, hostKey },
      ]),
    ),
  }
}

/** Also a value that a secret is part of has to be given again. */
function isPublic(name: string, value: string, variables: readonly ResolvedVariables[]): boolean {
  return !variables.some(({ secrets }) => secrets.has(name)) && knownSecrets.text(value) === value
}

/** @throws {TransportError} Where another machine is behind a name: nothing of the run is there. */
export function refuseOtherMachines(
  sessions: ReadonlyMap<string, HostSession>,
  machines: RunRequest['machines'],
): void {
  for (const [name, { facts, hostKey }] of sessions) {
    // A host may be called `constructor`.
    const then = Object.hasOwn(machines, name) ? machines[name] : undefined
    if (!then || (then.machineId === facts.machineId && then.hostKey === hostKey)) continue
    throw new TransportError(
      'config',
      name,
      `${name} is not the machine that the run began on: start a new run with \`runbook exec\``,
    )
  }
}

/** What a person has named: it is the same as long as it brings in no other file. */
export function configHash(file: string): string | undefined {
  const text = readNamed(file).toString()
  if (/include/i.test(text)) return undefined
  return createHash('sha256').update(text).digest('hex')
}
