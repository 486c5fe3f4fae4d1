/** Recognises annotations of other tools that run Markdown and suggests our equivalents. */

import { messages as parseMessages } from '../parse/messages.ts'
import type { Message } from '../model/message.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { valueOf } from '../model/named.ts'
import { FencePlaces } from '../parse/fence-places.ts'
import type { LintPage, Rule } from './lint-page.ts'

type Report = Parameters<Rule>[1]

export const foreignMarks: Rule = (page, report) => {
  commentMarks(page, report)
  componentMarks(page, report)
  fenceWords(page, report)
  outputMarks(page, report)
  byexampleMarks(page, report)
}

const comments: readonly (readonly [RegExp, string, Message])[] = [
  [/expected_similarity\s{0,5}=/, 'Innovation Engine', messages.outputWithHoles],
  [/\$MDX\b/, 'MDX of OCaml', messages.exampleOrNeeds],
  [/\bbyexample\b/, 'byexample', messages.exampleOrHoles],
  [/\bpytest-codeblocks:|\bpytest\.mark\b/, 'pytest', messages.exampleOrWhen],
  [/\bname:\s{0,3}test\b|\bdoctest:/, 'doctest', messages.exampleOrNocompare],
]

function commentMarks({ asides, source }: LintPage, report: Report): void {
  for (const { kind, span } of asides) {
    if (kind !== 'html') continue
    const text = source.text.slice(
      span.start.offset,
      Math.min(span.end.offset, span.start.offset + 2000),
    )
    if (!text.startsWith('<!--')) continue
    const found = comments.find(([pattern]) => pattern.test(text))
    const match = found?.[0].exec(text)
    if (!found || !match) continue
    const start = span.start.offset + match.index
    report.add(
      'RB0107',
      source.span(start, start + match[0].length),
      messages.commentOf(found[1]),
      found[2],
    )
  }
}

/** Gruntwork's runbooks are MDX: `<Command …>`, `<Check …>`, `<Inputs …>`. */
function componentMarks({ asides, source }: LintPage, report: Report): void {
  const help: Readonly<Record<string, Message>> = {
    Command: messages.writeBashFence,
    Check: messages.bashFenceOrCheck,
    Inputs: parseMessages.declareInFrontMatter,
    Template: messages.writeFileBlock,
  }
  for (const { kind, span } of asides) {
    if (kind === 'indented') continue
    const text = source.text.slice(span.start.offset, span.start.offset + 100)
    const [mark, name = ''] =
      /^<(Command|Check|Inputs|Template)(?=\s+(?:id|path|command)\s*=|\s*$)/m.exec(text) ?? []
    if (mark === undefined || !text.startsWith(mark)) continue
    const end = span.start.offset + mark.length
    report.add(
      'RB0107',
      source.span(span.start.offset, end),
      messages.componentOf(mark),
      valueOf(help, name),
    )
  }
}

const languages = new Set(['scrut', 'cram', 'mdx-shell', 'byexample'])

function fenceWords({ fences, source }: LintPage, report: Report): void {
  for (const fence of fences) {
    const info = source.text.slice(fence.infoSpan.start.offset, fence.infoSpan.end.offset)
    const [word] = /\btesh-\w+/.exec(info) ?? []
    if (languages.has(fence.language)) {
      const at = info.toLowerCase().indexOf(fence.language)
      const start = fence.infoSpan.start.offset + at
      report.add(
        'RB0107',
        source.span(start, start + fence.language.length),
        messages.foreignFence(fence.language),
        shared.write('console'),
      )
    } else if (word !== undefined) {
      const start = fence.infoSpan.start.offset + info.indexOf(word)
      report.add(
        'RB0107',
        source.span(start, start + word.length),
        messages.wordOfTesh(word),
        messages.oneShell,
      )
    }
  }
}

const scrutMark = /\s\((?:glob|re|regex|regexp|escaped|esc|no-eol|glob[*+?]|re[*+?]|regex[*+?])\)$/

/** scrut and cram put marks at the end of an output line. */
function outputMarks({ runbook }: LintPage, report: Report): void {
  for (const step of runbook.steps) {
    if (step.kind !== 'console' && !('expects' in step && step.expects)) continue
    const fence = step.kind === 'console' ? step.fence : step.expects?.fence
    if (!fence) continue
    const places = new FencePlaces(fence)
    for (const [index, line] of fence.text.split('\n').entries()) {
      const mark = line.endsWith(')') ? scrutMark.exec(line.slice(-20))?.[0].trim() : undefined
      if (mark === undefined) continue
      const start = line.length - mark.length
      report.add(
        'RB0107',
        { start: places.at(index, start), end: places.at(index, line.length) },
        messages.markOfScrut(mark),
        messages.writeHoles,
      )
    }
  }
}

function byexampleMarks({ runbook }: LintPage, report: Report): void {
  for (const step of runbook.steps) {
    if (!('fence' in step) || !step.fence.text.includes('byexample:')) continue
    const match = /#\s{0,4}byexample:[^\n]{0,200}/.exec(step.fence.text)
    if (!match) continue
    const span = new FencePlaces(step.fence).span(match.index, match.index + match[0].length)
    report.add('RB0107', span, messages.optionOfByexample, messages.optionsOnFence)
  }
}
