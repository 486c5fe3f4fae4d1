/** Reports prompts in a `bash` block: bash would run them as commands. */

import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import type { Mend } from '../diagnostic/diagnostic.ts'
import type { Fence } from '../model/fence.ts'
import { FencePlaces } from '../parse/fence-places.ts'
import { splitShell } from '../parse/shell-commands.ts'
import { renameFence } from '../parse/info-edits.ts'
import type { PageSource } from '../parse/page-source.ts'
import { sessionOpenedBy } from '../parse/session-opener.ts'
import { machineOf, promptOfLine, readTranscript } from '../parse/transcript.ts'
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
      const removed = withoutPrompts(fence, lines, prompted)
      const mend = removed ?? asTranscript(fence, page.source)
      const help = removed ? messages.removePrompts : shared.transcript
      const prompt = (lines[first.line] ?? '').slice(0, first.length).trim()
      report.add('RB0306', span, messages.promptAsCommand(prompt), help, mend)
    } else if (programAt !== -1) {
      const line = lines[programAt] ?? ''
      const prompt = programPromptOf(line) ?? ''
      const span = {
        start: places.at(programAt, 0),
        end: places.at(programAt, prompt.trimEnd().length),
      }
      report.add('RB0306', span, messages.promptAsCommand(prompt.trim()), messages.typedAtProgram, {
        left: messages.nothingOpensIt,
      })
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

/** Certain only where every line is a command at one machine's prompt, or goes on with the one before. */
function withoutPrompts(
  fence: Fence,
  lines: readonly string[],
  prompted: readonly Prompted[],
): Mend | undefined {
  const marked = new Map(prompted.map(({ line, length }) => [line, length]))
  const isOnlyCommands = lines.every(
    (line, index) =>
      marked.has(index) ||
      line.trim() === '' ||
      line.startsWith('#') ||
      (index > 0 && lines[index - 1]?.endsWith('\\') === true),
  )
  const commands = prompted.map(({ line, length }) => (lines[line] ?? '').slice(length))
  // What is typed behind `ssh` or `docker run -it` is another machine's.
  const isOneShell = commands.slice(0, -1).every((text) => sessionOpenedBy(text) === undefined)
  if (!isOnlyCommands || !isOneShell || machinesOf(lines, prompted).length > 1) return undefined
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

/** Certain where a transcript of one machine is what it reads as. */
function asTranscript(fence: Fence, source: PageSource): Mend {
  const { commands, problem } = readTranscript(fence.text)
  if (problem || commands.length === 0) return { left: messages.unreadTranscript }
  const [one = '', other] = [
    ...new Map(commands.map(({ prompt }) => [machineOf(prompt), prompt])).values(),
  ]
  if (other !== undefined) return { left: messages.twoMachines(one.trim(), other.trim()) }
  const lines = fence.text.split('\n')
  if (lines.slice(commands[0]?.startLine).some((line) => line.startsWith('#')))
    return { left: messages.remarkOrOutput }
  return { edits: [renameFence(fence, source, 'console')] }
}

function machinesOf(lines: readonly string[], prompted: readonly Prompted[]): readonly string[] {
  return [
    ...new Set(prompted.map(({ line, length }) => machineOf((lines[line] ?? '').slice(0, length)))),
  ]
}
