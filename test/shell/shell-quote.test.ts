import { execFileSync } from 'node:child_process'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { assignments, checkName } from '../../src/shell/protocol.ts'
import { shellQuote } from '../../src/shell/protocol.ts'

test('quotes any text so that bash reads the same text', () => {
  const texts = fc.sample(
    fc.string({
      unit: fc.constantFrom(...Array.from('ab \'"\\$`!*?~\n\t\r#&|;<>(){}[]=中\u0001\u007f')),
    }),
    200,
  )
  const script = texts.map((text) => `printf '%s\\0' ${shellQuote(text)}\n`).join('')
  const printed = execFileSync('bash', { input: script }).toString()
  expect(printed.split('\0').slice(0, -1)).toEqual(texts)
})

test('refuses a NUL byte', () => {
  expect(() => shellQuote('a\0b')).toThrow(/NUL/)
})

test('makes assignments of names that a page may set', () => {
  expect(assignments({ A: '1', B_2: "it's" })).toBe("A='1' B_2='it'\\''s'")
  expect(() => checkName('LD_PRELOAD')).toThrow(/cannot be set/)
  expect(() => checkName('1A')).toThrow(/not the name/)
})
