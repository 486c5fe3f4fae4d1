import type { RunRequest } from '../journal/run-request.ts'
import type { ExecFlags } from './execute.ts'
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

export function flagsAgain(request: RunRequest, given: AgainFlags): ExecFlags {
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
