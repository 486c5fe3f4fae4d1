/**
 * Sets keys in the sections of an ini file: `[section]`, `key = value`, bare keys, comments.
 *
 * Refuses a file with other kinds of lines: a failed step is better than a key where no program
 * reads it.
 */

import type { FileLines } from './file-lines.ts'
import { FileProblem } from './file-problem.ts'

type Line =
  | { readonly kind: 'blank' | 'comment' | 'continued' }
  | { readonly kind: 'header'; readonly section: string }
  | { readonly kind: 'key'; readonly key: string; readonly indent: number }

/** @throws {FileProblem} */
export function mergeSections(file: FileLines, content: readonly string[]): void {
  const wanted = readIni(content)
  if (typeof wanted === 'number') throw notIni('text-not-ini', content, wanted)
  const old = readIni(file.texts)
  if (typeof old === 'number') throw notIni('not-ini', file.texts, old)
  const keys = new Set<string>()
  let section = ''
  for (const [index, line] of wanted.entries()) {
    const text = content[index] ?? ''
    if (line.kind === 'header') ({ section } = line)
    if (line.kind === 'continued') throw notIni('text-not-ini', content, index)
    if (line.kind === 'comment') ensureComment(file, section, text)
    if (line.kind !== 'key') continue
    const name = `${section} ${line.key}`
    if (keys.has(name)) throw new FileProblem('key-twice', line.key, sectionName(section))
    keys.add(name)
    setKey(file, section, line.key, text)
  }
}

function notIni(
  code: 'text-not-ini' | 'not-ini',
  lines: readonly string[],
  index: number,
): FileProblem {
  return new FileProblem(code, String(index + 1), (lines[index] ?? '').trim().slice(0, 60))
}

function sectionName(section: string): string {
  return section === '' ? '-' : section
}

/** The kind of each line, or the index of the first line that is not ini syntax. */
function readIni(texts: readonly string[]): readonly Line[] | number {
  const lines: Line[] = []
  let hasSection = false
  let isOpen = false
  let key: (Line & { readonly kind: 'key' }) | undefined
  for (const [index, text] of texts.entries()) {
    const line: Line | undefined = isOpen ? { kind: 'continued' } : readLine(text, hasSection, key)
    if (!line) return index
    if (line.kind === 'header') hasSection = true
    if (line.kind === 'header') key = undefined
    if (line.kind === 'key') key = line
    isOpen = (line.kind === 'key' || line.kind === 'continued') && endsOpen(text)
    lines.push(line)
  }
  return lines
}

/** Whether a backslash continues the line. */
function endsOpen(text: string): boolean {
  const [slashes = ''] = /\\+$/.exec(text) ?? []
  return slashes.length % 2 === 1
}

function readLine(
  text: string,
  hasSection: boolean,
  before: (Line & { readonly kind: 'key' }) | undefined,
): Line | undefined {
  const trimmed = text.trim()
  if (trimmed === '') return { kind: 'blank' }
  if (/^[#;]/.test(trimmed)) return { kind: 'comment' }
  const header = /^(\[.*\])\s*(?:[#;].*)?$/.exec(trimmed)?.[1]
  const indent = text.length - text.trimStart().length
  // An indented line continues the value, as in Python's ini files.
  if (before && indent > before.indent) return { kind: 'continued' }
  if (header !== undefined) return { kind: 'header', section: header }
  const key = readKey(trimmed, hasSection)
  return key === undefined ? undefined : { kind: 'key', key, indent }
}

/**
 * `a-b` and `a_b` are one key, as in MySQL. A colon separates a value only inside a section; before
 * one it may be YAML.
 */
function readKey(text: string, hasSection: boolean): string | undefined {
  const places = [text.indexOf('='), hasSection ? text.search(/:(?:\s|$)/) : -1]
  const end = Math.min(...places.filter((place) => place !== -1))
  if (end === Infinity) {
    const isBare = /^(?:[!%]\S.*|[\w.\u0080-\u00ff][\w.\u0080-\u00ff-]*)$/.test(text)
    return isBare ? normalKey(text) : undefined
  }
  const key = text.slice(0, end).replace(/\+$/, '')
  const isKey = key.trim() !== '' && !/[{}<>;()|&`$]|:\s|^-\s/.test(key)
  return isKey ? normalKey(key) : undefined
}

function normalKey(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').replaceAll('-', '_')
}

interface Found {
  readonly index: number
  readonly section: string
  readonly line: Line
}

/** The lines of the file with their sections; recomputed after every change. */
function linesOf(file: FileLines): readonly Found[] {
  const lines = readIni(file.texts)
  if (typeof lines === 'number') throw notIni('not-ini', file.texts, lines)
  let section = ''
  return lines.map((line, index) => {
    if (line.kind === 'header') ({ section } = line)
    return { index, section, line }
  })
}

function setKey(file: FileLines, section: string, key: string, text: string): void {
  const lines = linesOf(file)
  const own = lines.filter((each) => each.section === section)
  const [at, more] = own.filter(({ line }) => line.kind === 'key' && line.key === key)
  if (more !== undefined) {
    const same = own.filter(({ line }) => line.kind === 'key' && line.key === key)
    if (same.every(({ index }) => file.textAt(index) === text)) return
    throw new FileProblem('key-twice', key, sectionName(section))
  }
  if (at) {
    if (file.textAt(at.index) === text) return
    if (lines[at.index + 1]?.line.kind === 'continued')
      throw new FileProblem('long-value', key, String(at.index + 1))
    file.set(at.index, text)
    return
  }
  refuseOtherCase(own, key)
  // Some programs read such a line as more of the value above it, others as a key.
  const unclear = own.find(
    ({ line, index }) =>
      line.kind === 'continued' && readKey(file.textAt(index).trim(), true) === key,
  )
  if (unclear) throw new FileProblem('unclear-line', key, String(unclear.index + 1))
  insert(file, section, text)
}

function ensureComment(file: FileLines, section: string, text: string): void {
  const isThere = linesOf(file).some(
    (each) => each.section === section && file.textAt(each.index) === text,
  )
  if (!isThere) insert(file, section, text)
}

function refuseOtherCase(own: readonly Found[], key: string): void {
  const other = own
    .flatMap(({ line }) => (line.kind === 'key' ? [line.key] : []))
    .find((each) => each.toLowerCase() === key.toLowerCase())
  if (other !== undefined) throw new FileProblem('other-case', key, other)
}

/** Inserts after the section's last line that is not blank. */
function insert(file: FileLines, section: string, text: string): void {
  const lines = linesOf(file)
  const last = lines.findLast((each) => each.section === section && each.line.kind !== 'blank')
  if (last) {
    if (endsOpen(file.textAt(last.index)))
      throw new FileProblem('unclear-line', text.trim(), String(last.index + 1))
    file.splice(last.index + 1, 0, [text])
    return
  }
  if (section === '') {
    file.splice(0, 0, [text])
    return
  }
  const other = lines.find((each) => each.section.toLowerCase() === section.toLowerCase())
  if (other) throw new FileProblem('other-case', section, other.section)
  file.splice(file.texts.length, 0, [section, text])
}
