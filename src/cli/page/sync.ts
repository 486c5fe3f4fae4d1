import type { Lang } from '../../model/message.ts'
import { messages } from './messages.ts'
import { chooseLang, langOption } from '../lang.ts'
import { Command } from '@commander-js/extra-typings'
import { createTwoFilesPatch } from 'diff'
import { visibleText } from '../../text/visible-text.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { readRecords } from '../../record/record-store.ts'
import { type SyncedPage, syncPage } from '../../record/sync-page.ts'
import { exitCode } from '../exit-code.ts'
import { paletteOf, print, say } from '../output.ts'
import { PageErrors } from './page-errors.ts'
import { errorsOf, type Page, readPages } from './pages.ts'
import { rewritePage } from './rewrite-page.ts'
import { findProject } from '../project.ts'

export const sync = new Command('sync')
  .summary('recorded output into the pages')
  .description(
    'Puts recorded output into the `output` fences of pages; without a flag it shows what would change.',
  )
  .argument('[path...]', 'pages or folders (default: the pages of the project)')
  .option('--check', 'exit 1 if a page would change; write nothing')
  .option('--write', 'write the pages')
  .addOption(langOption)
  .option('--interactive', 'not supported yet')
  .option('--add', 'not supported yet')
  .action(async (paths, { check, write, interactive, add, lang: flag }) => {
    if (interactive) throw new UsageError(messages.notSupported('--interactive'))
    if (add) throw new UsageError(messages.notSupported('--add'))
    if (check && write) throw new UsageError(messages.checkOrWrite)
    const project = findProject(process.cwd())
    const { pages } = readPages(paths, project)
    const lang = chooseLang({ flag, pages, project })
    if (process.env['CI'] === 'true' && !write && !check) say(`${messages.notWrittenInCi[lang]}\n`)
    if (errorsOf(pages).length > 0) throw new PageErrors(pages)
    let found = 0
    for (const page of pages) {
      if (page.file === '-') continue
      const synced = syncPage(page.source, page.runbook, readRecords(page.file))
      found += synced.changes.length + synced.problems.length
      report(page, synced, lang)
      if (write && synced.changes.length > 0) {
        await rewritePage(page, synced.edits, project)
        say(`${messages.changed(page.file, synced.changes.length)[lang]}\n`)
      }
      if (synced.problems.length > 0) process.exitCode = exitCode.failed
    }
    if (check && found > 0) process.exitCode = exitCode.failed
    if (found === 0) say(`${messages.nothingToSync[lang]}\n`)
  })

function report({ file, source }: Page, { text, problems }: SyncedPage, lang: Lang): void {
  for (const { step, line, message } of problems)
    say(`${messages.notSynced(`${file}:${line}`, step, message)[lang]}\n`)
  if (text === source) return
  const palette = paletteOf(process.stdout)
  const patch = createTwoFilesPatch(file, file, source, text, 'page', 'recorded', { context: 2 })
  for (const line of patch.split('\n').slice(1)) {
    const shown = visibleText(line)
    print(
      `${line.startsWith('+') ? palette.good(shown) : line.startsWith('-') ? palette.bad(shown) : shown}\n`,
    )
  }
}
