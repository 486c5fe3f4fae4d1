/**
 * What a host's file becomes: the whole text, or with one part of it changed (`edit=`).
 *
 * Pure: old text in, new text out. A file keeps its own line ends and every line not spoken of.
 */

import type { FileStep } from '../model/step.ts'

/** @param before - `undefined` where the file does not exist. */
export function editFile(
  { edit, path, id }: Pick<FileStep, 'edit' | 'path' | 'id'>,
  content: string,
  before: string | undefined,
): string {
  const old = before ?? ''
  switch (edit) {
    case undefined:
      return content
    case 'line':
      return ensureLines(old, content)
    case 'block':
      return keepBlock(old, content, id)
    case 'section':
      return mergeSections(old, content)
    default:
      throw new Error(`unreachable: ${String(edit satisfies never)} of ${path}`)
  }
}

function linesOf(text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function joinLines(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

function ensureLines(old: string, content: string): string {
  const lines = linesOf(old)
  for (const line of linesOf(content)) if (!lines.includes(line)) lines.push(line)
  return joinLines(lines)
}

/** Keeps the content between two marks that name the step; adds both at the end the first time. */
function keepBlock(old: string, content: string, id: string): string {
  const [begin, end] = [`# runbook ${id} begin`, `# runbook ${id} end`]
  const block = [begin, ...linesOf(content), end]
  const lines = linesOf(old)
  const from = lines.indexOf(begin)
  const to = lines.indexOf(end, from)
  if (from === -1 || to === -1) return joinLines([...lines, ...block])
  return joinLines([...lines.slice(0, from), ...block, ...lines.slice(to + 1)])
}

interface Section {
  /** `[mysqld]`; empty for the lines before the first. */
  readonly header: string
  readonly lines: string[]
}

/** Sets each key of the content in its section; keys that stand already change in their place. */
function mergeSections(old: string, content: string): string {
  const sections = readSections(linesOf(old))
  for (const wanted of readSections(linesOf(content))) {
    let section = sections.find(({ header }) => header === wanted.header)
    if (!section) {
      if (wanted.lines.every((line) => line.trim() === '')) continue
      section = { header: wanted.header, lines: [] }
      sections.push(section)
    }
    for (const line of wanted.lines) setKey(section.lines, line)
  }
  return joinLines(
    sections.flatMap(({ header, lines }) => (header === '' ? lines : [header, ...lines])),
  )
}

function readSections(lines: readonly string[]): Section[] {
  const sections: Section[] = [{ header: '', lines: [] }]
  for (const line of lines) {
    const header = /^\s*(\[[^\]]+\])\s*$/.exec(line)?.[1]
    if (header === undefined) sections.at(-1)?.lines.push(line)
    else sections.push({ header, lines: [] })
  }
  return sections
}

function setKey(lines: string[], line: string): void {
  if (line.trim() === '') return
  const key = keyOf(line)
  const at = lines.findIndex((each) => each === line || (key !== undefined && keyOf(each) === key))
  if (at !== -1) {
    lines[at] = line
    return
  }
  // A new key comes after the last line that says something: blank lines stay at the end.
  const last = lines.findLastIndex((each) => each.trim() !== '')
  lines.splice(last + 1, 0, line)
}

/** `a-b` and `a_b` are one key, as for MySQL; a remark has none. */
function keyOf(line: string): string | undefined {
  const [, key] = /^\s*([^#;=\s][^=\s]*)\s*(?:=|$)/.exec(line) ?? []
  return key?.replaceAll('-', '_')
}
