/**
 * Stores the request of a run beside its journal and reads it back for `resume` and `undo`. Every
 * flag that a resumed run inherits is written and read here, and only here.
 */

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { readProjectConfig } from '../../inventory/project-config.ts'
import type { HostFacts, RecordedFacts } from '../../model/host.ts'
import type { RunRequest } from '../../journal/run-request.ts'
import type { ResolvedVariables } from '../../plan/resolve-variables.ts'
import { readNamed } from '../../project-files/read-file.ts'
import { goesThrough } from '../../project-files/real-place.ts'
import type { HostSession } from '../../run/ports.ts'
import { knownSecrets } from '../known-secrets.ts'
import type { Project } from '../project.ts'
import type { PreparedRun } from './prepare-run.ts'
import type { AgainFlags, ExecFlags } from './run-flags.ts'

/** Flags of `exec` whose effect is already in the request, or that apply only before a resume. */
type FirstLifeFlag =
  // Its values are stored as `var`.
  | 'varsFile'
  // The pages that it adds are stored as `pages`.
  | 'withRequires'
  | 'step'
  | 'twice'
  | 'watch'
  | 'dryRun'
  | 'runChecks'
  | 'pageHash'

/**
 * All other flags are stored, unless `resume` has the flag itself. A new flag must be in one of
 * these types.
 */
type KeptFlags = Required<Omit<ExecFlags, Exclude<keyof AgainFlags, 'sshConfig'> | FirstLifeFlag>>

type KeptRequest = Pick<
  RunRequest,
  | 'hosts'
  | 'selection'
  | 'sshConfig'
  | 'record'
  | 'update'
  | 'keepGoing'
  | 'timeoutMs'
  | 'fleet'
  | 'workers'
>

/** All flags but `var`: only values without secrets are stored, see `requestOf`. */
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
    ...(flags.workers ? { workers: true } : {}),
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
  workers,
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
    workers: workers ? true : undefined,
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
  // With several hosts, each has its own values: they are read from `runbook.yml` again.
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
        { machineId: facts.machineId, hostKey, facts: recordedFacts(facts) },
      ]),
    ),
  }
}

function recordedFacts({ osId, osVersion, osName, arch, kernel, bash }: HostFacts): RecordedFacts {
  return { osId, osVersion, osName, arch, kernel, bash }
}

/** A value that contains a secret is not stored and must be given again. */
function isPublic(name: string, value: string, variables: readonly ResolvedVariables[]): boolean {
  return !variables.some(({ secrets }) => secrets.has(name)) && knownSecrets.text(value) === value
}

/**
 * The flags of a resumed run or an undo: those given now, the others from its request.
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
 * The ssh configuration in a request may have changed with the last pull, and the person does not
 * name it again. Unless its hash is the same, it is checked like a project's own.
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

/** `undefined` for a configuration that includes others, because its hash does not cover them. */
function configHash(file: string): string | undefined {
  const text = readNamed(file).toString()
  if (/include/i.test(text)) return undefined
  return createHash('sha256').update(text).digest('hex')
}
