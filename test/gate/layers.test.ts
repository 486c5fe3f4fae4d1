/** Which folder of the core may import which others; that edges stay apart is lint's. */

import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const src = fileURLToPath(new URL('../../src/', import.meta.url))

/** Also of types: a type is a thing to know about. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  text: [],
  model: [],
  match: ['model'],
  check: ['model'],
  diagnostic: ['text', 'model'],
  parse: ['text', 'model', 'match', 'check', 'diagnostic'],
  plan: ['text', 'model', 'match', 'check', 'diagnostic', 'parse'],
  run: ['text', 'model', 'match', 'check', 'diagnostic', 'parse', 'plan'],
  timeline: ['text', 'model'],
  lint: ['text', 'model', 'match', 'check', 'diagnostic', 'parse'],
  import: ['text', 'model', 'match', 'check', 'diagnostic', 'parse', 'lint'],
  export: ['text', 'model', 'match', 'check', 'diagnostic', 'parse', 'plan'],
  reference: ['text', 'model', 'match', 'check', 'diagnostic', 'parse'],
}

/** `FILE: FOLDER` for every import of another folder. */
function importsOf(folder: string): readonly (readonly [file: string, imported: string])[] {
  const names = readdirSync(join(src, folder), { recursive: true, encoding: 'utf8' })
  return names
    .filter((name) => name.endsWith('.ts'))
    .flatMap((name) => {
      const file = posix.join(folder, name)
      const text = readFileSync(join(src, file), 'utf8')
      const paths = text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)
      return [...paths].flatMap(([, path = '']) => {
        const [imported = ''] = posix.join(dirname(file), path).split('/')
        return imported === folder ? [] : [[file, imported] as const]
      })
    })
}

describe('imports point one way', () => {
  test.each(Object.entries(mayImport))('%s imports %j at most', (folder, allowed) => {
    expect(importsOf(folder).filter(([, imported]) => !allowed.includes(imported))).toEqual([])
  })
})

test('every folder of the core is listed here', () => {
  const { overrides } = JSON.parse(readFileSync(join(src, '../.oxlintrc.json'), 'utf8')) as {
    readonly overrides: readonly { readonly files: readonly string[] }[]
  }
  const [, core = ''] = /^src\/\{(.*)\}\/\*\*$/.exec(overrides[0]?.files[0] ?? '') ?? []
  expect(Object.keys(mayImport).toSorted()).toEqual(core.split(',').toSorted())
})
