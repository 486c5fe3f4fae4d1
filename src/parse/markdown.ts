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

const maxDepth = 100
const containers = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/

/**
 * A text of the same length that the parser can walk: it recurses into quotes and lists, so marks
 * that nest deeper than anybody reads become letters.
 */
export function withBoundedDepth(text: string): string {
  if (!/^(?:[ \t]*(?:>|[-*+][ \t]|\d{1,9}[.)][ \t])){100}/m.test(text)) return text
  return text.replaceAll(/^.+$/gm, (line) => {
    const [marks = ''] = containers.exec(line) ?? []
    let depth = 0
    const bounded = marks.replaceAll(/[>*+-]|\d+[.)]/g, (mark) =>
      ++depth > maxDepth ? 'x'.repeat(mark.length) : mark,
    )
    return bounded + line.slice(marks.length)
  })
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
