/**
 * Lines in which a person wrote commands and words in one another (`Start it: systemctl start nginx`).
 * Out come words, and blocks of commands with the words as remarks.
 */

import { startsWithCommand } from '../lint/command-start.ts'
import { editedPath } from '../lint/edited-file.ts'
import { programPromptOf } from '../lint/program-prompt.ts'
import { typedAtProgram } from '../parse/program-prompts.ts'
import { splitShell } from '../parse/shell-commands.ts'
import { readSimpleCommands } from '../parse/simple-commands.ts'
import { promptOfLine } from '../parse/transcript.ts'
import { unwrap } from '../parse/unwrap.ts'
import { editedLines, settingsAt } from './file-lines.ts'
import {
  announcesCommand,
  announcesOutput,
  hasChinese,
  listMark,
  looksTyped,
  mayBeCommand,
  promisesOutput,
  withoutRemark,
} from './page-words.ts'
import { printedLines, shownLines } from './printed-lines.ts'

export type LoosePart =
  /** Words, as they stand; an empty line is one of theirs. */
  | { readonly kind: 'prose'; readonly lines: readonly string[] }
  /** Words that may be a command. */
  | { readonly kind: 'doubtful'; readonly text: string }
  | { readonly kind: 'commands'; readonly text: string }
  /** Commands behind prompts, and what they printed. */
  | { readonly kind: 'session'; readonly lines: readonly SessionLine[] }
  /** Lines at another program's prompt, and what it printed. */
  | { readonly kind: 'typed'; readonly lines: readonly string[] }
  /** What the commands before it print, as words above it say. */
  | { readonly kind: 'output'; readonly lines: readonly string[] }
  /** What stands in a file, as it stands. */
  | { readonly kind: 'text'; readonly text: string }

export interface SessionLine {
  readonly text: string
  readonly isPrinted: boolean
}

/**
 * @param isMarkdown - Whether the words are Markdown, in which a line of a sentence may start with
 *   a program's name.
 * @param before - What stands directly above.
 */
export function readLooseLines(
  text: string,
  { isMarkdown = false, before = [] }: { isMarkdown?: boolean; before?: readonly LoosePart[] } = {},
): readonly LoosePart[] {
  const parts: LoosePart[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length;) {
    const { part, count } = partAt(lines, at, { before: [...before, ...parts], isMarkdown })
    add(parts, part)
    at += count
  }
  return parts
}

interface Around {
  readonly before: readonly LoosePart[]
  readonly isMarkdown: boolean
}

interface Found {
  readonly part: LoosePart
  /** Lines. */
  readonly count: number
}

function partAt(lines: readonly string[], at: number, around: Around): Found {
  const line = lines[at] ?? ''
  if (line.trim() === '') return { part: { kind: 'prose', lines: [''] }, count: 1 }
  const path = openFile(around.before)
  const edited = path === undefined ? 0 : editedLines(lines, at, path)
  const content = edited === 0 ? settingsAt(lines, at) : edited
  const block = lines.slice(at, at + content)
  if (content > 0) return { part: { kind: 'text', text: dedent(block) }, count: content }
  const shown = isOutputDue(around.before) ? shownLines(lines, at) : 0
  if (shown > 0)
    return { part: { kind: 'output', lines: lines.slice(at, at + shown) }, count: shown }
  return sessionAt(lines, at) ?? typedAt(lines, at) ?? statementAt(lines, at, around)
}

/** The file that is open in an editor, with a few words behind it at most. */
function openFile(parts: readonly LoosePart[]): string | undefined {
  const words = parts.at(-1)?.kind === 'prose' ? parts.at(-1) : undefined
  const last = words ? parts.at(-2) : parts.at(-1)
  const isFar = words?.kind === 'prose' && said(words.lines).length > 3
  return last?.kind === 'commands' && !isFar ? editedIn(last.text) : undefined
}

function editedIn(text: string): string | undefined {
  const command = readSimpleCommands(text).commands.at(-1)
  return command && editedPath(unwrap(command))
}

function said(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.trim() !== '')
}

/** Whether words behind a command say that what follows is printed. */
function isOutputDue(parts: readonly LoosePart[]): boolean {
  const [step, words] = parts.slice(-2)
  if (words?.kind !== 'prose' || (step?.kind !== 'commands' && step?.kind !== 'session'))
    return false
  const own = said(words.lines)
  const last = own.at(-1)?.trim() ?? ''
  const isDue = (/[:：]$/.test(last) && announcesOutput(own.join('\n'))) || promisesOutput(last)
  return own.length < 3 && isDue
}

