import { nearest } from '../text/nearest.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import type { ExpectedOutput } from '../model/expected.ts'
import type { Fence } from '../model/fence.ts'
import type { DialogTurn, ShellStep, Step } from '../model/step.ts'
import type { AttributeReader } from './attribute-reader.ts'
import type { PageSource } from './page-source.ts'
import type { Report } from './report.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type RunningStep = ShellStep | (Step & { readonly kind: 'script' })

/** The steps that an `output` or `dialog` fence belongs to. */
export function targets(
  reader: AttributeReader,
  byId: ReadonlyMap<string, readonly Step[]>,
  last: readonly Step[],
  report: Report,
): readonly Step[] {
  const named = reader.attribute('for')
  if (!named) return last
  const found = byId.get(named.value ?? '') ?? []
  if (found.length === 0) {
    const meant = nearest(named.value ?? '', byId.keys())
    const help = meant === undefined ? messages.nameAStepBefore : shared.didYouMean(meant)
    report.add('RB0602', named.valueSpan, messages.noSuchStepBefore(named.value ?? ''), help)
  }
  return found
}

export function attach(
  kind: 'output' | 'dialog',
  fence: Fence,
  reader: AttributeReader,
  all: readonly Step[],
  page: { readonly source: PageSource; readonly report: Report },
): void {
  const running = all.filter((step): step is RunningStep => 'expects' in step)
  const without = running.filter((step) =>
    kind === 'output' ? step.expects === undefined : 'dialog' in step && step.dialog.length === 0,
  )
  const expected: ExpectedOutput = readExpected(fence, reader)
  const dialog: readonly DialogTurn[] =
    kind === 'dialog' ? readDialog(fence, page.source, page.report) : []
  if (reader.has('for') && all.length === 0) return
  if (running.length === 0) {
    const help = all.length > 0 ? messages.onlyCommandsPrint : messages.putAfterStep
    page.report.add('RB0401', fence.span, messages.belongsToNoStep(kind), help)
    return
  }
  if (kind === 'dialog' && running.some(({ background }) => background)) {
    page.report.add('RB0404', fence.span, messages.dialogInBackground, messages.answersInFile)
    return
  }
  if (without.length === 0) {
    page.report.add(
      'RB0403',
      fence.span,
      messages.hasOneAlready(running[0]?.id ?? '', kind),
      messages.oneBlock,
    )
    return
  }
  for (const step of without as Mutable<RunningStep>[]) {
    if (kind === 'output') {
      step.expects = step.background ? { ...expected, isStart: true } : expected
    } else if ('dialog' in step) step.dialog = dialog
  }
}

/** Reads the expectation of an `output` fence. */
function readExpected(fence: Fence, reader: AttributeReader): ExpectedOutput {
  return {
    text: fence.text,
    match: reader.oneOf('match', ['contains', 'json']) ?? 'lines',
    stream: reader.oneOf('stream', ['stdout', 'stderr']) ?? 'merged',
    compare: !reader.flag('nocompare'),
    span: fence.span,
    fence,
  }
}

/** Reads the turns of a `dialog` fence: `PROMPT => ANSWER`, one a line. */
function readDialog(fence: Fence, source: PageSource, report: Report): readonly DialogTurn[] {
  const turns: DialogTurn[] = []
  if (fence.text.trim() === '')
    report.add('RB0404', fence.span, messages.dialogEmpty, messages.dialogParts)
  for (const [index, line] of fence.text.split('\n').entries()) {
    if (line.trim() === '') continue
    const start = fence.lineStarts[index] ?? fence.span.start
    const span = { start, end: source.at(start.line, start.column + line.length) }
    const { prompt, answer } = splitTurn(line)
    if (prompt === '') {
      report.add('RB0404', span, messages.dialogForm, messages.dialogParts)
      continue
    }
    turns.push({ prompt, answer, span })
  }
  return turns
}

/** Splits at the first `=>` before a blank or the line's end; without one, the prompt is empty. */
function splitTurn(line: string): { readonly prompt: string; readonly answer: string } {
  for (let at = line.indexOf('=>'); at !== -1; at = line.indexOf('=>', at + 1)) {
    const after = line[at + 2]
    if (after === undefined || after === ' ')
      return { prompt: line.slice(0, at).trimEnd(), answer: line.slice(at + 3) }
  }
  return { prompt: '', answer: '' }
}
