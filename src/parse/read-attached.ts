import type { ExpectedOutput } from '../model/expected.ts'
import type { Fence } from '../model/fence.ts'
import type { DialogTurn } from '../model/step.ts'
import type { AttributeReader } from './attribute-reader.ts'
import type { PageSource } from './page-source.ts'
import type { Report } from './report.ts'

/** What an `output` fence expects. */
export function readExpected(fence: Fence, reader: AttributeReader): ExpectedOutput {
  return {
    text: fence.text,
    match: reader.oneOf('match', ['contains', 'json']) ?? 'lines',
    stream: reader.oneOf('stream', ['stdout', 'stderr']) ?? 'merged',
    compare: !reader.flag('nocompare'),
    span: fence.span,
    fence,
  }
}

/** The turns of a `dialog` fence: `PROMPT => ANSWER`, one a line. */
export function readDialog(
  fence: Fence,
  source: PageSource,
  report: Report,
): readonly DialogTurn[] {
  const turns: DialogTurn[] = []
  for (const [index, line] of fence.text.split('\n').entries()) {
    if (line.trim() === '') continue
    const start = fence.lineStarts[index] ?? fence.span.start
    const span = { start, end: source.at(start.line, start.column + line.length) }
    const [, prompt, answer] = /^(.*?)\s*=>(?: (.*)|$)/.exec(line) ?? []
    if (prompt === undefined || prompt === '') {
      report.add(
        'RB0404',
        span,
        'a line of a dialog is `PROMPT => ANSWER`',
        'write the end of the prompt, ` => `, and what to type',
      )
      continue
    }
    turns.push({ prompt, answer: answer ?? '', span })
  }
  return turns
}