/** A command behind a prompt with what it printed; without that it is a command like others. */
function sessionAt(lines: readonly string[], at: number): Found | undefined {
  const first = (lines[at] ?? '').trim()
  const prompt = promptOfLine(first)
  if (prompt === undefined || first.length === prompt.length) return undefined
  if (editedIn(first.slice(prompt.length)) !== undefined) return undefined
  const indent = /^\s*/.exec(lines[at] ?? '')?.[0] ?? ''
  const bare = lines.map((line, index) =>
    index >= at && line.startsWith(indent) ? line.slice(indent.length) : line,
  )
  const typed = typedCount(bare, at, prompt)
  const printed = printedLines(bare, at + typed)
  const isOwn = printed > 0 || bare.slice(at + 1, at + typed).some((line) => line.startsWith('> '))
  if (!isOwn) return undefined
  return {
    part: {
      kind: 'session',
      lines: bare.slice(at, at + typed + printed).map((text, index) => ({
        text: index === 0 ? withoutRemark(text)[0] : text,
        isPrinted: index >= typed,
      })),
    },
    count: typed + printed,
  }
}

/** Lines of one command, by the grammar; behind a prompt each may start with `> `. */
function typedCount(lines: readonly string[], at: number, prompt: string): number {
  let text = (lines[at] ?? '').slice(prompt.length)
  const isOpen = () => splitShell(text).problem?.incomplete === true || /\\\s*$/.test(text)
  for (let count = 1; count < maxStatement && at + count <= lines.length; count++) {
    if (!isOpen()) return count
    const next = lines[at + count]
    if (next === undefined) break
    text += `\n${next.replace(/^> ?/, '')}`
  }
  return 1
}

/** Lines at the prompt of `mysql` and the like, with what it answers. */
function typedAt(lines: readonly string[], at: number): Found | undefined {
  const text = (lines[at] ?? '').trim().replace(listMark, '')
  const [before, rest] = splitLabel(text)
  const typed = typedIn(rest)
  if (typed === undefined) return undefined
  const [command, remark] = withoutRemark(typed)
  const words = [before, remark].filter((each) => each !== '').join(' ')
  const printed = printedLines(lines, at + 1)
  const answer = lines.slice(at + 1, at + 1 + printed)
  // An empty line is kept for what it says.
  const own = words === '' ? [command] : [command, `# ${words}`]
  return { part: { kind: 'typed', lines: [...own, ...answer] }, count: 1 + printed }
}

const maxStatement = 200

/** A command, with the lines that its grammar still waits for; else a line of words. */
function statementAt(lines: readonly string[], at: number, around: Around): Found {
  const line = lines[at] ?? ''
  const prose: Found = { part: { kind: 'prose', lines: [line] }, count: 1 }
  const trimmed = line.trim()
  const text = trimmed.replace(listMark, '')
  const [before, rest] = splitLabel(text)
  const prompt = promptOfLine(rest) ?? ''
  const first = rest.slice(prompt.length)
  const announced = isAnnounced(around.before) && mayBeCommand(first)
  const isSure = prompt !== '' || startsWithCommand(first) || opensCompound(first) || announced
  if (first === '' || !isSure || (prompt === '' && !standsAlone(lines, at, around))) {
    const isDoubtful = first === trimmed && looksTyped(first)
    return isDoubtful && standsAlone(lines, at, around)
      ? { part: { kind: 'doubtful', text: trimmed }, count: 1 }
      : prose
  }
  const [own, remark] = /\\\s*$/.test(first) ? [first, ''] : withoutRemark(first)
  const { command, count } = wholeCommand(lines, at, own)
  if (command === '' || splitShell(command).problem) return prose
  const words = [before.replace(/[：:，,]\s*$/, ''), remark].filter((each) => each !== '').join(' ')
  return {
    part: { kind: 'commands', text: words === '' ? command : `# ${words}\n${command}` },
    count,
  }
}

