/** Reports blocks with commands under a language that nothing runs: they are only displayed. */

import { messages } from './messages.ts'
import type { Fence } from '../model/fence.ts'
import { fenceKind, isExample } from '../parse/fence-kind.ts'
import { FencePlaces } from '../parse/fence-places.ts'
import { promptOfLine } from '../parse/transcript.ts'
import { commandWord } from './command-words.ts'
import type { Rule } from './lint-page.ts'

type Runner = 'console' | 'either' | 'powershell' | 'cmd'

/**
 * Languages of shells and terminals in other tools, and how to run such a block here. Sources: the
 * language names of GitHub Linguist, Pygments, Prism and highlight.js.
 */
const words: ReadonlyMap<string, Runner> = new Map<string, Runner>([
  ['sh-session', 'console'],
  ['bash-session', 'console'],
  ['zsh-session', 'console'],
  ['terminal-session', 'console'],
  ['terminal', 'either'],
  ['term', 'either'],
  ['command', 'either'],
  ['commands', 'either'],
  ['command-line', 'either'],
  ['commandline', 'either'],
  ['cli', 'either'],
  ['shell-script', 'either'],
  ['shellscript', 'either'],
  ['linux', 'either'],
  ['prompt', 'either'],
  ['cmd', 'cmd'],
  ['bat', 'cmd'],
  ['batch', 'cmd'],
  ['dos', 'cmd'],
  ['winbatch', 'cmd'],
  ['powershell', 'powershell'],
  ['posh', 'powershell'],
  ['ps', 'powershell'],
  ['ps1', 'powershell'],
  ['pwsh', 'powershell'],
])

export const unrunFences: Rule = (page, report) => {
  for (const fence of page.fences) {
    if (fenceKind(fence) !== 'prose' || isExample(fence)) continue
    const { language } = fence
    const runner = words.get(language)
    if (language !== '' && runner === undefined) continue
    const lines = fence.text.split('\n')
    const index = lines.findIndex((each) => each.trim() !== '')
    const line = lines[index]
    if (line === undefined || (language === '' && !isCommand(line))) continue
    report.add(
      'RB0316',
      placeOf(fence, { index, line }),
      language === '' ? messages.namelessNeverRun : messages.neverRun(language),
      helpOf(runner ?? 'either', line),
    )
  }
}

function isCommand(line: string): boolean {
  const prompt = promptOfLine(line) ?? (line.startsWith('# ') ? '# ' : '')
  const rest = line.slice(prompt.length).trim()
  return prompt === '' || prompt === '# ' ? commandWord(rest) !== undefined : rest !== ''
}

function helpOf(runner: Runner, line: string) {
  if (runner === 'powershell') return messages.runInPowershell
  if (runner === 'cmd') return messages.noCmdHere
  const isTranscript = promptOfLine(line) !== undefined || /^# \S/.test(line)
  return runner === 'console' || isTranscript ? messages.runAsConsole : messages.runAsBash
}

/** The language, or the first line if there is none. */
function placeOf(fence: Fence, { index, line }: { index: number; line: string }) {
  if (fence.language === '') {
    const places = new FencePlaces(fence)
    const start = line.length - line.trimStart().length
    return { start: places.at(index, start), end: places.at(index, line.trimEnd().length) }
  }
  const { start } = fence.infoSpan
  const end = fence.language.length
  return {
    start,
    end: { line: start.line, column: start.column + end, offset: start.offset + end },
  }
}
