/** The pages of runs in a real browser. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { runCli } from '../cli/run-cli.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { asked, servePages, type ServedProject } from '../support/served-project.ts'

// A build takes its time where the machine is busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const chromium = findChromium()

const step = (id: string, text: string) => `\`\`\`bash {#${id}}\n${text}\n\`\`\`\n\n`
const hostile = `<img src=x onerror="document.title=1"><script>document.title=2</script>`

const pages = {
  'runbook.yml': 'pages: pages\nlang: en\n',
  'pages/plain.md': `# Plain\n\n${step('one', 'echo one')}${step('two', 'sleep 0.3; echo two; date +%N')}`,
  'pages/wait.md': `# Wait\n\n${step('wait', 'echo first line; until [ -e ~/go ]; do sleep 0.1; done; echo second line')}`,
  'pages/hostile.md': `# Hostile\n\n${step('print', `printf '%s\\n\\033]0;title\\007\\033[31mred\\033[0m\\n' '${hostile.replaceAll("'", '')}'`)}`,
  'pages/much.md': `# Much\n\n${step('much', 'seq 30000')}`,
  'pages/differing.md': `# Differing\n\n${step('two', `printf 'new one\\nnew two\\n'`)}\`\`\`output\none\ntwo\n\`\`\`\n`,
}

const width = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth)

describe.skipIf(chromium === undefined)('the pages of runs', () => {
  let cwd: string
  let home: string
  let served: ServedProject
  const browsers: Browser[] = []

  servePages(pages, (project) => {
    ;({ cwd, home, served } = project)
  })
  afterEach(async () => {
    for (const browser of browsers.splice(0)) await browser.close()
  })

  const exec = (name: string, ...words: string[]) =>
    runCli(['exec', `pages/${name}`, ...words], { cwd, env: { HOME: home } })

  async function newest(): Promise<string> {
    const { body } = await asked(served, 'GET', 'runs')
    return (body['runs'] as { run: string }[])[0]?.run ?? ''
  }

  async function open(query: string, options: Parameters<typeof openBrowser>[1] = {}) {
    const browser = await openBrowser(chromium ?? '', options)
    browsers.push(browser)
    const address = `${served.origin}/_runbook/runs.html${query}#token=${served.token}`
    return browser.open(address, 'load')
  }

  test('list a run as it begins in a terminal, follow it, and lead to it', async () => {
    const { page, problems } = await open('')
    await page.getByRole('heading', { name: 'Runs' }).waitFor()
    expect(page.url()).not.toContain('token')
    const running = exec('wait.md')
    const row = page.locator('tr', { hasText: 'pages/wait.md' })
    await row.getByText('running').waitFor()
    await row.getByRole('link').click()
    await page.locator('article[data-status=running]').waitFor()
    await page.locator('article summary').click()
    await page.locator('.rb-log-live', { hasText: 'first line' }).waitFor()
    // The step ends: its whole output replaces what was shown of it.
    writeFileSync(join(home, 'go'), '')
    await running
    await page.locator('.rb-log-block', { hasText: /first line\s+second line/ }).waitFor()
    await page.locator('.rb-run-head [data-state=passed]').waitFor()
    expect(problems).toEqual([])
  })

  test('are filtered, and the filter is in the address', async () => {
    await exec('plain.md')
    await exec('hostile.md')
    const { page } = await open('')
    const rows = page.locator('tbody tr')
    await rows.first().waitFor()
    await page.getByLabel('Page').selectOption('pages/hostile.md')
    expect(await rows.count()).toBe(1)
    expect(page.url()).toContain('page=pages%2Fhostile.md')
    await page.reload()
    await rows.first().waitFor()
    expect(await rows.count()).toBe(1)
    await page.getByLabel('State').selectOption('passed')
    expect(await rows.count()).toBe(1)
  })

  test('show a timeline whose bars lead to their steps, from the keyboard too', async () => {
    await exec('plain.md')
    await exec('plain.md')
    const { page, problems } = await open(`?run=${await newest()}`)
    const bar = page.getByRole('link', { name: /plain#two on local: passed/ })
    await bar.waitFor()
    await bar.focus()
    await page.keyboard.press('Enter')
    await page.locator('.rb-log-block', { hasText: 'two' }).waitFor()
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SUMMARY')
    // The durations of the last runs, with this one marked.
    const plot = page.locator('[data-run-step="plain#two@local"] .rb-durations')
    expect(await plot.getAttribute('aria-label')).toMatch(/^last \d+ runs: /)
    expect(await plot.locator('.rb-own').count()).toBe(1)
    await page.locator('input[aria-label="Zoom 4×"]').check()
    const wide = await page.evaluate(
      () =>
        (document.querySelector('.rb-timeline-picture')?.clientWidth ?? 0) /
        (document.querySelector('.rb-timeline-scroll')?.clientWidth ?? 1),
    )
    expect(wide).toBeGreaterThan(3)
    expect(problems).toEqual([])
  })

  test('show what a host prints as text', async () => {
    await exec('hostile.md')
    const { page, problems } = await open(`?run=${await newest()}`)
    await page.locator('article summary').click()
    const block = page.locator('.rb-log-block')
    await block.waitFor()
    expect(await block.innerText()).toContain(hostile)
    expect(await block.innerText()).toContain('red')
    expect(await page.locator('main img, main script').count()).toBe(0)
    expect(await page.title()).toContain('pages/hostile.md')
    expect(problems).toEqual([])
  })

  test('lead from a step that shows its last lines to all of them, and save them', async () => {
    await exec('much.md')
    const run = await newest()
    const browser = await openBrowser(chromium ?? '')
    browsers.push(browser)
    const { page } = await browser.open(`${served.origin}/much#token=${served.token}`, 'load')
    await page.evaluate((id) => sessionStorage.setItem('runbook-run:pages/much.md', id), run)
    await page.reload()
    await page.getByRole('link', { name: 'all lines' }).click()
    await page.getByText('30000 lines').waitFor()
    expect(await page.locator('.rb-log-block').count()).toBe(60)
    const [saved] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save the output of much#much' }).click(),
    ])
    expect(
      readFileSync(await saved.path(), 'utf8')
        .trimEnd()
        .split('\n'),
    ).toHaveLength(30_000)
  })

  test('are reached from the bar of every page, also of one without steps', async () => {
    const browser = await openBrowser(chromium ?? '')
    browsers.push(browser)
    for (const path of ['', 'plain']) {
      const address = `${served.origin}/${path}#token=${served.token}`
      const { page } = await browser.open(address, 'load')
      await page.locator('.rb-bar').getByRole('link', { name: 'Runs' }).click()
      await page.locator('main.rb-runs h1', { hasText: 'Runs' }).waitFor()
      expect(page.url()).toBe(`${served.origin}/_runbook/runs.html`)
      await page.close()
    }
  })

  test('compare two runs, step by step', async () => {
    await exec('plain.md')
    await exec('plain.md')
    const { page, problems } = await open('')
    const rows = page.locator('tr', { hasText: 'pages/plain.md' })
    await rows.nth(1).waitFor()
    expect(await page.locator('[data-runs-do=compare]').isDisabled()).toBe(true)
    await rows.nth(0).getByRole('checkbox').check()
    await rows.nth(1).getByRole('checkbox').check()
    await page.click('[data-runs-do=compare]')
    const two = page.locator('[data-compare-step="plain#two@local"]')
    await two.waitFor()
    expect(await two.innerText()).toContain('differs')
    expect(await page.locator('[data-compare-step="plain#one@local"]').innerText()).toContain(
      'same',
    )
    await page.getByText('Difference').click()
    expect(await page.locator('.rb-line-diff').innerText()).toMatch(/ {2}two\s+- \d+\s+\+ \d+/)
    expect(await page.locator('svg.rb-timeline-picture').count()).toBe(2)
    expect(problems).toEqual([])
  })

  test('make a run the record: lines are accepted one by one', async () => {
    await exec('differing.md', '--update')
    const { page, problems } = await open(`?run=${await newest()}`)
    await page.getByRole('button', { name: 'Make this the record' }).click()
    const form = page.locator('.rb-record')
    await form.getByText('+ new one').or(form.getByText('new one')).first().waitFor()
    await form.getByRole('checkbox').nth(1).uncheck()
    await form.getByRole('button', { name: 'Write the record' }).click()
    await form.getByText('Written:').waitFor()
    expect(readFileSync(join(cwd, 'pages/differing.md'), 'utf8')).toContain(
      'output\nnew one\ntwo\n',
    )
    expect(problems).toEqual([])
  })

  test.each([
    ['light', 390],
    ['dark', 390],
    ['dark', 1280],
  ] as const)('fit a %s screen of %i pixels', async (colorScheme, pixels) => {
    await exec('plain.md')
    const run = await newest()
    for (const query of ['', `?run=${run}`, `?run=${run}&with=${run}`]) {
      const { page, problems } = await open(query, { width: pixels, height: 844, colorScheme })
      await page.locator('main.rb-runs :is(tbody tr, article)').first().waitFor()
      expect(await width(page)).toBeLessThanOrEqual(pixels)
      const isDark = await page.evaluate(() => document.documentElement.matches('.dark'))
      expect(isDark).toBe(colorScheme === 'dark')
      expect(problems).toEqual([])
    }
  })

  test('say that a tab has no token', async () => {
    const browser = await openBrowser(chromium ?? '')
    browsers.push(browser)
    const { page } = await browser.open(`${served.origin}/_runbook/runs.html`, 'load')
    await page.getByRole('alert').getByText('no token').waitFor()
    expect(await page.locator('main').count()).toBe(0)
  })
})
