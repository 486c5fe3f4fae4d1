/** What a text is, by its name and its first lines. */

import { promptOfLine } from '../parse/transcript.ts'

export const importKinds = ['tutorial', 'transcript', 'script', 'history'] as const
export type ImportKind = (typeof importKinds)[number]

/** @param name - Of the file, without its folder. */
export function detectKind(name: string, text: string): ImportKind {
  const lines = text.slice(0, 20_000).split('\n')
  const [first = ''] = lines
  if (/\.cast$/i.test(name) || /^\{.*"version"\s*:\s*[123]\b/.test(first)) return 'transcript'
  if (first.startsWith('Script started on ') || text.includes('\u001b[')) return 'transcript'
  if (/\.(?:md|markdown|mdx|t|rst|adoc)$/i.test(name)) return 'tutorial'
  if (/\.(?:sh|bash|zsh|ksh)$/i.test(name)) return 'script'
  if (/^#!\s*\S*\b(?:env )?(?:ba|z|k|da)?sh\b/.test(first)) return 'script'
  if (/history/i.test(name) || isHistory(lines)) return 'history'
  const own = lines.filter((line) => line.trim() !== '')
  const isMarkdown = own.some((line) => /^(?:#{1,6} \S|```|~~~)/.test(line))
  const starts = own.slice(0, maxGreeting + 1).some((line) => isShellPrompt(line))
  return starts && !isMarkdown && isMostlySession(own) ? 'transcript' : 'tutorial'
}

/** A session may begin with the greeting of a login. */
const maxGreeting = 5

function isShellPrompt(line: string): boolean {
  const prompt = promptOfLine(line)
  return prompt !== undefined && line.length > prompt.length
}

/** Words of a person between the commands make a tutorial of it. */
function isMostlySession(lines: readonly string[]): boolean {
  const first = lines.findIndex(isShellPrompt)
  if (first <= 0) return first === 0
  const greeting =
    /^(?:Last login|Welcome|Linux |Debian|Ubuntu|\*|Warning|The programs included|Activate the web console)/
  return lines.slice(0, first).every((line) => greeting.test(line.trim()))
}

function isHistory(lines: readonly string[]): boolean {
  const stamps = lines.filter((line) => /^(?:: \d{9,}:\d+;|#\d{9,}$)/.test(line))
  const numbered = lines.filter((line) => /^ *\d+\*? {2}\S/.test(line))
  const isNumbered =
    numbered.length > 1 && numbered.length === lines.filter((line) => line.trim() !== '').length
  return isNumbered || (stamps.length > 1 && stamps.length * 3 > lines.length)
}
