import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Redactor } from '../../src/journal/redact.ts'

/** How one character may be written, mixed freely with the others. */
const writings: Readonly<Record<string, (character: string) => string>> = {
  itself: (character) => character,
  percent: (character) => byBytes(character, (hex) => `%${hex}`),
  'percent, upper case': (character) => byBytes(character, (hex) => `%${hex.toUpperCase()}`),
  'percent twice': (character) => byBytes(character, (hex) => `%25${hex}`),
  'a decimal entity': (character) => `&#${codeOf(character)};`,
  'a hex entity': (character) => `&#x${codeOf(character).toString(16)};`,
  'an escaped entity': (character) => `&amp;#${codeOf(character)};`,
  JSON: (character) => byUnits(character, (hex) => `\\u${hex}`),
  'JSON in JSON': (character) => byUnits(character, (hex) => `\\\\u${hex}`),
  'a code point in braces': (character) => `\\u{${codeOf(character).toString(16)}}`,
  'a long code point': (character) => `\\U${codeOf(character).toString(16).padStart(8, '0')}`,
  'bytes of C': (character) => byBytes(character, (hex) => `\\x${hex}`),
  'octal bytes': (character) =>
    byBytes(character, (hex) => `\\${Number.parseInt(hex, 16).toString(8).padStart(3, '0')}`),
  'a backslash': (character) => (/[a-zA-Z0-9]/.test(character) ? character : `\\${character}`),
  'quoted-printable': (character) => byBytes(character, (hex) => `=${hex.toUpperCase()}`),
  colour: (character) => `\u001b[01;31m\u001b[K${character}\u001b[m\u001b[K`,
  'a link': (character) => `\u001b]8;;http://x\u001b\\${character}`,
  bold: (character) => `${character}\b${character}`,
  underlined: (character) => `_\b${character}`,
  corrected: (character) => `x\b \b${character}`,
  'after a wrap': (character) => `\n${character}`,
  'after a wrap that is indented': (character) => `\r\n  ${character}`,
  'UTF-16': (character) => `${character}\0`,
  'a quote that closes and opens': (character) => `''${character}`,
  'UTF-8 as Latin-1': (character) => Buffer.from(character).toString('latin1'),
  'a soft hyphen': (character) => `\u00ad${character}`,
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0
}

function byBytes(character: string, write: (hex: string) => string): string {
  return [...Buffer.from(character)]
    .map((byte) => write(byte.toString(16).padStart(2, '0')))
    .join('')
}

function byUnits(character: string, write: (hex: string) => string): string {
  return Array.from({ length: character.length }, (_, index) =>
    write(character.charCodeAt(index).toString(16).padStart(4, '0')),
  ).join('')
}

const characters = fc.oneof(
  fc.constantFrom(...Array.from('abcABC019')),
  fc.constantFrom(...Array.from('\\%&=+\'"/;#x$`~!*() <>-_^M')),
  fc.constantFrom('é', '密', '😀', 'ÿ'),
)
const secretCharacters = fc.array(characters, { minLength: 8, maxLength: 40 })
const names = Object.keys(writings)

/** Of a seed: which writing the character at a place has. */
function written(secret: readonly string[], choices: readonly number[]): string {
  return secret
    .map((character, index) => {
      const name = names[(choices[index % choices.length] ?? 0) % names.length] ?? ''
      return writings[name]?.(character) ?? ''
    })
    .join('')
}

function maskedIn(text: string, cuts: readonly number[], secrets: readonly string[]): string {
  const redactor = new Redactor()
  for (const secret of secrets) redactor.add(secret)
  const stream = redactor.stream()
  const places = [0, ...cuts.map((cut) => cut % (text.length + 1)), text.length].toSorted(
    (a, b) => a - b,
  )
  const chunks = places.slice(1).map((end, index) => text.slice(places[index], end))
  return chunks.map((chunk) => stream.push(chunk)).join('') + stream.end()
}

describe('a secret', () => {
  test.each(names)('with every character written as: %s', (name) => {
    const secret = `q7\\n%41&'"é密😀$x-Z w`
    const text = Array.from(secret, (character) => writings[name]?.(character) ?? '').join('')
    expect(maskedIn(`before ${text} after`, [], [secret])).toMatch(
      /^before .{0,16}\*{3}.{0,8} after$/s,
    )
    expect(maskedIn(`before ${text} after`, [], [secret])).not.toMatch(/Z|7/)
  })

  test('is masked in any mixture of encodings and any chunking', () => {
    fc.assert(
      fc.property(
        secretCharacters.filter((secret) => new Set(secret).size > 2),
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 }),
        fc.array(characters, { maxLength: 6 }),
        fc.array(characters, { maxLength: 6 }),
        fc.array(fc.nat(1000), { maxLength: 8 }),
        (secret, choices, before, after, cuts) => {
          const inner = written(secret, choices)
          const text = `${before.join('')}${inner}${after.join('')}`
          const shown = maskedIn(text, cuts, [secret.join('')])
          expect(shown).toContain('***')
          // Nothing of it is left but what its neighbours and the way of writing put around it.
          expect(shown.length).toBeLessThanOrEqual(
            text.length - secret.join('').length + '***'.length + 24,
          )
        },
      ),
      { numRuns: 400 },
    )
  })

  test('leaves other text unchanged, in any chunking', () => {
    fc.assert(
      fc.property(
        fc.array(characters, { minLength: 12, maxLength: 30 }),
        fc.array(
          fc.oneof(characters, fc.constantFrom('\n', '\r', '\b', '\u001b[1m', '\\x41', '%41')),
          {
            maxLength: 200,
          },
        ),
        fc.array(fc.nat(1000), { maxLength: 8 }),
        (secret, text, cuts) => {
          const value = `${secret.join('')}{unlikely}`
          expect(maskedIn(text.join(''), cuts, [value])).toBe(text.join(''))
        },
      ),
      { numRuns: 300 },
    )
  })

  test('gives the same masked text in any chunking', () => {
    fc.assert(
      fc.property(
        secretCharacters.filter((secret) => new Set(secret).size > 2),
        fc.array(fc.nat(1000), { minLength: 1, maxLength: 40 }),
        fc.array(fc.nat(1000), { maxLength: 12 }),
        (secret, choices, cuts) => {
          const text = `${written(secret, choices)} and ${written(secret, [1, ...choices])}`
          const value = secret.join('')
          expect(maskedIn(text, cuts, [value])).toBe(maskedIn(text, [], [value]))
        },
      ),
      { numRuns: 150 },
    )
  })
})

function stepsOf(secret: string, text: string, chunk: number): number {
  const redactor = new Redactor()
  redactor.add(secret)
  const stream = redactor.stream()
  for (let at = 0; at < text.length; at += chunk) stream.push(text.slice(at, at + chunk))
  stream.end()
  return redactor.steps
}

describe('the cost of masking', () => {
  test.each([
    ['ab', 'ab'],
    ['ab', 'a'],
    ['%41', '%41'],
    ['\\\\', '\\'],
    ['aab', 'aa'],
    ['&amp;', '&amp;'],
    ['73', '73'],
    ["''", "'"],
    [' a', ' '],
  ])('grows with the text and not with the secret: %j in %j', (unit, printed) => {
    const perCharacter = (length: number) => {
      const secret = `${unit.repeat(length)}!`
      const text = printed.repeat(5000)
      return stepsOf(secret, text, 1000) / text.length
    }
    // At most so many ways to read a place at a time, each a few steps.
    expect(perCharacter(40)).toBeLessThan(200)
    expect(perCharacter(4000)).toBeLessThan(200)
  })
})
