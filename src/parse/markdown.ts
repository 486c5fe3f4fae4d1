/**
 * The Markdown grammar in two halves: blocks, for a page's structure, and inlines, for the plain
 * text of a heading. Inlines take most of a parser's time and a runbook needs few of them.
 */

import type { Paragraph } from 'mdast'
import { toString } from 'mdast-util-to-string'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { type Processor, unified } from 'unified'

// Names of micromark's constructs. Keep `lineEnding`: without it the parser never ends.
const inlines = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'codeText',
  'emailAutolink',
  'gfmFootnoteCall',
  'gfmPotentialFootnoteCall',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
  'protocolAutolink',
  'strikethrough',
  'wwwAutolink',
]
const blocks = [
  'blockQuote',
  'codeFenced',
  'codeIndented',
  'definition',
  'gfmFootnoteDefinition',
  'headingAtx',
  'htmlFlow',
  'list',
  'setextUnderline',
  'table',
  'tasklistCheck',
  'thematicBreak',
]

/** Adds a micromark extension that disables constructs. */
function without(this: Processor, names: string[]): void {
  const data = this.data()
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { disable: { null: names } }]
}

/** Parses blocks only: a link is text here. */
export const blockParser = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkFrontmatter, ['yaml'])
  .use(without, inlines)

const inlineParser = unified().use(remarkParse).use(remarkGfm).use(without, blocks)

/** Parses everything, links included. */
export const wholeParser = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkFrontmatter, ['yaml'])

/**
 * Maximum nesting of quotes and lists: the parser recurses, and runs each line through all levels.
 */
export const maxDepth = 100

const containerMark = /[ \t]*(?:(>)|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$))/y

/**
 * Offset of the first line that nests deeper than `maxDepth`; `undefined` if none does.
 *
 * List nesting follows columns: a mark to the right of all open marks adds a level.
 */
export function tooDeepAt(text: string): number | undefined {
  /** Columns of the list marks that may still be open. */
  const open: number[] = []
  let start = 0
  while (start < text.length) {
    let quotes = 0
    containerMark.lastIndex = start
    for (let match = containerMark.exec(text); match; match = containerMark.exec(text)) {
      if (match[1] === '>') quotes++
      else {
        const column = containerMark.lastIndex - start
        while ((open.at(-1) ?? 0) >= column) open.pop()
        open.push(column)
      }
      if (quotes + open.length > maxDepth) return start
    }
    const end = text.slice(start, start + maxLine).search(/[\r\n]/)
    start = end === -1 ? nextLine(text, start + maxLine) : start + end + 1
  }
  return undefined
}

/** Lines are usually shorter than this. */
const maxLine = 200

function nextLine(text: string, from: number): number {
  const lf = text.indexOf('\n', from)
  return lf === -1 ? text.length : lf + 1
}

/** The text before the line that nests too deep. */
export function withBoundedDepth(text: string): string {
  return text.slice(0, tooDeepAt(text))
}

/** The text of a heading or paragraph without marks: `install git` for `install **git**`. */
export function plainText(markdown: string): string {
  // The inline grammar is not linear, and no real heading has thousands of characters.
  if (markdown.length > 2000 || !/[\\`*_[\]<&!~]/.test(markdown)) return markdown
  const { children } = inlineParser.parse(markdown)
  return children
    .filter((child): child is Paragraph => child.type === 'paragraph')
    .map((child) => toString(child, { includeHtml: false }))
    .join(' ')
}
