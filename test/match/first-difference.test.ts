import { expect, test } from 'vitest'
import { diffOutput } from '../../src/match/diff-output.ts'
import type { ExpectedOutput } from '../../src/model/expected.ts'
import { expectation } from './expectation.ts'

const names = { names: new Set(['NAME']), values: {} }
const as = (text: string, more: Partial<ExpectedOutput> = {}): ExpectedOutput => ({
  ...expectation(text),
  ...more,
})
const json = (text: string) => as(text, { match: 'json' })

test.each<[string, ExpectedOutput, string, number]>([
  ['a changed line', as('a\nb\nc'), 'a\nx\nc', 2],
  ['a missing line', as('a\nb\nc'), 'a\nb', 3],
  ['a line too many, before the next one', as('a\nb'), 'a\nx\nb', 2],
  ['a line too many, at the end', as('a\nb'), 'a\nb\nx', 2],
  ['nothing printed', as('a\nb'), '', 1],
  ['anything printed where nothing may be', as(''), 'x', 1],
  ['a line behind a wildcard', as('a\n...\nz\ny'), 'a\n1\n2\n3\nz\nx', 4],
  ['a hole that does not match', as('v 1\nv <:\\d+>'), 'v 1\nv x', 2],
  ['a name with two values', as('<NAME>\nb\n<NAME>'), '1\nb\n2', 3],
  ['a line that the output does not contain', as('b\nd', { match: 'contains' }), 'a\nb\nc', 2],
  ['the start of an output', as('up\nready', { isStart: true }), 'up\nbroken\nmore', 2],
  [
    'what is printed between two prompts',
    as('> select 1\n\n> select 2\n2\nOK', {
      typed: [
        { line: 0, prompt: '>' },
        { line: 2, prompt: '>' },
      ],
    }),
    '> select 1\nany\nthing\n> select 2\n3\nOK',
    4,
  ],
  ['a member', json('{\n  "a": 1,\n  "b": 2\n}'), '{"b": 3, "a": 1}', 3],
  ['a member that is missing', json('{\n  "a": 1,\n  "b": 2\n}'), '{"a": 1}', 3],
  ['a member too many', json('{\n  "a": {\n    "b": 2\n  }\n}'), '{"a": {"b": 2, "c": 3}}', 2],
  ['an element', json('[\n  1,\n  {\n    "a": <:\\d+>\n  }\n]'), '[1, {"a": "x"}]', 4],
  ['what is no JSON', json('{\n  "a": 1\n}'), 'error', 1],
])('the first difference of %s is found', (_, expected, printed, line) => {
  expect(diffOutput(expected, printed, names).line).toBe(line)
})
