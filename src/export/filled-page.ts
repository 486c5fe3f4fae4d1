/**
 * A page for other readers: with recorded output in place of expected output, and what attributes
 * say as words. Keeps every other byte of the prose.
 */

import type { Fence } from '../model/fence.ts'
import type { Lang } from '../model/message.ts'
import { headingId } from '../parse/anchors.ts'
import { declaredNames, type Runbook } from '../model/runbook.ts'
import type { Span } from '../model/span.ts'
import { commandsOf, expectedOf, type Step } from '../model/step.ts'
import { type ParsedPage, parsePage } from '../parse/parse-runbook.ts'
import type { Block } from '../parse/read-blocks.ts'
import { applyEdits } from '../text/apply-edits.ts'
import { quoteContainers } from './containers.ts'
import { containerTitles, messages } from './messages.ts'
import { plainExpected } from './plain-expected.ts'
import { pageNotes, stepNames, stepNotes } from './step-notes.ts'

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

export function filledPage(page: ParsedPage, printed: PrintedOutputs, lang: Lang): string {
  const { source, blocks, runbook } = page
  const fences = blocks.flatMap((block) => (block.kind === 'fence' ? [block.fence] : []))
  const edits: Edit[] = [
    ...headEdits(page, lang),
    ...fences.flatMap((fence) => infoEdit(fence, page)),
    ...blocks.flatMap((block) => (block.kind === 'heading' ? headingEdit(page, block) : [])),
    ...runbook.steps.flatMap((step) => noteEdit(page, step, lang)),
    ...runbook.steps.flatMap((step) => outputEdits(page, step, { printed, lang })),
    ...fences.flatMap((fence) =>
      fence.language === 'dialog' ? [wordsAbove(fence, messages.typed[lang])] : [],
    ),
  ]
  // Variants share one output.
  const places = new Set<string>()
  const own = edits.filter(({ start, end, text }) => {
    const place = start === end ? `${start} ${text}` : `${start} ${end}`
    const isNew = !places.has(place)
    places.add(place)
    return isNew
  })
  return withQuotes(applyEdits(source.text, own), lang)
}

/** Words of the page's containers that other viewers know. */
const marks = {
  tip: 'TIP',
  info: 'NOTE',
  note: 'NOTE',
  important: 'IMPORTANT',
  warning: 'WARNING',
  danger: 'CAUTION',
  caution: 'CAUTION',
  details: 'NOTE',
} as const

function withQuotes(text: string, lang: Lang): string {
  if (!text.includes(':::')) return text
  const { blocks } = parsePage('page.md', text)
  const spans = blocks.flatMap((block) => (block.kind === 'fence' ? [block.fence.span] : []))
  const isFenced = (line: number) =>
    spans.some(({ start, end }) => start.line <= line && line <= end.line)
  return quoteContainers(text, isFenced, (kind, title) => {
    const own = title === '' && kind === 'details' ? containerTitles[kind][lang] : title
    return [`[!${marks[kind]}]`, ...(own === '' ? [] : [`**${own}**`, ''])]
  })
}

/** Conditions, user, folder and danger of a step, in a quote above it. */
function noteEdit({ runbook, source }: ParsedPage, step: Step, lang: Lang): readonly Edit[] {
  const isLinked = source.text.includes(`](#${step.id})`)
  const names = stepNames(step).map((name) => `**${escaped(name)}**`)
  const words = [...names, ...stepNotes(runbook, step, lang).map(escaped)]
  const anchor = isLinked && isFirst(runbook, step) ? [anchorTo(step.id)] : []
  if (!('fence' in step) || words.length + anchor.length === 0) return []
  return [wordsAbove(step.fence, `> ${[...anchor, words.join(' · ')].join('')}`.trimEnd())]
}

/** Of variants, which share an id. */
function isFirst({ steps }: Runbook, step: Step): boolean {
  return steps.find(({ id }) => id === step.id) === step
}

function anchorTo(id: string): string {
  return `<a id="${id.replaceAll(/["&<>]/g, '')}"></a>`
}

/** `## Title {#id}`: the id as an anchor, which viewers know. */
function headingEdit({ source }: ParsedPage, { span }: { readonly span: Span }): readonly Edit[] {
  const text = source.text.slice(span.start.offset, span.end.offset)
  const id = headingId(text)
  if (id === undefined) return []
  const start = span.start.offset + text.lastIndexOf(`{#${id}`)
  return [{ start, end: start + id.length + 3, text: anchorTo(id) }]
}

function wordsAbove({ span, prefix }: Fence, words: string): Edit {
  const { offset } = span.start
  return { start: offset, end: offset, text: `${words}\n${prefix.trimEnd()}\n${prefix}` }
}

function outputEdits(
  page: ParsedPage,
  step: Step,
  { printed, lang }: { readonly printed: PrintedOutputs; readonly lang: Lang },
): readonly Edit[] {
  const names = declaredNames(page.runbook)
  const expected = expectedOf(step)
  const edits: Edit[] = []
  if (expected?.fence) {
    const own = printed.ofFence.get(expected.fence)
    const { text, varies } = plainExpected(expected, names)
    edits.push(contentEdit(expected.fence, own ?? text))
    if (own === undefined)
      edits.push(wordsAbove(expected.fence, messages[varies ? 'expectedVaries' : 'expected'][lang]))
  }
  if (step.kind !== 'console') return edits
  const each = commandsOf(step).flatMap(({ expects }) =>
    expects && expects.typed === undefined ? [expects] : [],
  )
  for (const expects of each) {
    const text = printed.ofSpan.get(expects.span) ?? plainExpected(expects, names).text
    edits.push(spanEdit(expects.span, step.fence, { text, page }))
  }
  return edits
}

/** Without what Markdown would read as marks. */
function escaped(text: string): string {
  const isPaired = (text.match(/`/g)?.length ?? 0) % 2 === 0
  return text.replaceAll(isPaired ? /[\\*_[\]<>~|]/g : /[\\`*_[\]<>~|]/g, String.raw`\$&`)
}

function isTitle(block: Block): block is Extract<Block, { kind: 'heading' }> {
  return block.kind === 'heading' && block.depth === 1
}

/** Removes the front matter; what it says of the page stands below its title. */
function headEdits(page: ParsedPage, lang: Lang): readonly Edit[] {
  const { source, blocks, runbook } = page
  const notes = pageNotes(runbook, lang).map((note) => `> - ${escaped(note)}\n`)
  const said = notes.length === 0 ? '' : `${notes.join('')}\n`
  const [matter] = /^---[ \t]*\r?\n[\s\S]*?\r?\n---[ \t]*(?:\r?\n\s*|$)/.exec(source.text) ?? []
  const heading = blocks.find(isTitle)
  const title = heading
    ? ''
    : `# ${runbook.title.replaceAll(/[\\`*_[\]<>#]/g, String.raw`\$&`)}\n\n`
  const gap = heading && source.line(heading.span.end.line + 1).trim() !== '' ? '\n' : ''
  const below = heading && source.lineStart(heading.span.end.line + 1)
  return [
    { start: 0, end: matter?.length ?? 0, text: heading ? title : title + said },
    ...(below === undefined || said === ''
      ? []
      : [{ start: below, end: below, text: `\n${said.trimEnd()}\n${gap}` }]),
  ]
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
