import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventRedactor } from '../../src/journal/mask-events.ts'
import { Redactor } from '../../src/journal/redact.ts'
import type { RunEvent } from '../../src/model/run-event.ts'

function shown(chunks: readonly string[], secrets: readonly string[]): string {
  const redactor = new Redactor()
  for (const secret of secrets) redactor.add(secret)
  const at = { step: 'p#a', host: 'vm', index: 0 }
  const events: readonly RunEvent[] = [
    ...chunks.map((text) => ({ kind: 'output', ...at, stream: 'merged', text }) as const),
    { kind: 'command-ended', ...at, exit: 0, durationMs: 1, next: null },
  ]
  return events
    .flatMap(eventRedactor(redactor))
    .map((event) => (event.kind === 'output' ? event.text : ''))
    .join('')
}

describe('a secret', () => {
  test('is masked in any chunking, and nothing else changes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('s3cret-', 's3', 'x', '\n', 's3cret-value', 'alue', '-'), {
          maxLength: 8,
        }),
        fc.array(fc.nat(60), { maxLength: 6 }),
        (parts, cuts) => {
          const text = parts.join('')
          const places = [
            0,
            ...cuts.map((cut) => Math.min(cut, text.length)).toSorted((a, b) => a - b),
            text.length,
          ]
          const chunks = places.slice(1).map((end, index) => text.slice(places[index], end))
          expect(shown(chunks, ['s3cret-value'])).toBe(text.replaceAll('s3cret-value', '***'))
        },
      ),
      { numRuns: 300 },
    )
  })

  const secret = `p"a'ss/word+? &<é>`
  test.each([
    ['base64', Buffer.from(`user:${secret}`).toString('base64')],
    ['base64, shifted', Buffer.from(`x${secret}y`).toString('base64')],
    ['base64url', Buffer.from(`ab${secret}`).toString('base64url')],
    ['a URL', encodeURIComponent(secret)],
    ['a form', new URLSearchParams({ a: secret }).toString().slice(2)],
    ['JSON', JSON.stringify({ a: secret })],
    [
      'HTML',
      secret
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;')
        .replaceAll('>', '&gt;')
        .replaceAll('"', '&quot;')
        .replaceAll("'", '&#39;'),
    ],
    ['a quoted shell word', `'${secret.replaceAll("'", `'\\''`)}'`],
  ])('is masked in %s', (_, text) => {
    const masked = shown([text], [secret])
    expect(masked).toContain('***')
    expect(masked).not.toContain(secret)
    // What is left of an encoding may not hold the middle of the secret.
    expect(Buffer.from(masked, 'base64').toString()).not.toContain('ss/word')
  })

  test('of several lines is masked line by line', () => {
    expect(shown(['key: second-line!\n'], ['first-line!\nsecond-line!'])).toBe('key: ***\n')
  })
})
