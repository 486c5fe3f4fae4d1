import { createTwoFilesPatch } from 'diff'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toBytes } from '../../src/run/byte-text.ts'
import { applyPatch } from '../../src/run/apply-patch.ts'
import { FileProblem } from '../../src/run/file-problem.ts'

const patchOf = (old: string, next: string, context = 3) =>
  createTwoFilesPatch('a', 'b', old, next, '', '', { context })

const problem = (before: string | undefined, patch: string) => {
  try {
    return applyPatch(before, patch)
  } catch (error) {
    if (error instanceof FileProblem) return error.text.en
    throw error
  }
}

const block = (word: string) => `begin\n${word}\nend\n`

describe('a patch', () => {
  test('is applied once: the second time it is skipped', () => {
    const old = 'a\nb\nc\n'
    const next = 'a\nB\nc\nd\n'
    const patch = patchOf(old, next)
    expect(applyPatch(old, patch)).toBe(next)
    expect(applyPatch(next, patch)).toBe(next)
  })

  test('finds its position after lines were inserted before it', () => {
    const patch = patchOf('x\na\nb\nc\n', 'x\na\nB\nc\n')
    expect(applyPatch('new\nnew\nx\na\nb\nc\nend\n', patch)).toBe('new\nnew\nx\na\nB\nc\nend\n')
  })

  test('that adds a line to equal ones is not applied again and again', () => {
    const patch = patchOf('x\nx\n', 'x\nx\nx\n')
    const once = applyPatch('x\nx\n', patch)
    expect(once).toBe('x\nx\nx\n')
    expect(applyPatch(once, patch)).toBe(once)
  })

  test('keeps line ends and bytes that are not UTF-8', () => {
    const patch = toBytes(patchOf('a\nb\n', 'a\né\n'))
    expect(applyPatch('\xff\r\na\r\nb\r\n', patch)).toBe('\xff\r\na\r\n\xc3\xa9\r\n')
  })

  test('creates a missing file, and adds or removes the last line end', () => {
    const made = patchOf('', 'a\n')
    expect(applyPatch(undefined, made)).toBe('a\n')
    expect(applyPatch('a\n', made)).toBe('a\n')
    const ended = patchOf('a\nb', 'a\nb\n')
    expect(applyPatch('a\nb', ended)).toBe('a\nb\n')
    expect(applyPatch('a\nb\n', ended)).toBe('a\nb\n')
    const unended = patchOf('a\nb\n', 'a\nb')
    expect(applyPatch('a\nb\n', unended)).toBe('a\nb')
    expect(applyPatch('a\nb', unended)).toBe('a\nb')
  })

  const far = Array.from({ length: 30 }, (_, index) => `line ${index}`)
  const changed = (...indexes: readonly number[]) =>
    `${far.map((line, index) => (indexes.includes(index) ? `${line}!` : line)).join('\n')}\n`

  test('that is partly applied is refused, and names the part', () => {
    const patch = patchOf(changed(), changed(3, 25))
    expect(problem(changed(3), patch)).toMatch(/partly applied: hunk 1 is, hunk 2 is not/)
    expect(problem(changed(25), patch)).toMatch(/hunk 2 is, hunk 1 is not/)
    expect(applyPatch(changed(3, 25), patch)).toBe(changed(3, 25))
  })

  test.each([
    ['whose context is not there', 'other\n', patchOf('a\nb\n', 'a\nc\n'), 'hunk 1 (line 1)'],
    ['for a file that is not there', undefined, patchOf('a\n', 'b\n'), 'hunk 1'],
    ['without a hunk', 'a\n', 'just words\n', 'not a patch of one file'],
    [
      'of two files',
      'a\n',
      `${patchOf('a\n', 'b\n')}${patchOf('c\n', 'd\n')}`,
      'not a patch of one file: 2 files',
    ],
    ['that removes the file', 'a\n', '--- a\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n', '/dev/null'],
    ['with wrong counts', 'a\n', '--- a\n+++ b\n@@ -1,7 +1,7 @@\n-a\n+b\n', 'not a patch'],
    ['for bytes that are no text', 'a\0\n', patchOf('a\n', 'b\n'), 'NUL'],
  ])('%s is refused', (_, before, patch, words) => {
    expect(problem(before, patch)).toContain(words)
  })

  test('that fits at one position and is already applied at another is refused', () => {
    const patch = patchOf(block('old'), block('new'))
    expect(problem(`top\n${block('old')}${block('new')}`, patch)).toMatch(/ambiguous/)
  })

  test('of any change is applied, then recognised as applied, and keeps every other byte', () => {
    const line = fc.constantFrom('a', 'b', 'c', '', 'caf\xe9')
    const text = fc
      .array(line, { maxLength: 12 })
      .map((lines) => lines.map((l) => `${l}\n`).join(''))
    fc.assert(
      fc.property(text, text, (old, next) => {
        fc.pre(old !== next && next !== '')
        const patch = patchOf(old, next)
        const after = applyPatch(old, patch)
        // A change that could as well be there already is left alone, never applied twice.
        expect([old, next]).toContain(after)
        expect(applyPatch(next, patch)).toBe(next)
      }),
    )
  })
})
