/**
 * The input of a rule: a parsed page, its commands by bash's grammar, and a port to the surrounding
 * project, so that rules stay pure.
 */

import type { Root } from 'mdast'
import type { Edit } from '../diagnostic/diagnostic.ts'
import type { Fence } from '../model/fence.ts'
import type { Message } from '../model/message.ts'
import type { Point, Span } from '../model/span.ts'
import type { Command, ShellStep, Step } from '../model/step.ts'
import type { ParsedPage } from '../parse/parse-runbook.ts'
import { lineEndBlanks } from '../parse/line-end-blanks.ts'
import { lineAt, lineStartsOf } from '../parse/line-starts.ts'
import { wholeParser, withBoundedDepth } from '../parse/markdown.ts'
import { readConsoleCommands } from '../parse/read-commands.ts'
import { Report } from '../parse/report.ts'
import {
  readSimpleCommands,
  type ShellReading,
  type ShellWord,
  type SimpleCommand,
} from '../parse/simple-commands.ts'
import { startsWithPrompt } from '../parse/transcript.ts'
import { isConnector } from './connectors.ts'
import { programPromptOf } from './program-prompt.ts'

/** The target of a link or an `on-error`. */
export interface LinkTarget {
  /** Its anchors as written, by letters and digits; `undefined` if it is not a page of ours. */
  readonly anchors: ReadonlyMap<string, string> | undefined
}

/** Facts about the project around a page; the command line implements it. */
export interface Project {
  /** Names that the required pages set or declare. */
  readonly inherited: ReadonlySet<string>
  /** Whether the page has a record. */
  readonly hasRecord: boolean
  /** @returns `undefined` if nothing exists there; `'unknown'` if that cannot be determined. */
  find(path: string): LinkTarget | 'unknown' | undefined
  /** Why the site refuses an image; `undefined` if it shows it, or if that cannot be determined. */
  refusedImage(target: string): Message | undefined
}

/** For a page without a project. */
export const noProject: Project = {
  inherited: new Set(),
  hasRecord: false,
  find: () => 'unknown',
  refusedImage: () => undefined,
}

/** One command of a step, by bash's grammar. */
export interface LintCommand {
  readonly step: Step
  readonly command: Command
  readonly reading: ShellReading
  /** The span on the page of a range in the command's text. */
  readonly span: (place: { readonly start: number; readonly end: number }) => Span
}

export interface LintPage extends ParsedPage {
  readonly commands: readonly LintCommand[]
  /** For blocks that contain no commands: the first word that cannot be a command. */
  readonly noCommands: readonly { readonly lint: LintCommand; readonly word: ShellWord }[]
  /** All fences, including those that never run. */
  readonly fences: readonly Fence[]
  /**
   * The whole page as Markdown, links and HTML included; `undefined` if a line is too long to be
   * typed by a person.
   */
  readonly markdown: () => Root | undefined
  readonly project: Project
}

export type Rule = (page: LintPage, report: Report) => void

export function lintPageOf(page: ParsedPage, project: Project): LintPage {
  const commands: LintCommand[] = []
  const noCommands: LintPage['noCommands'][number][] = []
  for (const step of page.runbook.steps) {
    if (step.kind !== 'shell' && step.kind !== 'console') continue
    const own = commandsOf(step).map((command) => ({
      step,
      command,
      reading: readSimpleCommands(command.text),
      span: placesOf(command, page),
    }))
    // The options on the line after a dangling `\` look like commands.
    const isCut = own.some(
      ({ command, reading }) => lineEndBlanks(command.text, reading).length > 0,
    )
    const odd = isCut
      ? undefined
      : own.flatMap((lint) => oddNames(lint).map((word) => ({ lint, word })))[0]
    if (odd) noCommands.push(odd)
    else for (const lint of own) commands.push(lint)
  }
  const fences = page.blocks.flatMap((block) => (block.kind === 'fence' ? [block.fence] : []))
  return { ...page, commands, noCommands, fences, markdown: markdownOf(page), project }
}

