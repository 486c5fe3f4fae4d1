/**
 * Enforces trust: a project's file may start nothing until a person has seen it in full and agreed.
 * The user's own configuration is always trusted.
 */

import { messages } from './messages.ts'
import type { Lang } from '../../model/message.ts'
import { visibleText } from '../../text/visible-text.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import type { ActingEntry, ConfigCommand } from '../config/read-config.ts'
import type { Project } from '../project.ts'
import { say } from '../output.ts'
import type { TerminalPrompt } from '../terminal/terminal-prompt.ts'
import { isOfProject, isTrusted, trustCommand, type TrustSubject } from './trust-subject.ts'
import { writeTrusted } from './trust-store.ts'

export interface Asker {
  readonly prompt: Pick<TerminalPrompt, 'ask'>
  readonly lang: Lang
}

/**
 * Resolves if all entries may be used now.
 *
 * @throws {UsageError} If a person is needed and none is available, or the person declines.
 */
export async function requireTrust(
  { trust }: Pick<Project, 'trust'>,
  used: readonly ActingEntry[],
  asker: Asker,
): Promise<void> {
  const [entry] = used.filter((each) => isOfProject(trust, each))
  if (!entry || isTrusted(trust)) return
  if ((await askTrust(trust, asker)) === 'yes') return
  throw new UsageError(
    (isServer(entry) ? messages.wouldConnect : messages.wouldStart)(
      entry.place,
      entry.key,
      commandText(entry.command),
    ),
    messages.seeAndTrust(trustCommand(trust)),
  )
}

/** Shows all entries and asks; a yes is stored. `nobody`: there is no terminal. */
export async function askTrust(
  subject: TrustSubject,
  { prompt, lang }: Asker,
): Promise<'yes' | 'no' | 'nobody'> {
  const question = messages.ask(renderSubject(subject, lang))[lang]
  const answer = await prompt.ask(question, { hidden: false })
  if (answer === undefined) return 'nobody'
  if (answer.trim() !== 'yes') return 'no'
  await rememberTrust(subject, lang)
  return 'yes'
}

export async function rememberTrust(subject: TrustSubject, lang: Lang): Promise<void> {
  const { project, hash } = subject
  await writeTrusted({ v: 1, project, hash, at: new Date().toISOString() })
  say(`${messages.trusted(visibleText(project))[lang]}\n`)
}

/** Every entry in full, one a line, with its position. */
export function renderSubject(
  { project, foreignOwner, entries }: TrustSubject,
  lang: Lang,
): string {
  const lines = [visibleText(project)]
  if (foreignOwner !== undefined) {
    lines.push(`  ${messages.othersProject(foreignOwner)[lang]}`)
  }
  const programs = entries.filter((entry) => !isServer(entry))
  const parts = [
    [messages.starts, programs],
    [messages.connects, entries.filter(isServer)],
  ] as const
  for (const [title, shown] of parts) {
    if (shown.length > 0) lines.push(`  ${title[lang]}`)
    for (const { key, command, place } of shown)
      lines.push(`    ${visibleText(place)}: ${visibleText(key)}: ${commandText(command)}`)
  }
  return `${lines.join('\n')}\n`
}

/** Whether an entry names a server to connect to, not a program. */
function isServer({ key }: ActingEntry): boolean {
  return key === 'database'
}

/** As written in the file: a list of words, or a line. */
function commandText(command: ConfigCommand): string {
  return visibleText(JSON.stringify(command))
}
