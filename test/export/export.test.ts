import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectWith, runCli } from '../cli/run-cli.ts'

const page = `---
title: Try it_
roles: { vm: target }
vars: { NAME: { default: x } }
---

Words, a [link](javascript:alert(1)), [another](https://example.org), <b>raw</b>.

![a dot](dot.png) ![far](https://example.org/x.png)

- A list:

  \`\`\`bash [Any] {#a title="Say it" needs=cmd:bash}
  echo "$RANDOM <b>"
  \`\`\`

  \`\`\`output
  <:\\d+> \\<b>
  \`\`\`

\`\`\`console {#b}
$ echo one
<...>
$ echo two
two
\`\`\`

\`\`\`bash {#c}
cat
\`\`\`

\`\`\`dialog {for=c}
name: => root
\`\`\`
`

const dot =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

async function recorded(text = page.replace(/```bash \{#c\}[\s\S]*/, '')) {
  const cwd = projectWith({ 'a.md': text })
  const { code } = await runCli(['exec', 'a.md', '--host', 'local', '--record'], { cwd })
  expect(code).toBe(0)
  return cwd
}

describe('as Markdown', () => {
  test('the page has its recorded output and no attributes', async () => {
    const cwd = await recorded()
    const { code, stdout } = await runCli(['export', 'a.md', '--to', 'markdown'], { cwd })
    expect(code).toBe(0)
    const number = /(\d+) <b>/.exec(stdout)?.[1]
    expect(stdout).toBe(`# Try it\\_

> - hosts: vm (target)
> - $NAME: x

Words, a [link](javascript:alert(1)), [another](https://example.org), <b>raw</b>.

![a dot](dot.png) ![far](https://example.org/x.png)

- A list:

  > **Say it** · needed: command bash exists

  \`\`\`bash [Any]
  echo "$RANDOM <b>"
  \`\`\`

  \`\`\`text
  ${number} <b>
  \`\`\`

\`\`\`console
$ echo one
one
$ echo two
two
\`\`\`

`)
  })

  test('without a record the page keeps its expected output', async () => {
    const cwd = projectWith({ 'a.md': page })
    const { stdout } = await runCli(['export', 'a.md', '--to', 'markdown'], { cwd })
    expect(stdout).toContain('text that varies\n\n  ```text\n  … <b>\n  ```')
    expect(stdout).toContain('$ echo one\n…\n$ echo two\ntwo\n')
    expect(stdout).toContain('answers to type\n\n```text\nname: => root\n```')
  })

  test('a step that has changed since its record is not filled in', async () => {
    const cwd = await recorded()
    const text = readFileSync(join(cwd, 'a.md'), 'utf8').replace('$RANDOM', '1')
    const { stdout } = await runCli(['export', '-', '--to', 'markdown'], { cwd, stdin: text })
    expect(stdout).toContain(
      'expected output; … stands for text that varies\n\n  ```text\n  … <b>\n',
    )
  })
})

