/** Reads the commands of a shell or console fence with their spans; reports bash syntax errors. */

import { shellMessage } from './library-messages.ts'
import type { Message } from '../model/message.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import type { Fence } from '../model/fence.ts'
import type { Point } from '../model/span.ts'
import type { Command } from '../model/step.ts'
import { FencePlaces } from './fence-places.ts'
import type { Report } from './report.ts'
import { splitShell } from './shell-commands.ts'
import type { ShellProblem } from './shell-problem.ts'
import { readTranscript, startsWithPrompt } from './transcript.ts'

export function readShellCommands(fence: Fence, report: Report): readonly Command[] {
  const { commands, problem } = splitShell(fence.text)
  const places = new FencePlaces(fence)
  if (problem) {
    const help = startsWithPrompt(fence.text)
      ? shared.transcript
      : (helpOf(problem, problem.opened && places.point(problem.opened.at)) ??
        (problem.incomplete ? undefined : shared.shownOnly))
    report.add(
      'RB0301',
      places.span(problem.start, problem.end),
      messages.blockUnreadable(shellMessage(problem.message)),
      help,
    )
    return []
  }
  if (commands.length === 0) {
    report.add('RB0303', fence.span, messages.noCommand, shared.shownOnly)
  }
  return commands.map(({ start, end }) => ({
    text: fence.text.slice(start, end),
    span: places.span(start, end),
    expects: undefined,
    dialog: [],
  }))
}

export function readConsoleCommands(fence: Fence, report: Report): readonly Command[] {
  const { commands, problem } = readTranscript(fence.text)
  const places = new FencePlaces(fence)
  const texts = fence.text.split('\n')
  const lineEnd = (line: number) => places.at(line, texts[line]?.length ?? 0)
  if (problem) {
    const { line, column, opened } = problem
    const help = helpOf(problem, opened && places.at(opened.line, opened.column))
    const length = problem.placeholder?.length
    const end = length === undefined ? lineEnd(line) : places.at(line, column + length)
    const span = { start: places.at(line, column), end }
    report.add('RB0301', span, messages.commandUnreadable(shellMessage(problem.message)), help)
  }
  return commands.map((command) => ({
    text: command.text,
    span: {
      start: places.at(command.startLine, command.startColumn),
      end: lineEnd(command.endLine),
    },
    expects: command.output && {
      text: command.output.text,
      match: 'lines',
      stream: 'merged',
      compare: true,
      ...(command.output.typed.length > 0 ? { typed: command.output.typed } : {}),
      span: {
        start: places.at(command.output.startLine, 0),
        end: places.at(command.output.endLine, 0),
      },
      fence: undefined,
    },
    dialog: command.dialog.map(({ prompt, answer, line }) => ({
      prompt,
      answer,
      span: { start: places.at(line, 0), end: lineEnd(line) },
    })),
  }))
}

function helpOf(
  {
    opened,
    placeholder,
  }: { readonly opened: { readonly word: string } | undefined } & Pick<ShellProblem, 'placeholder'>,
  place: Point | undefined,
): Message | undefined {
  if (placeholder !== undefined) {
    const name = placeholder
      .replaceAll(/[^A-Za-z0-9]+/g, '_')
      .replaceAll(/^_+|_+$/g, '')
      .toUpperCase()
    const variable = /^[A-Z]/.test(name) ? name : 'NAME'
    return shared.writeAndDeclare(variable)
  }
  return opened && place && messages.neverClosed(opened.word, place.line)
}
