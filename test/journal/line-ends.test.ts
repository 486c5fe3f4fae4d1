import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { firstLine, lastLine } from '../../src/journal/line-ends.ts'

const folder = mkdtempSync(join(tmpdir(), 'runbook-lines-'))
const long = '长'.repeat(60_000)

test.each([
  ['nothing', '', '', ''],
  ['one line', 'a\n', 'a', 'a'],
  ['one torn line', 'a', 'a', 'a'],
  ['a torn last line', 'a\nb\n{"c', 'a', '{"c'],
  ['a line of exactly one chunk', `${'x'.repeat(65_535)}\nb\n`, 'x'.repeat(65_535), 'b'],
  ['lines longer than a chunk', `${long}1\nb\n${long}2\n`, `${long}1`, `${long}2`],
])('of a file with %s', (_, text, first, last) => {
  const file = join(folder, 'lines')
  writeFileSync(file, text)
  expect([firstLine(file), lastLine(file)]).toEqual([first, last])
})
