/**
 * A page for other readers: with recorded output in place of expected output, and without
 * attributes. Keeps every other byte of the prose.
 */

import type { Fence } from '../model/fence.ts'
import type { Span } from '../model/span.ts'
import { commandsOf, expectedOf } from '../model/step.ts'
import type { ParsedPage } from '../parse/parse-runbook.ts'

/** Recorded output as plain text, by expectation. */
export interface PrintedOutputs {
  readonly ofFence: ReadonlyMap<Fence, string>
  /** For commands of a transcript, by the span of the expectation. */
  readonly ofSpan: ReadonlyMap<Span, string>
}

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

export function filledPage(page: ParsedPage, printed: PrintedOutputs): string {
  const { source, blocks, runbook } = page
  const fences = blocks.flatMap((block) => (block.kind === 'fence' ? [block.fence] : []))
  const edits: Edit[] = [...matterEdit(page), ...fences.flatMap((fence) => infoEdit(fence, page))]
  for (const step of runbook.steps) {
    const fence = expectedOf(step)?.fence
    const text = fence && printed.ofFence.get(fence)
    if (
      fence &&
      text !== undefined &&
      !edits.some(({ start }) => start === fence.contentSpan.start.offset)
    )
      edits.push(contentEdit(fence, text))
    if (step.kind !== 'console') continue
    for (const { expects } of commandsOf(step)) {
      const own = expects && printed.ofSpan.get(expects.span)
      if (expects && own !== undefined)
        edits.push(spanEdit(expects.span, step.fence, { text: own, page }))
    }
  }
  let text = ''
  let at = 0
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    text += source.text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return text + source.text.slice(at)
}

/** Removes the front matter; keeps its title if the page has no heading. */
function matterEdit({ source, blocks, runbook }: ParsedPage): readonly Edit[] {
  const [matter] = /^---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n\s*|$)/.exec(source.text) ?? []
  const hasTitle = blocks.some((block) => block.kind === 'heading' && block.depth === 1)
  const title = hasTitle
    ? ''
    : `# ${runbook.title.replaceAll(/[\\`*_[\]<>#]/g, String.raw`\$&`)}\n\n`
  if (matter === undefined && title === '') return []
  return [{ start: 0, end: matter?.length ?? 0, text: title }]
}

/**
 * Turns `bash [Debian] {#id when=…}` into `bash [Debian]`; typed or printed text becomes `text`.
 */
function infoEdit(
  { infoSpan, language, attributes, label }: Fence,
  { source }: ParsedPage,
): readonly Edit[] {
  const isOurs = language === 'output' || language === 'dialog'
  if (attributes.length === 0 && !isOurs) return []
  const start = infoSpan.start.offset
  const end = infoSpan.end.offset
  const info = source.text.slice(start, end)
  const word = isOurs ? 'text' : (/^\s*[^\s{[:,]*/.exec(info)?.[0] ?? '').trim()
  const text = label === undefined ? word : `${word} [${label}]`
  return [{ start, end, text: text.trim() }]
}

function contentEdit({ contentSpan, prefix }: Fence, text: string): Edit {
  return {
    start: contentSpan.start.offset,
    end: contentSpan.end.offset,
    text: prefixed(text, prefix),
  }
}

/** Whole lines, or from inside a line to its end. */
function spanEdit(
  { start, end }: Span,
  { prefix, contentSpan }: Fence,
  { text, page }: { readonly text: string; readonly page: ParsedPage },
): Edit {
  const lines = prefixed(text, prefix)
  // The last one ends at its fence's closing mark.
  const last = Math.min(end.offset, contentSpan.end.offset)
  const isWhole = page.source.text.slice(start.offset, last).endsWith('\n')
  const from = start.column === 1 ? 0 : prefix.length
  return {
    start: start.offset,
    end: last,
    text: (isWhole ? lines : lines.replace(/\n$/, '')).slice(from),
  }
}

function prefixed(text: string, prefix: string): string {
  const lines = text === '' ? [] : text.split('\n')
  return lines.map((line) => `${line === '' ? prefix.trimEnd() : prefix}${line}\n`).join('')
}
