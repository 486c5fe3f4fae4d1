import * as fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import { LineSearch } from '../../src/check/line-search.ts'
import { requiredLiteral } from '../../src/check/required-literal.ts'

describe('the text that a pattern requires', () => {
  test.each([
    ['^port 80$', 'port 80'],
    ['^DJANGO_DEBUG=', 'DJANGO_DEBUG='],
    ['a.*longer', 'longer'],
    ['ab?c', 'a'],
    ['ab{0,2}cd', 'cd'],
    ['a(b|c)de', 'de'],
    ['[]x]yz', 'yz'],
    ['1\\.2\\+3', '1.2+3'],
    ['a|b', ''],
    ['(?i)abc', ''],
    ['[[:alpha:]]abc', ''],
    ['\\x41bc', ''],
    ['é+x', 'é'],
    ['\ufffdabc', ''],
  ])('of %s is %s', (pattern, literal) => {
    expect(requiredLiteral(pattern)).toBe(literal)
  })

  test('is in every matching line, for any pattern', () => {
    const atom = fc.constantFrom(
      'a',
      'b',
      'c',
      '.',
      '\\d',
      '\\.',
      '[ab]',
      '[^a]',
      '[]a]',
      '(?:a|b)',
      '(ab)',
      '\\b',
      '^',
      '$',
      '😀',
    )
    const quantifier = fc.constantFrom('', '', '*', '+', '?', '{2}', '{0,1}', '+?', '*?')
    const pattern = fc
      .array(fc.tuple(atom, quantifier), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.map((part) => part.join('')).join(''))
    const text = fc.string({
      unit: fc.constantFrom('a', 'b', 'c', '.', '1', ']', '😀'),
      maxLength: 8,
    })
    fc.assert(
      fc.property(pattern, text, (re, line) => {
        let compiled: RE2JS
        try {
          compiled = RE2JS.compile(re)
        } catch {
          return
        }
        expect(!compiled.matcher(line).find() || line.includes(requiredLiteral(re))).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a search for a line', () => {
  test('finds it in any pieces, and only in complete lines', () => {
    const bytes = 'one\ntwo caf\xc3\xa9\nthree'
    for (let cut = 0; cut <= bytes.length; cut++) {
      const found = new LineSearch('^two café$')
      const first = found.push(bytes.slice(0, cut), false)
      expect([first, first === 'found' ? first : found.push(bytes.slice(cut), true)]).toContain(
        'found',
      )
      const none = new LineSearch('^(?:tw|hree|)$')
      expect(none.push(bytes.slice(0, cut), false)).toBe('more')
      expect(none.push(bytes.slice(cut), true)).toBe('none')
    }
  })

  test('stops at a limit with an unknown result', () => {
    const search = new LineSearch('x')
    expect(search.push('a'.repeat(4 * 1024 * 1024), false)).toBe('unknown')
  })
})
