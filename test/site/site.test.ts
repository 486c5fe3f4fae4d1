import { createHash } from 'node:crypto'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandsOf, type Step } from '../../src/model/step.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { type Preview, servePreview } from '../../src/publish/preview-server.ts'
import { buildSite } from '../../src/publish/site-commands.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { fixtureProject, type Project } from '../support/site-project.ts'

const chromium = findChromium()
const pages = ['01-prepare', '02-shell', '04-mysql', '99-hostile']

describe.skipIf(chromium === undefined)(
  `a built site in a browser${chromium === undefined ? ' (skipped: no chromium in PATH)' : ''}`,
  () => {
    let project: Project
    let out: string
    let preview: Preview
    let browser: Browser

    beforeAll(async () => {
      project = fixtureProject()
      out = await buildSite({ root: project.root, title: '部署手册' })
      preview = await servePreview(out, 0)
      browser = await openBrowser(chromium ?? '')
    })

    afterAll(async () => {
      await browser?.close()
      await preview?.close()
      project?.remove()
    })

    /** Each test begins with nothing kept in the browser. */
    const open = async (path: string) => {
      const opened = await browser.open(preview.url + path)
      const kept = await opened.page.evaluate(() => {
        const count = localStorage.length + sessionStorage.length
        localStorage.clear()
        sessionStorage.clear()
        return count
      })
      if (kept > 0) await opened.page.reload({ waitUntil: 'networkidle' })
      return opened
    }

    /** The texts that a page's buttons copy, in the order of the page. */
    const stepsOf = (name: string): readonly Step[] => {
      const source = readFileSync(join(project.root, 'runbook', `${name}.md`), 'utf8')
      return parseRunbook(`${name}.md`, source).runbook.steps
    }

    test.each(pages)('every button of %s copies the command, byte for byte', async (name) => {
      const { page, problems } = await open(name)
      const expected = stepsOf(name).flatMap((step) =>
        copiedTexts(step).map((text) => withDefaults(text, step)),
      )
      const copied: string[] = []
      for (const button of await page.locator('[data-runbook-copy]').all()) {
        await showTabOf(page, await button.evaluate(groupIndex))
        await button.click()
        copied.push(await clipboard(page, button))
      }
      expect(copied).toEqual(expected)
      expect(problems).toEqual([])
      await page.close()
    })

    test('a value that a reader enters appears in the commands, and again after a reload', async () => {
      const { page, problems } = await open('04-mysql')
      await page.fill('[data-runbook-var=DB_NAME]', "it's $1 库")
      const copy = async (index: number) => {
        const button = page.locator('#use-db [data-runbook-copy]').nth(index)
        await button.click()
        return clipboard(page, button)
      }
      const filled = [
        `mysql -uroot -p"$MYSQL_ROOT_PASSWORD" -e "use it's \\$1 库"`,
        `mysqldump 'it'\\''s' '$1' '库' > /root/$DB_NAME.sql`,
        `docker run -e DB_NAME='it'\\''s' '$1' '库' -e RAW='$DB_NAME' image`,
      ]
      expect([await copy(0), await copy(1), await copy(2)]).toEqual(filled)

      await page.reload({ waitUntil: 'networkidle' })
      expect(await page.inputValue('[data-runbook-var=DB_NAME]')).toBe("it's $1 库")
      expect(await copy(0)).toBe(filled[0])

      await page.fill('[data-runbook-var=DB_NAME]', '')
      expect(await copy(1)).toBe('mysqldump autotpsite > /root/autotpsite.sql')
      expect(problems).toEqual([])
      await page.close()
    })

    test('a secret is copied, but neither shown nor stored', async () => {
      const { page } = await open('04-mysql')
      const secret = 'p"a$s`s!word'
      await page.fill('[data-runbook-var=MYSQL_ROOT_PASSWORD]', secret)
      const button = page.locator('#use-db [data-runbook-copy]').first()
      await button.click()

      expect(await clipboard(page, button)).toBe(
        `mysql -uroot -p"p\\"a\\$s\\\`s"'!'"word" -e "use autotpsite"`,
      )
      const answer = page.locator('#login [data-runbook-copy-answer]').nth(1)
      await answer.click()
      expect(await clipboard(page, answer)).toBe(
        `ALTER USER 'root'@'localhost' IDENTIFIED BY '${secret}';`,
      )
      expect(await page.locator('.rb-page').innerText()).not.toContain(secret)
      expect(await storedText(page)).not.toContain('word')
      await page.reload({ waitUntil: 'networkidle' })
      expect(await page.inputValue('[data-runbook-var=MYSQL_ROOT_PASSWORD]')).toBe('')
      await page.close()
    })

    test('a value of the wrong form is reported and not used', async () => {
      const { page } = await open('01-prepare')
      await page.fill('[data-runbook-var=APP_USER]', 'No Good')

      await page.locator('.rb-invalid:visible').waitFor()
      const button = page.locator('#create-user [data-runbook-copy]').nth(2)
      await button.click()
      expect(await clipboard(page, button)).toBe('id django')
      await page.fill('[data-runbook-var=APP_USER]', '')
      await page.close()
    })

    test('a chosen variant applies to the whole site', async () => {
      const { page, problems } = await open('04-mysql')
      const shown = () => page.locator('.blocks > .rb-step:visible').evaluateAll(variantsOf)

      expect(await shown()).toEqual(['CentOS 7', 'CentOS 7'])
      await page.locator('label[data-title=Debian]').first().click()
      expect(await shown()).toEqual(['Debian', 'Debian'])
      await page.reload({ waitUntil: 'networkidle' })
      expect(await shown()).toEqual(['Debian', 'Debian'])
      await page.locator('label[data-title="CentOS 7"]').last().click()
      expect(await shown()).toEqual(['CentOS 7', 'CentOS 7'])
      expect(problems).toEqual([])
      await page.close()
    })

    test('an address of a step opens its tab', async () => {
      const { page } = await open('04-mysql#start-debian')

      await page.locator('#start-debian').waitFor({ state: 'visible' })
      const box = await page.locator('#start-debian').boundingBox()
      expect(box?.y).toBeLessThan(900)
      await page.close()
    })

    test('search finds a Chinese word from the keyboard', async () => {
      const { page, problems } = await open('01-prepare')
      await page.keyboard.press('Control+k')
      await page.locator('#localsearch-input').fill('查看版本')
      const option = page.locator('[role=listbox] [role=option] a[href]').first()
      await option.waitFor()
      expect(await option.getAttribute('href')).toContain('04-mysql')
      await page.keyboard.press('Enter')
      await page.waitForURL(/04-mysql/)
      await page.locator('#version').waitFor()
      expect(problems).toEqual([])
      await page.close()
    })

    test('search titles are text', async () => {
      const { page, problems } = await open('01-prepare')
      await page.keyboard.press('Control+k')
      await page.locator('#localsearch-input').fill('标题含')
      await page.locator('[role=option]').first().waitFor()
      expect(await page.locator('[role=option] b').count()).toBe(0)
      expect(await page.locator('[role=option]').first().innerText()).toContain('<b>标签</b>')
      expect(problems).toEqual([])
      await page.close()
    })

    test('a hostile page and a hostile output are text, by address or by click', async () => {
      for (const how of ['address', 'click']) {
        const { page, problems } = await open(how === 'address' ? '99-hostile' : '04-mysql')
        if (how === 'click') {
          await page.locator('.VPSidebar a[href*="99-hostile"]').click()
          await page.waitForURL(/99-hostile/)
        }
        await page.locator('#evil').waitFor()
        expect(await page.evaluate(() => Reflect.get(window, '__x'))).toBeUndefined()
        expect(await page.locator('.vp-doc :is(script, img, iframe)').count()).toBe(0)
        expect(await page.evaluate(liveAttributes)).toEqual([])
        expect(await page.locator('h1').innerText()).toContain('{{ 7*7 }}')
        expect(await page.locator('#evil [data-runbook-output=recorded]').innerText()).toMatch(
          /U\+202Egnp\.exeU\+202CU\+200B/,
        )
        expect(problems).toEqual([])
        await page.close()
      }
    })

    test('the contract’s attributes are present', async () => {
      const { page } = await open('04-mysql')
      const count = (selector: string) => page.locator(selector).count()

      expect(await count('[data-runbook-page="runbook/04-mysql.md"]')).toBe(1)
      expect(await count('#install')).toBe(1)
      expect(await count('[data-runbook-step=install]')).toBe(2)
      expect(await count('[data-runbook-state=verified][data-runbook-step=version]')).toBe(1)
      expect(await count('[data-runbook-step=use-db][data-runbook-state=stale]')).toBe(1)
      expect(await count('[data-runbook-step=version] [data-runbook-output=expected]')).toBe(1)
      expect(await count('[data-runbook-step=version] [data-runbook-output=recorded]')).toBe(1)
      expect(await count('[data-runbook-check="user:root"]')).toBe(1)
      expect(await count('input[type=password][data-runbook-var=MYSQL_ROOT_PASSWORD]')).toBe(1)
      expect(await count('[data-runbook-command]')).toBe(
        await count('[data-runbook-command] > button[data-runbook-copy][aria-label]'),
      )
      const ids = await page.evaluate(() =>
        [...document.querySelectorAll('[id]')].map(({ id }) => id),
      )
      expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
      await page.close()
    })

    test('the clipboard’s older way works where the new one is missing', async () => {
      const { page } = await open('02-shell')
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', { value: undefined })
        document.addEventListener('copy', () => {
          document.title = String(document.getSelection())
        })
      })
      const button = page.locator('#long [data-runbook-copy]')
      await button.click()
      await expect.poll(() => button.getAttribute('data-done')).toBe('true')
      await page.close()
    })

    test('the site works under a strict content security policy, and all pages have the same scripts', async () => {
      const scripts = htmlFiles(out).map((file) => inlineScripts(readFileSync(file, 'utf8')))
      expect(new Set(scripts.map((each) => each.join('\n'))).size).toBe(1)
      const inline = scripts[0] ?? []
      expect(inline.length).toBeLessThanOrEqual(4)

      const hashes = inline.map(
        (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
      )
      const policy = `default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; script-src 'self' ${hashes.join(' ')}`
      const strict = await servePreview(out, 0, { 'content-security-policy': policy })
      const { page, problems } = await browser.open(`${strict.url}04-mysql`)
      await page.keyboard.press('Control+k')
      await page.locator('#localsearch-input').fill('查看版本')
      await page.locator('[role=option]').first().waitFor()
      await page.keyboard.press('Escape')
      const button = page.locator('#version [data-runbook-copy]')
      await button.click()
      expect(await clipboard(page, button)).toBe('mysql --version')
      expect(problems).toEqual([])
      await page.close()
      await strict.close()
    })

    test('the first page lists all pages, and every link of it answers', async () => {
      const { page, problems } = await open('')
      const links = await page
        .locator('.rb-index a')
        .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))

      expect(links.map((link) => link.replace(preview.url, ''))).toEqual([...pages, 'README'])
      for (const link of links) {
        expect((await fetch(link)).status).toBe(200)
        expect((await fetch(`${link}.html`)).status).toBe(200)
      }
      expect((await fetch(`${preview.url}nowhere`)).status).toBe(404)
      expect(problems).toEqual([])
      await page.close()
    })

    test('a phone shows every page without scrolling sideways', async () => {
      const phone = await openBrowser(chromium ?? '', {
        width: 390,
        height: 844,
        colorScheme: 'dark',
      })
      for (const path of ['', ...pages]) {
        const { page } = await phone.open(preview.url + path)
        const cut = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
        expect({ path, cut }).toEqual({ path, cut: 0 })
        await page.close()
      }
      await phone.close()
    })

    test('without scripts all outputs and variants are shown, and no dead button', async () => {
      const plain = await openBrowser(chromium ?? '', { javaScriptEnabled: false })
      const { page } = await plain.open(`${preview.url}04-mysql`)

      expect(await page.locator('#version [data-runbook-output=recorded]').isVisible()).toBe(true)
      expect(await page.locator('[data-runbook-variant=Debian]').first().isVisible()).toBe(true)
      expect(await page.locator('.rb-copy:visible').count()).toBe(0)
      await plain.close()
    })

    test('a second build is the same, byte for byte', async () => {
      const first = mkdtempSync(join(tmpdir(), 'runbook-first-'))
      cpSync(out, first, { recursive: true })
      await buildSite({ root: project.root, title: '部署手册' })

      expect(digests(out)).toEqual(digests(first))
      rmSync(first, { recursive: true })
    })
  },
)

