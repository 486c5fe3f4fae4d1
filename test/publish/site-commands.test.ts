import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { servePreview } from '../../src/publish/preview-server.ts'
import { buildSite, previewSite } from '../../src/publish/site-commands.ts'
import { emptyProject } from '../support/site-project.ts'

const projects: { remove(): void }[] = []
afterEach(() => {
  for (const project of projects.splice(0)) project.remove()
})

function projectWith(pages: Readonly<Record<string, string>>, below = ''): string {
  const project = emptyProject()
  projects.push(project)
  const root = join(project.root, below)
  for (const [name, text] of Object.entries(pages)) {
    const path = join(root, name)
    mkdirSync(join(path, '..'), { recursive: true })
    writeFileSync(path, text)
  }
  return root
}

const page = '# 一页\n\n```bash {#a}\necho 1\n```\n'

describe('a build', () => {
  test('works for any folder of pages, even with blanks and Chinese in its path', async () => {
    const root = projectWith({ 'a.md': page, 'sub/b.md': page, 'package.json': '{}' }, '我的 项目')
    const out = await buildSite({ root })

    expect(out).toBe(join(root, '.runbook/site/dist'))
    for (const name of ['index.html', 'a.html', 'sub/b.html', '404.html']) {
      expect(existsSync(join(out, name))).toBe(true)
    }
    expect(readFileSync(join(out, 'index.html'), 'utf8')).toContain('href="./sub/b"')
    expect(readFileSync(join(out, 'sub/b.html'), 'utf8')).toContain('data-runbook-page="sub/b.md"')
    expect(existsSync(join(root, 'node_modules'))).toBe(false)
  })

  test('keeps an index page of the project, and lists the pages below it', async () => {
    const root = projectWith({ 'runbook/index.md': '# 首页\n\n你好\n', 'runbook/a.md': page })
    const out = await buildSite({ root, out: join(root, 'out') })
    const html = readFileSync(join(out, 'index.html'), 'utf8')

    expect(html).toContain('你好')
    expect(html).toContain('class="rb-index"')
    expect(html).toContain('<title>首页')
  })

  test('names all errors of all pages, and writes nothing', async () => {
    const root = projectWith({
      'a.md': '# a\n\n```bash {#a timeout=30}\ntrue\n```\n',
      'b.md': '# b\n\n<!-- @include: /etc/hostname -->\n',
      'c.md': page,
    })

    await expect(buildSite({ root })).rejects.toThrow(
      /^a\.md:3:\d+: error\[RB0104\].*\nb\.md:3: .*includes another file/,
    )
    expect(existsSync(join(root, '.runbook'))).toBe(false)
  })

  test('names the page that VitePress cannot build', async () => {
    const root = projectWith({ 'a.md': '# a\n\n![x](./none.png?raw)\n' })

    await expect(buildSite({ root })).rejects.toThrow(
      /a\.md:3: the image `\.\/none\.png\?raw` has a query/,
    )
  })

  test('does not run front matter', async () => {
    const root = projectWith({ 'a.md': '---js\n{ title: process.exit(3) }\n---\n\n# a\n' })

    await expect(buildSite({ root })).rejects.toThrow(/^a\.md:1: front matter in `js` would be run/)
  })

  test.each([
    ['the project itself', '.'],
    ['a folder that holds the project', '..'],
  ])('does not empty %s', async (_, out) => {
    const root = projectWith({ 'runbook/a.md': page })

    await expect(buildSite({ root, out: join(root, out) })).rejects.toThrow(/the project is in it/)
    expect(existsSync(join(root, 'runbook/a.md'))).toBe(true)
  })

  test('does not empty a folder with other files', async () => {
    const root = projectWith({ 'runbook/a.md': page, 'papers/will.txt': 'mine' })

    await expect(buildSite({ root, out: join(root, 'papers') })).rejects.toThrow(/is not empty/)
    expect(existsSync(join(root, 'papers/will.txt'))).toBe(true)
  })
})

describe('a preview', () => {
  test('needs a site', async () => {
    await expect(previewSite({ root: projectWith({ 'a.md': page }) })).rejects.toThrow(
      /build it first/,
    )
  })

  test('serves paths with and without `.html`, the 404 page for others, and no file outside', async () => {
    const root = projectWith({
      'secret.txt': 'secret',
      'site/index.html': 'first',
      'site/404.html': 'nowhere',
      'site/a.html': 'page a',
      'site/sub/index.html': 'sub',
    })
    const preview = await servePreview(join(root, 'site'), 0)
    const get = async (path: string) => {
      const response = await fetch(new URL(path, preview.url))
      return [response.status, await response.text()]
    }

    expect(preview.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
    expect(await get('/')).toEqual([200, 'first'])
    expect(await get('/a')).toEqual([200, 'page a'])
    expect(await get('/a.html?x=1')).toEqual([200, 'page a'])
    expect(await get('/sub/')).toEqual([200, 'sub'])
    expect(await get('/b')).toEqual([404, 'nowhere'])
    expect(await get('/..%2fsecret.txt')).toEqual([404, 'nowhere'])
    expect(await get('/%00')).toEqual([404, 'nowhere'])
    await preview.close()
  })

  test('serves no file outside through a link, and answers no foreign host name', async () => {
    const root = projectWith({ 'secret.txt': 'secret', 'site/index.html': 'first' })
    symlinkSync('../secret.txt', join(root, 'site/link.html'))
    symlinkSync('index.html', join(root, 'site/inner.html'))
    const preview = await servePreview(join(root, 'site'), 0)
    const status = async (path: string, host: string) => {
      const sent = request(new URL(path, preview.url), { headers: { host } }).end()
      const [answer] = await once(sent, 'response')
      answer.resume()
      return answer.statusCode
    }

    expect(await status('/link', 'localhost')).toBe(404)
    expect(await status('/inner', 'localhost')).toBe(200)
    expect(await status('/inner', 'rebound.example')).toBe(403)
    await preview.close()
  })
})
