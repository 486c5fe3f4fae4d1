import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchOutput } from '../../src/match/match-output.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { judgeStep } from '../../src/record/judge-step.ts'
import { syncPage } from '../../src/record/sync-page.ts'
import { expectation, noNames } from '../match/expectation.ts'
import { readPage, recordOf } from './page.ts'

function synced(page: string, outputs: Readonly<Record<string, string>>): string {
  const runbook = readPage(page)
  return syncPage(page, runbook, [recordOf(runbook, outputs)]).text
}

const page = (expected: string) =>
  `# T\n\n\`\`\`bash {#a}\nw\n\`\`\`\n\n\`\`\`output\n${expected}\`\`\`\n\nafter\n`

const lines = (each: readonly string[]) => `${each.join('\n')}\n`

describe('sync', () => {
  test('leaves a page alone that says what was recorded', () => {
    const text = page('10:<...> up\n...\n')
    expect(synced(text, { a: '10:01 up\nx\ny\n' })).toBe(text)
  })

  test('rewrites the line that changed and keeps the wildcards', () => {
    expect(synced(page('10:<...> up\n...\n4 users\n'), { a: '10:01 up\nx\n5 users\n' })).toBe(
      page('10:<...> up\n...\n5 users\n'),
    )
  })

  test.each([
    [
      'a line after a changed one takes no line of the author',
      ['state green', 'pid <:\\d+>', '...', 'ready in <...> ms'],
      ['state blue', 'and another word', 'pid 123', 'warming', 'ready in 5 ms'],
      ['state blue', 'and another word', 'pid <:\\d+>', '...', 'ready in <...> ms'],
    ],
    [
      'a new line between repeated ones parts them',
      ['<*> row <:\\d+>', 'end'],
      ['row 1', 'new', 'row 2', 'row 3', 'end'],
      ['<*> row <:\\d+>', 'new', '<*> row <:\\d+>', 'end'],
    ],
    [
      'a line that may be missing stays',
      ['<?> warning: <...>', 'a', 'b'],
      ['a', 'c'],
      ['<?> warning: <...>', 'a', 'c'],
    ],
    [
      'what a wildcard could swallow is still named',
      ['...', '4 users', '...', 'load <...>'],
      ['up', '5 users', 'x', 'load 1'],
      ['...', '5 users', '...', 'load <...>'],
    ],
    [
      'a name that stands twice with two texts',
      ['<*> id <A>', 'last <A>'],
      ['id 1', 'id 2', 'last 2'],
      ['<*> id <A>', 'id 2', 'last 2'],
    ],
  ])('keeps what matches: %s', (_, expected, printed, wanted) => {
    const text = page(lines(expected)).replace('{#a}', '{#a captures=A}')
    const next = synced(text, { a: lines(printed) })
    expect(next).toBe(text.replace(lines(expected), lines(wanted)))
    expect(synced(next, { a: lines(printed) })).toBe(next)
  })

  test('keeps the holes of JSON', () => {
    const text = page('{\n  "pid": <...>,\n  "state": "green"\n}\n').replace(
      '```output',
      '```output {match=json}',
    )
    expect(synced(text, { a: '{\n  "pid": 12,\n  "state": "blue"\n}\n' })).toBe(
      text.replace('green', 'blue'),
    )
  })

  test('a step in the background keeps the start that it waits for', () => {
    const text = page('listening on 1\n').replace('{#a}', '{#a background}')
    expect(synced(text, { a: 'listening on 2\nGET /\nGET /\n' })).toBe(text.replace('1\n', '2\n'))
  })

  test('a long output is looked at whole between what is alike at its ends', () => {
    const rows = Array.from({ length: 3000 }, (_, index) => `row ${index}`)
    const printed = [...rows, 'users 5', ...rows]
    const expected = [...rows.map((row) => row.replace('1', '<...>')), 'users 4', '...']
    expect(synced(page(`${expected.join('\n')}\n`), { a: `${printed.join('\n')}\n` })).toBe(
      page(`${expected.with(-2 + expected.length, 'users 5').join('\n')}\n`),
    )
  })

  test('adds and removes lines', () => {
    expect(synced(page('a\nb\n'), { a: 'a\nb\nc\n' })).toBe(page('a\nb\nc\n'))
    expect(synced(page('a\nb\nc\n'), { a: 'a\nc\n' })).toBe(page('a\nc\n'))
    expect(synced(page('a\n'), { a: '' })).toBe(page(''))
    expect(synced(page(''), { a: 'a\n' })).toBe(page('a\n'))
  })

  test('escapes what would be a hole', () => {
    const printed = '<...> and ...\n...\n\\...\n  ...\n\\\\...\nx\\...\n\\<?> a\n<?> a\n'
    const text = synced(page('a\n'), { a: printed })
    expect(text).toBe(
      page('\\<...> and ...\n\\...\n\\\\...\n  \\...\n\\\\\\...\nx\\...\n\\\\<?> a\n\\<?> a\n'),
    )
    expect(synced(text, { a: printed })).toBe(text)
  })

  test('keeps CRLF, a byte order mark, a list indent and a missing last newline', () => {
    const text =
      '\uFEFF1. x\r\n\r\n   ```bash {#a}\r\n   w\r\n   ```\r\n   ```output\r\n   old\r\n   ```\r\nlast'
    expect(synced(text, { a: 'new\nmore\n' })).toBe(
      '\uFEFF1. x\r\n\r\n   ```bash {#a}\r\n   w\r\n   ```\r\n   ```output\r\n   new\r\n   more\r\n   ```\r\nlast',
    )
  })

  test('leaves the output of a step alone whose command changed since', () => {
    const text = page('old\n')
    const runbook = readPage(text)
    const record = recordOf(runbook, { a: 'new\n' }, { hash: 'sha256:of-something-else' })
    expect(syncPage(text, runbook, [record]).text).toBe(text)
  })

  test('never writes a masked secret as if it were printed', () => {
    expect(synced(page('old\n'), { a: 'token ***\n' })).toBe(page('token <...>\n'))
  })

  test('says so where an output would close its fence', () => {
    const text = page('old\n')
    const runbook = readPage(text)
    const result = syncPage(text, runbook, [recordOf(runbook, { a: '```\n' })])
    expect(result.text).toBe(text)
    expect(result.problems).toEqual([
      expect.objectContaining({
        step: 'a',
        line: 7,
        message: expect.objectContaining({ en: expect.stringContaining('longer mark') }),
      }),
    ])
  })

  test('puts the record of the newest platform into the page', () => {
    const text = page('old\n')
    const runbook = readPage(text)
    const first = recordOf(runbook, { a: 'first\n' })
    const second = {
      ...recordOf(runbook, { a: 'second\n' }, { at: '2026-11-24T10:00:00.000Z' }),
      platform: 'debian-13',
    }
    expect(syncPage(text, runbook, [second, first]).text).toBe(page('second\n'))
  })
})

