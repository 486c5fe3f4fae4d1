/** Reports secrets in clear text: pages are published, and commands are recorded. */

import { messages } from './messages.ts'
import { secretShapes } from './catalogue/secret-shapes.ts'
import { type Rule, simpleCommands } from './lint-page.ts'
import { pipedSecrets } from './piped-secrets.ts'
import { runText } from './run-text.ts'
import { unwrap } from '../parse/unwrap.ts'

const help = messages.declareSecret

export const secrets: Rule = (page, report) => {
  const seen = new Set<number>()
  for (const { text, span } of runText(page)) {
    for (const { pattern, what } of secretShapes) {
      for (const match of text.matchAll(pattern)) {
        const secret = match[1] ?? match[2] ?? match[0]
        if (isPlaceholder(secret)) continue
        const start = match.index + match[0].lastIndexOf(secret)
        const place = span(start, start + secret.length)
        if (seen.has(place.start.offset)) continue
        seen.add(place.start.offset)
        report.add('RB0807', place, messages.inClearText(what), help)
      }
    }
  }
  for (const { lint, simple } of simpleCommands(page)) {
    for (const place of secretWords(simple)) {
      report.add('RB0807', lint.span(place), messages.inClearText(messages.password), help)
    }
  }
  for (const { reading, span } of page.commands) {
    for (const { secret, ...place } of pipedSecrets(reading.commands)) {
      if (isPlaceholder(secret)) continue
      report.add('RB0807', span(place), messages.inClearText(messages.password), help)
    }
    for (const { name, value, start, end } of reading.assignments) {
      if (!/(?:PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|ACCESS_KEY|PRIVATE_KEY)$/i.test(name)) continue
      if (value.length < 6 || /[$`<]/.test(value) || isPlaceholder(value)) continue
      report.add('RB0807', span({ start, end }), messages.valueInClearText(name), help)
    }
  }
  for (const { name, secret, default: preset, span } of page.runbook.variables) {
    if (!secret || preset === undefined || preset === '') continue
    report.add('RB0807', span, messages.defaultInClearText(name), messages.removeDefault)
  }
}

/** Options with a password as argument, which every user of the host can read. */
function* secretWords(
  simple: Parameters<typeof unwrap>[0],
): Generator<{ start: number; end: number }> {
  const { program, args } = unwrap(simple)
  for (const [index, { value, text, start, end }] of args.entries()) {
    if (/[$`]/.test(text)) continue
    const own = ownSecret(program, value, args[index + 1]?.value)
    if (own === undefined || isMark(own.secret)) continue
    if (own.isNext) {
      const next = args[index + 1]
      if (next && !/[$`]/.test(next.text)) yield next
    } else
      yield {
        start: Math.max(
          start,
          end - own.secret.length - (text.endsWith("'") || text.endsWith('"') ? 1 : 0),
        ),
        end,
      }
  }
}

function ownSecret(
  program: string,
  word: string,
  next: string | undefined,
): { readonly secret: string; readonly isNext: boolean } | undefined {
  if (/^(?:mysql|mariadb)(?:admin|dump|import|check)?$/.test(program)) {
    return inWord(/^-p(.+)$/.exec(word)?.[1] ?? /^--password=(.+)$/.exec(word)?.[1])
  }
  if (program === 'sshpass') {
    if (word === '-p' && next !== undefined) return { secret: next, isNext: true }
    return inWord(/^-p(.+)$/.exec(word)?.[1])
  }
  if (program === 'redis-cli' && word === '-a' && next !== undefined)
    return { secret: next, isNext: true }
  if (program === 'curl' && (word === '-u' || word === '--user') && /^[^:]+:.+/.test(next ?? '')) {
    return { secret: (next ?? '').replace(/^[^:]+:/, ''), isNext: true }
  }
  return inWord(
    /^(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|redis|amqp|https?):\/\/[^\s/:@]+:([^\s/@]+)@/.exec(
      word,
    )?.[1],
  )
}

function inWord(secret: string | undefined) {
  return secret === undefined || secret === '' ? undefined : { secret, isNext: false }
}

/** A word that stands for a secret and that the reader replaces. */
function isPlaceholder(secret: string): boolean {
  return (
    isMark(secret) ||
    /example|placeholder|changeme|change-me|x{4}|\.\.\.|0123456789|1234567890|abcdef/i.test(
      secret,
    ) ||
    /^(?:password|passwd|pass|secret|token|test|dummy|foo|bar|key|none|null|true|false|root)$/i.test(
      secret,
    )
  )
}

function isMark(secret: string): boolean {
  return /^(?:[<[{(*]|your|my[-_]|my(?=[A-Z])|[x#*.]+$|…|\.\.\.)/i.test(secret)
}
