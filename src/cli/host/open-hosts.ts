/** Connects to hosts by name: combines inventory, transport and shell. */

import { messages } from './messages.ts'
import { dirname, resolve } from 'node:path'
import type { Lang } from '../../model/message.ts'
import { HostConfigError } from '../../inventory/host-config-error.ts'
import {
  type AcceptedKeys,
  createVerifier,
  type UnknownHostKey,
} from '../../inventory/known-hosts.ts'
import { type Redefinition, redefinitionQuestion } from '../../inventory/redefinition.ts'
import { isLocalHost, resolveHost } from '../../inventory/resolve-host.ts'
import type { SshTarget } from '../../model/ssh-target.ts'
import type { Runbook } from '../../model/runbook.ts'
import type { HostSession, LeftRunning } from '../../run/ports.ts'
import type { HostFailure } from '../../run/run-options.ts'
import { openSession } from '../../shell/open-session.ts'
import { ShellError } from '../../shell/shell-error.ts'
import { connectCommand } from '../../transport/command.ts'
import { connectLocal } from '../../transport/local.ts'
import { connectSsh } from '../../transport/ssh.ts'
import type { Credentials } from '../../transport/ssh-credentials.ts'
import { connectGuarded, type Guard } from '../../transport/guarded.ts'
import { type Connection, TransportError } from '../../transport/transport.ts'
import { hostCredentials, sudoPassword } from './host-secrets.ts'
import type { PreparedRun } from '../run/prepare-run.ts'
import type { RunFlags } from '../run/run-flags.ts'
import { withKnownNames } from './known-names.ts'
import { projectSshConfig, type SshConfigOwner } from './project-ssh-config.ts'
import type { TerminalPrompt } from '../terminal/terminal-prompt.ts'
import { requireTrust } from '../trust/ask-trust.ts'

/** The flags about connecting to hosts. */
type HostFlags = Pick<RunFlags, 'sshConfig' | 'acceptNewHostKey'>

export interface OpenHostsOptions extends Pick<PreparedRun, 'project' | 'pages' | 'lang'> {
  readonly flags: HostFlags
  readonly prompt: TerminalPrompt
  /** The run's id; the same id finds the same shells again. */
  readonly run: string
  readonly isResumed: boolean
  /** Whether commands will run, or only checks. */
  readonly needsShell?: boolean
  /** Called with every password from a person, before anything can show it. */
  readonly onSecret?: ((value: string) => void) | undefined
  /** The right to use the hosts, if this process may lose it. */
  readonly guard?: Guard
}

/**
 * Connects to every host; if one fails, closes the others.
 *
 * @throws {TransportError | ShellError}
 * @throws {UsageError} If the project names a program for a host and is not trusted.
 */
export async function openHosts(
  names: readonly string[],
  options: OpenHostsOptions,
): Promise<ReadonlyMap<string, HostSession>> {
  const { project } = options
  const entries = names.flatMap((name) => project.hostCommands.get(name) ?? [])
  await requireTrust(project, entries, options)
  const credentials = hostCredentials(options)
  const opening = names.map(
    async (name) => [name, await openHost(name, { ...options, credentials })] as const,
  )
  const opened = await Promise.allSettled(opening)
  const sessions = new Map(
    opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])),
  )
  const failed = opened.find((each) => each.status === 'rejected')
  if (!failed) return sessions
  await closeHosts(sessions, { keep: false })
  throw failed.reason
}

interface OpenHostOptions extends OpenHostsOptions {
  readonly credentials: Credentials
}

async function openHost(name: string, options: OpenHostOptions): Promise<HostSession> {
  const { run, pages, isResumed, needsShell = false, guard } = options
  const [page] = pages
  const startDir = page && isLocalHost(name) ? startDirOf(page.runbook, name) : undefined
  const connect = await connector(name, options)
  return openSession({
    name,
    run,
    startDir,
    // A resumed run already has one.
    needsShell: needsShell && !isResumed,
    connect: guard ? () => connectGuarded(name, connect, guard) : connect,
    sudoPassword: sudoPassword(name, options),
    // A check from before the program was killed may still be running.
    busyMs: isResumed ? 60_000 : 0,
  })
}

