import { Command } from '@commander-js/extra-typings'
import type { Lang } from '../../check/check-sentence.ts'
import { alignRows } from '../../text/align-rows.ts'
import { visibleText } from '../../text/visible-text.ts'
import { pageStatus, type PlatformState, type PlatformStatus } from '../../record/page-status.ts'
import { readRecords } from '../../record/record-store.ts'
import { exitCode } from '../exit-code.ts'
import { chooseLang, langOption } from '../lang.ts'
import { print, printJson } from '../output.ts'
import { inOrder, readPages } from './pages.ts'
import { findProject, type Project } from '../project.ts'

const words: Readonly<Record<'zh' | 'en', Readonly<Record<PlatformState, string>>>> = {
  zh: {
    verified: '已验证',
    partial: '部分验证',
    changed: '输出变了',
    stale: '待复验',
    contradicted: '与记录矛盾',
    never: '从未',
  },
  en: {
    verified: 'verified',
    partial: 'partly verified',
    changed: 'changed',
    stale: 'stale',
    contradicted: 'contradicted',
    never: 'never',
  },
}

export const status = new Command('status')
  .summary('what each page is worth, by platform')
  .description(
    'Shows pages × platforms: verified, changed, stale, contradicted or never run. Touches no host.',
  )
  .argument('[path...]', 'pages or folders (default: the pages of the project)')
  .option('--check', 'exit 1 if a page is changed, stale or contradicted')
  .option('--json', 'one JSON document')
  .addOption(langOption)
  .action((paths, { check, json, lang: flag }) => {
    const project = findProject(process.cwd())
    const pages = statusOf(paths, project)
    if (json) printJson({ v: 1, pages })
    else print(renderStatus(pages, chooseLang({ flag, project })))
    const bad = new Set<PlatformState>(['changed', 'stale', 'contradicted'])
    if (check && pages.some(({ platforms }) => platforms.some(({ state }) => bad.has(state))))
      process.exitCode = exitCode.failed
  })

interface PageStatus {
  readonly file: string
  readonly platforms: readonly PlatformStatus[]
}

/** The pages that have something to run, with what they are worth. */
export function statusOf(paths: readonly string[], project: Project): readonly PageStatus[] {
  return inOrder(readPages(paths, project).pages)
    .filter(({ runbook }) => runbook.steps.length > 0)
    .map(({ file, runbook }) => ({
      file,
      platforms: pageStatus(runbook, file === '-' ? [] : readRecords(file)),
    }))
}

export function renderStatus(pages: readonly PageStatus[], lang: Lang): string {
  const rows = pages.map(({ file, platforms }) => {
    const shown = platforms.map((platform) => renderPlatform(platform, lang))
    return [visibleText(file), shown.length === 0 ? words[lang].never : shown.join('   ')]
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
  const which = ids.length === 0 ? '' : `: ${ids.map(visibleText).join(', ')}`
  const label = lang === 'zh' ? '改过再运行' : 'edited by hand'
  const deviations = edited.length === 0 ? '' : `; ${label}: ${edited.map(visibleText).join(', ')}`
  return `${visibleText(platform)} ${words[lang][state]} ${visibleText(at.slice(0, 10))} ${steps.verified}/${steps.total}${which}${deviations}`
}
