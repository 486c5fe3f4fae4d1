import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { codeDocs } from '../../src/diagnostic/code-doc.ts'
import { codes } from '../../src/diagnostic/codes.ts'

const root = new URL('../', import.meta.url)
const read = (folder: string, ending: string) =>
  readdirSync(new URL(folder, root))
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(new URL(`${folder}/${name}`, root), 'utf8'))
    .join('\n')

// Codes of a page are triggered in the language reference, those of a project by the program.
const shown = `${read('spec', '.md')}\n${read('cli', '.test.ts')}\n${read('parse', '.test.ts')}`
const ofPages = Object.keys(codes).filter((code) => code < 'RB2')

test.each(ofPages)('%s has a page that triggers it', (code) => {
  expect(shown.includes(code)).toBe(true)
})

test('every code is explained in Chinese and English', () => {
  for (const { zh, en } of Object.values(codeDocs)) {
    expect(zh.title).toMatch(/[\u4e00-\u9fff]/)
    expect(zh.fix).toMatch(/[\u4e00-\u9fff]/)
    expect(en.title).toMatch(/^[a-zA-Z]/)
    expect(en.title).not.toMatch(/\.$/)
    expect(en.why).toMatch(/\.$/)
  }
})

test('a name stands for one code', () => {
  const names = Object.values(codes).map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})
