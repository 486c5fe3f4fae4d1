import { Command } from '@commander-js/extra-typings'
import { rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UsageError } from '../../diagnostic/usage-error.ts'
import type { Lang } from '../../model/message.ts'
import { type GoneSteps, goneSteps, orphanFiles } from '../../record/gone-records.ts'
import { readRecords, recordsFolder, writeRecord } from '../../record/record-store.ts'
import { visibleText } from '../../text/visible-text.ts'
import { exitCode } from '../exit-code.ts'
import { chooseLang, langOption } from '../lang.ts'
import { print, say } from '../output.ts'
import { PageErrors } from '../page/page-errors.ts'
import { errorsOf, pagesIn, readPages, shownPath } from '../page/pages.ts'
import { findProject, isFolder, type Project } from '../project.ts'
import { terminalPrompt } from '../terminal/terminal-prompt.ts'
import { messages } from './messages.ts'

export const record = new Command('record')
  .summary('remove records of pages and steps that are gone')
  .description(
    'Lists what the records still hold of pages and steps that are gone, asks, and removes it.\n`exec --record` makes records.',
  )
  .requiredOption('--prune', 'list, ask, remove')
  .option('--yes', 'remove without asking')
  .addOption(langOption)
  .action(async ({ yes, lang: flag }) => {
    const project = findProject(process.cwd())
    const lang = chooseLang({ flag, project })
    const found = findGone(project)
    if (found.length === 0) return say(`${messages.nothingGone[lang]}\n`)
    print(found.map((gone) => `${lineOf(gone, lang)}\n`).join(''))
    if (yes !== true && !(await isWanted(lang))) {
      process.exitCode = exitCode.failed
      return
    }
    for (const gone of found) await remove(gone)
    say(`${messages.removed(found.length)[lang]}\n`)
  })

/** A record file without a page, or one with steps that its page has no more. */
interface Gone {
  readonly file: string
  readonly page: string | undefined
  readonly steps: GoneSteps | undefined
}

function findGone(project: Project): readonly Gone[] {
  const orphans = isFolder(project.pages) ? orphanFiles(project.pages) : []
  const hasPages = isFolder(project.pages) && pagesIn(project.pages).length > 0
  const pages = hasPages ? readPages([], project).pages : []
  // Steps of a page with errors may be missing only because of them.
  if (errorsOf(pages).length > 0) throw new PageErrors(pages)
  const parts = pages.flatMap(({ file, runbook }) =>
    readRecords(file).flatMap((each): readonly Gone[] => {
      const steps = goneSteps(runbook, each)
      if (!steps) return []
      return [{ file: join(recordsFolder(file), `${steps.platform}.json`), page: file, steps }]
    }),
  )
  const whole = orphans.map((file) => ({
    file: shownPath(file),
    page: undefined,
    steps: undefined,
  }))
  return [...whole, ...parts]
}

function lineOf({ file, steps }: Gone, lang: Lang): string {
  const shown = visibleText(file)
  return steps
    ? messages.goneSteps(shown, steps.steps.map(visibleText).join(', '))[lang]
    : messages.gonePage(shown)[lang]
}

async function isWanted(lang: Lang): Promise<boolean> {
  const answer = await terminalPrompt({ lang, noInput: false }).ask(messages.ask[lang], {
    hidden: false,
  })
  if (answer === undefined) throw new UsageError(messages.noTerminal, messages.withYes)
  return answer.trim() === 'yes'
}

async function remove({ file, page, steps }: Gone): Promise<void> {
  if (page !== undefined && steps?.rest) {
    await writeRecord(page, steps.rest)
    return
  }
  await rm(file)
  // Stays where it holds something else.
  await rmdir(dirname(file)).catch(() => {})
}
