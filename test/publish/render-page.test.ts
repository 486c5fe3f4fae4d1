import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createMarkdownRenderer } from 'vitepress'
import { afterAll, describe, expect, test } from 'vitest'
import type { MarkdownIt } from '../../src/publish/markdown-it.ts'
import { siteMarkdown } from '../../src/publish/site-config.ts'
import { debian, emptyProject, recordPage } from '../support/site-project.ts'

const project = emptyProject()
afterAll(() => project.remove())
const pages = join(project.root, 'runbook')
const place = { root: project.root, pages, out: join(project.root, 'out'), lang: 'zh' } as const
// VitePress keeps one renderer a process.
const md = (await createMarkdownRenderer(
  pages,
  siteMarkdown({ ...place, first: join(pages, 'index.md') }),
)) as unknown as MarkdownIt

let count = 0

/** A page of its own, rendered as VitePress does it. */
function render(text: string, name = `page-${++count}.md`, search = false): string {
  const path = write(name, text)
  return md.render(text, { path, relativePath: name, ...(search ? { search } : {}) })
}

function write(name: string, text: string | Buffer): string {
  const path = join(pages, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

function variant(label: string): string {
  return `\`\`\`bash [${label}] {#install when=os:${label.toLowerCase()}}\necho ${label}\n\`\`\`\n`
}

/** One tag a line, without colours: what a person can read in a diff. */
function readable(html: string): string {
  return html
    .replace(/<span style="[^"]*">([^<]*)<\/span>/g, '$1')
    .replace(/>(?=<(?!\/))/g, '>\n')
    .replace(/(<\/(?:article|div|ul|ol|li|header|footer|details|pre|dl|label)>)(?=<)/g, '$1\n')
}

describe('a page is drawn as in its golden file', () => {
  const plain =
    '# 标题\n\n```bash {#one as=root}\necho 1\n# 说明\necho 2\n```\n```output\n1\n2\n```\n'
  const variables =
    '---\ntitle: 变量\nvars:\n  DB: { default: "my db", ask: 库名 }\n  PW: { secret: true, pattern: ".{8,}" }\n---\n\n' +
    '```bash {#use}\nmysql -p"$PW" $DB \'$DB\'\n```\n'
  const kinds =
    '---\ntitle: 种类\nroles: { vm: 主机 }\nneeds: [cmd:git>=2.20]\n---\n\n' +
    '```sql {#script run="mysql -uroot"}\nSELECT 1;\n```\n\n' +
    '```ini {#file file=/etc/a.cnf mode=0644}\n[a]\nb = 1\n```\n\n' +
    '```diff {#patch file=/etc/a.cnf}\n--- a\n+++ b\n@@ -1 +1 @@\n-b = 1\n+b = 2\n```\n\n' +
    '- [ ] 由人来做\n- [x] 做过了\n\n' +
    '```console {#shown}\n$ echo 1\n1\n$ true\n```\n\n' +
    '```bash {#talk}\npasswd\n```\n```dialog\nNew password: => secret\n```\n'

  test.each([
    ['plain', plain],
    ['variables', variables],
    ['kinds', kinds],
  ])('%s', async (name, text) => {
    await expect(readable(render(text))).toMatchFileSnapshot(`../fixtures/publish/${name}.html`)
  })

  test('recorded', async () => {
    const path = write('recorded.md', plain)
    recordPage(path, debian, { one: ['1\n', '\u001b[31m2\u001b[0m\n'] })
    await expect(readable(render(plain, 'recorded.md'))).toMatchFileSnapshot(
      '../fixtures/publish/recorded.html',
    )
  })
})

describe('the contract of attributes', () => {
  test('variants with a shared id use it once', () => {
    const html = render(`# a\n\n::: code-group\n${variant('A')}${variant('B')}:::\n`)

    expect(html.match(/ id="install"/g)).toHaveLength(1)
    expect(html.match(/data-runbook-step="install"/g)).toHaveLength(2)
    expect(html.match(/data-runbook-variant="[AB]"/g)).toEqual([
      'data-runbook-variant="A"',
      'data-runbook-variant="B"',
    ])
  })

  test('a heading is renamed if a step has its id', () => {
    const html = render('# a\n\n## install\n\n```bash {#install}\ntrue\n```\n')

    expect(html.match(/ id="install"/g)).toHaveLength(1)
    expect(html).toContain('<h2 id="install-section"')
    expect(html).toContain('href="#install-section"')
  })

  test('if output and page are equal, one element contains the other', () => {
    const text = '# a\n\n```bash {#e}\necho 1\n```\n```output\n1\n```\n'
    recordPage(write('equal.md', text), debian, { e: ['1\n'] })
    const html = render(text, 'equal.md')

    expect(html).toMatch(
      /<div data-runbook-output="expected"><pre[^>]*data-runbook-output="recorded"/,
    )
    expect(html.match(/<code>1<\/code>/g)).toHaveLength(1)
  })

  test('a page without a heading shows the title of its front matter', () => {
    expect(render('---\ntitle: "a *b* {{ 1 }}"\n---\n\ntext\n')).toMatch(
      /<h1 [^>]*>a \*b\* &#123;&#123; 1 }} /,
    )
  })

  test('an index page and a README are prose unless they say otherwise', () => {
    const text = '# a\n\n```bash\ntrue\n```\n'

    expect(render(text, 'sub/README.md')).not.toContain('data-runbook-step')
    expect(render(text.replace('bash', 'bash {#a}'), 'sub2/README.md')).toContain(
      'data-runbook-step',
    )
  })

  test('a file with CRLF, a byte order mark and front matter has its steps', () => {
    const text = '\uFEFF---\r\ntitle: t\r\n---\r\n\r\n```bash {#a}\r\necho 1\r\n```\r\n'
    write('crlf.md', text)
    expect(render(text, 'crlf.md')).toContain('data-runbook-step="a"')
  })

  test("the search index has a step's text and no labels of buttons", () => {
    const html = render('# a\n\n```bash {#find-me}\necho 找我\n```\n', 'search.md', true)

    expect(html).toContain('echo 找我')
    expect(html).toContain('find-me')
    expect(html).not.toContain('复制')
  })
})

describe('two parsers of one text', () => {
  test.each([
    ['a footnote', '# a\n\nx[^1]\n\n[^1]: note\n\n    ```bash {#a}\n    true\n    ```\n', 7],
    ['a fence that a container ends', '# a\n\n::: tip\n```bash {#a}\ntrue\n:::\n\ntext\n', 4],
  ])('%s that they parse differently stops the build', (_, text, line) => {
    expect(() => render(text, 'drift.md')).toThrow(
      new RegExp(`^runbook/drift\\.md:${line}:\\d*:? ?.*(?:parser drift|never closed)`),
    )
  })

  test('an error of a page has its position', () => {
    expect(() => render('# a\n\n```bash {#a timeout=30}\ntrue\n```\n', 'wrong.md')).toThrow(
      /^runbook\/wrong\.md:3:\d+: error\[RB0104\]/,
    )
  })
})

describe('a page is data', () => {
  test.each([
    ['<<<', '# a\n\n<<< /etc/hostname\n', /:3: `<<<` includes another file/],
    ['an image outside', '# a\n\n![x](../../../etc/passwd)\n', /:3: .*outside the project/],
    ['an image with a query', '# a\n\n![x](./a.png?raw)\n', /:3: .*has a query/],
    ['markup in a description', "---\ndescription: '\"><script>'\n---\n\n# a\n", /:2: .*is markup/],
    ['markup in a title', '---\ntitle: "</script>"\n---\n\n# a\n', /:2: .*is markup/],
    [
      'a script in a link of the front matter',
      '---\nhero:\n  actions:\n    - { text: a, link: "javascript:alert(1)" }\n---\n\n# a\n',
      /:2: .*is markup/,
    ],
  ])('%s is refused', (_, text, message) => {
    expect(() => render(text, 'refused.md')).toThrow(message)
  })

  test('a missing image is its text', () => {
    const html = render('# a\n\n![the words](./none.png) and ![more](/none.png)\n', 'missing.md')
    expect(html).toContain('the words and more')
    expect(html).not.toContain('<img')
  })

  test.each([
    ['a template', '{{ 7*7 }} `{{ 1 }}` *{{ 2 }}*', /\{\{/],
    ['a template in indented code', '    {{ 7*7 }}', /\{\{/],
    ['a script', 'a <script>alert(1)</script>', /<script/],
    ['a block of HTML', '<div onclick="x">a</div>', /<div onclick/],
    ['a component', '<Badge text="a" />', /<Badge/],
    ['an attribute', '## a {onclick=alert(1)}', /<h2[^>]* onclick=/],
    ['a comment', 'a <!-- hidden --> b\n\n<!-- hidden -->', /hidden/],
    ['the title of a container', '::: tip {{ 1 }} <img src=x>\na\n:::', /\{\{|<img/],
    ['the title of an alert', '> [!NOTE] {{ 1 }} <img src=x>\n> a', /\{\{|<img/],
    ['the label of a tab', '::: code-group\n```js [<img src=x>]\na\n```\n:::', /<img/],
    ['a language', '```"><img/src=x>\na\n```', /<img/],
    ['a template of a language', '```js-vue\n{{ 1 }}\n```', /language-js-vue/],
    ['a table of contents', '## {{ 1 }}\n\n[[toc]]', />[^<]*\{\{/],
    ['a link to a script', '[a](javascript:alert(1))', /href="javascript/],
  ])('%s is text', (_, text, live) => {
    expect(render(`# t\n\n${text}\n`)).not.toMatch(live)
  })

  test('an entity is kept', () => {
    expect(render('# t\n\na &copy; &lt;b&gt;\n')).toContain('a &copy; &lt;b&gt;')
  })
})
