import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { matchOutput } from '../../src/match/match-output.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { judgeStep } from '../../src/record/judge-step.ts'
import { syncPage } from '../../src/sync/sync-page.ts'
import { expectation, noNames } from '../match/expectation.ts'
import { readPage, recordOf } from '../record/page.ts'

function synced(page: string, outputs: Readonly<Record<string, string>>): string {
  const runbook = readPage(page)
  return syncPage(page, runbook, [recordOf(runbook, outputs)]).text
}

const page = (expected: string) =>
  `# T\n\n\`\`\`bash {#a}\nw\n\`\`\`\n\n\`\`\`output\n${expected}\`\`\`\n\nafter\n`

const lines = (each: readonly string[]) => `${each.join('\n')}\n`

describe('sync', () => {
  test('leaves a page alone that equals the record', () => {
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
  ])('keeps matching lines: %s', (_, expected, printed, wanted) => {
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

  test('a background step keeps the expected start of its output', () => {
    const text = page('listening on 1\n').replace('{#a}', '{#a background}')
    expect(synced(text, { a: 'listening on 2\nGET /\nGET /\n' })).toBe(text.replace('1\n', '2\n'))
  })

  test('a long output is compared completely between its equal ends', () => {
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

  test('escapes text that would be a hole', () => {
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

  test('leaves the output of a step alone if its command has changed', () => {
    const text = page('old\n')
    const runbook = readPage(text)
    const record = recordOf(runbook, { a: 'new\n' }, { hash: 'sha256:of-something-else' })
    expect(syncPage(text, runbook, [record]).text).toBe(text)
  })

  test('never writes a masked secret as literal text', () => {
    expect(synced(page('old\n'), { a: 'token ***\n' })).toBe(page('token <...>\n'))
  })

  test('reports an output that would close its fence', () => {
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

  test('leaves a page alone that would parse differently with the new output', () => {
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

  test('changes nothing outside the fences, for any page and outputs', () => {
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

/** A page of one step and its expectation, as bytes matter. */
const bytesOf = (text: string, output: string) => synced(text, { a: output })

/** Of the first step of a page, which printed `output`. */
function stateOf(text: string, output: string) {
  const read = readPage(text)
  const [step] = read.steps
  if (!step) throw new Error('the page has a step')
  return judgeStep(read, step, recordOf(read, { a: output }).steps['a'])
}

describe('a kept line keeps every byte', () => {
  const head = '# T\n\n```bash {#a}\nw\n```\n\n'
  test.each([
    [
      'line ends of both kinds in one fence',
      `${head}\`\`\`output\r\none\ntwo\r\nthree\n\`\`\`\n`,
      'one\nTWO\nthree\n',
      `${head}\`\`\`output\r\none\nTWO\r\nthree\n\`\`\`\n`,
    ],
    [
      'a quote with and without a blank behind its mark',
      '# T\n\n> ```bash {#a}\n> w\n> ```\n>\n> ```output\n>one\n>  two\n> old\n> ```\n',
      'one\n two\nnew\n',
      '# T\n\n> ```bash {#a}\n> w\n> ```\n>\n> ```output\n>one\n>  two\n> new\n> ```\n',
    ],
    [
      'ragged indents',
      '# T\n\n  ```bash {#a}\n  w\n  ```\n\n  ```output\n one\n   two\n  old\n  ```\n',
      'one\n two\nnew\n',
      '# T\n\n  ```bash {#a}\n  w\n  ```\n\n  ```output\n one\n   two\n  new\n  ```\n',
    ],
    [
      'blanks at line ends, and empty lines at the end',
      `${head}\`\`\`output\none  \nold\n\n  \n\`\`\`\n`,
      'one\nnew\n',
      `${head}\`\`\`output\none  \nnew\n\n  \n\`\`\`\n`,
    ],
    [
      'a blank before the closing mark is no indent of the lines',
      `${head}\`\`\`output\none\nold\n \`\`\`\n`,
      'one\nnew\n',
      `${head}\`\`\`output\none\nnew\n \`\`\`\n`,
    ],
    [
      'a fence behind the mark of its list item',
      '- ```bash {#a}\n  w\n  ```\n- ```output {for=a}\n  old\n  ```\n',
      'new\n more\n',
      '- ```bash {#a}\n  w\n  ```\n- ```output {for=a}\n  new\n   more\n  ```\n',
    ],
  ])('%s', (_, text, output, wanted) => {
    const next = bytesOf(text, output)
    expect(next).toBe(wanted)
    expect(stateOf(next, output)).toBe('verified')
  })
})

const jsonPage = (text: string) => page(text).replace('```output', '```output {match=json}')

describe('JSON keeps the members that still match, as they are written', () => {
  test.each([
    [
      'a hole beside a value that changed',
      '{ "id": <...>,   "state": "green" }\n',
      '{"id":18,"state":"blue"}',
      '{ "id": <...>,   "state": "blue" }\n',
    ],
    [
      'members that came and went',
      '{\n  "id": "<:\\\\d+>",\n  "old": 1,\n  "last": true\n}\n',
      '{"new":{"a":1},"id":"7","last":true}',
      '{\n  "new": {\n    "a": 1\n  },\n  "id": "<:\\\\d+>",\n  "last": true\n}\n',
    ],
    [
      'elements, with a rest',
      '[\n  { "id": <...>, "name": "a" },\n  { "id": <...>, "name": "b" },\n  ...\n]\n',
      '[{"id":1,"name":"a"},{"id":2,"name":"c"},{"id":3,"name":"d"}]',
      '[\n  { "id": <...>, "name": "a" },\n  { "id": <...>, "name": "c" },\n  ...\n]\n',
    ],
    ['an element more', '["a", "b"]\n', '["a","x","b"]', '["a", "x", "b"]\n'],
    ['an open object', '{ "a": 1, ... }\n', '{"b":3,"a":2}', '{ "a": 2, ... }\n'],
    ['an empty one', '{}\n', '{"a":1}', '{"a": 1}\n'],
    ['another kind', '{ "a": [1] }\n', '{"a":"one"}', '{ "a": "one" }\n'],
    ['a masked text', '{ "token": "old" }\n', '{"token":"x***"}', '{ "token": <...> }\n'],
    ['a date', '{ "at": "never" }\n', '{"at":"2026-11-30T07:06:24Z"}', '{ "at": <...> }\n'],
  ])('%s', (_, expected, output, wanted) => {
    const next = synced(jsonPage(expected), { a: output })
    expect(next).toBe(jsonPage(wanted))
    expect(synced(next, { a: output })).toBe(next)
  })

  test('output that is no longer JSON is left to a person, with a message', () => {
    const text = jsonPage('{ "a": 1 }\n')
    const runbook = readPage(text)
    expect(syncPage(text, runbook, [recordOf(runbook, { a: 'error\n' })])).toMatchObject({
      text,
      changes: [],
      problems: [{ step: 'a', line: 7, message: { en: expect.stringContaining('not JSON') } }],
    })
  })

  test('for any two values it matches its record, and a second sync changes nothing', () => {
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(1, 2, 'a', 'b', true, null),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), tie('any'), { noNullPrototype: true }),
      ),
    })).any
    fc.assert(
      fc.property(value, value, fc.boolean(), (before, after, isWide) => {
        const text = jsonPage(`${JSON.stringify(before, undefined, isWide ? 2 : 0)}\n`)
        const output = `${JSON.stringify(after)}\n`
        const next = synced(text, { a: output })
        expect(stateOf(next, output)).toBe('verified')
        expect(synced(next, { a: output })).toBe(next)
      }),
      { numRuns: 400 },
    )
  })
})

describe('a line that changed', () => {
  test.each([
    [
      'keeps the holes between words that stayed',
      'Active: active (running) since <...>',
      'Active: failed (Result: exit-code) since yesterday',
      'Active: failed (Result: exit-code) since <...>',
    ],
    ['gives no word that changed to a hole', 'pid <:\\d+> running', 'stopped', 'stopped'],
    [
      'keeps a pattern where it still fits',
      'port <:\\d+> is open',
      'port 80 is closed',
      'port <:\\d+> is closed',
    ],
    [
      'drops a pattern that no longer fits',
      'port <:\\d+> is open',
      'port http is closed',
      'port http is closed',
    ],
    ['has holes for what varies', 'up', 'up since 2026-11-30 07:06:24', 'up since <...>'],
    ['escapes what looks like a hole', 'a <...> b', 'a 1 <...>', 'a <...> \\<...>'],
  ])('%s', (_, expected, printed, wanted) => {
    expect(synced(page(`${expected}\n`), { a: `${printed}\n` })).toBe(page(`${wanted}\n`))
  })

  test('is paired with the most similar line, not with the next one', () => {
    const expected =
      '● nginx.service\n   Loaded: loaded (/lib/nginx.service)\n   Active: active (running) since <...>\n Main PID: <:\\d+> (nginx)\n'
    const printed =
      '● nginx.service\n   Loaded: loaded (/lib/nginx.service)\n  Drop-In: /etc/nginx.d\n   Active: inactive (dead) since now\n Main PID: 12 (nginx)\n'
    expect(synced(page(expected), { a: printed })).toBe(
      page(
        '● nginx.service\n   Loaded: loaded (/lib/nginx.service)\n  Drop-In: /etc/nginx.d\n   Active: inactive (dead) since <...>\n Main PID: <:\\d+> (nginx)\n',
      ),
    )
  })

  test('names the rules that found its holes; without rules it is literal', () => {
    const text = page('old\n')
    const runbook = readPage(text)
    const record = recordOf(runbook, { a: 'done at 07:06:24 in 5 ms\n' })
    expect(syncPage(text, runbook, [record]).changes).toMatchObject([
      { after: 'done at <:[\\d:.,]+> in <:[\\d.]+> ms', rules: ['time', 'duration'] },
    ])
    expect(syncPage(text, runbook, [record], { rules: [] }).changes).toMatchObject([
      { after: 'done at 07:06:24 in 5 ms', rules: [] },
    ])
  })
})

const transcript = (shown: readonly string[]) =>
  `# T\n\n\`\`\`console {#a}\n${shown.join('\n')}\n\`\`\`\n`

const printedBy = (text: string, outputs: readonly string[]) => {
  const runbook = readPage(text)
  const commands = outputs.map((output) => ({ exit: 0, durationMs: 1, output }))
  const record = recordOf(runbook, { a: '' }, { commands })
  return { runbook, record }
}

const syncedWith = (text: string, outputs: readonly string[], add = false) => {
  const { runbook, record } = printedBy(text, outputs)
  return syncPage(text, runbook, [record], { add })
}

describe('a transcript', () => {
  test('gets the changed lines, after their command', () => {
    const text = transcript(['$ one', 'same', 'old', '', '$ two', 'x', '$ three', 'kept <...>'])
    const next = syncedWith(text, ['same\nnew\n', '$ y\n', 'kept 1\n'])
    expect(next.text).toBe(
      transcript(['$ one', 'same', 'new', '', '$ two', '\\$ y', '$ three', 'kept <...>']),
    )
    const again = syncedWith(next.text, ['same\nnew\n', '$ y\n', 'kept 1\n'])
    expect(again).toMatchObject({ text: next.text, changes: [], problems: [] })
  })

  test('whose command no longer prints anything loses its lines', () => {
    const text = transcript(['$ one', 'old', '$ two', 'x'])
    expect(syncedWith(text, ['', 'x\n']).text).toBe(transcript(['$ one', '$ two', 'x']))
  })

  test('gets lines after commands without any, if `--add` is given', () => {
    const text = transcript(['$ one', '$ two', 'x'])
    expect(syncedWith(text, ['1\n2\n', 'x\n']).text).toBe(text)
    expect(syncedWith(text, ['1\n2\n', 'x\n'], true).text).toBe(
      transcript(['$ one', '1', '2', '$ two', 'x']),
    )
  })

  test('with a dialog is left to a person, with a message', () => {
    const text = transcript(['$ python3', '>>> 1 + 1', '2'])
    expect(syncedWith(text, ['>>> 1 + 1\n3\n']).problems).toMatchObject([
      { step: 'a', line: 5, message: { en: expect.stringContaining('by hand') } },
    ])
  })
})

const withAdded = (text: string, outputs: Readonly<Record<string, string>>) => {
  const runbook = readPage(text)
  return syncPage(text, runbook, [recordOf(runbook, outputs)], { add: true })
}

describe('outputs that are added', () => {
  test('follow the fence of their step, with its prefix and line ends', () => {
    const text = '# T\r\n\r\n> - x\r\n>\r\n>   ```bash {#a}\r\n>   w\r\n>   ```\r\n> after\r\n'
    const next = withAdded(text, { a: 'one\n\ntwo 2026-11-30\n' })
    expect(next.text).toBe(
      text.replace(
        '```\r\n> after',
        '```\r\n>\r\n>   ```output\r\n>   one\r\n>\r\n>   two <...>\r\n>   ```\r\n> after',
      ),
    )
    expect(withAdded(next.text, { a: 'one\n\ntwo 2026-11-30\n' })).toMatchObject({
      changes: [],
      notes: [],
    })
  })

  test('get a longer mark if a line would close the fence', () => {
    const text = '# T\n\n```bash {#a}\nw\n```\n'
    expect(withAdded(text, { a: '```\nx\n```\n' }).text).toBe(
      `${text}\n\`\`\`\`output\n\`\`\`\nx\n\`\`\`\n\`\`\`\`\n`,
    )
  })

  test('are not added to a step that has one, prints nothing, or is private', () => {
    for (const text of [page('x\n'), '# T\n\n```bash {#a private}\nw\n```\n'])
      expect(withAdded(text, { a: 'x\n' })).toMatchObject({ text, changes: [], notes: [] })
    const silent = '# T\n\n```bash {#a}\nw\n```\n'
    expect(withAdded(silent, { a: '\n' })).toMatchObject({ text: silent, changes: [], notes: [] })
  })

  test('are left to a person if the page needs more, with a message', () => {
    const long = Array.from({ length: 50 }, (_, index) => `line ${index}\n`).join('')
    const grouped = '# T\n\n::: code-group\n```bash [A] {#a}\nw\n```\n:::\n'
    const asking = '# T\n\n```bash {#a}\nw\n```\n\n```dialog\nName: => x\n```\n'
    const plain = '# T\n\n```bash {#a}\nw\n```\n'
    for (const [text, output, why] of [
      [grouped, 'x\n', 'code group'],
      [asking, 'x\n', 'answers questions'],
      [plain, long, '50 lines'],
    ] as const)
      expect(withAdded(text, { a: output })).toMatchObject({
        text,
        changes: [],
        notes: [
          { step: 'a', line: expect.any(Number), message: { en: expect.stringContaining(why) } },
        ],
      })
  })
})

const twice = (text: string, output: string, again: string, add = false) => {
  const runbook = readPage(text)
  const commands = [{ exit: 0, durationMs: 1, output, again }]
  const record = recordOf(runbook, { a: '' }, { commands })
  const [step] = runbook.steps
  return {
    state: step && judgeStep(runbook, step, record.steps['a']),
    text: syncPage(text, runbook, [record], { add }).text,
  }
}

describe('two runs that printed different things', () => {
  test('turn differences into holes, and the page then matches both', () => {
    const text = page('port 41523\n<...> users\nsame\n')
    const first = twice(text, 'port 41523\n4 users\nsame\n', 'port 37811\n5 users\nsame\n')
    expect(first).toEqual({ state: 'changed', text: page('port <:\\d+>\n<...> users\nsame\n') })
    expect(twice(first.text, 'port 41523\n4 users\nsame\n', 'port 37811\n5 users\nsame\n')).toEqual(
      { state: 'verified', text: first.text },
    )
  })

  test('make lines optional that only one of them printed', () => {
    const text = page('a\nwarming\nb\n')
    expect(twice(text, 'a\nwarming\nb\n', 'a\nb\ncleaning\n').text).toBe(
      page('a\n<?> warming\nb\n<?> cleaning\n'),
    )
  })

  test('show in outputs that are added', () => {
    const text = '# T\n\n```bash {#a}\nw\n```\n'
    expect(twice(text, 'on 41523\nok\n', 'on 37811\nok\n', true).text).toBe(
      `${text}\n\`\`\`output\non <:\\d+>\nok\n\`\`\`\n`,
    )
  })

  test('for any two outputs: the page matches both, or at least the first', () => {
    const line = fc.constantFrom('a', 'b', 'x 1', 'x 2', 'pid 12', 'pid 99', '<...>', '')
    const outputs = fc
      .array(line, { maxLength: 5 })
      .map((each) => each.map((one) => `${one}\n`).join(''))
    fc.assert(
      fc.property(
        fc.array(patternLine, { maxLength: 4 }),
        outputs,
        outputs,
        (expected, output, again) => {
          const text = page(expected.map((each) => `${each}\n`).join('')).replace(
            '{#a}',
            '{#a captures=X}',
          )
          const next = twice(text, output, again)
          expect(stateOf(next.text, output)).toBe('verified')
        },
      ),
      { numRuns: 300 },
    )
  })
})
