/**
 * Cuts a rendered page into the sections that the search index holds.
 *
 * VitePress calls this in Node only (its key starts with `_`). The text is cut into terms here, so
 * that the index needs no tokenizer that would have to be sent to the browser as source.
 */

import { tokenize } from './tokenize.ts'

export interface SearchSection {
  readonly anchor: string
  /** HTML: VitePress shows them as such. */
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
    // The page itself stands for its first title; what has no place of its own is found there too.
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
