import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { syncPage } from '../../src/record/sync-page.ts'
import { readPage, recordOf } from './page.ts'

function synced(page: string, outputs: Readonly<Record<string, string>>): string {
  const runbook = readPage(page)
  return syncPage(page, runbook, [recordOf(runbook, outputs)]).text
}

const page = (expected: string) =>
  `# T\n\n\`\`\`bash {#a}\nw\n\`\`\`\n\n\`\`\`output\n${expected}\`\`\`\n\nafter\n`

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

  test('adds and removes lines', () => {
    expect(synced(page('a\nb\n'), { a: 'a\nb\nc\n' })).toBe(page('a\nb\nc\n'))
    expect(synced(page('a\nb\nc\n'), { a: 'a\nc\n' })).toBe(page('a\nc\n'))
    expect(synced(page('a\n'), { a: '' })).toBe(page(''))
    expect(synced(page(''), { a: 'a\n' })).toBe(page('a\n'))
  })

  test('escapes what would be a hole', () => {
    const text = synced(page('a\n'), { a: '<...> and ...\n...\n' })
    expect(text).toBe(page('\\<...> and ...\n\\...\n'))
    expect(synced(text, { a: '<...> and ...\n...\n' })).toBe(text)
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
        message: expect.stringContaining('longer mark'),
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
      expect.objectContaining({ step: 'a', message: expect.stringContaining('by hand') }),
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
        const lines = `# T\n\n${commands.join('')}${outputs.join('middle\n\n')}end`
        const written = isCrlf ? lines.replaceAll('\n', '\r\n') : lines
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
