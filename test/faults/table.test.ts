/** Every row of the table of faults names a test that is there. */

import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const table = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
const rows = table.split('\n').filter((line) => /^\| [^-]/.test(line))

/** `folder/file`, with words of test names behind it up to the next `;`. */
const reference = /`([a-z-]+\/[a-z.-]+)`(?:: ((?:[^;`]|`[^`]*` )*))?/g

test('the table of faults has rows', () => expect(rows.length).toBeGreaterThan(70))

test.each(rows.slice(1).map((row) => [row.split(' | ')[0]?.slice(2) ?? '', row] as const))(
  '%s',
  (_, row) => {
    const last = row.replace(/ \|$/, '').split(' | ').at(-1) ?? ''
    const named = [...last.matchAll(reference)]
    expect(named).not.toEqual([])
    for (const [, name = '', words = ''] of named) {
      const file = new URL(`../${name}.test.ts`, import.meta.url)
      expect({ name, isThere: existsSync(file) }).toEqual({ name, isThere: true })
      const text = readFileSync(file, 'utf8')
      const pieces = words
        .split(/, |…/)
        .map((piece) => piece.trim())
        .filter((piece) => piece !== '')
      for (const piece of pieces) expect(text).toContain(piece)
    }
  },
)
