/**
 * What a run was asked for, kept beside its journal and read back by `resume` and `undo`: every flag
 * that a later life takes over is written and read here, and only here.
 */

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { readProjectConfig } from '../../inventory/project-config.ts'
import type { RunRequest } from '../../journal/run-request.ts'
import type { ResolvedVariables } from '../../plan/resolve-variables.ts'
import { readNamed } from '../../project-files/read-file.ts'
import { goesThrough } from '../../project-files/real-place.ts'
import type { HostSession } from '../../run/ports.ts'
import { knownSecrets } from '../known-secrets.ts'
import type { Project } from '../project.ts'
import type { PreparedRun } from './prepare-run.ts'
import type { AgainFlags, ExecFlags } from './run-flags.ts'

/** Flags of `exec` whose effect is in the request already, or that end with the run's first life. */
type FirstLifeFlag =
  // Its values are kept as `var`.
  | 'varsFile'
  // The pages that it adds are kept as `pages`.
  | 'withRequires'
  | 'step'
  | 'twice'
  | 'dryRun'
  | 'runChecks'

/** The others: kept, unless `resume` takes the flag itself. A new flag has to be in one of these. */
type KeptFlags = Required<Omit<ExecFlags, Exclude<keyof AgainFlags, 'sshConfig'> | FirstLifeFlag>>

type KeptRequest = Pick<
  RunRequest,
  'hosts' | 'selection' | 'sshConfig' | 'record' | 'update' | 'keepGoing' | 'timeoutMs' | 'fleet'
>

/** All but `var`: of the values those are kept that hold no secret, see `requestOf`. */
export function writeFlags(flags: ExecFlags): KeptRequest {
  return {
    hosts: flags.host.map(({ role, hosts }) => ({ role: role ?? null, hosts: [...hosts] })),
    selection: {
      from: flags.from ?? null,
      to: flags.to ?? null,
      only: [...flags.only],
      tags: [...flags.tag],
    },
    sshConfig: flags.sshConfig === undefined ? null : resolve(flags.sshConfig),
    record: flags.record === undefined ? null : flags.record === 'partial' ? 'partial' : 'all',
    update: flags.update ?? false,
    keepGoing: flags.keepGoing ?? false,
    timeoutMs: flags.timeout ?? null,
    fleet: {
      parallel: flags.parallel ?? null,
      canary: flags.canary ?? null,
      batchPercent: flags.batch ?? null,
      maxFailPercent: flags.maxFail ?? null,
    },
  }
}

export function readFlags({
  hosts,
  values,
  selection: { from, to, only, tags },
  sshConfig,
  record,
  update,
  keepGoing,
  timeoutMs,
  fleet,
}: KeptRequest & Pick<RunRequest, 'values'>): KeptFlags {
  return {
    host: hosts.map(({ role, hosts: names }) => ({ role: role ?? undefined, hosts: names })),
    var: Object.entries(values),
    from: from ?? undefined,
    to: to ?? undefined,
    only,
    tag: tags,
    sshConfig: sshConfig ?? undefined,
    record: record ?? undefined,
    update: update ? true : undefined,
    keepGoing: keepGoing ? true : undefined,
    timeout: timeoutMs ?? undefined,
    parallel: fleet?.parallel ?? undefined,
    canary: fleet?.canary ?? undefined,
    batch: fleet?.batchPercent ?? undefined,
    maxFail: fleet?.maxFailPercent ?? undefined,
  }
}

/** The request of a run that is about to start. */
export function requestOf(
  { pages, only }: PreparedRun,
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
    ...writeFlags({ ...flags, only }),
    values: Object.fromEntries(given.filter(([name, value]) => isPublic(name, value, variables))),
    sshConfigHash: flags.sshConfig === undefined ? undefined : configHash(flags.sshConfig),
    machines: Object.fromEntries(
      [...sessions].map(([name, { facts, hostKey }]) => [
        name,
        { machineId: facts.machineId, hostKey },
      ]),
    ),
  }
}

/** A value that contains a secret has to be given again, too. */
function isPublic(name: string, value: string, variables: readonly ResolvedVariables[]): boolean {
  return !variables.some(({ secrets }) => secrets.has(name)) && knownSecrets.text(value) === value
}

/**
 * The flags of a run that is resumed or undone: those given now, the others from its request.
 *
 * @throws {HostConfigError} As `checkRequestedConfig`.
 */
export function flagsAgain(
  request: RunRequest,
  given: AgainFlags,
  project: Pick<Project, 'root'>,
): ExecFlags {
  if (given.sshConfig === undefined) checkRequestedConfig(request, project)
  const kept = readFlags(request)
  return { ...kept, ...given, sshConfig: given.sshConfig ?? kept.sshConfig }
}

/**
 * The person does not name the ssh configuration of a run again, and in a project it may have changed
 * with the last pull: unless its hash is the same, it is checked as the project's own is.
 *
 * @throws {HostConfigError} Naming the refused line.
 */
export function checkRequestedConfig(
  { sshConfig, sshConfigHash, hosts }: Pick<RunRequest, 'sshConfig' | 'sshConfigHash' | 'hosts'>,
  { root }: Pick<Project, 'root'>,
): void {
  if (sshConfig === null || !goesThrough(root, sshConfig)) return
  if (sshConfigHash !== undefined && existsSync(sshConfig)) {
    if (configHash(sshConfig) === sshConfigHash) return
  }
  const [name = 'local'] = hosts.flatMap((each) => each.hosts)
  readProjectConfig(name, { file: sshConfig, root })
}

/** `undefined` for a configuration that includes others: its hash says nothing about them. */
function configHash(file: string): string | undefined {
  const text = readNamed(file).toString()
  if (/include/i.test(text)) return undefined
  return createHash('sha256').update(text).digest('hex')
}
