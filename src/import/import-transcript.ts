/** What a terminal showed: a `console` block for each command that printed something. */

import { startsWithCommand } from '../lint/command-start.ts'
import { sessionOpenedBy } from '../parse/session-opener.ts'
import { machineOf, promptOfLine, readTranscript } from '../parse/transcript.ts'
import { escapeProse, literalTranscript } from './escape-text.ts'
import { messages } from './messages.ts'
import { type Draft, DraftWriter } from './page-draft.ts'
import { readTerminal } from './terminal-text.ts'

export function importTranscript(title: string, source: string): Draft {
  const { lines: shown, screens } = readTerminal(source)
  const body = new DraftWriter()
  body.block(`# ${escapeProse(title)}`)
  if (screens > 0) body.remark(messages.screensCut(screens))
  const lines = shown.map(withKnownPrompt)
  const blocks = blocksOf(lines)
  if (blocks.length === 0) {
    body.remark(messages.noPrompts, { help: messages.writePrompts, shown: shown.join('\n') })
    body.fence('text', shown.join('\n'))
    return body.draft
  }
  body.remark(messages.outputLiteral, { help: messages.recordAndSync })
  for (const block of blocks) {
    if (block.isCancelled) {
      body.remark(messages.cancelled(block.lines[0] ?? ''), { shown: block.lines.join('\n') })
      continue
    }
    const text = consoleText(block.lines)
    if (text !== '') body.fence('console', text)
  }
  return body.draft
}

/** Prompts of themes: `➜  app git:(main) `, `❯ `, `λ `. */
function withKnownPrompt(line: string): string {
  return line.replace(/^(?:➜\s+\S+(?:\s+git:\([^)]*\))?(?:\s+✗)?|❯|λ|»)\s+/u, '$ ')
}

interface Block {
  readonly lines: readonly string[]
  /** A command that the person broke off. */
  readonly isCancelled: boolean
}

/** A block ends behind a command that printed something. */
function blocksOf(lines: readonly string[]): readonly Block[] {
  const starts = promptLines(lines)
  const blocks: Block[] = []
  let own: string[] = []
  const flush = () => {
    if (own.length > 0) blocks.push({ lines: own, isCancelled: false })
    own = []
  }
  for (const [index, start] of starts.entries()) {
    const chunk = lines.slice(start, starts[index + 1])
    while (chunk.at(-1)?.trim() === '') chunk.pop()
    const first = chunk[0] ?? ''
    const prompt = promptOfLine(first) ?? /^# /.exec(first)?.[0] ?? ''
    const command = first.slice(prompt.length).trim()
    if (command === '' || /^(?:exit|logout|clear|reset|history)$/.test(command)) continue
    if (chunk.some((line) => /\^C\s*$/.test(line))) {
      flush()
      blocks.push({ lines: chunk, isCancelled: true })
      continue
    }
    own.push(...chunk)
    if (chunk.length > 1) flush()
  }
  flush()
  return blocks
}

/** Where commands of the first machine start; what is typed in a session belongs to its opener. */
function promptLines(lines: readonly string[]): readonly number[] {
  const isRoot = lines.every((line) => promptOfLine(line) === undefined)
  const starts: number[] = []
  let session: string | undefined
  for (const [at, line] of lines.entries()) {
    const isBare = isRoot && line.startsWith('# ') && startsWithCommand(line.slice(2))
    const prompt = promptOfLine(line) ?? (isBare ? '# ' : undefined)
    if (prompt === undefined) continue
    if (session !== undefined && machineOf(prompt) !== session) continue
    session =
      sessionOpenedBy(line.slice(prompt.length)) === undefined ? undefined : machineOf(prompt)
    starts.push(at)
  }
  return starts
}

/** What was printed is literal; a command's own lines stay as they are. */
function consoleText(lines: readonly string[]): string {
  const { commands } = readTranscript(lines.join('\n'))
  const printed = new Set<number>()
  for (const { output, endLine } of commands) {
    const typed = new Set(output?.typed.map(({ line }) => line + (output.startLine ?? 0)))
    const last = output?.endLine ?? endLine + 1
    for (let at = endLine + 1; at < last; at++) if (!typed.has(at)) printed.add(at)
  }
  return lines.map((line, at) => (printed.has(at) ? literalTranscript(line) : line)).join('\n')
}
