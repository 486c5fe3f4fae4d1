import { messages } from './messages.ts'
import { statusWords } from '../model/messages.ts'
import { displayWidth } from '../text/display-width.ts'
import type { Lang } from '../model/message.ts'
import { renderScreen } from '../match/render-screen.ts'
import { renderDuration } from '../model/duration.ts'
import { isDone } from '../model/step-status.ts'
import { code, fencedOutput, inline } from './markdown-text.ts'
import type { Reporter } from './reporter.ts'
import {
  notStarted,
  type ReportedStep,
  type RunReport,
  type WholeRunOptions,
  wholeRunReporter,
} from './run-report.ts'
import { statusWord } from './status-words.ts'

const maxLines = 40

/** A run as a Markdown page: which steps ran on which hosts, and each failure with its output. */
export function markdownReporter(options: WholeRunOptions & { readonly lang: Lang }): Reporter {
  return wholeRunReporter(options, (report) => renderMarkdown(report, options.lang))
}

function renderMarkdown({ state, startedAt, durationMs, steps }: RunReport, lang: Lang): string {
  const hosts = state.hosts.map(
    ({ name, address, platform }) => `- ${code(name)} · ${inline(address)} · ${inline(platform)}`,
  )
  const head = (['step', 'host', 'result', 'time', 'note', 'title'] as const).map(
    (column) => messages[column][lang],
  )
  const rows = steps.map(({ progress, title, file, line }) => [
    `${code(progress.step)} (${inline(file)}:${line})`,
    inline(progress.host),
    progress.status === 'running'
      ? '…'
      : statusWord({ ...progress, status: progress.status }, lang),
    progress.status === 'skipped' ? '' : renderDuration(progress.durationMs),
    inline(progress.message),
    inline(title),
  ])
  const rest = notStarted(state).map(({ step, host, title, file, line }) => [
    `${code(step)} (${inline(file)}:${line})`,
    inline(host),
    statusWords.notRun[lang],
    '',
    '',
    inline(title),
  ])
  const failures = steps.filter(({ progress }) => !isDone(progress.status))
  const status = state.ended ? statusWords[state.ended.status] : messages.running
  return [
    `# ${messages.theRun(inline(state.run), status)[lang]}`,
    '',
    `${inline(startedAt)} · ${renderDuration(durationMs)}`,
    '',
    ...hosts,
    '',
    `| ${head.join(' | ')} |`,
    `| ${head.map((name) => '-'.repeat(Math.max(3, displayWidth(name)))).join(' | ')} |`,
    ...[...rows, ...rest].map((row) => `| ${row.join(' | ')} |`),
    ...failures.flatMap((failure) => renderFailed(failure)),
    '',
  ].join('\n')
}

function renderFailed({ progress, output, title, file, line }: ReportedStep): readonly string[] {
  const printed = (progress.diff ?? renderScreen(output)).split('\n')
  const shown = printed.slice(-maxLines)
  const cut = shown.length < printed.length ? [`… ${printed.length - shown.length}`] : []
  return [
    '',
    `## ${inline(progress.step)} · ${inline(title)} · ${inline(progress.host)}`,
    '',
    `${inline(progress.message)} (${inline(file)}:${line})`,
    '',
    fencedOutput(progress.diff === undefined ? 'text' : 'diff', [...cut, ...shown].join('\n')),
  ]
}
