import { expect, test } from 'vitest'
import { alignRows } from '../../src/text/align-rows.ts'

test('columns are as wide as their widest cell, in terminal columns', () => {
  expect(alignRows([['步骤', 'a'], ['x', 'bcd', 'e'], ['y']])).toEqual([
    '步骤  a',
    'x     bcd  e',
    'y',
  ])
})

test('a colour has no width', () => {
  expect(
    alignRows([
      ['\u001b[1mab\u001b[22m', 'c'],
      ['d', 'e'],
    ]),
  ).toEqual(['\u001b[1mab\u001b[22m  c', 'd   e'])
})

test('a column has its minimum width, and no line ends in blanks', () => {
  expect(
    alignRows(
      [
        ['a', 'b'],
        ['c', ''],
      ],
      [4],
    ),
  ).toEqual(['a     b', 'c'])
  expect(alignRows([])).toEqual([])
})
