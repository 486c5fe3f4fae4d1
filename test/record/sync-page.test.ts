import { describe, expect, test } from 'vitest'
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
