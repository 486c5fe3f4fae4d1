import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffOutput } from '../../src/match/diff-output.ts'
import { matchOutput } from '../../src/match/match-output.ts'
import { readPattern } from '../../src/match/read-pattern.ts'
import { renderScreen } from '../../src/match/render-screen.ts'
import { expectation, noNames } from './expectation.ts'

/** A line of output, and a line of an expectation that was made from it. */
const linePair = fc
  .tuple(
    fc.stringMatching(/^[a-z0-9 ]{0,8}$/),
    fc.nat(8),
    fc.nat(8),
    fc.constantFrom('literal', 'hole', 'regex'),
  )
  .map(([text, from, length, kind]) => {
    const printed = `x${text}`.trimEnd()
    const start = Math.min(from, printed.length)
    const end = Math.min(printed.length, start + length)
    const hole = kind === 'hole' ? '<...>' : '<:.*>'
    const expected =
      kind === 'literal' ? printed : printed.slice(0, start) + hole + printed.slice(end)
    return { printed: [printed], expected }
  })

const block = fc.oneof(
  { weight: 5, arbitrary: linePair },
  {
    weight: 1,
    arbitrary: fc
      .array(fc.stringMatching(/^y[a-z]{0,4}$/), { maxLength: 3 })
      .map((printed) => ({ printed, expected: '...' })),
  },
  { weight: 1, arbitrary: fc.constant({ printed: [] as string[], expected: '<?> z never there' }) },
)
const outputs = fc.array(block, { maxLength: 12 }).map((blocks) => ({
  printed: blocks.flatMap((each) => each.printed),
  expected: blocks.map((each) => each.expected),
}))

describe('an expectation that was made from an output', () => {
  test('accepts it', () => {
    fc.assert(
      fc.property(outputs, ({ printed, expected }) => {
        const result = matchOutput(expectation(expected.join('\n')), printed.join('\n'), noNames)
        expect(result.matched).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('refuses it with a line that no part of it allows', () => {
    fc.assert(
      fc.property(outputs, fc.nat(), ({ printed, expected }, place) => {
        const literal = expected.filter((line) => line !== '...' && !line.startsWith('<?>'))
        // Beside a `...` any line is allowed, so only patterns without one are mutated.
        fc.pre(!expected.includes('...'))
        const at = place % (printed.length + 1)
        const mutated = printed.toSpliced(at, 0, 'NEVER')
        const result = matchOutput(expectation(expected.join('\n')), mutated.join('\n'), noNames)
        const holes = literal.some((line) => /^<(?:\.\.\.|:\.\*)>$/.test(line))
        expect(result.matched && !holes).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  test('is answered the same whatever the chunks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), (text, cut) => {
        const whole = renderScreen(text)
        expect(
          renderScreen(
            text.slice(0, cut % (text.length + 1)) + text.slice(cut % (text.length + 1)),
          ),
        ).toBe(whole)
        expect(whole.split('\n').every((line) => line === line.trimEnd())).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

describe('any text', () => {
  test('as an expectation never throws, unless a regular expression of it is wrong', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (expected, printed) => {
        const { regexes } = readPattern(expected, new Set())
        fc.pre(regexes.length === 0)
        matchOutput(expectation(expected), printed, noNames)
        expect(() => diffOutput(expectation(expected), printed, noNames)).not.toThrow()
      }),
      { numRuns: 400 },
    )
  })
})

test('10,000 lines against 200 expected ones with 50 wildcards are linear work', () => {
  const expected = Array.from({ length: 200 }, (_, index) =>
    index % 4 === 0 ? '...' : `line <:\\d+> of ${index}`,
  )
  const printed = Array.from({ length: 10_000 }, (_, index) => `line ${index} of ${index % 200}`)
  const wanted = expectation(expected.join('\n'))
  expect(matchOutput(wanted, printed.join('\n'), noNames).matched).toBe(true)
  expect(matchOutput(wanted, [...printed, 'more'].join('\n'), noNames).matched).toBe(false)
})
