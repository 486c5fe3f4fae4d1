/** Pages that try to publish a file of the builder, or to run a script in a reader's browser. */

import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { createMarkdownRenderer } from 'vitepress'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { MarkdownIt } from '../../src/publish/markdown-it.ts'
import { type Preview, servePreview } from '../../src/publish/preview-server.ts'
import { buildSite } from '../../src/publish/site-commands.ts'
import { siteMarkdown } from '../../src/publish/site-config.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { type HostileProject, hostileProject } from '../support/hostile-site.ts'
import { emptyProject } from '../support/site-project.ts'

// A build takes its time where the machine is busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const project = emptyProject()
const pages = join(project.root, 'runbook')
const publicFolder = join(project.root, 'public')
const put = (name: string, text: string) => {
  const path = join(project.root, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}
put('runbook/a.png', 'png')
put('runbook/e.js', 'SECRET')
put('.runbook/hosts/key.png', 'SECRET')
put('public/logo.png', 'png')
// VitePress keeps one renderer a process.
const md = (await createMarkdownRenderer(
  pages,
  siteMarkdown({
    root: project.root,
    pages,
    out: join(project.root, 'out'),
    lang: 'en',
    first: join(pages, 'index.md'),
    publicFolder,
  }),
)) as unknown as MarkdownIt
afterAll(() => project.remove())

function render(text: string): string {
  const path = put('runbook/x.md', text)
  return md.render(text, { path, relativePath: 'x.md' })
}

const place = (line: number, words: string) => new RegExp(`^runbook/x\\.md:${line}: .*${words}`)

describe('an image is a file of the project, checked as it would be shown', () => {
  test.each([
    ['by reference', '![x][r]\n\n[r]: /root/.ssh/id_ed25519?raw', 3, 'has a query'],
    ['by a short reference', '![r]\n\n[r]: ../../../etc/passwd', 3, 'outside the project'],
    ['in angle brackets', '![x](<../../../etc/passwd>)', 3, 'outside the project'],
    ['with entities', '![x](&#46;./../../etc/passwd)', 3, 'outside the project'],
    ['with escapes', '![x](\\../../../etc/passwd)', 3, 'outside the project'],
    ['percent-encoded', '![x](%2e%2e/%2e%2e/%2e%2e/etc/passwd)', 3, 'outside the project'],
    ['with an encoded slash', '![x](..%2f..%2f..%2fetc/passwd)', 3, 'outside the project'],
    ['with an encoded NUL', '![x](a.png%00.png)', 3, 'is not a path'],
    ['badly encoded', '![x](a%ff.png)', 3, 'is not a path'],
    ['in a link', '[![x](../../x?url)](a.md)', 3, 'has a query'],
    ['in a table', '| a |\n| - |\n| ![x](./e.js) |', 5, 'is none of'],
    ['in a quote', '> text\n> ![x](./e.js)', 4, 'is none of'],
    ['in a heading', '## ![x](./e.js)', 3, 'is none of'],
    ['in a list', '- a\n- ![x](./e.js)', 4, 'is none of'],
    ['with a title', '![x](./e.js "a title")', 3, 'is none of'],
    ['above public', '![x](/../../etc/passwd)', 3, 'not in `public/`'],
    ['as a module', '![x](./e.js)', 3, 'is none of'],
    ['of a scheme', '![x](vbs:alert.png)', 3, 'is not a file and not a web address'],
    ['as a blob', '![x](blob:http://a/b.png)', 3, 'is not a file and not a web address'],
    ['in a private folder', '![x](../.runbook/hosts/key.png)', 3, 'is in `.runbook`'],
    ['of a folder', '![x](./)', 3, 'is none of'],
  ])('%s', (_, text, line, words) => {
    expect(() => render(`# t\n\n${text}\n`)).toThrow(place(line, words))
  })

  // Lint and the build name it; the page has its text.
  test.each([
    ['with an encoded query', '![x](a.png%3Fraw)'],
    ['in a table', '| a |\n| - |\n| ![x](/etc/passwd) |'],
    ['by the file system', '![x](/@fs/etc/passwd)'],
    ['as a script', '![x](java&#9;script:alert.png)'],
  ])('one that is not there has no address: %s', (_, text) => {
    const html = render(`# t\n\n${text}\n`)
    expect(html).toMatch(/>x</)
    expect(html).not.toMatch(/<img|src=|passwd|alert|a\.png/)
  })

  test('a file by its scheme is text', () => {
    expect(render('# t\n\n![x](file:///etc/passwd.png)\n')).not.toContain('<img')
  })

  test.each([
    ['beside the page', '![x](./a.png)', /<img src="\/assets\/a\.[0-9a-f]{12}\.png" alt="x"/],
    ['without a dot', '![x](a.png)', /<img src="\/assets\/a\./],
    ['in public', '![x](/logo.png)', /<img src="\/logo\.png"/],
    ['of the web', '![x](https://a.b/c?d=1)', /<img src="https:\/\/a\.b\/c\?d=1"/],
    ['in the address', '![x](data:image/png;base64,AA==)', /<img src="data:image\/png/],
    ['with marks in its text', '![a *b* "c" <d>](a.png)', /alt="a b &quot;c&quot; &lt;d&gt;"/],
    ['with a title', '![x](a.png "t\\"onload=")', /title="t&quot;onload="/],
  ])('%s is shown', (_, text, html) => {
    expect(render(`# t\n\n${text}\n`)).toMatch(html)
  })

  test("a container's title shows no image", () => {
    expect(render('# t\n\n::: tip ![x](/etc/passwd?raw)\na\n:::\n')).not.toContain('<img')
  })
})

describe('no other file is included', () => {
  test.each([
    ['a snippet', '<<< /etc/passwd', 3, 'includes another file'],
    ['a snippet of the pages', '<<< @/../../../etc/passwd', 3, 'includes another file'],
    ['a snippet in a list', '- a\n\n  <<< /etc/passwd', 5, 'includes another file'],
  ])('%s', (_, text, line, words) => {
    expect(() => render(`# t\n\n${text}\n`)).toThrow(place(line, words))
  })

  test.each([
    ['an include', '<!-- @include: /etc/passwd -->'],
    ['an include over two lines', '<!--\n@include:\n/etc/passwd\n-->'],
    ['an include without blanks', '<!--@include:/etc/passwd-->'],
    ['data for VitePress', '__VP_PARAMS_START{"a":"</script>"}__VP_PARAMS_END__'],
    ['the end of a static string', '__VP_STATIC_END__`,1);alert(1);//'],
    ['an asset', '__VITE_ASSET__abcdefgh__'],
  ])('%s is refused before it is read', async (_, text) => {
    const one = hostileProject()
    one.write('runbook/x.md', `${text}\n\n# t\n`)
    await expect(buildSite({ root: one.root })).rejects.toThrow(/^runbook\/x\.md:1: `/)
    one.remove()
  })
})

const known =
  /^(?:href|src|alt|title|class|id|tabindex|aria-label|loading|target|rel|data-runbook-page)$/

describe('links and markup are inert', () => {
  test.each([
    ['javascript', '[a](javascript:alert(1))'],
    ['with capitals', '[a](JaVaScRiPt:alert(1))'],
    ['with a tab', '[a](java&Tab;script:alert(1))'],
    ['with a new line', '[a](java&NewLine;script:alert(1))'],
    ['with a control character', '[a](&#1;javascript:alert(1))'],
    ['with a colon as an entity', '[a](javascript&colon;alert(1))'],
    ['percent-encoded', '[a](java%09script:alert(1))'],
    ['by reference', '[a][r]\n\n[r]: java&#10;script:alert(1)'],
    ['data', '[a](data:text/html,<script>alert(1)</script>)'],
    ['in an address', '<javascript:alert(1)>'],
    ['HTML', '<a href="javascript:alert(1)">a</a>'],
    ['srcset', '<img srcset="/etc/passwd 1x">'],
    ['a style', '<style>@import "/etc/passwd";</style>'],
    ['a style attribute', '<p style="background:url(/etc/passwd)">x</p>'],
    ['a setup script', '<script setup>import x from "/etc/passwd?raw"</script>'],
    ['a component with a source', '<script src="/etc/passwd"></script>\n\n<template src="x"/>'],
    ['an SVG', '<svg onload=alert(1)><use href="/etc/passwd#x"/></svg>'],
    ['a bound attribute', '[a](a.md){:href="1" @click="alert(1)" v-html="x"}'],
    ['a bound image', '![a](a.png){:src="x" onerror=alert(1)}'],
  ])('%s', (_, text) => {
    const html = render(`# t\n\n${text}\n`)
    const attributes = [...html.matchAll(/ ([^\s=<>"]+)="([^"]*)"/g)]
    for (const [, name = ''] of attributes) expect(name).toMatch(known)
    const addresses = attributes.filter(([, name]) => name === 'href' || name === 'src')
    for (const [, , value = ''] of addresses) {
      const address = value.replace(/&#(\d+);/g, (_all, code) => String.fromCharCode(Number(code)))
      expect(new URL(address, 'http://site/').protocol).toMatch(/^https?:$/)
    }
    expect(html).not.toMatch(/<(?:script|style|svg|template|iframe)/)
  })

  test.each([
    ['vscode:extension/x', 'has a scheme'],
    ['blob:http://a/b', 'has a scheme'],
    ['view-source:http://a/', 'has a scheme'],
  ])('a link to %s is refused', (target, words) => {
    expect(() => render(`# t\n\na\n[a](${target})\n`)).toThrow(place(4, words))
  })

  test.each([
    'http://a/',
    'mailto:a@b.c',
    'ssh://git@host/x',
    './b.md',
    '#t',
    '/b',
    '../x/y.md',
    'tel:1',
  ])('a link to %s is kept', (target) => {
    expect(render(`# t\n\n[text](${target})\n`)).toMatch(/<a href="[^"]+"[^>]*>text<\/a>/)
  })
})

describe('front matter is text, and its links are safe', () => {
  test.each([
    ['a tab in a link', 'hero: { actions: [{ text: a, link: "java\\tscript:alert(1)" }] }'],
    ['a link of a feature', 'features: [{ title: a, link: " javascript:alert(1)" }]'],
    ['a link to the next page', 'next: { text: a, link: "\\x01javascript:alert(1)" }'],
    ['data in a link', 'prev: { text: a, link: "data:text/html,x" }'],
    ['markup', 'hero: { tagline: "<img src=x onerror=alert(1)>" }'],
    ['markup in a name', 'prev: "<svg/onload=alert(1)>"'],
    ['an icon', 'features: [{ icon: "<svg onload=alert(1)>" }]'],
    ['an image', 'hero: { image: { src: "javascript:alert(1)" } }'],
    ['an element for a layout', 'layout: iframe'],
    ['a class', 'pageClass: "a\\"onload=alert(1)"'],
  ])('%s', (_, matter) => {
    expect(() => render(`---\n${matter}\n---\n\n# t\n`)).toThrow(
      /^runbook\/x\.md:2: front matter is plain text/,
    )
  })

  test.each([
    'title: "A > B & C < D"',
    'description: "Note: `a`"',
    'layout: home',
    'outline: [2, 3]',
    'prev: false',
  ])('%s is accepted', (matter) => {
    expect(() => render(`---\n${matter}\n---\n\n# t\n`)).not.toThrow()
  })
})

const chromium = findChromium()

describe.skipIf(chromium === undefined)(
  `a site of hostile titles in a browser${chromium === undefined ? ' (skipped: no chromium in PATH)' : ''}`,
  () => {
    let hostile: HostileProject
    let out: string
    let preview: Preview
    let browser: Browser
    const titles = {
      'a-quote': '"><script>window.__x=1</script><img src=x onerror=window.__x=2>',
      'b-end': "'</script></title></template><script>window.__x=3</script>",
      'c-function': '_vp-fn_(globalThis.__x=4)',
      'd-server': '',
      'e-template': '{{ constructor.constructor("window.__x=5")() }} ${window.__x=6}',
      'f-script': '<script client>window.__x=7</script>',
      'g-entity': '&lt;img src=x onerror=window.__x=8&gt; &quot;onload=',
    }

    beforeAll(async () => {
      hostile = hostileProject()
      const onServer = hostile
        .canary('server', 'cjs')
        .trim()
        .replace(/^require\('node:fs'\)/, 'process.getBuiltinModule("fs")')
      for (const [name, title] of Object.entries({ ...titles, 'd-server': `_vp-fn_${onServer}` })) {
        const text = title.replace(/[!-/:-@[-`{-~]/g, '\\$&')
        hostile.write(`runbook/${name}.md`, `# ${text}\n\n## ${text}\n\ntext\n`)
      }
      out = await buildSite({
        root: hostile.root,
        title: `"><script>window.__x=9</script>${titles['c-function']}`,
      })
      preview = await servePreview(out, 0)
      browser = await openBrowser(chromium ?? '')
    })
    afterAll(async () => {
      await browser?.close()
      await preview?.close()
      hostile?.remove()
      if (out !== undefined) rmSync(out, { recursive: true, force: true })
    })

    test.each(['', ...Object.keys(titles)])(
      '/%s runs nothing, by address or by click',
      async (path) => {
        for (const first of [path, path === '' ? 'a-quote' : '']) {
          const { page, problems } = await browser.open(preview.url + first)
          if (first !== path) {
            await page
              .locator(path === '' ? 'a.title' : `.VPSidebar a[href$="/${path}"]`)
              .first()
              .click()
            await page.waitForURL(`${preview.url}${path}`)
            await page.locator('h1').waitFor()
          }
          await page.keyboard.press('Control+k')
          await page.locator('#localsearch-input').fill('window')
          await page.locator('[role=option]').first().waitFor()
          expect(await page.evaluate(() => Reflect.get(window, '__x'))).toBeUndefined()
          expect(await page.locator('[onerror], [onload]').count()).toBe(0)
          expect(problems).toEqual([])
          await page.close()
        }
      },
    )

    test('titles are shown as text', async () => {
      const { page } = await browser.open(preview.url)
      const shown = await page.locator('.VPSidebar').innerText()
      for (const name of ['a-quote', 'b-end', 'c-function', 'e-template', 'g-entity'] as const)
        expect(shown).toContain(titles[name])
      expect(await page.locator('meta[name=description]').getAttribute('content')).toContain(
        '">＜script>',
      )
      await page.close()
    })

    test('the build ran none of them', () => {
      expect(hostile.fired()).toEqual([])
      for (const name of readdirSync(out).filter((each) => each.endsWith('.html')))
        expect(readFileSync(join(out, name), 'utf8').match(/<script\b/g)?.length).toBe(
          readFileSync(join(out, '404.html'), 'utf8').match(/<script\b/g)?.length,
        )
    })
  },
)
