import { describe, expect, test } from 'vitest'
import { stepAddress } from '../../src/model/runbook.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { namePages } from '../../src/plan/name-pages.ts'
import { selectSteps } from '../../src/plan/select-steps.ts'

const pageOf = (file: string, ids: readonly string[]) =>
  parseRunbook(file, ids.map((id) => `\`\`\`bash {#${id}}\ntrue\n\`\`\`\n`).join('\n'))

const pages = namePages(
  [
    pageOf('db/setup.md', ['a', 'only-db']),
    pageOf('web/setup.md', ['a', 'b']),
    pageOf('top.md', ['a', 'z']),
  ],
  (file) => file,
).map(({ runbook }) => runbook)

function chosen(flag: 'from' | 'to' | 'only', text: string): readonly string[] {
  const none = { from: undefined, to: undefined, only: [], tags: [] }
  const isSelected = selectSteps(pages, { ...none, [flag]: flag === 'only' ? [text] : text })
  return pages.flatMap((page) =>
    page.steps.filter((step) => isSelected(page, step)).map((step) => stepAddress(page, step)),
  )
}

const flags = ['only', 'from', 'to'] as const

describe('a step is selected', () => {
  test.each([
    ['web/setup#a', 'web/setup#a'],
    ['web/setup.md#a', 'web/setup#a'],
    ['./web/setup.md#a', 'web/setup#a'],
    ['setup#b', 'web/setup#b'],
    ['setup.md#only-db', 'db/setup#only-db'],
    ['top#a', 'top#a'],
    ['z', 'top#z'],
    ['b', 'web/setup#b'],
  ])('as `%s`', (text, address) => {
    expect(chosen('only', text)).toEqual([address])
    expect(chosen('from', text)[0]).toBe(address)
    expect(chosen('to', text).at(-1)).toBe(address)
  })

  test('by its id on every page with `--only`', () => {
    expect(chosen('only', 'a')).toEqual(['db/setup#a', 'web/setup#a', 'top#a'])
  })
})

describe('an ambiguous step name is refused with the pages', () => {
  test.each(
    flags.flatMap((flag) =>
      ['setup#a', 'setup.md#a', './setup.md#a'].map((text) => [flag, text] as const),
    ),
  )('--%s %s', (flag, text) => {
    expect(() => chosen(flag, text)).toThrow(
      expect.objectContaining({
        message: `\`${text}\` is a step of \`db/setup.md\`, \`web/setup.md\``,
        help: expect.objectContaining({ en: 'write one of `db/setup#a`, `web/setup#a`' }),
      }),
    )
  })

  test.each(['from', 'to'] as const)('--%s a', (flag) => {
    expect(() => chosen(flag, 'a')).toThrow(
      '`a` is a step of `db/setup.md`, `web/setup.md`, `top.md`',
    )
  })
})

describe('an unknown step name is refused with the nearest', () => {
  test.each([
    ['setup#aa', 'no such step: `setup#aa`', 'did you mean'],
    ['other/setup#a', 'no such step: `other/setup#a`', 'did you mean'],
    ['tup#a', 'no such step: `tup#a`', 'did you mean `top#a`?'],
    ['only-dc', 'no such step: `only-dc`', 'did you mean `only-db`?'],
  ])('%s', (text, message, help) => {
    for (const flag of flags) {
      expect(() => chosen(flag, text)).toThrow(
        expect.objectContaining({
          message,
          help: expect.objectContaining({ en: expect.stringContaining(help) }),
        }),
      )
    }
  })
})
