import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { fillSection, sectionsOf } from './run-spec.ts'

const folder = new URL('.', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.md'))

describe.each(files)('%s', (name) => {
  const spec = readFileSync(new URL(name, folder), 'utf8')

  test.each(sectionsOf(spec))('$title', ({ text }) => {
    expect(fillSection(text)).toBe(text)
  })

  // Only `npm run test:update` writes it; the diff is read.
  test('is what the language does', async () => {
    const filled = spec
      .split(/^(?=## )/m)
      .map((part) => (part.startsWith('## ') ? fillSection(part) : part))
      .join('')
    await expect(filled).toMatchFileSnapshot(new URL(name, folder).pathname)
  })
})
