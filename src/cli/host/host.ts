import { Command, Option } from '@commander-js/extra-typings'
import type { Lang } from '../../model/message.ts'
import { alignRows } from '../../text/align-rows.ts'
import { visibleText } from '../../text/visible-text.ts'
import { HostConfigError } from '../../inventory/host-config-error.ts'
import { listHostNames } from '../../inventory/list-hosts.ts'
import { projectHostNames } from '../../inventory/project-config.ts'
import { isLocalHost } from '../../inventory/resolve-host.ts'
import { newRunId } from '../../journal/run-id.ts'
import { TransportError } from '../../transport/transport.ts'
import { describeHost, factsOf, type HostCheck, renderCheck, renderHost } from './describe-host.ts'
import type { ActingEntry, ConfigCommand } from '../config/read-config.ts'
import { exitCode } from '../exit-code.ts'
import { chooseLang, langOption } from '../lang.ts'
import { closeHosts, isHostError, onRedefined, openHosts, resolveByProject } from './open-hosts.ts'
import { print, printJson } from '../output.ts'
import { findProject, type Project } from '../project.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { messages } from './messages.ts'
import { openPersonShell } from './person-shell.ts'
import { sshConfigOption } from '../run/run-flags.ts'
import { projectSshConfig } from './project-ssh-config.ts'
import { terminalPrompt, type TerminalPrompt } from '../terminal/terminal-prompt.ts'

interface Flags {
  readonly check?: true | undefined
  readonly shell?: true | undefined
  readonly json?: true | undefined
  readonly sshConfig?: string | undefined
  readonly acceptNewHostKey?: true | undefined
  readonly input: boolean
  readonly lang?: 'zh' | 'en' | undefined
}

export const host = new Command('host')
  .summary('how a host is reached; `--check` connects')
  .description(
    'How a name resolves: address, user, jumps, keys, and whether its host key is known. With `--check` it connects\nand shows what the host is; exits 3 where it cannot. Without a name: the hosts of the project.',
  )
  .argument('[name]', 'a name of the ssh config, or `local`')
  .option('--check', 'connect, and ask the host what it is; changes nothing there')
  .addOption(
    new Option('--shell', 'open a shell on the host, for a person at a terminal').conflicts([
      'check',
      'json',
    ]),
  )
  .addOption(sshConfigOption)
  .option('--accept-new-host-key', 'accept and store the key of an unknown host')
  .option('--no-input', 'never ask a person')
  .option('--json', 'JSON instead of text')
  .addOption(langOption)
  .action(async (name, flags) => {
    const project = findProject(process.cwd())
    const lang = chooseLang({ flag: flags.lang, project })
    if (flags.shell) return shellOn(name, project, flags)
    if (name === undefined) return listAll(project, flags, lang)
    const prompt = promptOf(flags, lang)
    const command = project.hostCommands.get(name)
    const described =
      isLocalHost(name) || command
        ? undefined
        : await describeHost(
            await resolveByProject(name, project, flags, onRedefined(prompt, lang)),
          )
    const check = flags.check ? await checkHost(name, { project, flags, prompt, lang }) : undefined
    if (check?.ok === false) process.exitCode = exitCode.host
    if (flags.json) {
      const document = {
        v: 1,
        host: described ?? { name, ...commandOf(command) },
        check: check && !check.ok ? { ...check, message: check.message.en } : (check ?? null),
      }
      return printJson(document)
    }
    print(
      described
        ? renderHost(described, lang)
        : `${visibleText(name)}${command ? `  ${commandText(command)}` : ''}\n`,
    )
    if (check) print(renderCheck(check, lang))
  })

async function shellOn(
  name: string | undefined,
  project: Project,
  { sshConfig }: Flags,
): Promise<void> {
  if (name === undefined) throw new UsageError(messages.shellWhere, messages.nameHost)
  if (!process.stdin.isTTY) throw new UsageError(messages.shellNeedsTerminal, messages.useSsh)
  await openPersonShell(name, project, sshConfig)
}

function promptOf(flags: Flags, lang: Lang): TerminalPrompt {
  return terminalPrompt({ lang, noInput: !flags.input })
}

/** How a host of `runbook.yml` is reached; starts nothing. */
function commandOf(entry: ActingEntry | undefined): { readonly command?: ConfigCommand } {
  return entry ? { command: entry.command } : {}
}

function commandText(entry: ActingEntry): string {
  return `= ${visibleText(JSON.stringify(entry.command))}  (${visibleText(entry.place)})`
}

/** Connects as a run does, but asks only what a connection needs. */
async function checkHost(
  name: string,
  asked: {
    readonly project: Project
    readonly flags: Flags
    readonly prompt: TerminalPrompt
    readonly lang: Lang
  },
): Promise<HostCheck> {
  const run = newRunId(new Date())
  const begin = performance.now()
  try {
    const options = { ...asked, pages: [], run, isResumed: false }
    const sessions = await openHosts([name], options)
    const took = performance.now() - begin
    const session = sessions.get(name)
    await closeHosts(sessions, { keep: false })
    if (!session) throw new Error('unreachable: it was opened')
    return factsOf(session, took)
  } catch (error) {
    if (!isHostError(error)) throw error
    const reason =
      error instanceof HostConfigError || !('reason' in error) ? 'config' : error.reason
    return { ok: false, reason, message: error.text }
  }
}

function namesOf(project: Project, { sshConfig }: Flags): readonly string[] {
  if (sshConfig !== undefined) return listHostNames(sshConfig)
  const config = projectSshConfig(project)
  return config === undefined ? [] : projectHostNames(config)
}

async function listAll(project: Project, flags: Flags, lang: Lang): Promise<void> {
  const names = namesOf(project, flags)
  const hosts = await Promise.all(
    names.map(async (name) => {
      try {
        const { user, hostName, port } = await resolveByProject(name, project, flags)
        return { name, user, address: hostName, port, problem: null }
      } catch (error) {
        if (!(error instanceof HostConfigError || error instanceof TransportError)) throw error
        return { name, user: null, address: null, port: null, problem: error.text }
      }
    }),
  )
  if (flags.json) {
    const groups = Object.fromEntries(project.groups)
    const commands = [...project.hostCommands].map(([name, { command }]) => ({ name, command }))
    const told = hosts.map((each) => ({ ...each, problem: each.problem?.en ?? null }))
    return printJson({ v: 1, hosts: told, commands, groups })
  }
  const rows = [
    ['local'],
    ...hosts.map(({ name, user, address, port, problem }) => [
      visibleText(name),
      visibleText(problem?.[lang] ?? `${user}@${address}:${port}`),
    ]),
    ...[...project.hostCommands].map(([name, entry]) => [visibleText(name), commandText(entry)]),
    ...[...project.groups].map(([name, members]) => [
      visibleText(name),
      `= ${visibleText(members.join(', '))}`,
    ]),
  ]
  for (const line of alignRows(rows)) print(`${line}\n`)
}