describe('as HTML', () => {
  test('is one file without scripts and external resources', async () => {
    const cwd = await recorded()
    const { stdout } = await runCli(['export', 'a.md', '--to', 'html', '--lang', 'en'], { cwd })
    expect(stdout).toMatch(/^<!doctype html>/)
    expect(stdout).toContain('<html lang="en">')
    expect(stdout).toContain('<h1>Try it_</h1>')
    expect(stdout).not.toMatch(/<script|javascript:|<b>raw|src="https?:|@import|url\(/)
    expect(stdout).toContain('<a href="https://example.org">another</a>')
    expect(stdout).toMatch(
      /<figure class="step" id="a"><figcaption><span>a<\/span><span>Say it<\/span>/,
    )
    expect(stdout).toMatch(
      /output on [\w.-]+, \d{4}-\d\d-\d\d<\/span><\/figcaption><pre>\d+ &#x3C;b>/,
    )
    expect(stdout).toContain('<pre>$ echo one\none\n$ echo two\ntwo</pre>')
  })

  test('shows pictures of the project, and the text of other pictures', async () => {
    const cwd = projectWith({ 'a.md': page })
    const { writeFileSync } = await import('node:fs')
    writeFileSync(join(cwd, 'dot.png'), Buffer.from(dot, 'base64'))
    const { stdout } = await runCli(['export', 'a.md', '--to', 'html'], { cwd })
    expect(stdout).toContain(`<img src="data:image/png;base64,${dot}" alt="a dot">`)
    expect(stdout).toContain('<span>far</span>')
  })

  test('a picture outside the project is not read', async () => {
    const cwd = projectWith({
      'p/runbook.yml': '',
      'p/a.md': '![out](../dot.png)\n',
      'dot.png': 'x',
    })
    const { stdout } = await runCli(['export', 'a.md', '--to', 'html'], { cwd: join(cwd, 'p') })
    expect(stdout).toContain('<span>out</span>')
  })
})

const described = `---
title: Shop
needs: [user:root]
requires: [b.md]
roles: { vm: target }
vars: { PW: { secret: true, ask: new password }, DB: { default: shop } }
---

# Shop
\`\`\`bash {#drop danger="the data are *lost*" title="Drop it" as=root dir=/srv exit=0,1}
true
\`\`\`

::: tip Take care
Read **this**.
:::

> [!NOTE]
> An alert.

## Variants {#own}

::: code-group
\`\`\`bash [CentOS] {#in when=os:centos@7}
true
\`\`\`
\`\`\`bash [Debian] {#in when=os:debian unless=file:/x}
true
\`\`\`
:::

:::: warning
Outside
::: details More
\`\`\`ini {#conf file=/etc/a.ini mode=0600 edit=section}
::: no container
\`\`\`
:::
::::

[own](#own) [in](#in) [shop](#Shop)
`

const says = [
  'danger: the data are',
  'Drop it',
  'as root',
  'in the folder /srv',
  'may end with exit status 0, 1',
  'CentOS',
  'only if: the system is centos 7',
  'Debian',
  'not needed if: file /x exists',
  'a part of /etc/a.ini',
  'mode 0600',
  'logged in as root',
  'new password',
  '$DB: shop',
  'Take care',
  'Read',
  'An alert.',
  'Outside',
  'More',
]

describe.each(['markdown', 'html'])('what attributes say is said to a reader of %s', (form) => {
  const exported = async () => {
    const cwd = projectWith({ 'a.md': described, 'b.md': '# B\n' })
    return (await runCli(['export', 'a.md', '--to', form, '--lang', 'en'], { cwd })).stdout
  }

  test('conditions, danger, titles and containers', async () => {
    const text = await exported()
    const plain = text.replaceAll(/\\(?=[*<>_])/g, '')
    for (const words of says) expect(plain).toContain(words)
    expect(text.match(/:::/g)).toHaveLength(1)
    expect(text).toContain('::: no container')
    expect(text).not.toMatch(/\{#|\[!(?:tip|details)\]/)
  })

  test('each id is there once, and links lead to one', async () => {
    const text = await exported()
    const ids = [...text.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(ids).toEqual([...new Set(ids)])
    expect(ids).toEqual(expect.arrayContaining(['own', 'in']))
  })
})

test('an HTML page has its boxes, and the anchor of a heading', async () => {
  const cwd = projectWith({ 'a.md': described, 'b.md': '# B\n' })
  const { stdout } = await runCli(['export', 'a.md', '--to', 'html', '--lang', 'en'], { cwd })
  expect(stdout).toContain(
    '<aside class="tip"><p class="title">Take care</p><p>Read <strong>this</strong>.</p></aside>',
  )
  expect(stdout).toContain('<p class="title">Warning</p><p>Outside</p><details open><summary>More')
  expect(stdout).toContain('<h2 id="own">Variants</h2>')
  expect(stdout).toContain('<a href="#shop">shop</a>')
  expect(stdout).toMatch(/id="in">[\s\S]*id="in-1">/)
})

test('as JSON it equals `list --json`', async () => {
  const cwd = projectWith({ 'a.md': page })
  const { stdout } = await runCli(['export', 'a.md', '--to', 'json'], { cwd })
  expect(stdout).toBe((await runCli(['list', 'a.md', '--json'], { cwd })).stdout)
})

test('`--out` writes a file; a script is executable', async () => {
  const cwd = projectWith({ 'a.md': '```bash {#x}\ntrue\n```\n' })
  const { code, stdout } = await runCli(['export', 'a.md', '--to', 'bash', '--out', 'a.sh'], {
    cwd,
  })
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect(statSync(join(cwd, 'a.sh')).mode & 0o111).not.toBe(0)
})

test.each([
  ['no form', ['a.md'], "required option '--to <form>' not specified"],
  ['an unknown form', ['a.md', '--to', 'pdf'], 'bash, markdown, json, html'],
  ['a step', ['a.md#x', '--to', 'bash'], 'a page is exported whole'],
  ['several pages', ['.', '--to', 'bash'], 'give one page'],
  ['a page with an error', ['b.md', '--to', 'html'], 'error[RB0101]'],
  ['a page without a step', ['c.md', '--to', 'bash'], 'nothing to run'],
])('%s is refused', async (_, words, message) => {
  const cwd = projectWith({
    'a.md': '```bash {#x}\ntrue\n```\n',
    'b.md': '```bash {#x timout=1s}\ntrue\n```\n',
    'c.md': '# C\n',
  })
  const { code, stderr } = await runCli(['export', ...words], { cwd })
  expect(stderr).toContain(message)
  expect(code).toBe(2)
  expect(existsSync(join(cwd, 'a.sh'))).toBe(false)
})
