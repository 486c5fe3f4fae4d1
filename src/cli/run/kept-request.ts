import { existsSync } from 'node:fs'
import type { RunRequest } from '../../journal/run-request.ts'
import { readProjectConfig } from '../../inventory/project-config.ts'
import { goesThrough } from '../../project-files/real-place.ts'
import type { ExecFlags } from './execute.ts'
import { configHash } from './run-life.ts'
import type { Project } from '../project.ts'
import type { ReporterFlag } from './reporters.ts'

/** The flags that `resume` and `undo` take; what is not given is as in the run. */
export interface AgainFlags {
  readonly sshConfig?: string | undefined
  readonly acceptNewHostKey?: true | undefined
  readonly yes?: true | undefined
  readonly allowDanger?: true | undefined
  readonly input: boolean
  readonly json?: true | undefined
  readonly reporter: readonly ReporterFlag[]
  readonly lang?: 'zh' | 'en' | undefined
}

/** @throws {HostConfigError} As `checkRequestedConfig`. */
export function flagsAgain(
  request: RunRequest,
  given: AgainFlags,
  project: Pick<Project, 'root'>,
): ExecFlags {
  if (given.sshConfig === undefined) checkRequestedConfig(request, project)
  const { selection, hosts, values } = request
  return {
    ...given,
    host: hosts.map(({ role, hosts: names }) => ({ role: role ?? undefined, hosts: names })),
    var: Object.entries(values),
    from: selection.from ?? undefined,
    to: selection.to ?? undefined,
    only: selection.only,
    tag: selection.tags,
    sshConfig: given.sshConfig ?? request.sshConfig ?? undefined,
    timeout: request.timeoutMs ?? undefined,
    record: request.record ?? undefined,
    update: request.update ? true : undefined,
    keepGoing: request.keepGoing ? true : undefined,
  }
}

/**
 * Nobody names the ssh configuration of a run again, and in a project it may have changed with the
 * last pull: unless it is what the person named, it is checked as the project's own.
 *
 * @throws {HostConfigError} Naming what is refused.
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
