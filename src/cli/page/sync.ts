import type { Lang } from '../../model/message.ts'
import { messages } from './messages.ts'
import { chooseLang, langOption } from '../lang.ts'
import { Command, InvalidArgumentError } from '@commander-js/extra-typings'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { nearest } from '../../text/nearest.ts'
import { readRecords } from '../../record/record-store.ts'
import { holeRuleNames, usualHoleRules } from '../../sync/hole-rules.ts'
import type { SyncProblem } from '../../sync/sync-change.ts'
import { type SyncedPage, syncPage } from '../../sync/sync-page.ts'
import { exitCode } from '../exit-code.ts'
import { print, say } from '../output.ts'
import { terminalPrompt } from '../terminal/terminal-prompt.ts'
import { askChanges } from './ask-changes.ts'
import { PageErrors } from './page-errors.ts'
import { errorsOf, type Page, readPages } from './pages.ts'
import { rewritePage } from './rewrite-page.ts'
import { renderChanges } from './render-changes.ts'
import { findProject, type Project } from '../project.ts'

export const sync = new Command('sync')
  .summary('copy recorded output into the pages')
  .description(
    'Puts recorded output into the `output` fences and transcripts of pages; without a flag it shows what\nwould change. In new lines, what varies from run to run becomes a hole.',
  )
  .argument('[path...]', 'pages or folders (default: the pages of the project)')
  .option('--check', 'exit 1 if a page would change; write nothing')
  .option('--write', 'write the pages')
  .option('--interactive', 'ask about every change, then write')
  .option('--add', 'also add an `output` fence to steps that have none')
  .option(
    '--holes <rules>',
    `text that becomes a hole in new lines: \`none\`, \`all\`, or some of ${holeRuleNames.join(', ')} (default: ${usualHoleRules.join(', ')})`,
    readRules,
  )
  .addOption(langOption)
  .action(async (paths, { check, write, interactive, add, holes, lang: flag }) => {
    if ([check, write, interactive].filter(Boolean).length > 1)
      throw new UsageError(messages.oneOfSyncFlags)
    const project = findProject(process.cwd())
    const { pages } = readPages(paths, project)
    const lang = chooseLang({ flag, pages, project })
    const prompt = terminalPrompt({ lang, noInput: false })
    if (interactive && !prompt.isThere)
      throw new UsageError(messages.interactiveNeedsTerminal, messages.writeAll)
    if (process.env['CI'] === 'true' && !write && !check) say(`${messages.notWrittenInCi[lang]}\n`)
    if (errorsOf(pages).length > 0) throw new PageErrors(pages)
    const options = { add: add ?? false, rules: holes ?? usualHoleRules }
    let found = 0
    let isOver = false
    for (const page of pages.filter(({ file }) => file !== '-')) {
      if (isOver) break
      const records = readRecords(page.file)
      const all = syncPage(page.source, page.runbook, records, options)
      found += all.changes.length + all.problems.length
      say(problemLines(page, all, lang))
      if (all.problems.length > 0) process.exitCode = exitCode.failed
      if (interactive) {
        const answers = await askChanges(page, all.changes, { prompt, lang })
        isOver = answers.isOver
        await writePage(
          page,
          syncPage(page.source, page.runbook, records, { ...options, ...answers }),
          project,
          lang,
        )
      } else {
        print(renderChanges(page, all))
        say(ruleLines(page, all, lang))
        if (write) await writePage(page, all, project, lang)
      }
    }
    if (check && found > 0) process.exitCode = exitCode.failed
    if (found === 0) say(`${messages.nothingToSync[lang]}\n`)
  })

async function writePage(
  page: Page,
  { edits, changes }: SyncedPage,
  project: Project,
  lang: Lang,
): Promise<void> {
  if (changes.length === 0) return
  await rewritePage(page, edits, project)
  say(`${messages.changed(page.file, changes.length)[lang]}\n`)
}

/** What a person has to do by hand. */
function problemLines({ file }: Page, { problems, notes }: SyncedPage, lang: Lang): string {
  const line = ({ line: at, step, message }: SyncProblem) =>
    `${messages.notSynced(`${file}:${at}`, step, message)[lang]}\n`
  return [...problems, ...notes].map(line).join('')
}

/** Which rules made holes, so that a person can choose others. */
function ruleLines({ file }: Page, { changes }: SyncedPage, lang: Lang): string {
  return changes
    .filter(({ rules }) => rules.length > 0)
    .map(({ line, rules }) => `${messages.holesBy(`${file}:${line}`, rules.join(', '))[lang]}\n`)
    .join('')
}

function readRules(text: string): readonly string[] {
  if (text === 'none') return []
  if (text === 'all') return holeRuleNames
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !holeRuleNames.includes(name))
  if (unknown === undefined) return names
  const meant = nearest(unknown, holeRuleNames)
  throw new InvalidArgumentError(messages.noSuchRule(unknown, meant ?? holeRuleNames.join(', ')).en)
}
