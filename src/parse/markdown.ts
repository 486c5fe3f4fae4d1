/**
 * The Markdown grammar, in two halves: blocks for the structure of a page, inlines for the plain
 * words of a heading. A page's inlines are most of a parser's work and nothing of a runbook's.
 */

import type { Paragraph } from 'mdast'
import { toString } from 'mdast-util-to-string'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { type Processor, unified } from 'unified'

// Names of micromark's constructs. `lineEnding` has to stay: without it the parser never ends.
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

/** Adds to micromark's extensions one that takes constructs away. */
function without(this: Processor, names: string[]): void {
  const data = this.data()
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), { disable: { null: names } }]
}

/** Finds blocks and leaves what is in a line alone: a link is text here. */
export const blockParser = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkFrontmatter, ['yaml'])
  .use(without, inlines)

const inlineParser = unified().use(remarkParse).use(remarkGfm).use(without, blocks)

/** Everything, links included. */
export const wholeParser = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkFrontmatter, ['yaml'])

/** Quotes and lists in each other; the parser recurses into them, and takes each line through all. */
export const maxDepth = 100

const containerMark = /[ \t]*(?:(>)|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$))/y

/**
 * Where the first line starts that nests deeper than `maxDepth`; `undefined` where none does.
 *
 * A list nests by its column: each mark that stands right of the marks before it is one level more.
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

/** Most lines are shorter. */
const maxLine = 200

function nextLine(text: string, from: number): number {
  const lf = text.indexOf('\n', from)
  return lf === -1 ? text.length : lf + 1
}

/** The text up to what nests too deep. */
export function withBoundedDepth(text: string): string {
  return text.slice(0, tooDeepAt(text))
}

/** The words of a heading or a paragraph without their marks: `install git` for `install **git**`. */
export function plainText(markdown: string): string {
  // The inline grammar is not linear: a heading of ten thousand characters is none to a person.
  if (markdown.length > 2000 || !/[\\`*_[\]<&!~]/.test(markdown)) return markdown
  const { children } = inlineParser.parse(markdown)
  return children
    .filter((child): child is Paragraph => child.type === 'paragraph')
    .map((child) => toString(child, { includeHtml: false }))
    .join(' ')
}
