import { expect, test } from 'vitest'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { expandText, RunVariables } from '../../src/run/variables.ts'

const { runbook } = parseRunbook(
  'a.md',
  '---\nvars: { HOST: a, PW: { secret: true, ask: pw } }\n---\n```bash {#x captures=ID}\ntrue\n```\n',
)

test('a page gets the values of the names that it declares, as they become known', () => {
  const variables = new RunVariables({ HOST: 'web', OTHER: 'x' }, new Set(), () => {})
  expect({ ...variables.ofPage(runbook) }).toEqual({ HOST: 'web' })
  variables.set('ID', '7')
  expect({ ...variables.ofPage(runbook) }).toEqual({ HOST: 'web', ID: '7' })
})

test('a secret is announced when it becomes known, and before it is used', () => {
  const announced: string[] = []
  const variables = new RunVariables({ PW: 'one' }, new Set(['PW']), (value) =>
    announced.push(value),
  )
  variables.set('PW', 'two')
  variables.set('HOST', 'public')
  expect(announced).toEqual(['one', 'two'])
})

test.each([
  ['${HOST} and ${HOST}', 'web and web'],
  ['$HOST ${NONE} ${toString} $${HOST}', '$HOST ${NONE} ${toString} $web'],
  ['${HOST', '${HOST'],
])('`%s` expands to `%s`', (text, expected) => {
  expect(expandText(text, { HOST: 'web' })).toBe(expected)
})
