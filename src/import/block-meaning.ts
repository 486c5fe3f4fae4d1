/** What a block without a name of ours holds. */

import { programPromptOf } from '../lint/program-prompt.ts'
import type { Fence } from '../model/fence.ts'
import { typedAtProgram } from '../parse/program-prompts.ts'
import { splitShell } from '../parse/shell-commands.ts'
import { promptOfLine, readTranscript } from '../parse/transcript.ts'
import { startsWithCommand } from '../lint/command-start.ts'

export type BlockMeaning = 'bash' | 'console' | 'typed' | 'other' | 'foreign'

/** Names that say nothing of what is in a block, or that it is a terminal's. */
const open = new Set([
  '',
  'text',
  'txt',
  'plaintext',
  'plain',
  'none',
  'terminal',
  'term',
  'command',
  'commands',
  'cmdline',
  'command-line',
  'commandline',
  'cli',
  'linux',
  'prompt',
  'shell-script',
  'shellscript',
  'sh-session',
  'bash-session',
  'zsh-session',
  'terminal-session',
  'log',
])

export function blockMeaning({ language, text, attributes }: Fence): BlockMeaning {
  if (!open.has(language) || attributes.some(({ name }) => name === 'file' || name === 'run'))
    return 'foreign'
  const lines = text.split('\n')
  const first = lines.find((line) => line.trim() !== '') ?? ''
  const prompt = promptOfLine(first)
  if (prompt !== undefined && first.length > prompt.length) return transcriptOrOther(text)
  if (/^# \S/.test(first) && startsWithCommand(first.slice(2)) && !hasPlainCommands(lines))
    return transcriptOrOther(text)
  if (typedAtProgram(first) ?? programPromptOf(first)) return 'typed'
  return isCommands(text) ? 'bash' : 'other'
}

function transcriptOrOther(text: string): BlockMeaning {
  const { commands, problem } = readTranscript(text)
  return problem === undefined && commands.length > 0 ? 'console' : 'other'
}

/** Lines below a `# ` that are commands themselves make it a remark. */
function hasPlainCommands(lines: readonly string[]): boolean {
  return lines.some((line) => !line.startsWith('#') && startsWithCommand(line.trim()))
}

function isCommands(text: string): boolean {
  const { commands, problem } = splitShell(text)
  if (problem) return false
  const starts = commands.map((range) => startsWithCommand(text.slice(range.start, range.end)))
  const known = starts.filter(Boolean).length
  return starts[0] === true && known * 2 > commands.length
}
