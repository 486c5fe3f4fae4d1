/**
 * Reads a block that is written as a terminal shows it: prompts, commands, output (DESIGN 3.5).
 *
 * The shell's grammar says where a command ends; a prompt is never stripped by guess: `$HOME/x` or
 * a here-document's line that starts with `$` is no prompt.
 */

import { splitShell } from './shell-commands.ts'

/** Line numbers count from 0 in the block; columns from 0 in the line. */
export interface TranscriptCommand {
  readonly text: string
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  /** Lines up to the next prompt; `undefined` where none follow. */
  readonly output:
    | { readonly text: string; readonly startLine: number; readonly endLine: number }
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
const programPrompt = /^((?:[A-Za-z][\w-]*(?: ?[[(][^\])]*[\])])?>|>>>|sqlite>) )(.*)$/

export function readTranscript(text: string): Transcript {
  const lines = text === '' ? [] : text.split('\n')
  const others = lines.some((line) => dollarPrompt.test(line) || placedRootPrompt.test(line))
  const promptOf = (line: string): string | undefined =>
    dollarPrompt.exec(line)?.[0] ??
    placedRootPrompt.exec(line)?.[0] ??
    (others ? undefined : bareRootPrompt.exec(line)?.[0])

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
    const read = readCommand(lines, at, first)
    if (read.problem !== undefined) {
      return { commands: [], problem: { message: read.problem, line: at, column: prompt.length } }
    }
    const { output, dialog, next } = readAnswer(lines, read.endLine + 1, promptOf)
    const startColumn = prompt.length
    commands.push({
      text: read.text,
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
  readonly problem: string | undefined
}

/** Goes on for as long as the grammar says that the command is incomplete, with or without `> `. */
function readCommand(lines: readonly string[], start: number, first: string): ReadCommand {
  let text = first
  let endLine = start
  for (;;) {
    const { problem } = splitShell(text)
    const goesOn = problem?.incomplete === true || /(?:^|[^\\])(?:\\\\)*\\$/.test(text)
    const next = lines[endLine + 1]
    if (!goesOn || next === undefined) return { text, endLine, problem: problem?.message }
    text += `\n${next.replace(/^> ?/, '')}`
    endLine++
  }
}

function readAnswer(
  lines: readonly string[],
  start: number,
  promptOf: (line: string) => string | undefined,
): Pick<TranscriptCommand, 'output' | 'dialog'> & { readonly next: number } {
  const output: string[] = []
  const dialog: { prompt: string; answer: string; line: number }[] = []
  let at = start
  for (; at < lines.length; at++) {
    const line = lines[at] ?? ''
    if (promptOf(line) !== undefined) break
    const [, prompt, answer] = programPrompt.exec(line) ?? []
    if (prompt !== undefined && answer !== undefined)
      dialog.push({ prompt: prompt.trimEnd(), answer, line: at })
    output.push(
      line.startsWith('\\') && promptOf(line.slice(1)) !== undefined ? line.slice(1) : line,
    )
  }
  const printed = output.join('\n').trimEnd() !== '' && dialog.length === 0
  return {
    output: printed ? { text: output.join('\n'), startLine: start, endLine: at } : undefined,
    dialog,
    next: at,
  }
}
