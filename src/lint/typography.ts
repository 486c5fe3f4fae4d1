/** Reports characters that word processors and input methods insert where bash needs ASCII. */

import type { Message } from '../model/message.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { valueOf } from '../model/named.ts'
import type { Fix } from '../diagnostic/diagnostic.ts'
import { visibleText } from '../text/visible-text.ts'
import { type LintCommand, replacement, type Rule } from './lint-page.ts'
import { plainRanges } from './plain-ranges.ts'

const blanks = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/
const invisible = /[\u200b-\u200d\u2060\ufeff\u00ad]/
const quotes = /[\u2018-\u201f\u00ab\u00bb]/
const dashes = /[\u2010-\u2015\u2212]/
const wide = /[\uff01-\uff5e\u3001\u3002]/
const any =
  /[\u00a0\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff\u00ad\u2018-\u201f\u00ab\u00bb\u2010-\u2015\u2212\uff01-\uff5e\u3001\u3002]/
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u

export const typography: Rule = (page, report) => {
  for (const lint of page.commands) {
    const { text } = lint.command
    if (!any.test(text)) continue
    const skip = { until: 0 }
    let saidAt: number | undefined
    for (const { start, end } of plainRanges(text, lint.reading)) {
      for (let at = Math.max(start, skip.until); at < end; at++) {
        const found = findingAt(text, at, end)
        if (!found) continue
        const line = text.lastIndexOf('\n', at)
        // A character without a fix is reported once a line.
        if (!found.fix && line === saidAt) continue
        if (!found.fix) saidAt = line
        const span = lint.span({ start: at, end: found.end })
        report.add('RB0307', span, found.message, found.help, found.fix?.(lint, span))
        at = found.end - 1
        skip.until = found.end
      }
    }
  }
}

interface Finding {
  readonly end: number
  readonly message: Message
  readonly help?: Message
  readonly fix?: (lint: LintCommand, span: ReturnType<LintCommand['span']>) => Fix
}

const fixTo =
  (text: string): NonNullable<Finding['fix']> =>
  (_, span) => ({
    edits: [replacement(span, text)],
  })

function findingAt(text: string, at: number, end: number): Finding | undefined {
  const character = text[at] ?? ''
  if (!any.test(character)) return undefined
  const name = visibleText(character)
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`
  if (blanks.test(character)) {
    let last = at + 1
    while (last < end && blanks.test(text[last] ?? '')) last++
    const message = messages.oddBlank(code)
    return { end: last, message, help: messages.plainBlank, fix: fixTo(' '.repeat(last - at)) }
  }
  if (invisible.test(character))
    return {
      end: at + 1,
      message: messages.invisibleCharacter(code),
      help: shared.remove,
      fix: fixTo(''),
    }
  if (quotes.test(character)) return quoteFinding(text, at, end)
  if (dashes.test(character)) {
    // Only a dash that starts a word was meant as an option.
    const isOption = /\s/.test(text[at - 1] ?? ' ') && /[A-Za-z]/.test(text[at + 1] ?? '')
    if (!isOption) return undefined
    // With one letter it can only be `-`; `–all` may be `-all` and `--all`.
    const isShort = /^[A-Za-z](?:\s|$)/.test(text.slice(at + 1, at + 3))
    const message = messages.notADash(name, code)
    const help = isShort ? shared.write('-') : messages.writeDash
    return { end: at + 1, message, help, ...(isShort ? { fix: fixTo('-') } : {}) }
  }
  // Between Chinese words it is text.
  if (!wide.test(character) || cjk.test(text[at - 1] ?? '') || cjk.test(text[at + 1] ?? '')) {
    return undefined
  }
  const plain =
    character === '\u3001'
      ? ','
      : character === '\u3002'
        ? '.'
        : String.fromCodePoint(character.charCodeAt(0) - 0xfee0)
  return {
    end: at + 1,
    message: messages.fullWidth(name, plain),
    help: shared.write(plain),
  }
}

const pairs: Readonly<Record<string, readonly [string, string]>> = {
  '\u201c': ['\u201d', '"'],
  '\u2018': ['\u2019', "'"],
}

function quoteFinding(text: string, at: number, end: number): Finding | undefined {
  const character = text[at] ?? ''
  // An apostrophe inside a word is text.
  if (/[A-Za-z]/.test(text[at - 1] ?? '') && /[A-Za-z]/.test(text[at + 1] ?? '')) return undefined
  const help = shared.write(character === '\u2018' || character === '\u2019' ? "'" : '"')
  const message = messages.notAQuote(character)
  const [closing, plain] = valueOf(pairs, character) ?? []
  const close =
    closing === undefined ? -1 : text.slice(at + 1, Math.min(end, at + 400)).indexOf(closing)
  const inside = text.slice(at + 1, at + 1 + close)
  // Replace quotes only if the text inside means the same between plain quotes.
  if (close === -1 || plain === undefined || /["'$`\\!\n\u2018-\u201f]/.test(inside))
    return { end: at + 1, message, help }
  return { end: at + close + 2, message, help, fix: fixTo(plain + inside + plain) }
}
