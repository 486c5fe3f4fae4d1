import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { lineChanges, wantedLines } from '../../src/sync/line-changes.ts'
import { syncPage } from '../../src/sync/sync-page.ts'
import { textOf, type SyncedLine } from '../../src/sync/synced-lines.ts'
import { readPage, recordOf } from '../record/page.ts'

const page = (expected: string) =>
  `# T\n\n\`\`\`bash {#a}\nw\n\`\`\`\n\n\`\`\`output\n${expected}\`\`\`\n\nafter\n`

/** Syncs a page, accepting only lines with these indexes. */
function accepted(expected: string, printed: string, wanted: readonly number[]): string {
  const text = page(expected)
  const runbook = readPage(text)
  const isWantedLine = (_place: unknown, line: number) => wanted.includes(line)
  return syncPage(text, runbook, [recordOf(runbook, { a: printed })], { isWantedLine }).text
}

describe('lines of a change', () => {
  test.each([
    [[], 'one\ntwo\nthree\n'],
    [[0], 'ONE\ntwo\nthree\n'],
    [[1], 'one\ntwo\nTHREE\n'],
    [[2], 'one\ntwo\nthree\nfour\n'],
    [[0, 1, 2], 'ONE\ntwo\nTHREE\nfour\n'],
  ])('are accepted by index: %j', (wanted, expected) => {
    expect(accepted('one\ntwo\nthree\n', 'ONE\ntwo\nTHREE\nfour\n', wanted)).toBe(page(expected))
  })

  test('are removed ones too', () => {
    expect(accepted('one\ntwo\nthree\n', 'one\n', [1])).toBe(page('one\ntwo\n'))
  })

  const synced = fc.record({
    own: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 6 }),
    kept: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    added: fc.array(fc.array(fc.constantFrom('x', 'y'), { maxLength: 3 }), {
      minLength: 7,
      maxLength: 7,
    }),
  })

  test('none of them is the text before, all of them the text after', () => {
    fc.assert(
      fc.property(synced, ({ own, kept, added }) => {
        const news = (index: number): readonly SyncedLine[] =>
          (added[index] ?? []).map((text) => ({ kind: 'new', text, rules: [] }))
        const lines = [
          ...own.flatMap((_, line): readonly SyncedLine[] => [
            ...news(line),
            ...(kept[line] ? [{ kind: 'kept', line } as const] : []),
          ]),
          ...news(own.length),
        ]
        const text = { text: own.join('\n') }
        const say = (isWanted: boolean) =>
          textOf(
            text,
            wantedLines(own, lines, () => isWanted),
          )
        expect(say(true)).toBe(textOf(text, lines))
        expect(say(false)).toBe(own.join('\n'))
        const changes = lineChanges(own, lines)
        expect(changes.filter(({ added: each }) => each !== undefined)).toHaveLength(
          lines.filter(({ kind }) => kind === 'new').length,
        )
      }),
    )
  })

  test('leave a page that means the same steps', () => {
    const text = accepted('one\ntwo\n', 'ONE\nTWO\nTHREE\n', [1])
    expect(parseRunbook('p.md', text).diagnostics).toEqual([])
  })
})
