/**
 * Parses a block written as a terminal session: prompts, commands, output (DESIGN 3.5).
 *
 * The shell's grammar decides where a command ends. Prompts are recognised, never guessed:
 * `$HOME/x`, and a here-document line that starts with `$`, are not prompts.
 */

import { typedAtProgram, typedOn, type TypedLine } from './program-prompts.ts'
import { sessionOpenedBy } from './session-opener.ts'
import { endsInContinuation, splitShell } from './shell-commands.ts'
import type { ShellProblem } from './shell-problem.ts'

/** Lines count from 0 in the block, columns from 0 in the line. */
export interface TranscriptCommand {
  readonly text: string
  /** The prompt before it, with its blank. */
  readonly prompt: string
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  /** Lines up to the shell's next prompt; `undefined` if there are none. */
  readonly output:
    | {
        readonly text: string
        readonly startLine: number
        readonly endLine: number
        /** Lines of `text`, from 0, at another program's prompt. */
        readonly typed: readonly { readonly line: number; readonly prompt: string }[]
      }
    | undefined
  readonly dialog: readonly {
    readonly prompt: string
    readonly answer: string
    readonly line: number
  }[]
}

export interface TranscriptProblem {
  readonly message: string
  readonly line: number
  readonly column: number
  readonly opened:
    | { readonly word: string; readonly line: number; readonly column: number }
    | undefined
  readonly placeholder: string | undefined
}

export interface Transcript {
  readonly commands: readonly TranscriptCommand[]
  readonly problem: TranscriptProblem | undefined
}

const environment = String.raw`(?:\([\w.+-]+\)\s*)?`
const place = String.raw`(?:\[[^\]]*\]\s?|[\w.-]+@[\w.-]+(?::[^\s$#%]*|\s[^\s$#%]+)?\s?|[\w.-]+:[~/][^\s$#%]*\s?)`
const dollarPrompt = new RegExp(String.raw`^${environment}${place}?[$%](?: |$)`)
const placedRootPrompt = new RegExp(String.raw`^(?:${environment}${place}|\([\w.+-]+\)\s*)#(?: |$)`)
const bareRootPrompt = /^#(?: |$)/
/**
 * Prompts of a shell on another machine: `/ # `, `bash-5.1$ `, `~ $ `, and those of `promptOfLine`.
 */
const sessionPrompt = new RegExp(
  String.raw`^((?:${environment}${place}?|[a-z]{0,3}sh-[\d.]+|[~/]\S*\s?|[\w.-]+@\S+\s)[$%#])(?: (.*)|$)`,
)

/** The machine and user in a prompt; the whole prompt if it names none. */
export function machineOf(prompt: string): string {
  const [, name] = /([\w.-]+@[\w.-]+)/.exec(prompt) ?? /^\[?([\w.-]+)[: ]/.exec(prompt) ?? []
  return name ?? prompt.replace(new RegExp(`^${environment}`), '').trim()
}

/** Whether a lone `# ` is a prompt, because the command after it opens another shell. */
function startsAtRoot(lines: readonly string[]): boolean {
  const first = lines.find((line) => line.trim() !== '') ?? ''
  const prompt = bareRootPrompt.exec(first)?.[0]
  return prompt !== undefined && sessionOpenedBy(first.slice(prompt.length)) !== undefined
}

/** The prompt at a line's start, judged by this line alone; a lone `# ` does not count. */
export function promptOfLine(line: string): string | undefined {
  return dollarPrompt.exec(line)?.[0] ?? placedRootPrompt.exec(line)?.[0]
}

/** Whether a text starts with a prompt and a command. */
export function startsWithPrompt(text: string): boolean {
  const first = /^[^\S\n]*\S.*/m.exec(text.slice(0, 2000))?.[0] ?? ''
  return promptOfLine(first) !== undefined
}

export function readTranscript(text: string): Transcript {
  const lines = text === '' ? [] : text.split('\n')
  const others = lines.some((line) => promptOfLine(line) !== undefined) && !startsAtRoot(lines)
  const promptOf = (line: string): string | undefined =>
    promptOfLine(line) ?? (others ? undefined : bareRootPrompt.exec(line)?.[0])

  const commands: TranscriptCommand[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    const prompt = promptOf(line)
    if (prompt === undefined) {
      at++
      continue
    }
    const first = line.slice(prompt.length)
    if (first.trim() === '') {
      at++
      continue
    }
    const read = readCommand(lines, at, { first, promptOf })
    if (read.problem) return { commands: [], problem: placeOf(read, at, prompt.length) }
    const command = withoutContinuation(read.text)
    const isOwn = (other: string) => machineOf(other) === machineOf(prompt)
    const session = sessionOpenedBy(command) === undefined ? undefined : isOwn
    const { output, dialog, next } = readAnswer(lines, read.endLine + 1, { promptOf, session })
    const startColumn = prompt.length
    commands.push({
      text: command,
      prompt,
      startLine: at,
      startColumn,
      endLine: read.endLine,
      output,
      dialog,
    })
    at = next
  }
  return { commands, problem: undefined }
}

interface ReadCommand {
  readonly text: string
  readonly endLine: number
  readonly problem: ShellProblem | undefined
}

// Each added line parses all lines before it again, so the total work is limited.
const maxWork = 2_000_000

/**
 * Adds lines while the grammar reports an incomplete command, with or without `> `. A final `\`
 * before the next prompt ends the command.
 */
function readCommand(
  lines: readonly string[],
  start: number,
  { first, promptOf }: { first: string; promptOf: (line: string) => string | undefined },
): ReadCommand {
  let text = first
  let endLine = start
  let work = 0
  for (;;) {
    const { problem } = splitShell(text)
    work += text.length
    const next = lines[endLine + 1]
    if (next === undefined || work > maxWork) return { text, endLine, problem }
    const goesOn =
      problem?.incomplete === true || (endsInContinuation(text) && promptOf(next) === undefined)
    if (!goesOn) return { text, endLine, problem }
    const added = linesToAdd(lines, endLine + 1, problem)
    text += added.map((line) => `\n${line.replace(/^> ?/, '')}`).join('')
    endLine += added.length
  }
}

/** Removes a final `\` that continues on no line. */
function withoutContinuation(text: string): string {
  const end = /\\\n?$/.test(text) ? splitShell(text).commands.at(-1)?.end : undefined
  return end === undefined ? text : text.slice(0, end)
}

/**
 * At least one line, up to the next that may close the open construct: saves parser calls.
 */
function linesToAdd(
  lines: readonly string[],
  from: number,
  problem: ShellProblem | undefined,
): readonly string[] {
  const mark = closingMark(problem?.message ?? '')
  if (mark === undefined) return lines.slice(from, from + 1)
  const closes = (line: string) =>
    mark.isLine ? line.replace(/^> ?/, '').trim() === mark.text : line.includes(mark.text)
  for (let at = from; at < lines.length; at++)
    if (closes(lines[at] ?? '')) return lines.slice(from, at + 1)
  return lines.slice(from)
}

/** Text that a closing line must contain. */
function closingMark(
  message: string,
): { readonly text: string; readonly isLine: boolean } | undefined {
  const document = /^the here-document `(.*)` is never closed$/.exec(message)?.[1]
  if (document !== undefined) return { text: document, isLine: true }
  const word = /^expected '([^']+)' to close /.exec(message)?.[1]
  if (word !== undefined) return { text: word, isLine: false }
  if (message === 'unterminated single quote') return { text: "'", isLine: false }
  return message === 'unterminated double quote' ? { text: '"', isLine: false } : undefined
}

