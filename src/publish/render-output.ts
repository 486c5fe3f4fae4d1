/** A step's expected and recorded output as HTML, with all text escaped. */

import { renderScreen } from '../match/render-screen.ts'
import type { ExpectedOutput } from '../model/expected.ts'
import { escapeHtml, escapeOutput } from './escape-html.ts'
import type { Words } from './words.ts'

const maxLines = 200
const headLines = 120
const tailLines = 40
const maxColumns = 2000
/** Longer outputs are folded. */
const openLines = 40

/** One output with its label; a reader can fold it. */
export interface OutputBlock {
  readonly label: string
  /** Shown after the label: host and time. */
  readonly detail: string
  readonly lines: number
  readonly isOpen: boolean
  readonly pre: string
  readonly note?: string | undefined
}

export function renderBlock(
  { label, detail, lines, isOpen, pre, note }: OutputBlock,
  words: Words,
): string {
  const facts = [detail, lines > 0 ? words.lines(lines) : words.noOutput].filter(
    (fact) => fact !== '',
  )
  if (lines === 0) {
    return `<div class="rb-output rb-silent"><b>${escapeHtml(label)}</b><span>${escapeHtml(facts.join(' · '))}</span>${pre}</div>`
  }
  return (
    `<details class="rb-output"${isOpen ? ' open=""' : ''}><summary><b>${escapeHtml(label)}</b>` +
    `<span>${escapeHtml(facts.join(' · '))}</span></summary>${pre}` +
    (note === undefined ? '' : `<p class="rb-aside">${escapeHtml(note)}</p>`) +
    `</details>`
  )
}

/** The `<pre>` of a recorded output. */
export function renderRecorded(output: string, platform: string, words: Words): string {
  const attributes = `data-runbook-output="recorded" data-runbook-platform="${escapeHtml(platform)}"`
  return `<pre class="rb-text" ${attributes}><code>${cutOutput(renderScreen(output), words)}</code></pre>`
}

/** The `<pre>` of the expected output, with wildcards highlighted. */
export function renderExpected(expected: ExpectedOutput, words: Words): string {
  const text =
    expected.match === 'json'
      ? escapeOutput(expected.text)
      : markHoles(cutOutput(expected.text, words))
  return `<pre class="rb-text" data-runbook-output="expected"><code>${text}</code></pre>`
}

export function labelOf(expected: ExpectedOutput, words: Words): string {
  if (!expected.compare) return words.expectedShown
  if (expected.match === 'contains') return words.expectedContains
  if (expected.match === 'json') return words.expectedJson
  return hasHoles(expected.text) ? words.expectedPattern : words.expected
}

/** The lines of an output as a terminal shows it. */
export function linesOf(output: string): readonly string[] {
  const text = renderScreen(output)
  return text === '' ? [] : text.split('\n')
}

export function opensAtOnce(lines: number): boolean {
  return lines <= openLines
}

/** Escapes an output; cuts the middle of a long one and the ends of long lines. */
function cutOutput(text: string, words: Words): string {
  const lines = text.split('\n')
  const draw = (line: string) => {
    if (line.length <= maxColumns) return escapeOutput(line)
    const kept = line.slice(0, maxColumns).replace(/[\ud800-\udbff]$/, '')
    return `${escapeOutput(kept)}<i class="rb-cut">… ${escapeHtml(words.cutLine)}</i>`
  }
  if (lines.length <= maxLines) return lines.map(draw).join('\n')
  const left = lines.length - headLines - tailLines
  return [
    ...lines.slice(0, headLines).map(draw),
    `<i class="rb-cut">… ${escapeHtml(words.cutLines(left))} …</i>`,
    ...lines.slice(-tailLines).map(draw),
  ].join('\n')
}

const hole = /(?<!\\)<(?:\.\.\.|[?*]|\$\w+|:[^>]+|[A-Z_][A-Z0-9_]*(?::[^>]+)?)>|^\.\.\.$/m

function hasHoles(text: string): boolean {
  return hole.test(text)
}

const drawnHole = /(?<!\\)&lt;(?:\.\.\.|[?*]|\$\w+|:.+?|[A-Z_][A-Z0-9_]*(?::.+?)?)&gt;|^\.\.\.$/gm

function markHoles(html: string): string {
  return html.replace(drawnHole, (mark) => `<i class="rb-hole">${mark}</i>`)
}