function opensCompound(line: string): boolean {
  return /^(?:for \w+ in .*;? *(?:do)?|while .*; *do|until .*; *do|if (?:\[.*|! .*|.*); *then|case \S+ in|(?:function )?[\w-]+ ?\(\) ?\{)$/.test(
    line,
  )
}

/** A here-document, a loop, a quoted text or a `\` goes on in the next lines. */
function wholeCommand(
  lines: readonly string[],
  at: number,
  first: string,
): { readonly command: string; readonly count: number } {
  let command = first
  for (let count = 1; count < maxStatement; count++) {
    const isOpen = splitShell(command).problem?.incomplete === true || /\\\s*$/.test(command)
    const next = lines[at + count]
    if (!isOpen || next === undefined) {
      // What is never closed was a sentence.
      return { command, count }
    }
    command += `\n${next.trim() === '' ? '' : next}`
  }
  return { command: first, count: 1 }
}

/** In Markdown a line belongs to the sentence before it, unless that has ended. */
function standsAlone(
  lines: readonly string[],
  at: number,
  { before, isMarkdown }: Around,
): boolean {
  if (!isMarkdown) return true
  const above = lines[at - 1]?.trim() ?? ''
  const isBehindWords = before.at(-1)?.kind === 'prose' && above !== ''
  return !isBehindWords || /[:：。]$/.test(above) || hasChinese(above)
}

function isAnnounced(parts: readonly LoosePart[]): boolean {
  const last = parts.at(-1)
  const words = last?.kind === 'prose' ? said(last.lines).at(-1) : undefined
  return words !== undefined && announcesCommand(words)
}

/** What stands before a command behind a colon. */
function splitLabel(text: string): readonly [string, string] {
  if (startsWithCommand(text) || promptOfLine(text) !== undefined) return ['', text]
  for (const { index, 0: colon } of text.matchAll(/[：:，]\s*/g)) {
    const rest = text.slice(index + colon.length)
    if (typedIn(rest) !== undefined || startsWithCommand(rest))
      return [text.slice(0, index + 1), rest]
  }
  return ['', text]
}

/** `mysql> show databases;` as it is typed, with its prompt. */
function typedIn(text: string): string | undefined {
  if (typedAtProgram(text)) return text
  const prompt = programPromptOf(text)
  return prompt === undefined ? undefined : `${prompt.trimEnd()} ${text.slice(prompt.length)}`
}

/** Without the indent that all lines have. */
function dedent(lines: readonly string[]): string {
  const indents = lines.flatMap((line) =>
    line.trim() === '' ? [] : [/^[ \t]*/.exec(line)?.[0].length ?? 0],
  )
  const shared = Math.min(...indents)
  return lines.map((line) => line.slice(shared).trimEnd()).join('\n')
}

/** Commands that follow each other are one block, and so is what is typed. */
function add(parts: LoosePart[], part: LoosePart): void {
  if (part.kind === 'output') splitLast(parts)
  const last = parts.at(-1)
  const blank = part.kind === 'prose' && said(part.lines).length === 0
  const joined = last && joinedPart(last, part)
  if (joined) parts[parts.length - 1] = joined
  // An empty line between commands divides nothing.
  else if (!blank || last?.kind === 'prose') parts.push(part)
}

/** Of several commands the last one printed what is shown. */
function splitLast(parts: LoosePart[]): void {
  const at = parts.length - 2
  const step = parts[at]
  if (step?.kind !== 'commands') return
  const start = splitShell(step.text).commands.at(-1)?.start ?? 0
  // Its remark stands in the line above.
  const from = /(?:^|\n)#[^\n]*\n$/.exec(step.text.slice(0, start))?.index ?? start
  const [before, own] = [step.text.slice(0, from), step.text.slice(from)]
  const blocks = before.trim() === '' ? [step.text] : [before.trimEnd(), own.trimStart()]
  parts.splice(at, 1, ...blocks.map((text) => ({ kind: 'commands' as const, text })))
}

function joinedPart(last: LoosePart, part: LoosePart): LoosePart | undefined {
  if (last.kind === 'prose' && part.kind === 'prose')
    return { kind: 'prose', lines: [...last.lines, ...part.lines] }
  if (last.kind === 'commands' && part.kind === 'commands')
    return { kind: 'commands', text: `${last.text}\n${part.text}` }
  if (last.kind === 'session' && part.kind === 'session')
    return { kind: 'session', lines: [...last.lines, ...part.lines] }
  if (last.kind === 'typed' && part.kind === 'typed')
    return { kind: 'typed', lines: [...last.lines, ...part.lines] }
  return undefined
}