/** Position in the block of a command's syntax error. */
function placeOf({ text, problem }: ReadCommand, line: number, column: number): TranscriptProblem {
  const pointAt = (offset: number) => {
    const before = text.slice(0, offset).split('\n')
    const inLine = before.at(-1)?.length ?? 0
    return {
      line: line + before.length - 1,
      column: before.length === 1 ? column + inLine : inLine,
    }
  }
  const { message = '', opened, placeholder, start = 0, incomplete } = problem ?? {}
  // An unclosed construct is reported at its beginning, because it ends with the block.
  const at = incomplete === true ? { line, column } : pointAt(start)
  const mark = opened && { word: opened.word, ...pointAt(opened.at) }
  return { message, ...at, opened: mark, placeholder }
}

interface Prompts {
  readonly promptOf: (line: string) => string | undefined
  /** Set if the command opened a shell of its own: tells whether a prompt is the page's shell. */
  readonly session: ((prompt: string) => boolean) | undefined
}

function readAnswer(
  lines: readonly string[],
  start: number,
  { promptOf, session }: Prompts,
): Pick<TranscriptCommand, 'output' | 'dialog'> & { readonly next: number } {
  const output: string[] = []
  const dialog: { prompt: string; answer: string; line: number }[] = []
  const typed: { line: number; prompt: string }[] = []
  let input: Input | undefined
  let at = start
  for (; at < lines.length; at++) {
    const line = lines[at] ?? ''
    const shellPrompt = promptOf(line)
    if (shellPrompt !== undefined && session?.(shellPrompt) !== false) break
    const isOpen = session !== undefined
    input = continuedInput(line, { input, next: lines[at + 1] }) ?? newInput(line, isOpen)
    // A prompt without input: the session ends here.
    if (input && input.answer === '' && input.isFirst && isOpen) {
      input = undefined
      continue
    }
    if (input) {
      const { prompt, answer } = input
      dialog.push({ prompt, answer, line: at })
      typed.push({ line: output.length, prompt })
    }
    output.push(
      line.startsWith('\\') && promptOf(line.slice(1)) !== undefined ? line.slice(1) : line,
    )
  }
  const places = new Set(typed.map(({ line }) => line))
  const isPrinted = output.some((line, index) => line.trim() !== '' && !places.has(index))
  const text = output.join('\n')
  return {
    output: isPrinted ? { text, startLine: start, endLine: at, typed } : undefined,
    dialog,
    next: at,
  }
}

/** A line of input, and the prompt of its first line. */
interface Input extends TypedLine {
  readonly firstPrompt: string
  readonly isFirst: boolean
}

function newInput(line: string, isSession: boolean): Input | undefined {
  const [, prompt, answer = ''] = (isSession ? sessionPrompt.exec(line) : undefined) ?? []
  const typed = typedAtProgram(line) ?? (prompt === undefined ? undefined : { prompt, answer })
  return typed && { ...typed, firstPrompt: typed.prompt, isFirst: true }
}

/** Only a line directly after input continues it. */
function continuedInput(
  line: string,
  { input, next }: { readonly input: Input | undefined; readonly next: string | undefined },
): Input | undefined {
  if (!input) return undefined
  const { firstPrompt } = input
  const ofProgram = typedOn(line, { prompt: firstPrompt, previous: input, next })
  const ofShell =
    /[$%#]$/.test(firstPrompt) && !firstPrompt.includes('=') ? shellGoesOn(line) : undefined
  const typed = ofProgram ?? ofShell
  return typed && { ...typed, firstPrompt, isFirst: false }
}

function shellGoesOn(line: string): TypedLine | undefined {
  const [found, answer = ''] = /^>(?: (.*)|$)/.exec(line) ?? []
  return found === undefined ? undefined : { prompt: '>', answer }
}
