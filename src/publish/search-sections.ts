/**
 * Splits a rendered page into sections for the search index.
 *
 * VitePress calls this only in Node (its key starts with `_`). Text is split into terms here, so
 * that no tokenizer source must be sent to the browser.
 */

import { tokenize } from './tokenize.ts'

export interface SearchSection {
  readonly anchor: string
  /** HTML, because VitePress renders titles as HTML. */
  readonly titles: string[]
  readonly text: string
}

const heading = /<h([1-6])[^>]*?(?: id="([^"]*)")?[^>]*>([\s\S]*?)<\/h\1>/g

export function* searchSections(_path: string, html: string): Generator<SearchSection> {
  const marks = [...html.matchAll(heading)]
  const parents: string[] = []
  const seen = new Set<string>()
  for (const [index, mark] of marks.entries()) {
    const [whole, depth = '1', anchor = '', inner = ''] = mark
    const level = Number(depth) - 1
    const title = withoutTags(inner.replace(/<a class="header-anchor"[\s\S]*?<\/a>/, '')).trim()
    parents.length = Math.min(parents.length, level)
    parents[level] = title
    // The page's first title stands for the page itself, and for text outside sections.
    const place = level === 0 && !seen.has('') ? '' : decode(anchor)
    if (title === '' || seen.has(place)) continue
    seen.add(place)
    const body = html.slice(mark.index + whole.length, marks[index + 1]?.index)
    const text = decode(`${title} ${withoutTags(body)}`)
    yield {
      anchor: place,
      titles: parents.filter((one) => one !== undefined && one !== ''),
      text: tokenize(text).join(' '),
    }
  }
}

function withoutTags(html: string): string {
  return html.replace(/<[^>]*>/g, ' ')
}

function decode(html: string): string {
  return html
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#123;', '{')
    .replaceAll('&ZeroWidthSpace;', '')
    .replaceAll('&#8203;', '')
    .replaceAll('&amp;', '&')
}