/** A function that connects to a host, first and after each loss. */
async function connector(
  name: string,
  { flags, project, prompt, lang, credentials }: OpenHostOptions,
): Promise<() => Promise<Connection>> {
  if (isLocalHost(name)) return connectLocal
  const given = project.hostCommands.get(name)
  if (given) return () => connectCommand(name, given.command, project.root)
  const [target] = await Promise.all([
    resolveByProject(name, project, flags, onRedefined(prompt, lang)),
    // Load it while `ssh -G` runs.
    import('../../transport/ssh2.ts'),
  ])
  const accepted: AcceptedKeys = new Map()
  const verifier = (hop: SshTarget) =>
    createVerifier(hop, (unknown) => isTrusted(unknown, flags, prompt, lang), accepted)
  return async () => {
    try {
      return await connectSsh(target, { verifier, credentials })
    } catch (error) {
      throw withKnownNames(error, target, { project, sshConfig: flags.sshConfig })
    }
  }
}

/** Resolves a name by the project's and the user's configuration. */
export function resolveByProject(
  name: string,
  project: SshConfigOwner,
  flags: HostFlags,
  onRedefinedHost?: (redefinition: Redefinition) => Promise<boolean>,
): Promise<SshTarget> {
  return resolveHost(name, {
    sshConfig: flags.sshConfig,
    projectSshConfig: flags.sshConfig === undefined ? projectSshConfig(project) : undefined,
    onRedefined: onRedefinedHost,
  })
}

const answers = new WeakMap<TerminalPrompt, Map<string, Promise<boolean>>>()

/** Asks, once per process, whether the project may redefine a host of the user's own. */
export function onRedefined(
  prompt: TerminalPrompt,
  lang: Lang,
): (redefinition: Redefinition) => Promise<boolean> {
  const known = answers.get(prompt) ?? new Map<string, Promise<boolean>>()
  answers.set(prompt, known)
  return (redefinition) => {
    const question = redefinitionQuestion(redefinition)[lang]
    const answer =
      known.get(question) ??
      prompt.ask(question, { hidden: false }).then((text) => text?.trim() === 'yes')
    known.set(question, answer)
    return answer
  }
}

/** A new host key: a person or a flag decides. */
async function isTrusted(
  { host, lookup, key, note, keepIn }: UnknownHostKey,
  { acceptNewHostKey }: HostFlags,
  prompt: TerminalPrompt,
  lang: Lang,
): Promise<boolean> {
  if (acceptNewHostKey) return true
  const shown = `${key.algorithm} ${key.fingerprint}${note === undefined ? '' : ` (${note})`}`
  const ask = keepIn === undefined ? messages.firstUseForRun : messages.firstUse
  const question = ask(host, lookup, shown)[lang]
  return (await prompt.ask(question, { hidden: false })) === 'yes'
}

/** On this computer a page starts in its own folder, elsewhere in the home folder. */
export function startDirOf({ file, dir }: Runbook, host: string): string | undefined {
  if (!isLocalHost(host)) return dir
  return resolve(file === '-' ? '.' : dirname(file), dir ?? '.')
}

/** Interprets an error of a session for the run. */
export function hostFailure(error: unknown): HostFailure | undefined {
  if (error instanceof ShellError) return { kind: 'no-shell', message: error.text }
  if (!isHostError(error)) return undefined
  return { kind: 'host-lost', message: error.text }
}

/** @returns By host, processes that were started there and still run. */
export async function closeHosts(
  sessions: ReadonlyMap<string, HostSession>,
  { keep }: { readonly keep: boolean },
): Promise<ReadonlyMap<string, readonly LeftRunning[]>> {
  const closing = [...sessions].map(
    async ([name, session]) => [name, await session.close({ keep })] as const,
  )
  return new Map(await Promise.all(closing))
}

/** Whether a host could not be reached, trusted or logged into (exit code 3). */
export function isHostError(
  error: unknown,
): error is TransportError | ShellError | HostConfigError {
  return (
    error instanceof TransportError ||
    error instanceof ShellError ||
    error instanceof HostConfigError
  )
}
