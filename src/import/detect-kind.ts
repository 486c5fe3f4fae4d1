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
  const starts = promptOfLine(own[0] ?? '') !== undefined
  return starts && !isMarkdown ? 'transcript' : 'tutorial'
}

function isHistory(lines: readonly string[]): boolean {
  const stamps = lines.filter((line) => /^(?:: \d{9,}:\d+;|#\d{9,}$)/.test(line))
  return stamps.length > 1 && stamps.length * 3 > lines.length
}
