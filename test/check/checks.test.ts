import { describe, expect, test } from 'vitest'
import { checkSentence } from '../../src/check/check-sentence.ts'
import { checkForms, readChecks } from '../../src/check/read-checks.ts'

const place = { line: 1, column: 1, offset: 0 }
const span = { start: place, end: place }

describe('every check', () => {
  test.each(Object.entries(checkForms))(
    '%s reads its own example and has a sentence',
    (kind, form) => {
      const { checks, problems } = readChecks(form.example)
      expect(problems).toEqual([])
      expect(checks.map(({ question }) => question.kind)).toEqual([kind])
      for (const { question, negated, text } of checks) {
        const check = { question, negated, text, span }
        expect(checkSentence(check, 'zh')).toMatch(/[\u4e00-\u9fff]/)
        expect(checkSentence(check, 'en')).toMatch(/^[a-z/]/i)
      }
    },
  )
})

describe('several checks', () => {
  test('are separated by blanks; `sh:` takes the rest, and a line its blanks', () => {
    const { checks } = readChecks("!cmd:git>=2.20 line:/etc/x:/a b/ mem>=1G sh:mysql -e 'use shop'")
    expect(checks.map(({ text, negated }) => [text, negated])).toEqual([
      ['!cmd:git>=2.20', true],
      ['line:/etc/x:/a b/', false],
      ['mem>=1G', false],
      ["sh:mysql -e 'use shop'", false],
    ])
  })

  test('that are wrong are told apart, with their place', () => {
    const { problems } = readChecks('cmd:git prot:80 port:0 file:')
    expect(problems.map(({ kind, text, start, end }) => [kind, text, start, end])).toEqual([
      ['unknown', 'prot', 8, 15],
      ['wrong', 'port:0', 16, 22],
      ['wrong', 'file:', 23, 28],
    ])
  })

  test.each([
    ['http:http://localhost:8000/=200', { url: 'http://localhost:8000/', status: 200 }],
    ['http:http://x/?a=200x', { url: 'http://x/?a=200x', status: undefined }],
    ['http:https://x/?q=1=404', { url: 'https://x/?q=1', status: 404 }],
    ['net:[::1]:22', { host: '[::1]', port: 22 }],
    ['os:centos@7', { id: 'centos', version: '7' }],
    ['disk:/var>=1.5G', { path: '/var', bytes: 1.5 * 1024 ** 3 }],
  ])('%s is read as a whole', (text, wanted) => {
    expect(readChecks(text).checks[0]?.question).toMatchObject(wanted)
  })
})
