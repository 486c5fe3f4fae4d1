import { messages, stateWords } from './messages.ts'
import { Command } from '@commander-js/extra-typings'
import type { Lang } from '../../model/message.ts'
import { alignRows } from '../../text/align-rows.ts'
import { visibleText } from '../../text/visible-text.ts'
import { pageStatus, type PlatformState, type PlatformStatus } from '../../record/page-status.ts'
import { readRecords } from '../../record/record-store.ts'
import { exitCode } from '../exit-code.ts'
import { chooseLang, langOption } from '../lang.ts'
import { print, printJson } from '../output.ts'
import { inOrder, type Page, readPages } from './pages.ts'
import { findProject } from '../project.ts'

export const status = new Command('status')
  .summary('show the state of each page, by platform')
  .description(
    'Shows pages × platforms: verified, changed, stale, contradicted or never run. Contacts no host.',
  )
  .argument('[path...]', 'pages or folders (default: the pages of the project)')
  .option('--check', 'exit 1 if a page is changed, stale or contradicted')
  .option('--json', 'one JSON document')
  .addOption(langOption)
  .action((paths, { check, json, lang: flag }) => {
    const project = findProject(process.cwd())
    const { pages: read } = readPages(paths, project)
    const pages = statusOf(read)
    if (json) printJson({ v: 1, pages })
    else print(renderStatus(pages, chooseLang({ flag, pages: read, project })))
    const bad = new Set<PlatformState>(['changed', 'stale', 'contradicted'])
    if (check && pages.some(({ platforms }) => platforms.some(({ state }) => bad.has(state))))
      process.exitCode = exitCode.failed
  })

interface PageStatus {
  readonly file: string
  readonly platforms: readonly PlatformStatus[]
}

/** Pages with something to run, and the states of their records. */
export function statusOf(pages: readonly Page[]): readonly PageStatus[] {
  return inOrder(pages)
    .filter(({ runbook }) => runbook.steps.length > 0)
    .map(({ file, runbook }) => ({
      file,
      platforms: pageStatus(runbook, file === '-' ? [] : readRecords(file)),
    }))
}

export function renderStatus(pages: readonly PageStatus[], lang: Lang): string {
  const rows = pages.map(({ file, platforms }) => {
    const shown = platforms.map((platform) => renderPlatform(platform, lang))
    return [visibleText(file), shown.length === 0 ? stateWords.never[lang] : shown.join('   ')]
  })
  return alignRows(rows)
    .map((line) => `${line}\n`)
    .join('')
}

function renderPlatform(
  { platform, state, at, steps, stale, changed, contradicted, edited }: PlatformStatus,
  lang: Lang,
): string {
  const ids = [...contradicted, ...stale, ...changed]
  const plain = `${visibleText(platform)} ${stateWords[state][lang]} ${visibleText(at.slice(0, 10))} ${steps.verified}/${steps.total}`
  const named =
    ids.length === 0 ? plain : messages.steps(plain, ids.map(visibleText).join(', '))[lang]
  return edited.length === 0
    ? named
    : messages.edited(named, edited.map(visibleText).join(', '))[lang]
}
