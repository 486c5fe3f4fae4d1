/**
 * A step that failed, drawn as every other diagnostic: the words of the page, what was found, what
 * to do next.
 */

import { RE2JS } from 're2js'
import type { Lang } from '../check/check-sentence.ts'
import type { Code } from '../diagnostic/codes.ts'
import { displayWidth } from '../diagnostic/display-width.ts'
import { visibleText } from '../diagnostic/visible-text.ts'
import type { Reason } from '../model/run-event.ts'
import type { Span } from '../model/span.ts'
import { commandsOf, expectedOf, type Step } from '../model/step.ts'
import type { StepProgress } from '../run/reduce.ts'

export interface Failure {
  readonly progress: StepProgress
  readonly step: Step
  /** All steps of its page: one of them may provide what is missing. */
  readonly steps: readonly Step[]
  readonly file: string
  /** The page's text; the words that failed are drawn from it. */
  readonly source: string
  /** The last lines that the failing command printed. */
  readonly output: string
  readonly lang: Lang
}

const codeOf: Partial<Record<Reason, Code>> = {
  output: 'RB2001',
  'exit-status': 'RB2002',
  precondition: 'RB2003',
  postcondition: 'RB2004',
  timeout: 'RB2005',
  'waiting-for-input': 'RB2006',
  'command-lost': 'RB2007',
  'host-lost': 'RB2007',
  'not-confirmed': 'RB2008',
  'not-captured': 'RB2009',
  file: 'RB2010',
  'not-ready': 'RB2011',
  interrupted: 'RB2012',
  dialog: 'RB2013',
  reboot: 'RB2014',
  'disk-full': 'RB2015',
  'output-limit': 'RB2016',
  'no-shell': 'RB2017',
}

const maxShownLines = 20

/** No colour, no last newline. */
export function renderFailure(failure: Failure): string {
  const { progress, step, file, source, lang } = failure
  const code = (progress.reason && codeOf[progress.reason]) ?? 'RB2002'
  const span = spanOf(failure)
  const line = source.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/)[span.start.line - 1] ?? ''
  const number = String(span.start.line)
  const margin = ' '.repeat(number.length)
  const total = commandsOf(step).length
  const place =
    total > 1
      ? lang === 'zh'
        ? `，第 ${progress.commands.length} / ${total} 条命令`
        : `, command ${progress.commands.length} of ${total}`
      : ''
  const on =
    lang === 'zh'
      ? `步骤 \`${step.id}\`${place}，在 ${progress.host} 上`
      : `step \`${step.id}\`${place}, on ${progress.host}`
  const from = span.start.column - 1
  const to = span.end.line === span.start.line ? span.end.column - 1 : line.length
  const drawn = [
    `error[${code}]: ${visibleText(progress.message)}`,
    `${margin}--> ${visibleText(file)}:${span.start.line}:${span.start.column}   ${visibleText(on)}`,
    `${margin} |`,
    `${number} | ${visibleText(line)}`,
    `${margin} | ${' '.repeat(displayWidth(visibleText(line.slice(0, from))))}${'^'.repeat(Math.max(1, displayWidth(visibleText(line.slice(from, to)))))}`,
    ...shownLines(failure).map((text) => `${margin} | ${visibleText(text)}`),
  ]
  const exit = progress.commands.at(-1)?.exit
  if (progress.reason === 'output' && exit !== undefined) {
    drawn.push(
      `${margin} = note: ${lang === 'zh' ? `命令的退出状态是 ${exit}` : `the command ended with status ${exit}`}`,
    )
  }
  for (const help of helpOf(failure)) drawn.push(`${margin} = help: ${visibleText(help)}`)
  return drawn.join('\n')
}

/** The command that failed, or what the page says of it. */
function spanOf({ progress, step }: Failure): Span {
  if (progress.reason === 'output') {
    const own = commandsOf(step)[progress.commands.length - 1]?.expects
    const expected = own ?? expectedOf(step)
    if (expected?.fence && expected.fence.lineStarts.length > 0) {
      const start = expected.fence.lineStarts[0] ?? expected.span.start
      const first = expected.text.split('\n')[0] ?? ''
      return {
        start,
        end: {
          ...start,
          column: start.column + Math.max(1, first.length),
          offset: start.offset + first.length,
        },
      }
    }
    if (expected) return expected.span
  }
  if (
    progress.reason === 'precondition' ||
    progress.reason === 'postcondition' ||
    progress.reason === 'not-ready'
  ) {
    const checks =
      progress.reason === 'precondition'
        ? step.needs
        : progress.reason === 'postcondition'
          ? step.ensures
          : step.ready
    if (checks[0]) return checks[0].span
  }
  const command = commandsOf(step)[Math.max(0, progress.commands.length - 1)]
  return step.kind === 'shell' || step.kind === 'console' ? (command?.span ?? step.span) : step.span
}

function shownLines({ progress, output }: Failure): readonly string[] {
  const text = progress.diff ?? output
  const lines = text.trimEnd() === '' ? [] : text.trimEnd().split('\n')
  if (lines.length <= maxShownLines) return lines.map((line) => ` ${line}`)
  const kept =
    progress.diff === undefined ? lines.slice(-maxShownLines) : lines.slice(0, maxShownLines)
  const cut = ` … ${lines.length - maxShownLines}`
  return progress.diff === undefined
    ? [cut, ...kept.map((line) => ` ${line}`)]
    : [...kept.map((line) => ` ${line}`), cut]
}

/** The page's own answers to this failure, then what can be done at all. */
function helpOf({ progress, step, steps, output, lang }: Failure): readonly string[] {
  const text = `${output}\n${progress.message}`
  const own = step.onError.filter(({ pattern }) => RE2JS.compile(pattern).matcher(text).find())
  const answers = own.map(({ target }) =>
    lang === 'zh' ? `这一页对此有说明：${target}` : `the page has an answer to this: ${target}`,
  )
  if (progress.reason === 'precondition') {
    const needed = new Set(step.needs.map((check) => check.text))
    const providers = steps.filter(
      (each) => each !== step && each.ensures.some((check) => needed.has(check.text)),
    )
    for (const { id } of providers) {
      answers.push(
        lang === 'zh'
          ? `这一页的步骤 \`${id}\` 可以做到`
          : `the step \`${id}\` of this page provides it`,
      )
    }
  }
  if (progress.reason === 'waiting-for-input') {
    answers.push(
      lang === 'zh'
        ? '给命令加上不再询问的参数（如 `-y`），或在步骤后面写一个 `dialog` 代码块'
        : 'give the command a flag that stops it from asking (such as `-y`), or write a `dialog` block after the step',
    )
  }
  if (progress.reason === 'timeout') {
    answers.push(
      lang === 'zh'
        ? '需要更久就写 `timeout=10m`；不会结束的命令写 `background`'
        : 'write `timeout=10m` where it takes longer, `background` where it never ends',
    )
  }
  return answers
}