/** Patterns over a small alphabet, so that lines of both sides often meet. */
const patternLine: fc.Arbitrary<string> = fc.constantFrom(
  'a',
  'b',
  'c d',
  '...',
  'a<...>',
  '<...>d',
  '<:[ab]>',
  '<?> a',
  '<?> b<...>',
  '<*> a',
  '<*> <:[bc]> <...>',
  '\\...',
  '<...>',
  '<X>',
  'x <X>',
)
const printedLine: fc.Arbitrary<string> = fc.constantFrom(
  'a',
  'b',
  'c d',
  'ab',
  'x a',
  'x b',
  'zzd',
  'b c',
  '...',
  '\\...',
)

/** The most lines of the author that any alignment keeps, by trying them all. */
function mostKept(expected: readonly string[], printed: readonly string[]): number {
  const known = new Map<string, number>()
  const best = (row: number, column: number): number => {
    if (row === expected.length) return 0
    const key = `${row} ${column}`
    const before = known.get(key)
    if (before !== undefined) return before
    const line = expected[row] ?? ''
    const text = printed[column]
    const isFree = line === '...' || /^<[?*]>/.test(line)
    const fits =
      text !== undefined &&
      matchOutput(expectation(line.replace(/^<[?*]> /, '')), text, { ...noNames, names }).matched
    // `<X>` is judged by its own line here: a name that stands twice is left to `matches its record`.
    const found = Math.max(
      best(row + 1, column) + (isFree ? 1 : 0),
      fits ? best(row + 1, column + 1) + 1 : 0,
      text === undefined ? 0 : best(row, column + 1),
    )
    known.set(key, found)
    return found
  }
  return best(0, 0)
}

const names: ReadonlySet<string> = new Set(['X'])

