import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createMarkdownRenderer } from 'vitepress'
import { afterAll, expect, test } from 'vitest'
import { isError } from '../../src/diagnostic/diagnostic.ts'
import { lintRunbook } from '../../src/lint/lint-runbook.ts'
import type { MarkdownIt } from '../../src/publish/markdown-it.ts'
import { searchSections } from '../../src/publish/search-sections.ts'
import { siteMarkdown } from '../../src/publish/site-config.ts'
import { emptyProject } from '../support/site-project.ts'

const project = emptyProject()
afterAll(() => project.remove())
const pages = join(project.root, 'runbook')
mkdirSync(pages, { recursive: true })
const place = { root: project.root, pages, out: join(project.root, 'out'), lang: 'zh' } as const
const md = (await createMarkdownRenderer(
  pages,
  siteMarkdown({ ...place, first: join(pages, 'index.md') }),
)) as unknown as MarkdownIt

const fixtures = new URL('../fixtures', import.meta.url).pathname
const corpus = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.md'))
  .map((name) => [name, readFileSync(join(fixtures, name), 'utf8')] as const)

const spellings = `# Two {#own-id}

[a](#own-id) [b](#install-now) [c](#under_score-x) [d](#place) [e](#whats-new--else) [f](#foo-1)
[g](#Install-It) [h](#_1-安装-mysql) [i](#1-安装-mysql) [j](#run) [k](#named) [l](#second) [m](#what-s-new-else)
[n](other.md#whats-new--else) [o](other.md#there) [p](./other.md#Under_score-X)

<a id="place"></a>

Text <a name="named"></a> here.

## Install it! {#install-now}

## Under_score X

## What's new & else?

## Foo

## Foo

## 1. 安装 MySQL

# Second

\`\`\`bash {#run}
echo hi
\`\`\`
`
const other =
  "# Other\n\n## Under_score X {#there}\n\n## What’s new & else?\n\n## What's new & else?\n"

/** What is at an address of the site: ids, as a browser looks for them. */
function idsIn(html: string): ReadonlySet<string> {
  return new Set([...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id))
}

function render(name: string, text: string, search = false): string {
  const path = join(pages, name)
  writeFileSync(path, text)
  return md.render(text, { path, relativePath: name, ...(search ? { search } : {}) })
}

test.each([...corpus, ['spellings.md', spellings] as const, ['other.md', other] as const])(
  'every link of %s that lint accepts leads to an anchor of the site',
  (file, text) => {
    const name = file.replaceAll('/', '-')
    writeFileSync(join(pages, 'other.md'), other)
    const found = lintRunbook(name, text)
    if (found.some(isError)) return
    const html = render(name, text)
    const others = idsIn(render('other.md', other))
    const dead = new Set(
      found.flatMap(({ code, message }) =>
        code === 'RB0606' ? [/`#?([^`]*)`/.exec(message.en)?.[1]] : [],
      ),
    )
    const missing = [...html.matchAll(/<a href="(?:\.\/other(?:\.html)?)?#([^"]*)"/g)]
      .map(([link, anchor = '']) => ({ link, anchor: decodeURIComponent(anchor) }))
      .filter(({ link, anchor }) => !(link.includes('other') ? others : idsIn(html)).has(anchor))
      .filter(({ anchor }) => !dead.has(anchor) && anchor !== 'top')
    expect(missing).toEqual([])
    expect(html).not.toMatch(/\{#[\w-]+\}/)
  },
)

test('every section of a page has its own address in the search index', () => {
  const sections = [...searchSections('', render('search.md', spellings, true))]
  const anchors = sections.map(({ anchor }) => anchor)
  expect(new Set(anchors).size).toBe(anchors.length)
  expect(anchors).toContain('second')
})

test('an anchor is not markup, and does not take an id of a step or of the theme', () => {
  const html = render(
    'hostile.md',
    '# T {#app}\n\n<a id="app"></a> <a id="x" onclick="y">z</a>\n\n## Run {#run}\n\n```bash {#run}\ntrue\n```\n',
  )
  expect(html).not.toMatch(/id="app"/)
  expect(html).not.toMatch(/<a [^>]*onclick/)
  expect(html.match(/id="run"/g)).toHaveLength(1)
})
