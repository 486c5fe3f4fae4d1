/**
 * Reads a page's blocks in order: headings, fences, open task-list items.
 *
 * remark gives the structure; every position comes from the raw text, so that a fence's content can
 * be replaced without touching another byte.
 */

import { messages } from './messages.ts'
import type { Code, Heading, ListItem, Nodes, Root, Yaml } from 'mdast'
import { toString } from 'mdast-util-to-string'
import { CONTINUE, SKIP, visit } from 'unist-util-visit'
import type { Fence } from '../model/fence.ts'
import type { Point, Span } from '../model/span.ts'
import { type CodeGroup, codeGroupsByLine, findCodeGroups } from './code-groups.ts'
import { readInfoString } from './info-string.ts'
import { blockParser, maxDepth, plainText, tooDeepAt } from './markdown.ts'
import type { PageSource } from './page-source.ts'
import type { Report } from './report.ts'

export type Block =
  | { readonly kind: 'heading'; readonly depth: number; readonly text: string; readonly span: Span }
  | { readonly kind: 'fence'; readonly fence: Fence; readonly group: CodeGroup | undefined }
  | { readonly kind: 'task'; readonly text: string; readonly span: Span }

/** Blocks that only lint reads: text that looks runnable but is not a step. */
export interface Aside {
  readonly kind: 'indented' | 'html' | 'paragraph'
  readonly span: Span
}

export interface Blocks {
  readonly blocks: readonly Block[]
  readonly asides: readonly Aside[]
  readonly frontMatter: { readonly yaml: string; readonly offset: number } | undefined
}

export function readBlocks(source: PageSource, report: Report): Blocks {
  // The parser strips one byte order mark: it takes ours, and keeps one of the text's own.
  const tree = blockParser.parse(`\uFEFF${boundedText(source, report)}`)
  const fences: { readonly node: Code; readonly span: Span }[] = []
  const asides: Aside[] = []
  visit(tree, (node: Nodes) => {
    if (node.type === 'html') asides.push({ kind: 'html', span: spanOf(node, source) })
    if (node.type === 'paragraph') {
      asides.push({ kind: 'paragraph', span: spanOf(node, source) })
      return SKIP
    }
    if (node.type !== 'code') return CONTINUE
    const span = spanOf(node, source)
    if (isFenced(source, span)) fences.push({ node, span })
    else asides.push({ kind: 'indented', span })
    return SKIP
  })
  const spans = fences.map(({ span }) => span)
  const groupAt = codeGroupsByLine(findCodeGroups(source, spans))

  const blocks: Block[] = []
  const fenceSpans = new Map(fences.map(({ node, span }) => [node, span]))
  visit(tree, (node: Nodes) => {
    if (node.type === 'heading') blocks.push(readHeading(node, source))
    if (node.type === 'listItem' && node.checked === false) blocks.push(readTask(node, source))
    const span = node.type === 'code' ? fenceSpans.get(node) : undefined
    if (node.type === 'code' && span) {
      const fence = readFence(node, span, source, report)
      blocks.push({ kind: 'fence', fence, group: groupAt(span.start.line) })
    }
    return node.type === 'paragraph' ? SKIP : CONTINUE
  })
  return { blocks, asides, frontMatter: frontMatterOf(tree) }
}

/** Cuts a page where it nests too deep, and reports that. */
function boundedText(source: PageSource, report: Report): string {
  const at = tooDeepAt(source.text)
  if (at === undefined) return source.text
  report.add(
    'RB0702',
    source.span(at, at + 1),
    messages.nestsTooDeep(maxDepth),
    messages.restOfPageIgnored,
  )
  return source.text.slice(0, at)
}

function frontMatterOf(tree: Root): Blocks['frontMatter'] {
  const node = tree.children.find((child): child is Yaml => child.type === 'yaml')
  const start = node?.position?.start.offset
  if (!node || start === undefined) return undefined
  // The YAML starts on the line after its `---`.
  return { yaml: node.value, offset: start }
}

function spanOf(node: Nodes, source: PageSource): Span {
  return source.span(node.position?.start.offset ?? 0, node.position?.end.offset ?? 0)
}

function readHeading(node: Heading, source: PageSource): Block {
  const text = plainText(toString(node).replace(/\s*\{#[^}\s]{1,200}\}\s*$/, ''))
  return { kind: 'heading', depth: node.depth, text, span: spanOf(node, source) }
}

function readTask(node: ListItem, source: PageSource): Block {
  const own = node.children.filter((child) => child.type !== 'list' && child.type !== 'code')
  return {
    kind: 'task',
    text: own
      .map((child) => plainText(toString(child)))
      .join(' ')
      .trim(),
    span: spanOf(node, source),
  }
}

function isFenced(source: PageSource, span: Span): boolean {
  return /^(?:`{3}|~{3})/.test(source.text.slice(span.start.offset))
}

function readFence(node: Code, span: Span, source: PageSource, report: Report): Fence {
  const { start, end } = span
  const mark = /^(`+|~+)/.exec(source.text.slice(start.offset))?.[0] ?? '```'
  const infoStart = start.offset + mark.length
  const infoEnd = source.lineStart(start.line) + source.line(start.line).length
  const info = readInfoString(source, infoStart, infoEnd, report)
  const text = node.value.replace(/\r\n?/g, '\n')
  const closed = isClosed(source, span, mark)
  const endLine = closed
    ? end.line
    : end.line + (source.line(end.line) === '' && end.line > start.line ? 0 : 1)
  const lines = text.split('\n')
  const lineStarts: Point[] = []
  for (let line = start.line + 1; line < endLine; line++) {
    // Markdown replaces NUL by another character of the same length.
    const raw = source.line(line).replaceAll('\0', '\uFFFD')
    const own = lines[line - start.line - 1] ?? ''
    // A tab may be split between prefix and content. Its blanks are not in the source, so the
    // column is counted from the line's end.
    const column = raw.endsWith(own.trimStart())
      ? raw.length - own.length + 1
      : raw.length - raw.trimStart().length + 1
    lineStarts.push(source.at(line, column))
  }
  // A list's mark stands before its first line only; in the others there are blanks as wide.
  const prefix = source
    .line(start.line)
    .slice(0, start.column - 1)
    .replace(/[^\s>]/g, ' ')
  return {
    language: info.language,
    label: info.label,
    attributes: info.attributes,
    text,
    lineStarts,
    span,
    infoSpan: source.span(infoStart, infoEnd),
    contentSpan: source.span(source.lineStart(start.line + 1), source.lineStart(endLine)),
    prefix,
    closed,
  }
}

/** Whether the last line of a fence is its closing mark. */
function isClosed(source: PageSource, { start, end }: Span, mark: string): boolean {
  if (end.line === start.line) return false
  const last = source
    .line(end.line)
    .slice(0, end.column - 1)
    .trimEnd()
  const run = new RegExp(`(?:^|[\\s>])\\${mark[0]}{${mark.length},}$`)
  return run.test(last)
}
