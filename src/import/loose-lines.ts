/**
 * Lines in which a person wrote commands and words in one another (`Start it: systemctl start nginx`).
 * Out come words, and blocks of commands with the words as remarks.
 */

import { programPromptOf } from '../lint/program-prompt.ts'
import { typedAtProgram } from '../parse/program-prompts.ts'
import { splitShell } from '../parse/shell-commands.ts'
import { promptOfLine } from '../parse/transcript.ts'
import { startsWithCommand } from './command-start.ts'
import { listMark, withoutRemark } from './page-words.ts'

export type LoosePart =
  | { readonly kind: 'prose'; readonly text: string }
  | { readonly kind: 'commands'; readonly text: string }
  /** Lines at another program's prompt. */
  | { readonly kind: 'typed'; readonly lines: readonly string[] }
  /** Settings of a file, as they stand. */
  | { readonly kind: 'text'; readonly text: string }

export function readLooseLines(text: string): readonly LoosePart[] {
  const parts: LoosePart[] = []
  const lines = text.split('\n')
  for (let at = 0; at < lines.length;) {
    const settings = settingsAt(lines, at)
    if (settings > 1) {
      add(parts, { kind: 'text', text: dedent(lines.slice(at, at + settings)) })
      at += settings
      continue
    }
    let line = lines[at] ?? ''
    at++
    while (endsOpen(line) && at < lines.length) line += `\n${lines[at++] ?? ''}`
    const part = partOf(line)
    if (part) add(parts, part)
  }
  return parts
}

/** Whether a `\` goes on in the next line. */
function endsOpen(line: string): boolean {
  return /\\\s*$/.test(line) && startsWithCommand(bareLine(line.split('\n')[0] ?? ''))
}

function bareLine(line: string): string {
  const text = line.trim().replace(listMark, '')
  return text.slice(promptOfLine(text)?.length ?? 0)
}

function partOf(line: string): LoosePart | undefined {
  const trimmed = line.trim()
  if (trimmed === '') return undefined
  const text = trimmed.replace(listMark, '')
  const [before, rest] = splitLabel(text)
  const typed = typedIn(rest)
  if (typed !== undefined) {
    const [command, remark] = withoutRemark(typed)
    const words = [before, remark].filter((each) => each !== '').join(' ')
    // An empty line is kept for what it says.
    return { kind: 'typed', lines: words === '' ? [command] : [command, `# ${words}`] }
  }
  const prompt = promptOfLine(rest) ?? ''
  const bare = rest.slice(prompt.length)
  if (bare === '' || (prompt === '' && !startsWithCommand(bare)))
    return { kind: 'prose', text: trimmed }
  const [command, remark] = bare.includes('\n') ? [bare, ''] : withoutRemark(bare)
  if (command === '' || splitShell(command).problem) return { kind: 'prose', text: trimmed }
  const words = [before.replace(/[：:，,]\s*$/, ''), remark].filter((each) => each !== '').join(' ')
  return { kind: 'commands', text: words === '' ? command : `# ${words}\n${command}` }
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

/** How many lines from here on are `[section]`, `key = value` and remarks on them. */
function settingsAt(lines: readonly string[], from: number): number {
  let count = 0
  let isSure = false
  for (let at = from; at < lines.length; at++) {
    const line = lines[at]?.trim() ?? ''
    const isSetting = /^(?:\[[\w .:-]+\]|[\w.-]+ ?=(?!=).*)$/.test(line) && !startsWithCommand(line)
    const isRemark = /^(?:#|\/\/|;)/.test(line)
    if (!isSetting && !(isRemark && count > 0)) break
    isSure ||= line.startsWith('[') || / = |^[a-z_.-]+=/.test(line)
    count++
  }
  return isSure ? count : 0
}

function dedent(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).join('\n')
}

/** Commands that follow each other are one block, and so is what is typed. */
function add(parts: LoosePart[], part: LoosePart): void {
  const last = parts.at(-1)
  if (last?.kind === 'commands' && part.kind === 'commands')
    parts[parts.length - 1] = { kind: 'commands', text: `${last.text}\n${part.text}` }
  else if (last?.kind === 'typed' && part.kind === 'typed')
    parts[parts.length - 1] = { kind: 'typed', lines: [...last.lines, ...part.lines] }
  else parts.push(part)
}