/** Parses on the first use, because few rules need it. */
function markdownOf({ source: { text } }: ParsedPage): LintPage['markdown'] {
  let tree: Root | undefined
  return () => {
    // The grammar of links is not linear in a line's length.
    if (/[^\n]{20000}/.test(text)) return undefined
    tree ??= wholeParser.parse(withBoundedDepth(text))
    return tree
  }
}

/** A transcript in a `bash` block is checked as the transcript that it is. */
function commandsOf(step: ShellStep): readonly Command[] {
  const isTranscript = step.kind === 'shell' && startsWithPrompt(step.fence.text)
  const commands = isTranscript ? readConsoleCommands(step.fence, new Report('')) : step.commands
  // Input of another program is not a bash command.
  return commands.filter(({ text }) => programPromptOf(text) === undefined)
}

/**
 * Words that cannot be commands: box drawings, rules of dashes, YAML's `key:`, `root:x:0:0`,
 * options.
 */
const odd =
  /^(?:[\u2500-\u257f\u25a0-\u25ff\u2022]|[=+*_~-]{3,}$|-{1,2}[A-Za-z]|[A-Za-z][\w.-]*:(?!:|\\))/
const chinese = /^[\p{P}\d]{0,3}\p{Script=Han}{2}/u

function oddNames({ reading, command }: Omit<LintCommand, 'span'>): readonly ShellWord[] {
  return reading.commands
    .map(({ name }) => name)
    .filter(
      ({ text, start }) =>
        (odd.test(text) ||
          isTableHead(command.text.slice(start).split('\n', 1)[0] ?? '') ||
          (chinese.test(text) && !isConnector(text))) &&
        !command.text.includes(`${text}()`),
    )
}

/** `NAME READY STATUS`: capitalised words in columns. */
function isTableHead(line: string): boolean {
  if (!/^\p{Lu}[\p{L}-]/u.test(line) || /[=$'"`|;&<>\\]/.test(line)) return false
  const words = line.trim().split(/\s+/)
  const columns = line.trim().split(/\t| {2,}/)
  const capitals = words.filter((word) => /^[\p{Lu}%(]/u.test(word)).length
  const isUpper = words.every((word) => /^[\p{Lu}\d()%/._-]+$/u.test(word))
  return (isUpper && words.length > 2) || (columns.length > 2 && capitals > words.length / 2)
}

/** Accounts for a list's indent, a quote's mark or a prompt before a command's lines. */
function placesOf({ text, span }: Command, { source }: ParsedPage): LintCommand['span'] {
  const starts = lineStartsOf(text)
  const lines = text.split('\n')
  const point = (offset: number): Point => {
    const line = lineAt(starts, offset)
    const inLine = offset - (starts[line] ?? 0)
    if (line === 0) return source.at(span.start.line, span.start.column + inLine)
    const raw = source.line(span.start.line + line)
    const column = Math.max(0, raw.length - (lines[line]?.length ?? 0)) + 1 + inLine
    return source.at(span.start.line + line, column)
  }
  return ({ start, end }) => ({ start: point(start), end: point(end) })
}

/** Inserts text at a position. */
export function insertion(at: Point, text: string): Edit {
  return { start: at.offset, end: at.offset, text }
}

export function replacement(span: Span, text: string): Edit {
  return { start: span.start.offset, end: span.end.offset, text }
}

/** Every simple command of a page with its step, except in a synopsis (`su [-] [user]`). */
export function* simpleCommands(
  page: LintPage,
): Generator<{ readonly lint: LintCommand; readonly simple: SimpleCommand }> {
  for (const lint of page.commands) {
    for (const simple of lint.reading.commands) {
      if (!simple.args.some(({ text }) => /^\[(?:-|[A-Za-z_]{3}|\p{Script=Han})/u.test(text)))
        yield { lint, simple }
    }
  }
}