describe('a synced page', () => {
  const cases = fc.record({
    expected: fc.array(patternLine, { maxLength: 7 }),
    printed: fc.array(printedLine, { maxLength: 9 }),
    match: fc.constantFrom('', ' {match=contains}'),
  })
  const run = ({
    expected,
    printed,
    match,
  }: typeof cases extends fc.Arbitrary<infer T> ? T : never) => {
    const body = expected.map((line) => `${line}\n`).join('')
    const text = page(body).replace('{#a}', '{#a captures=X}').replace('output', `output${match}`)
    const runbook = readPage(text)
    const record = recordOf(runbook, { a: printed.map((line) => `${line}\n`).join('') })
    const next = syncPage(text, runbook, [record]).text
    return { record, next, synced: readPage(next) }
  }

  test('matches its record, and a second sync changes nothing', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const { record, next, synced: read } = run(each)
        const step = read.steps[0]
        if (!step) throw new Error('the page has a step')
        expect(judgeStep(read, step, record.steps['a'])).toBe('verified')
        expect(syncPage(next, read, [record])).toMatchObject({ text: next, changes: [] })
      }),
      { numRuns: 600 },
    )
  })

  test('has every line that still matches', () => {
    fc.assert(
      fc.property(cases, (each) => {
        // A name that stands twice binds lines to each other.
        fc.pre(each.expected.filter((line) => line.includes('<X>')).length < 2)
        const { next } = run(each)
        const body = next.split('\n').slice(7, -4)
        const kept = body.filter(
          (line) => !each.printed.includes(line) || each.expected.includes(line),
        )
        const rest = [...each.expected]
        const own = kept.filter((line) => {
          const at = rest.indexOf(line)
          if (at !== -1) rest.splice(at, 1)
          return at !== -1
        })
        expect(own.length).toBeGreaterThanOrEqual(mostKept(each.expected, each.printed))
      }),
      { numRuns: 600 },
    )
  })
})

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n\n`

const outside = (text: string) => {
  const read = readPage(text)
  const spans = read.steps.flatMap((step) =>
    'expects' in step && step.expects?.fence ? [step.expects.fence.contentSpan] : [],
  )
  const sorted = spans.toSorted((a, b) => a.start.offset - b.start.offset)
  let at = 0
  const kept = sorted.map(({ start, end }) => {
    const part = text.slice(at, start.offset)
    at = end.offset
    return part
  })
  return [...kept, text.slice(at)]
}

const twoSteps = (one: string, two: string) =>
  `# T\n\n${fence('bash {#one}', 'w')}${fence('bash {#two}', 'x')}${fence('output', two)}prose\n\n${fence('output {for=one}', one)}`

describe('sync of several fences', () => {
  test('puts each output into its fence, whatever the order of the steps', () => {
    expect(
      synced(twoSteps('old one', 'old two'), { one: 'port 8081\nmore\n', two: 'a\nb\nc\n' }),
    ).toBe(twoSteps('port 8081\nmore', 'a\nb\nc'))
  })

  test('leaves a page alone that would be read otherwise with the new output', () => {
    const text = '# T\n\n```bash {#a}\nw\n```\n\n```output'
    const { runbook } = parseRunbook('page.md', text)
    const result = syncPage(text, runbook, [recordOf(runbook, { a: 'new\n' })])
    expect(result).toMatchObject({ text, edits: [], changes: [] })
    expect(result.problems).toEqual([
      expect.objectContaining({
        step: 'a',
        message: expect.objectContaining({ en: expect.stringContaining('by hand') }),
      }),
    ])
  })

  test('changes nothing outside of the fences, whatever the page and the outputs are', () => {
    const words = fc.constantFrom('', 'word', '中文 é 😀', '\u00a0', '- item', '> quote', '\ufffd')
    const printed = fc.array(
      fc.constantFrom(
        'x',
        '',
        ' y',
        '```',
        '````',
        '~~~',
        '<a>',
        '...',
        '\\...',
        '# h',
        '> q',
        '\u2028',
      ),
      { maxLength: 4 },
    )
    const place = fc.nat({ max: 3 })
    const steps = fc.array(fc.tuple(words, printed, place), { minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(steps, fc.boolean(), (parts, isCrlf) => {
        const commands = parts.map(([prose], at) => `${prose}\n\n${fence(`bash {#s${at}}`, 'w')}`)
        const order = parts.map(([, , key], at) => ({ key, at })).toSorted((a, b) => a.key - b.key)
        const outputs = order.map(({ at }) => fence(`output {for=s${at}}`, `old ${at}`))
        const source = `# T\n\n${commands.join('')}${outputs.join('middle\n\n')}end`
        const written = isCrlf ? source.replaceAll('\n', '\r\n') : source
        const runbook = readPage(written)
        const record = recordOf(
          runbook,
          Object.fromEntries(parts.map(([, text], at) => [`s${at}`, text.join('\n')])),
        )
        const result = syncPage(written, runbook, [record])
        expect(outside(result.text)).toEqual(outside(written))
        expect(syncPage(result.text, readPage(result.text), [record]).changes).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
