import type { Lang, Message } from '../../model/message.ts'
import { messages } from './messages.ts'
import { Command } from '@commander-js/extra-typings'
import { existsSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import { visibleText } from '../../text/visible-text.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { projectRoot } from '../../project-files/project-root.ts'
import { exitCode } from '../exit-code.ts'
import { chooseLang, langOption } from '../lang.ts'
import { print, say } from '../output.ts'
import { readProject } from '../project.ts'
import { terminalPrompt } from '../terminal/terminal-prompt.ts'
import { askTrust, rememberTrust, renderSubject } from './ask-trust.ts'
import { listTrusted, removeTrusted } from './trust-store.ts'
import { isTrusted, needsTrust, trustCommand } from './trust-subject.ts'

export const trust = new Command('trust')
  .summary('allow a project to start the programs in its `runbook.yml`')
  .description(
    "Shows every program that the project's `runbook.yml` would start on this computer, and asks. Consent covers\nexactly these entries, until one of them changes. Programs in your own config.yml need no consent.",
  )
  .argument('[dir]', 'a folder of the project', '.')
  .option('--list', 'list the trusted projects')
  .option('--revoke', 'stop trusting the project')
  .option('--yes', 'show the entries and trust them without asking')
  .addOption(langOption)
  .action(async (dir, flags) => {
    const given = [flags.list, flags.revoke, flags.yes].filter((each) => each === true)
    if (given.length > 1) {
      throw new UsageError(messages.exclude)
    }
    if (flags.list) return print(renderList(listLang(flags)))
    if (flags.revoke) return revoke(dir, listLang(flags))
    await trustProject(dir, flags)
  })

async function trustProject(
  dir: string,
  flags: { readonly yes?: true | undefined; readonly lang?: Lang | undefined },
): Promise<void> {
  if (!existsSync(dir)) throw new UsageError(messages.noSuchFolder(dir))
  const project = readProject(dir)
  const lang = chooseLang({ flag: flags.lang, project })
  const subject = project.trust
  if (!needsTrust(subject)) {
    say(`${messages.needsNone(visibleText(subject.project))[lang]}\n`)
    return
  }
  if (isTrusted(subject)) {
    print(renderSubject(subject, lang))
    say(`${messages.trusted(visibleText(subject.project))[lang]}\n`)
    return
  }
  if (flags.yes) {
    print(renderSubject(subject, lang))
    return rememberTrust(subject, lang)
  }
  const prompt = terminalPrompt({ lang, noInput: false })
  const answer = await askTrust(subject, { prompt, lang })
  if (answer === 'nobody') {
    print(renderSubject(subject, lang))
    throw new UsageError(messages.noTerminal, messages.atTerminal(trustCommand(subject)))
  }
  if (answer === 'no') {
    say(`${messages.notTrusted(visibleText(subject.project))[lang]}\n`)
    process.exitCode = exitCode.failed
  }
}

/** For commands that read no project, which may no longer exist. */
function listLang({ lang }: { readonly lang?: Lang | undefined }): Lang {
  return chooseLang({ flag: lang, project: undefined })
}

function revoke(dir: string, lang: Lang): void {
  const root = existsSync(dir) ? realpathSync(projectRoot(dir)) : resolve(dir)
  const said = removeTrusted(root) ? messages.revoked : messages.wasNotTrusted
  say(`${said(visibleText(root))[lang]}\n`)
}

function renderList(lang: Lang): string {
  return listTrusted()
    .map(({ project, hash, at }) => {
      const state = stateOf(project, hash)
      const shown = state === undefined ? '' : messages.state(state)[lang]
      return `${visibleText(project)}  ${at.slice(0, 10)}${shown}\n`
    })
    .join('')
}

/** Whether the trusted entries are still current. */
function stateOf(project: string, hash: string): Message | undefined {
  try {
    if (!existsSync(project)) return messages.gone
    return readProject(project).trust.hash === hash ? undefined : messages.changedSince
  } catch (error) {
    if (error instanceof UsageError) return messages.unreadable
    throw error
  }
}
