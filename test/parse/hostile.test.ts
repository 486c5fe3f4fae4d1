import { describe, expect, test } from 'vitest'
import { lintRunbook } from '../../src/lint/lint-runbook.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { hostileManyLines, hostilePages } from './hostile-texts.ts'

describe('a page made to hang a parser', () => {
  // A regular expression that is not linear takes minutes for these; the limit is the test's own.
  test.each([...hostilePages, ...hostileManyLines])(
    'is parsed and linted: %s',
    (_, text) => {
      const { runbook } = parseRunbook('page.md', text)
      expect(runbook.file).toBe('page.md')
      expect(Array.isArray(lintRunbook('page.md', text))).toBe(true)
    },
    20_000,
  )
})

describe('front matter', () => {
  test.each([
    ['an alias without its anchor', 'title: *x'],
    [
      'aliases that grow without end',
      'a: &a [1,1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]\ntitle: [*c,*c,*c,*c,*c,*c,*c,*c,*c,*c]',
    ],
    ['a key that is a list', '? [a]\n: b\ntitle: x'],
    ['two documents', 'title: x\n... \ntitle: y'],
    ['a name of the prototype', '__proto__: { a: b }\nconstructor: x\nvars: { __proto__: x }'],
    ['a number', '42'],
    ['a date', 'title: 2024-01-01\ntags: [1, true, null]'],
  ])('never makes the parser throw: %s', (_, yaml) => {
    const { runbook } = parseRunbook('page.md', `---\n${yaml}\n---\n# T\n`)
    expect(runbook.file).toBe('page.md')
  })
})
