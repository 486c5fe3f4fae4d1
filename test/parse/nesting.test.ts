import { expect, test } from 'vitest'
import { deepShellAt, deepYamlAt } from '../../src/parse/nesting.ts'

const many = (text: string) => text.repeat(5000)

test.each([
  ['lists in a line', `a: ${many('[')}`],
  ['maps in a line', `a: ${many('{a: ')}`],
  ['dashes in a line', `a:\n  ${many('- ')}x`],
  ['lines that indent', Array.from({ length: 400 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
])('YAML that nests too deep is told: %s', (_, text) => {
  expect(deepYamlAt(text)).toBeGreaterThan(0)
})

test.each([
  ['groups', many('{ ')],
  ['substitutions', many('$(')],
  ['conditions', many('if a; then ')],
  ['loops', many('for a in b; do ')],
])('shell that nests too deep is told: %s', (_, text) => {
  expect(deepShellAt(text)).toBeGreaterThan(0)
})

test('closed constructs do not count, however often they open', () => {
  expect(deepYamlAt(`a: ${many('[]')}\n${many('- x\n')}`)).toBeUndefined()
  expect(deepShellAt(many('(a); if b; then { c; }; fi; '))).toBeUndefined()
})
