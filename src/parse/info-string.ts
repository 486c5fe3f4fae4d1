/**
 * Parses an info string: the language, VitePress's `[label]`, and the words inside `{…}`.
 *
 * Reads the raw source line, because Markdown's escapes and entities do not apply here. Keeps the
 * span of every word, so that messages point at words. Does not interpret the words; words outside
 * `{…}` belong to other tools.
 */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import type { Fix } from '../diagnostic/diagnostic.ts'
import type { Attribute } from '../model/fence.ts'
import { foreignAttribute } from './foreign-attributes.ts'
import { jsonEquivalent } from './foreign-equivalents.ts'
import type { PageSource } from './page-source.ts'
import type { Report } from './report.ts'

export interface InfoString {
  readonly language: string
  readonly label: string | undefined
  readonly attributes: readonly Attribute[]
}

/** @param start - Offset of the info string's start; `end` is its end. */
export function readInfoString(
  source: PageSource,
  start: number,
  end: number,
  report: Report,
): InfoString {
  const text = source.text.slice(start, end)
  const word = (/^\s*([^\s{[:,]*)/.exec(text)?.[1] ?? '').toLowerCase()
  const attributes: Attribute[] = []
  let label: string | undefined
  let at = (/^\s*[^\s{[:,]*/.exec(text)?.[0] ?? '').length
  while (at < text.length) {
    const character = text[at]
    if (character === '[') {
      const close = text.indexOf(']', at)
      if (close === -1) {
        const span = source.span(start + at, end)
        report.add('RB0102', span, messages.bracketNeverClosed, messages.closeBracket)
        break
      }
      label ??= text.slice(at + 1, close)
      at = close + 1
    } else if (character === '{') {
      at = readGroup(source, start, text, at, attributes, report)
    } else at++
  }
  // Pandoc writes the language as the first class: `{.bash #install}`.
  const [first] = attributes
  const language = word === '' && first?.name.startsWith('.') ? first.name.slice(1) : word
  return { language: language.toLowerCase(), label, attributes }
}

// Far more than we define; excess attributes are an error already.
const maxAttributes = 200

/** Reads one `{…}` and returns the offset after it. */
function readGroup(
  source: PageSource,
  base: number,
  text: string,
  open: number,
  attributes: Attribute[],
  report: Report,
): number {
  // VitePress's highlighted lines: `{1,3-5}`.
  const lines = /^\{[\d,\s-]*\}/.exec(text.slice(open))
  if (lines) return open + lines[0].length
  if (/^\{\s*"/.test(text.slice(open))) {
    const close = text.lastIndexOf('}')
    const end = close < open ? text.length : close + 1
    report.add(
      'RB0107',
      source.span(base + open, base + end),
      messages.jsonAttributes,
      messages.writeJsonAs,
      fixOfGroup(base, open, text.slice(open, end)),
    )
    return end
  }
  const [flow, key = ''] = /^\{\s*([A-Za-z_][\w-]*)\s*:\s/.exec(text.slice(open)) ?? []
  if (flow !== undefined) {
    const close = text.lastIndexOf('}')
    const end = close < open ? text.length : close + 1
    const known = foreignAttribute(key)?.help
    report.add(
      'RB0107',
      source.span(base + open, base + end),
      messages.colonAttributes,
      known ?? messages.writeWithEquals(key),
    )
    return end
  }

  let at = open + 1
  for (;;) {
    while (/\s/.test(text[at] ?? '')) at++
    if (at >= text.length) {
      report.add(
        'RB0102',
        source.span(base + open, base + text.length),
        messages.braceNeverClosed,
        messages.closeBrace,
      )
      return text.length
    }
    if (text[at] === '}') return at + 1
    const word = readWord(text, at)
    if (word.problem !== undefined) {
      report.add(
        'RB0102',
        source.span(base + at, base + word.end),
        word.problem,
        messages.closeQuote,
      )
      return text.length
    }
    if (attributes.length >= maxAttributes) {
      report.add(
        'RB0702',
        source.span(base + at, base + word.end),
        messages.tooManyAttributes(maxAttributes),
        messages.restOfLineIgnored,
      )
      return text.length
    }
    attributes.push({
      name: word.name,
      value: word.value,
      span: source.span(base + at, base + word.end),
      valueSpan: source.span(base + word.valueStart, base + word.valueEnd),
    })
    at = word.end
  }
}

interface Word {
  readonly name: string
  readonly value: string | undefined
  readonly valueStart: number
  readonly valueEnd: number
  readonly end: number
  readonly problem: Message | undefined
}

function readWord(text: string, start: number): Word {
  const bare = /^[^\s}="']+/.exec(text.slice(start))?.[0] ?? text.slice(start, start + 1)
  const afterName = start + bare.length
  if (bare.startsWith('#')) {
    const id = bare.slice(1)
    const span = { valueStart: start + 1, valueEnd: afterName, end: afterName }
    return { name: 'id', value: id, ...span, problem: undefined }
  }
  if (text[afterName] !== '=') {
    const span = { valueStart: start, valueEnd: afterName, end: afterName }
    return { name: bare, value: undefined, ...span, problem: undefined }
  }

  const valueAt = afterName + 1
  const quote = text[valueAt]
  if (quote !== '"' && quote !== "'") {
    const value = /^[^\s}]*/.exec(text.slice(valueAt))?.[0] ?? ''
    const end = valueAt + value.length
    return { name: bare, value, valueStart: valueAt, valueEnd: end, end, problem: undefined }
  }
  let value = ''
  let at = valueAt + 1
  for (; at < text.length && text[at] !== quote; at++) {
    const next = text[at + 1]
    if (text[at] === '\\' && (next === quote || next === '\\')) at++
    value += text[at] ?? ''
  }
  const closed = at < text.length
  return {
    name: bare,
    value,
    valueStart: valueAt + 1,
    valueEnd: at,
    end: closed ? at + 1 : at,
    problem: closed ? undefined : messages.quoteNeverClosed(bare),
  }
}

function fixOfGroup(base: number, open: number, group: string): Fix | undefined {
  const text = jsonEquivalent(group)
  const start = base + open
  return text === undefined ? undefined : { edits: [{ start, end: start + group.length, text }] }
}
