/** What the development server answers to other users of this computer, and to other sites. */

import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { findChromium, openBrowser } from '../support/browser.ts'
import {
  type HostileProject,
  hostileProject,
  type Served,
  serveSite,
  site,
} from '../support/hostile-site.ts'

// A build takes its time where the machine is busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

let project: HostileProject
let served: Served

beforeAll(async () => {
  project = hostileProject()
  project.write('runbook/a.md', '# A page\n\n![x](./a.png)\n\n```bash {#a}\necho 1\n```\n')
  project.write('runbook/a.png', 'picture')
  project.write('runbook/release-1.0.md', '# Release\n')
  project.write('runbook/notes.txt', 'SECRET-BESIDE\n')
  project.write('.runbook/hosts/id_ed25519', 'SECRET-KEY\n')
  project.write('.runbook/runs/r1/journal.jsonl', 'SECRET-JOURNAL\n')
  project.write('.env', 'TOKEN=SECRET-ENV\n')
  served = await serveSite(project.root, 'dev')
  await (await fetch(`${served.url}a.md`)).text()
})
afterAll(async () => {
  await served?.stop()
  project?.remove()
})

/** As it stands: `fetch` would mend the path. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  return new Promise<{ status: number; text: string }>((settle, fail) => {
    const options = { host: '127.0.0.1', port: served.port, path, method, headers }
    const sent = request(options, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => settle({ status: answer.statusCode ?? 0, text }))
    })
    sent.on('error', fail)
    sent.end()
  })
}

const secret = /SECRET|root:|PRIVATE/

const files = (root: string) => [
  join(root, '.runbook/hosts/id_ed25519'),
  join(root, '.runbook/runs/r1/journal.jsonl'),
  join(root, '.env'),
  join(root, 'runbook.yml'),
  join(root, 'runbook/a.md'),
  '/etc/passwd',
]

describe('the development server refuses', () => {
  const forms: readonly (readonly [string, (file: string) => string])[] = [
    ['plain', (file) => `/@fs${file}`],
    ['two slashes', (file) => `/@fs/${file}`],
    ['encoded', (file) => `/@fs${file.replaceAll('/', '%2f')}`],
    ['the prefix encoded', (file) => `/%40fs${file}`],
    ['climbing', (file) => `/@fs/usr/../..${file}`],
    ['encoded twice', (file) => `/@fs${file.replaceAll('.', '%252e')}`],
    ['an id', (file) => `/@id${file}`],
    ['an id with a file', (file) => `/@id/@fs${file}`],
    ['a virtual id', (file) => `/@id/__x00__${file}`],
    ['below the pages', (file) => `/..%2f..%2f..%2f..%2f..%2f..%2f..${file}`],
    ['with dots', (file) => `/../../../../../../../..${file}`],
    ['with backslashes', (file) => `/..\\..\\..\\..\\..\\..${file}`],
    ['by the public folder', (file) => `/assets/..%2f..%2f..%2f..%2f..%2f..${file}`],
    ['a host in the path', (file) => `//x/@fs${file}`],
  ]
  const queries = [
    '',
    '?raw',
    '?url',
    '?import',
    '?import&raw',
    '?raw??',
    '?import&raw??',
    '?inline&import',
    '?url&inline',
    '?worker',
    '?init',
    '?.svg?.wasm?init',
    '?v=1',
    '?vue&type=script',
    '?html-proxy&index=0.js',
    '?t=1&raw',
    '?%72aw',
  ]

  test.each(forms)('files of the project and the computer: %s', async (_, form) => {
    for (const file of files(project.root))
      for (const query of queries) {
        const { status, text } = await ask(form(file) + query)
        expect([form(file) + query, secret.test(text)]).toEqual([form(file) + query, false])
        expect([form(file) + query, status === 200 && /echo 1|pages:/.test(text)]).toEqual([
          form(file) + query,
          false,
        ])
      }
  })

  test.each([
    '/notes.txt',
    '/notes.txt?raw',
    '/notes.txt?import&raw',
    '/a.md?raw',
    '/a.md?import&raw',
    '/a.md?url',
    '/a.md?inline',
    '/__open-in-editor?file=/etc/passwd',
    '/__vite_ping/../../etc/passwd',
    '/__inspect/',
    '/@vite/env/../../../etc/passwd',
    '/@fs/',
    '/@fs/etc/',
    '/@fs/proc/self/environ',
    '/node_modules/vue/package.json',
    '/package.json',
    '/../package.json',
    '/%2e%2e/%2e%2e/.vitepress/config.mjs',
    '/.vitepress/config.mjs',
    '/%00',
    '/%ff',
    '/a.md%00.png',
  ])('%s', async (path) => {
    const { status, text } = await ask(path)
    expect([400, 403, 404]).toContain(status)
    expect(text).not.toMatch(secret)
  })

  test.each([
    ['another name', 'evil.example'],
    ['another name with the port', 'evil.example:5173'],
    ['a name that ends like ours', 'notlocalhost'],
    ['a name that begins like ours', '127.0.0.1.evil.example'],
  ])('a page of another site with our address: %s', async (_, host) => {
    for (const path of ['/', '/a.md', '/@siteData', '/@fs/etc/passwd'])
      expect([path, (await ask(path, { host })).status]).toEqual([path, 403])
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('the method %s', async (method) => {
    const { text } = await ask('/@fs/etc/passwd', {}, method)
    expect(text).not.toMatch(secret)
  })

  test('another origin cannot read a page', async () => {
    const answer = await fetch(`${served.url}a.md`, { headers: { origin: 'http://evil.example' } })
    expect(answer.headers.get('access-control-allow-origin')).toBeNull()
  })
})

const chromium = findChromium()

describe.skipIf(chromium === undefined)(
  `the development server serves${chromium === undefined ? ' (skipped: no chromium in PATH)' : ''}`,
  () => {
    test("its pages, their images, search, and an author's edits", async () => {
      const browser = await openBrowser(chromium ?? '')
      const { page, problems } = await browser.open(`${served.url}a`)
      await page.locator('#a').waitFor()
      const source = (await page.locator('.vp-doc img').getAttribute('src')) ?? ''
      expect(await (await fetch(new URL(source, served.url))).text()).toBe('picture')
      await page.keyboard.press('Control+k')
      await page.locator('#localsearch-input').fill('echo')
      await page.locator('[role=option]').first().waitFor()
      await page.keyboard.press('Escape')
      for (const path of ['', 'a', 'a.html', 'release-1.0', 'release-1.0.md', 'favicon.svg'])
        expect([path, (await ask(`/${path}`)).status]).toEqual([path, 200])

      project.write('runbook/a.md', '# A page\n\n```bash {#changed}\necho 2\n```\n')
      await page.locator('#changed').waitFor()
      expect(problems.filter((problem) => !/favicon|403: .*a\.png/.test(problem))).toEqual([])
      await browser.close()
    })
  },
)

test('a preview answers to no other name', async () => {
  expect(site(project.root, 'build').status).toBe(0)
  const preview = await serveSite(project.root, 'preview')
  const status = await new Promise<number | undefined>((settle) => {
    request(
      { host: '127.0.0.1', port: preview.port, path: '/', headers: { host: 'evil.example' } },
      (answer) => {
        answer.resume()
        settle(answer.statusCode)
      },
    ).end()
  })
  await preview.stop()
  expect(status).toBe(403)
})

test('the development server ends at TERM, even while it still prepares its modules', async () => {
  const other = hostileProject()
  other.write('runbook/a.md', '# A page\n')
  const early = await serveSite(other.root, 'dev')
  await early.stop()
  await expect(fetch(early.url)).rejects.toThrow('fetch failed')
  other.remove()
})
