/**
 * What a rule looks at: a page that was read, its commands as bash sees them, and the project
 * around it through a port, so that rules stay pure.
 */

import type { Root } from 'mdast'
import type { Edit } from '../diagnostic/diagnostic.ts'
import type { Fence } from '../model/fence.ts'
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

/** A file that a link or an `on-error` names. */
export interface LinkTarget {
  /**
   * The places in it that can be linked to, as they are written, by their letters and digits;
   * `undefined` where it is no page of ours.
   */
  readonly anchors: ReadonlyMap<string, string> | undefined
}

/** What a page's surroundings say; answered by the command line. */
export interface Project {
  /** Names that the pages that a page requires set or declare. */
  readonly inherited: ReadonlySet<string>
  /** Whether a record of this page is kept. */
  readonly hasRecord: boolean
  /** @returns `undefined` where nothing is there; `'unknown'` where that cannot be said. */
  find(path: string): LinkTarget | 'unknown' | undefined
}

/** For a page alone: nothing is known of others. */
export const noProject: Project = {
  inherited: new Set(),
  hasRecord: false,
  find: () => 'unknown',
}

/** One command of a step, read by bash's grammar. */
export interface LintCommand {
  readonly step: Step
  readonly command: Command
  readonly reading: ShellReading
  /** A place in the command's text on the page. */
  readonly span: (place: { readonly start: number; readonly end: number }) => Span
}

export interface LintPage extends ParsedPage {
  readonly commands: readonly LintCommand[]
  /** The first word of a block that cannot be a command: what is in it is shown, not run. */
  readonly noCommands: readonly { readonly lint: LintCommand; readonly word: ShellWord }[]
  /** All fences, those that are never run among them. */
  readonly fences: readonly Fence[]
  /** The page as Markdown, links and HTML included; `undefined` where a line was not typed by a person. */
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
    // The options on the line behind a `\` that goes on with nothing look like commands.
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

/** Reads it once, and only for a rule that asks. */
function markdownOf({ source: { text } }: ParsedPage): LintPage['markdown'] {
  let tree: Root | undefined
  return () => {
    // The grammar of links is not linear in a line's length.
    if (/[^\n]{20000}/.test(text)) return undefined
    tree ??= wholeParser.parse(withBoundedDepth(text))
    return tree
  }
}

/** A block that is a transcript under a shell's name is looked at as what it is. */
function commandsOf(step: ShellStep): readonly Command[] {
  const isTranscript = step.kind === 'shell' && startsWithPrompt(step.fence.text)
  const commands = isTranscript ? readConsoleCommands(step.fence, new Report('')) : step.commands
  // What is typed at another program is no command of bash.
  return commands.filter(({ text }) => programPromptOf(text) === undefined)
}

/** Box drawings, rules of dashes, `key:` of YAML, `root:x:0:0`, options: no command is called so. */
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

/** `NAME  READY  STATUS`: words in capitals, or with one, that stand apart like columns. */
function isTableHead(line: string): boolean {
  if (!/^\p{Lu}[\p{L}-]/u.test(line) || /[=$'"`|;&<>\\]/.test(line)) return false
  const words = line.trim().split(/\s+/)
  const columns = line.trim().split(/\t| {2,}/)
  const capitals = words.filter((word) => /^[\p{Lu}%(]/u.test(word)).length
  const isUpper = words.every((word) => /^[\p{Lu}\d()%/._-]+$/u.test(word))
  return (isUpper && words.length > 2) || (columns.length > 2 && capitals > words.length / 2)
}

/** A command's lines may stand behind a list's indent, a quote's mark or a prompt. */
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

/** Puts text at a place. */
export function insertion(at: Point, text: string): Edit {
  return { start: at.offset, end: at.offset, text }
}

export function replacement(span: Span, text: string): Edit {
  return { start: span.start.offset, end: span.end.offset, text }
}

/** Every simple command of a page with the step that it belongs to; not a synopsis (`su [-] [user]`). */
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
