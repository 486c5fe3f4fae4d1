/**
 * Adds known host names to a DNS error: an unknown name is usually missing in the ssh
 * configuration.
 */

import { clauses } from '../../model/message.ts'
import { shared } from '../../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { nearest } from '../../text/nearest.ts'
import { visibleText } from '../../text/visible-text.ts'
import { listHostNames } from '../../inventory/list-hosts.ts'
import { projectHostNames } from '../../inventory/project-config.ts'
import type { SshTarget } from '../../model/ssh-target.ts'
import { TransportError } from '../../transport/transport.ts'
import { projectSshConfig, type SshConfigOwner } from './project-ssh-config.ts'

export interface ReadConfigs {
  readonly project: SshConfigOwner
  /** `--ssh-config`. */
  readonly sshConfig: string | undefined
}

const shownNames = 12

/** Adds the known names, and the file with them, to an error about an unknown name. */
export function withKnownNames(error: unknown, target: SshTarget, configs: ReadConfigs): unknown {
  if (!(error instanceof TransportError) || !isUnknownName(error)) return error
  const read = readNames(configs)
  const meant = nearest(
    target.name,
    read.flatMap(({ names }) => names),
  )
  const lists = read.map(({ file, names }) => `${file} (${listOf(names)})`)
  const known = messages.namesRead(error.text, lists.join(', '))
  const message =
    meant === undefined ? known : clauses([known, shared.didYouMean(visibleText(meant))])
  return new TransportError(error.reason, error.host, message, { cause: error.cause })
}

function isUnknownName({ reason, cause }: TransportError): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined
  return reason === 'unreachable' && (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
}

interface NamesOfFile {
  readonly file: string
  readonly names: readonly string[]
}

function readNames({ project, sshConfig }: ReadConfigs): readonly NamesOfFile[] {
  if (sshConfig !== undefined) return [{ file: sshConfig, names: listHostNames(sshConfig) }]
  const own = [join(homedir(), '.ssh/config'), '/etc/ssh/ssh_config']
  const config = projectSshConfig(project)
  return [
    ...(config ? [{ file: config.file, names: projectHostNames(config) }] : []),
    ...own.map((file) => ({ file, names: namesIfReadable(file) })),
  ]
}

function namesIfReadable(file: string): readonly string[] {
  try {
    return listHostNames(file)
  } catch {
    return []
  }
}

function listOf(names: readonly string[]): string {
  if (names.length === 0) return 'no host by name'
  const more = names.length > shownNames ? `, and ${names.length - shownNames} more` : ''
  return visibleText(names.slice(0, shownNames).join(', ')) + more
}
