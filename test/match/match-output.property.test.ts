import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffOutput } from '../../src/match/diff-output.ts'
import { matchOutput } from '../../src/match/match-output.ts'
import { readPattern } from '../../src/match/read-pattern.ts'
import { renderScreen, Screen } from '../../src/match/render-screen.ts'
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

describe('an expectation generated from an output', () => {
  test('accepts it', () => {
    fc.assert(
      fc.property(outputs, ({ printed, expected }) => {
        const result = matchOutput(expectation(expected.join('\n')), printed.join('\n'), noNames)
        expect(result.matched).toBe(true)
      }),
      { numRuns: 400 },
    )
  })

  test('refuses the output with an extra line', () => {
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

  test('refuses an output with a literal line missing, changed or doubled', () => {
    const literals = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}$/), {
      minLength: 1,
      maxLength: 8,
    })
    const wild = fc.constantFrom('...', '<?> z never', '<*> z\\d never', undefined)
    const mutation = fc.constantFrom('drop', 'change', 'double', 'swap')
    fc.assert(
      fc.property(literals, wild, fc.nat(), mutation, (lines, mark, place, kind) => {
        const at = place % lines.length
        const expected = mark === undefined ? lines : lines.toSpliced(at, 0, mark)
        const line = lines[at] ?? ''
        const mutated = {
          drop: lines.toSpliced(at, 1),
          change: lines.with(at, `${line}x`),
          double: lines.toSpliced(at, 0, line),
          swap: lines.toReversed(),
        }[kind]
        fc.pre(mutated.join('\n') !== lines.join('\n'))
        // A wildcard beside the place may stand for what was put there.
        fc.pre(mark !== '...' || kind === 'drop')
        const wanted = expectation(expected.join('\n'))
        expect(matchOutput(wanted, lines.join('\n'), noNames).matched).toBe(true)
        expect(matchOutput(wanted, mutated.join('\n'), noNames).matched).toBe(false)
        const diff = diffOutput(wanted, mutated.join('\n'), noNames).text
        expect(diff).toMatch(/^[-+] /m)
      }),
      { numRuns: 400 },
    )
  })

  test('is drawn the same in any chunking', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '\n',
        '\r',
        '\b',
        '\u0007',
        '\0',
        '\u001b[2K',
        '\u001b[1;31m',
        '\u001b]0;t\u0007',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(piece), fc.array(fc.nat(), { maxLength: 6 }), (pieces, numbers) => {
        const text = pieces.join('')
        // A decoder never gives half a character.
        const all = Array.from(text)
        const cuts = numbers.map((number) => number % (all.length + 1)).toSorted((a, b) => a - b)
        const lines: string[] = []
        const screen = new Screen((line) => lines.push(line))
        for (const [index, cut] of [...cuts, all.length].entries()) {
          screen.push(all.slice(cuts[index - 1] ?? 0, cut).join(''))
        }
        screen.end()
        expect(lines.join('\n')).toBe(renderScreen(text))
        expect(lines.every((line) => line === line.trimEnd())).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('any text', () => {
  test('as an expectation throws only for an invalid regular expression', () => {
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

test('matching 10,000 lines against 200 expected ones with 50 wildcards takes linear time', () => {
  const expected = Array.from({ length: 200 }, (_, index) =>
    index % 4 === 0 ? '...' : `line <:\\d+> of ${index}`,
  )
  const printed = Array.from({ length: 10_000 }, (_, index) => `line ${index} of ${index % 200}`)
  const wanted = expectation(expected.join('\n'))
  expect(matchOutput(wanted, printed.join('\n'), noNames).matched).toBe(true)
  expect(matchOutput(wanted, [...printed, 'more'].join('\n'), noNames).matched).toBe(false)
})

test.each([
  ['many holes against a line without an end', '<...>a'.repeat(50), 'a'.repeat(60_000)],
  ['nested repetition', '<:(a+)+b>', 'a'.repeat(60_000)],
  ['alternatives that overlap', '<:(a|aa)*c>', 'a'.repeat(20_000)],
  ['holes that never end', '<:['.repeat(20_000), 'x'],
  ['a name that stands often', '<NAME>-<NAME>-<NAME>', 'a-'.repeat(10_000)],
])('%s does not hang', (_, expected, printed) => {
  const names = { names: new Set(['NAME']), values: {} }
  expect(matchOutput(expectation(expected), `${printed}!`, names).matched).toBe(false)
  expect(typeof diffOutput(expectation(expected), printed.slice(0, 5000), names).text).toBe(
    'string',
  )
})
