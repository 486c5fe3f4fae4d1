/** Lines of plain text that are what stands in a file: settings, JSON, XML, what an editor gets. */

import { startsWithCommand } from '../lint/command-start.ts'
import { isContentOf } from '../lint/file-content.ts'
import { promptOfLine } from '../parse/transcript.ts'
import { hasChinese } from './page-words.ts'

const maxLines = 500

/** How many lines from here on are `[section]`, `key = value`, remarks on them, JSON or XML. */
export function settingsAt(lines: readonly string[], from: number): number {
  const enclosed = enclosedAt(lines, from)
  if (enclosed > 0) return enclosed
  let count = 0
  let isSure = false
  for (let at = from; at < lines.length; at++) {
    const line = lines[at]?.trim() ?? ''
    const isSet = /^(?:\[[\w .:-]+\]|[\w.-]+ ?=(?!=).*)$/.test(line) && !startsWithCommand(line)
    const isRemark = /^(?:#|\/\/|;)/.test(line)
    if (!isSet && !(isRemark && count > 0)) break
    isSure ||= line.startsWith('[') || / = |^[a-z_.-]+=/.test(line)
    count++
  }
  return isSure && count > 1 ? count : 0
}

/** From a line that opens a bracket or an element to the one that closes it. */
function enclosedAt(lines: readonly string[], from: number): number {
  const first = lines[from]?.trim() ?? ''
  const [, element] = /^<([A-Za-z][\w.:-]*)(?:\s[^<>]*)?>$/.exec(first) ?? []
  const isOpen = element !== undefined || /^[[{]$|^[\w."*/~^ -]{1,80}\s?\{$/.test(first)
  if (!isOpen || /\)\s*\{$/.test(first) || startsWithCommand(first)) return 0
  let depth = 0
  for (let at = from; at < Math.min(lines.length, from + maxLines); at++) {
    const line = lines[at]?.trim() ?? ''
    if (element !== undefined) {
      if (line === `</${element}>`) return at - from + 1
      continue
    }
    depth += countOf(line, /[[{]/g) - countOf(line, /[\]}]/g)
    if (depth <= 0) return at - from + 1
  }
  return 0
}

/**
 * How many lines from here on a person types into an editor that has `path` open.
 *
 * Ends at words, at a prompt and at a command; inside of brackets, and where all is indented, an
 * empty line ends nothing.
 */
export function editedLines(lines: readonly string[], from: number, path: string): number {
  const first = lines[from] ?? ''
  const own = lines.slice(from, from + 5).find((line) => !/^\s*#/.test(line)) ?? ''
  if (!startsContent(own, path)) return 0
  const indent = indentOf(first)
  let depth = 0
  let end = from
  for (let at = from; at < Math.min(lines.length, from + maxLines); at++) {
    const line = lines[at] ?? ''
    const isInside = depth > 0
    if (line.trim() !== '') {
      const text = line.trim()
      const isOwn = !startsWithCommand(text) || isContentOf(path, text)
      const belongs =
        indent > 0 ? indentOf(line) >= indent && !isPrompted(line) && isOwn : isSetting(line, path)
      if (!isInside && !belongs) break
      depth = Math.max(0, depth + countOf(line, /[[{]/g) - countOf(line, /[\]}]/g))
      end = at + 1
      continue
    }
    const next = lines[at + 1] ?? ''
    const goesOn = isInside || (indent > 0 ? /^\s/.test(next) : /^(?:\[[^\]]+\]|[<{#])/.test(next))
    if (!goesOn) break
  }
  // A remark at the end belongs to what follows it.
  while (end > from && /^\s*#/.test(lines[end - 1] ?? '')) end--
  return end - from
}

function indentOf(line: string): number {
  return /^\s*/.exec(line)?.[0].length ?? 0
}

function startsContent(line: string, path: string): boolean {
  return isSetting(line, path) && isContentOf(path, line.trim())
}

/** What a file has in a line: `key = value`, `key: value`, `Key value`, brackets, a remark. */
function isSetting(line: string, path: string): boolean {
  const text = line.trim()
  if (isPrompted(text)) return false
  if (/^(?:#|\/\/|;|--)/.test(text)) return true
  if (hasChinese(text.replace(/(?:#|\/\/|;)\s.*$/, ''))) return false
  if (/^(?:export\s+)?[\w.-]+\s*=(?!=)/.test(text)) return true
  if (/^(?:["'\w./-]+\s*:(?:\s|$)|- \S|[[\]{}<"])/.test(text)) return !/[a-z]\.$/.test(text)
  if (/[;{},]$/.test(text) && !startsWithCommand(text)) return true
  if (isContentOf(path, text) && startsWithCommand(text)) return true
  return (
    !startsWithCommand(text) &&
    /^[A-Za-z@*%\d][\w.*@%-]*(?:\s+[\w.:/*,@()=%"'-]+){1,6}$/.test(text) &&
    isDirective(text)
  )
}

/** `PermitRootLogin no`, `bind 0.0.0.0`, `0 2 * * * /root/backup.sh`; not `then restart it`. */
function isDirective(text: string): boolean {
  const words = text.split(/\s+/)
  return (
    words.length === 2 ||
    words.some((word) => /[\d/*=@%"]/.test(word)) ||
    /^[A-Z]\w*[A-Z]/.test(text)
  )
}

function isPrompted(line: string): boolean {
  const prompt = promptOfLine(line.trim())
  return prompt !== undefined && line.trim().length > prompt.length
}

function countOf(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}
