import { messages, stateWords } from './messages.ts'
import { Command, InvalidArgumentError } from '@commander-js/extra-typings'
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
    'Shows pages × platforms: verified, changed, stale, contradicted or never run, and on which day. Contacts no\nhost.',
  )
  .argument('[path...]', 'pages or folders (default: the pages of the project)')
  .option(
    '--check',
    'exit 1 if a page is changed, stale or contradicted, or older than `--max-age`',
  )
  .option('--max-age <days>', 'marks what was verified longer ago, such as `30d`', readDays)
  .option('--json', 'one JSON document')
  .addOption(langOption)
  .action((paths, { check, json, maxAge, lang: flag }) => {
    const project = findProject(process.cwd())
    const { pages: read } = readPages(paths, project)
    const pages = statusOf(read, { maxAgeMs: maxAge, nowMs: Date.now() })
    if (json) printJson({ v: 1, pages })
    else print(renderStatus(pages, chooseLang({ flag, pages: read, project })))
    const bad = new Set<PlatformState>(['changed', 'stale', 'contradicted'])
    const isBad = ({ state, tooOld }: AgedStatus) => bad.has(state) || tooOld === true
    if (check && pages.some(({ platforms }) => platforms.some(isBad)))
      process.exitCode = exitCode.failed
  })

interface AgedStatus extends PlatformStatus {
  /** With `--max-age`: whether a step was verified longer ago. */
  readonly tooOld?: boolean
}

interface PageStatus {
  readonly file: string
  readonly platforms: readonly AgedStatus[]
}

interface Age {
  /** `undefined`: no record is too old. */
  readonly maxAgeMs: number | undefined
  readonly nowMs: number
}

/** Pages with something to run, and the states of their records. */
export function statusOf(
  pages: readonly Page[],
  { maxAgeMs, nowMs }: Age = { maxAgeMs: undefined, nowMs: 0 },
): readonly PageStatus[] {
  const aged = (each: PlatformStatus): AgedStatus =>
    maxAgeMs === undefined ? each : { ...each, tooOld: nowMs - Date.parse(each.oldest) > maxAgeMs }
  return inOrder(pages)
    .filter(({ runbook }) => runbook.steps.length > 0)
    .map(({ file, runbook }) => ({
      file,
      platforms: pageStatus(runbook, file === '-' ? [] : readRecords(file)).map(aged),
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

function renderPlatform(shown: AgedStatus, lang: Lang): string {
  const { platform, state, at, steps, oldest, tooOld } = shown
  const ids = [...shown.contradicted, ...shown.stale, ...shown.changed]
  const plain = `${visibleText(platform)} ${stateWords[state][lang]} ${visibleText(at.slice(0, 10))} ${steps.verified}/${steps.total}`
  const notes = [
    ...(shown.unproven.length > 0 ? [messages.unproven(shown.unproven.length)] : []),
    ...(shown.byChecks.length > 0 ? [messages.byChecks(listOf(shown.byChecks))] : []),
    ...(shown.edited.length > 0 ? [messages.edited(listOf(shown.edited))] : []),
    ...(tooOld === true ? [messages.tooOld(visibleText(oldest.slice(0, 10)))] : []),
  ]
  const first = ids.length === 0 ? plain : messages.steps(plain, listOf(ids))[lang]
  return [first, ...notes.map((note) => note[lang])].join(messages.semicolon[lang])
}

function listOf(ids: readonly string[]): string {
  return ids.map(visibleText).join(', ')
}

/** @returns Milliseconds. */
function readDays(text: string): number {
  const [, days] = /^([1-9]\d{0,4})d$/.exec(text) ?? []
  if (days === undefined) throw new InvalidArgumentError(`${messages.daysForm.en}.`)
  return Number(days) * 24 * 3600 * 1000
}