function copiedTexts(step: Step): readonly string[] {
  if (step.kind === 'file') return [step.content]
  if (step.kind === 'patch') return [step.patch]
  return commandsOf(step).map(({ text }) => text)
}

/** The fixtures' defaults are plain words, so that no quoting is needed where they stand. */
function withDefaults(text: string, { kind }: Step): string {
  const defaults = { APP_DIR: '/srv/app', APP_USER: 'django', DB_NAME: 'autotpsite' }
  if (text.includes("<<'PY'")) return text
  return Object.entries(defaults).reduce((filled, [name, value]) => {
    const braced = filled.replaceAll(`\${${name}}`, value)
    return kind === 'file'
      ? braced
      : braced.replaceAll(new RegExp(`(?<!')\\$${name}\\b`, 'g'), value)
  }, text)
}

async function clipboard(page: Page, button: ReturnType<Page['locator']>): Promise<string> {
  await expect.poll(() => button.getAttribute('data-done')).toBe('true')
  return page.evaluate(() => navigator.clipboard.readText())
}

function groupIndex(button: Element): { group: number; tab: number } | undefined {
  const block = button.closest('.vp-code-group > .blocks > *')
  const group = button.closest('.vp-code-group')
  if (!block || !group) return undefined
  return {
    group: [...document.querySelectorAll('.vp-code-group')].indexOf(group),
    tab: [...(block.parentElement?.children ?? [])].indexOf(block),
  }
}

async function showTabOf(
  page: Page,
  place: { group: number; tab: number } | undefined,
): Promise<void> {
  if (!place) return
  await page.locator('.vp-code-group').nth(place.group).locator('label').nth(place.tab).click()
}

function liveAttributes(): string[] {
  return [...document.querySelectorAll('.vp-doc *')].flatMap((element) =>
    [...element.attributes]
      .filter(({ name, value }) => name.startsWith('on') || /^\s*javascript:/i.test(value))
      .map(({ name, value }) => `${name}=${value}`),
  )
}

function variantsOf(elements: (HTMLElement | SVGElement)[]): (string | undefined)[] {
  return elements.map((element) => element.dataset['runbookVariant'])
}

async function storedText(page: Page): Promise<string> {
  return page.evaluate(() =>
    JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      document.cookie,
      location.href,
    ]),
  )
}

function htmlFiles(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.html'))
    .map((name) => join(folder, name))
}

function inlineScripts(html: string): readonly string[] {
  return [...html.matchAll(/<script(?![^>]* src=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, text = '']) => text,
  )
}

function digests(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [
        file.slice(folder.length),
        createHash('sha256').update(readFileSync(file)).digest('hex'),
      ]),
  )
}
