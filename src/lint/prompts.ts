/** Prompts in a `bash` block: bash takes them for commands. */

import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import type { Fence } from '../model/fence.ts'
import { FencePlaces } from '../parse/fence-places.ts'
import { splitShell } from '../parse/shell-commands.ts'
import { promptOfLine } from '../parse/transcript.ts'
import type { Rule } from './lint-page.ts'
import { programPromptOf } from './program-prompt.ts'

export const prompts: Rule = (page, report) => {
  for (const step of page.runbook.steps) {
    if (step.kind !== 'shell') continue
    const { fence } = step
    const lines = fence.text.split('\n')
    const prompted = promptsIn(lines)
    const [first] = prompted
    const places = new FencePlaces(fence)
    const programAt = lines.findIndex((line) => programPromptOf(line) !== undefined)
    if (first) {
      const span = { start: places.at(first.line, 0), end: places.at(first.line, first.length) }
      const fix = withoutPrompts(fence, lines, prompted)
      const help = fix ? messages.removePrompts : shared.transcript
      const prompt = (lines[first.line] ?? '').slice(0, first.length).trim()
      report.add('RB0306', span, messages.promptAsCommand(prompt), help, fix)
    } else if (programAt !== -1) {
      const line = lines[programAt] ?? ''
      const prompt = programPromptOf(line) ?? ''
      const span = {
        start: places.at(programAt, 0),
        end: places.at(programAt, prompt.trimEnd().length),
      }
      report.add('RB0306', span, messages.promptAsCommand(prompt.trim()), messages.typedAtProgram)
    }
  }
}

interface Prompted {
  readonly line: number
  readonly length: number
}

/** Lines that start with a prompt; none where the first line that says something has none. */
function promptsIn(lines: readonly string[]): readonly Prompted[] {
  const found = lines.flatMap((line, index) => {
    const prompt = promptOfLine(line)
    return prompt === undefined || prompt.length >= line.length
      ? []
      : [{ line: index, length: prompt.length }]
  })
  const firstText = lines.findIndex((line) => line.trim() !== '' && !line.startsWith('#'))
  return found[0]?.line === firstText ? found : []
}

/** Certain only where every line is a prompt with a command, or goes on with the one before. */
function withoutPrompts(fence: Fence, lines: readonly string[], prompted: readonly Prompted[]) {
  const marked = new Map(prompted.map(({ line, length }) => [line, length]))
  const isOnlyCommands = lines.every(
    (line, index) =>
      marked.has(index) ||
      line.trim() === '' ||
      line.startsWith('#') ||
      (index > 0 && lines[index - 1]?.endsWith('\\') === true),
  )
  if (!isOnlyCommands) return undefined
  const bare = lines.map((line, index) => line.slice(marked.get(index) ?? 0)).join('\n')
  if (splitShell(bare).problem) return undefined
  const places = new FencePlaces(fence)
  const edits = prompted.map(({ line, length }) => ({
    start: places.at(line, 0).offset,
    end: places.at(line, length).offset,
    text: '',
  }))
  return { edits }
}
