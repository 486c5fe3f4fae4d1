import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { commandsOf } from '../../src/model/step.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { type Preview, servePreview } from '../../src/publish/preview-server.ts'
import { buildSite } from '../../src/publish/site-commands.ts'
import { pageStatus, stepsOn } from '../../src/record/page-status.ts'
import { readRecords } from '../../src/record/record-store.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'

const chromium = findChromium()
const root = fileURLToPath(new URL('../..', import.meta.url))
const file = join(root, 'runbook', '04-mysql.md')
const { runbook } = parseRunbook(file, readFileSync(file, 'utf8'))

describe.skipIf(chromium === undefined)(
  `the published MySQL chapter${chromium === undefined ? ' (skipped: no chromium in PATH)' : ''}`,
  () => {
    let out: string
    let preview: Preview
    let browser: Browser

    beforeAll(async () => {
      out = join(mkdtempSync(join(tmpdir(), 'runbook-site-')), 'dist')
      await buildSite({ root, out })
      preview = await servePreview(out, 0)
      browser = await openBrowser(chromium ?? '')
    })
    afterAll(async () => {
      await browser?.close()
      await preview?.close()
      rmSync(join(out, '..'), { recursive: true, force: true })
    })

    test("has a real host's results: every step for its platform is verified", async () => {
      const records = readRecords(file)
      expect(pageStatus(runbook, records)).toEqual([
        expect.objectContaining({ platform: 'debian-12', state: 'verified' }),
      ])
      const { page, problems } = await browser.open(`${preview.url}04-mysql`)
      expect(await page.locator('[data-runbook-page]').getAttribute('data-runbook-page')).toBe(
        'runbook/04-mysql.md',
      )
      const [record] = records
      if (!record) throw new Error('the chapter has a record')
      for (const step of stepsOn(runbook, record)) {
        const variant =
          step.variant === undefined ? '' : `[data-runbook-variant="${step.variant.label}"]`
        const shown = page.locator(`[data-runbook-step="${step.id}"]${variant}`)
        expect([step.id, await shown.getAttribute('data-runbook-state')]).toEqual([
          step.id,
          'verified',
        ])
      }
      expect(await page.locator('.vp-doc').innerText()).toContain(record.at.slice(0, 10))
      expect(problems).toEqual([])
    })

    test('has a button for every command, which copies exactly the command that ran', async () => {
      const { page } = await browser.open(`${preview.url}04-mysql`)
      const commands = runbook.steps.flatMap((step) =>
        step.kind === 'file' ? [step.content] : commandsOf(step).map(({ text }) => text),
      )
      const buttons = page.locator('[data-runbook-copy]')
      expect(await buttons.count()).toBe(commands.length)
      await page.getByText('Debian 12', { exact: true }).first().click()
      let compared = 0
      for (const [index, text] of commands.entries()) {
        const button = buttons.nth(index)
        // Values of the page stand where `$NAME` stood: those are compared elsewhere.
        if (text.includes('$') || !(await button.isVisible())) continue
        await button.click()
        await expect.poll(() => button.getAttribute('data-done')).toBe('true')
        expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(text)
        compared++
      }
      expect(compared).toBeGreaterThan(10)
    })

    test("shows the host's output beside the command, and the condition before it", async () => {
      const { page } = await browser.open(`${preview.url}04-mysql`)
      const version = page.locator('[data-runbook-step="version"]')
      expect(await version.locator('[data-runbook-output="recorded"]').innerText()).toContain(
        'MariaDB',
      )
      expect(await page.locator('[data-runbook-check="user:root"]').first().innerText()).toContain(
        'root',
      )
    })
  },
)
