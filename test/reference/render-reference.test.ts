import { describe, expect, test } from 'vitest'
import { attributeTable } from '../../src/parse/attribute-table.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { findEntries, referenceEntries } from '../../src/reference/entries.ts'
import { renderConfigChapter, renderReference } from '../../src/reference/render-reference.ts'

describe.each(['zh', 'en'] as const)('the reference in %s', (lang) => {
  test('has a section for every entry, and its pages parse without errors', () => {
    const pages = renderReference(lang)
    const text = pages.map((page) => page.text).join('\n')
    const sections = text.match(/^## /gm) ?? []
    expect(sections).toHaveLength(referenceEntries(lang).length)
    for (const page of pages) {
      expect(parseRunbook(page.file, page.text)).toMatchObject({
        runbook: { title: page.title, steps: [] },
        diagnostics: [],
      })
    }
  })

  test('finds every entry by its name', () => {
    for (const entry of referenceEntries(lang))
      expect(findEntries(entry.name, lang)).toContainEqual(entry)
  })
})

test('the site publishes the reference of this version', async () => {
  for (const { file, text } of renderReference('zh'))
    await expect(text).toMatchFileSnapshot(`../../runbook/reference/${file}`)
})

test.each(['zh', 'en'] as const)(
  'the guide in %s ends with the keys of `runbook.yml`',
  async (lang) => {
    const file = `../../runbook/guide/${lang}/15-runbook-yml.md`
    await expect(renderConfigChapter(lang)).toMatchFileSnapshot(file)
  },
)

test('every example of an attribute is accepted by the parser', () => {
  const roles = '---\nroles: { vm: x, workstation: y }\n---\n'
  const fences: Readonly<Record<string, readonly [string, string]>> = {
    shell: ['bash', ''],
    console: ['console', ''],
    script: ['sql', 'run=mysql '],
    file: ['ini', 'file=/etc/x '],
    patch: ['diff', 'file=/etc/x '],
    output: ['output', ''],
    dialog: ['dialog', ''],
    prose: ['text', ''],
  }
  for (const [name, { example, on }] of Object.entries(attributeTable)) {
    const [word = '', own = ''] = fences[on[0]] ?? []
    const beside =
      name === 'ready' || name === 'stop'
        ? 'background '
        : name === 'within'
          ? 'ensures=port:1 '
          : ''
    const written = example.replace(/^\{|\}$/g, '')
    const same = own.startsWith(`${name}=`) ? '' : own
    const after = name === 'nocompare' && on[0] === 'shell' ? '```output\n```\n' : ''
    const page = `${roles}\`\`\`bash {#install}\ntrue\n\`\`\`\n\`\`\`bash {#remove-user}\ntrue\n\`\`\`\n\`\`\`${word} {${same}${beside}${name === 'id' ? '#example' : written}}\na => b\n\`\`\`\n${after}`
    expect([name, parseRunbook('page.md', page).diagnostics]).toEqual([name, []])
  }
})
