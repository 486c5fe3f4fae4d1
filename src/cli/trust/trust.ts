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
  .summary('let a project start what its `runbook.yml` names')
  .description(
    "Shows every program that the project's `runbook.yml` would start on this computer, and asks. A yes holds for\nexactly these entries, until one of them changes. What your own config.yml names needs no trust.",
  )
  .argument('[dir]', 'a folder of the project', '.')
  .option('--list', 'the projects that are trusted')
  .option('--revoke', 'trust the project no longer')
  .option('--yes', 'show it and trust it without asking')
  .addOption(langOption)
  .action(async (dir, flags) => {
    const given = [flags.list, flags.revoke, flags.yes].filter((each) => each === true)
    if (given.length > 1) {
      throw new UsageError('`--list`, `--revoke` and `--yes` exclude each other')
    }
    if (flags.list) return print(renderList())
    if (flags.revoke) return revoke(dir)
    await trustProject(dir, flags)
  })

async function trustProject(
  dir: string,
  flags: { readonly yes?: true | undefined; readonly lang?: 'zh' | 'en' | undefined },
): Promise<void> {
  if (!existsSync(dir)) throw new UsageError(`no such folder: \`${dir}\``)
  const project = readProject(dir)
  const lang = chooseLang({ flag: flags.lang, project })
  const subject = project.trust
  if (!needsTrust(subject)) {
    say(`${visibleText(subject.project)}: nothing in it needs trust\n`)
    return
  }
  if (isTrusted(subject)) {
    print(renderSubject(subject, lang))
    say(`${visibleText(subject.project)}: trusted\n`)
    return
  }
  if (flags.yes) {
    print(renderSubject(subject, lang))
    return rememberTrust(subject)
  }
  const prompt = terminalPrompt({ lang, noInput: false })
  const answer = await askTrust(subject, { prompt, lang })
  if (answer === 'nobody') {
    print(renderSubject(subject, lang))
    throw new UsageError(
      'no terminal to ask at',
      `at a terminal: \`${trustCommand(subject)}\`; or read the above, then add \`--yes\``,
    )
  }
  if (answer === 'no') {
    say(`${visibleText(subject.project)}: not trusted\n`)
    process.exitCode = exitCode.failed
  }
}

function revoke(dir: string): void {
  const root = existsSync(dir) ? realpathSync(projectRoot(dir)) : resolve(dir)
  const was = removeTrusted(root)
  say(`${visibleText(root)}: ${was ? 'not trusted any more' : 'was not trusted'}\n`)
}

function renderList(): string {
  return listTrusted()
    .map(({ project, hash, at }) => {
      const state = stateOf(project, hash)
      return `${visibleText(project)}  ${at.slice(0, 10)}${state === '' ? '' : `  (${state})`}\n`
    })
    .join('')
}

/** Whether what was trusted is still what is there. */
function stateOf(project: string, hash: string): string {
  try {
    if (!existsSync(project)) return 'gone'
    return readProject(project).trust.hash === hash ? '' : 'changed since: asks again'
  } catch (error) {
    if (error instanceof UsageError) return 'cannot be read'
    throw error
  }
}
