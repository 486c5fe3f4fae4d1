/** The project's own pages, run from the page in a real browser; and the hostile page of the site. */

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { projectWith, runCli } from '../cli/run-cli.ts'
import { bootTestHost, hostsUnavailable } from '../hosts/test-host.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { serveProject, type ServedProject } from '../support/served-project.ts'
import { fixtureProject } from '../support/site-project.ts'

// A build takes its time where the machine is busy.
vi.setConfig({ testTimeout: 400_000, hookTimeout: 240_000 })

const chromium = findChromium()
const lack = hostsUnavailable()
const pages = fileURLToPath(new URL('../../runbook', import.meta.url))

/** Pages of this project, without their records. */
function projectOf(...names: readonly string[]): string {
  const cwd = projectWith({ 'runbook.yml': 'pages: runbook\nlang: zh\n' })
  mkdirSync(join(cwd, 'runbook'))
  for (const name of names) cpSync(join(pages, name), join(cwd, 'runbook', name))
  return cwd
}

describe.skipIf(chromium === undefined)('in a browser', () => {
  const opened: { readonly browsers: Browser[]; readonly served: ServedProject[] } = {
    browsers: [],
    served: [],
  }
  afterEach(async () => {
    for (const browser of opened.browsers.splice(0)) await browser.close()
    for (const served of opened.served.splice(0)) await served.stop()
  })

  async function openPage(cwd: string, page: string, words: readonly string[] = []) {
    const served = await serveProject(cwd, words)
    opened.served.push(served)
    const browser = await openBrowser(chromium ?? '')
    opened.browsers.push(browser)
    const { page: tab, problems } = await browser.open(
      `${served.origin}/${page}#token=${served.token}`,
      'load',
    )
    await tab.waitForSelector('[data-runbook-do=page]')
    return { tab, problems, served, browser }
  }

  test('the quickstart runs from its page on this computer, and again', async () => {
    const { tab, problems } = await openPage(projectOf('00-quickstart.md'), '00-quickstart')
    await tab.fill('[data-runbook-var=QUICKSTART_PORT]', '18394')
    for (const _ of [1, 2]) {
      await tab.click('[data-runbook-do=page]')
      await tab.locator('.rb-bar-state', { hasText: '步' }).waitFor()
      await tab.locator('.rb-bar-state', { hasText: '运行通过' }).waitFor()
    }
    const states = await tab
      .locator('[data-runbook-run]')
      .evaluateAll((parts) => parts.map((part) => part.getAttribute('data-status')))
    expect(states.length).toBeGreaterThan(5)
    expect(new Set(states)).not.toContain('failed')
    expect(existsSync('/tmp/runbook-quickstart')).toBe(false)
    expect(problems).toEqual([])
  })

  test.skipIf(lack !== undefined)(
    'the MySQL chapter runs from its page on a real host, after its plan',
    async () => {
      await using host = await bootTestHost()
      const cwd = projectOf('04-mysql.md')
      writeFileSync(join(cwd, 'runbook.yml'), `pages: runbook\nlang: zh\nssh-config: ssh_config\n`)
      // A project's own config keeps its keys in the project.
      cpSync(host.knownHosts, join(cwd, 'known_hosts'))
      const config = readFileSync(host.sshConfig, 'utf8')
      writeFileSync(
        join(cwd, 'ssh_config'),
        config.replaceAll(host.knownHosts, join(cwd, 'known_hosts')),
      )
      const { tab, problems } = await openPage(cwd, '04-mysql', ['--host', host.name])
      expect(await tab.locator('.rb-bar select').inputValue()).toBe(host.name)
      await tab.click('[data-runbook-do=plan]')
      await tab.locator('.rb-plan-panel', { hasText: 'debian-12' }).waitFor()
      expect(await tab.locator('#install [data-runbook-plan=run]').count()).toBeGreaterThan(0)
      await tab.click('[data-runbook-do=run-plan]')
      for (;;) {
        const ended = tab.locator('.rb-bar-state', { hasText: /^运行/ })
        const line = tab.locator('.rb-question form')
        await ended.or(line).first().waitFor({ timeout: 300_000 })
        if (await ended.isVisible()) break
        // The secrets that the page does not send.
        await line.first().locator('input').fill('Example-Root@2024')
        await tab.keyboard.press('Enter')
        await line.first().waitFor({ state: 'detached' })
      }
      expect(await tab.locator('.rb-bar-state').innerText()).toBe('运行通过。')
      expect((await host.exec('systemctl is-active mariadb')).stdout.trim()).toBe('active')
      expect(problems).toEqual([])
    },
  )

  test('a hostile page is text in the served site, too', async () => {
    const project = fixtureProject()
    try {
      const { tab, problems } = await openPage(project.root, '99-hostile')
      await tab.locator('#evil').waitFor()
      expect(await tab.evaluate(() => Reflect.get(window, '__x'))).toBeUndefined()
      expect(await tab.locator('.vp-doc :is(script, img, iframe)').count()).toBe(0)
      expect(await tab.locator('h1').innerText()).toContain('{{ 7*7 }}')
      expect(problems).toEqual([])
      await tab.click('[data-runbook-do=plan]')
      await tab.locator('.rb-plan-panel, .rb-bar-notice > p').first().waitFor()
      expect(await tab.evaluate(() => Reflect.get(window, '__x'))).toBeUndefined()
    } finally {
      project.remove()
    }
  })

  describe('a foreign page', () => {
    let other: Server
    afterAll(() => void other?.close())

    test('by another name of this computer tries every verb and changes nothing', async () => {
      const cwd = projectWith({
        'runbook.yml': 'pages: pages\n',
        'pages/a.md': '# A\n\n```bash {#a}\ntrue\n```\n',
      })
      const { served, browser } = await openPage(cwd, 'a')
      other = createServer((_request, response) => {
        response.setHeader('content-type', 'text/html').end('<title>foreign</title>')
      })
      await new Promise<void>((settle) => other.listen(0, '127.0.0.1', settle))
      const address = other.address()
      const port = typeof address === 'object' ? address?.port : 0
      // `localhost` is another site than `127.0.0.1` to a browser.
      const { page } = await browser.open(`http://localhost:${port}`)
      const tried = await page.evaluate(
        async ({ target, token }) => {
          const paths = [
            'me',
            'runs',
            'plans',
            'runs/x/stop',
            'runs/x/terminals',
            'terminals/x/input',
          ]
          const tries = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'].flatMap(
            (method) =>
              paths.flatMap((path) =>
                [undefined, `Bearer ${token}`].flatMap((authorization) =>
                  (['cors', 'no-cors'] as const).map((mode) =>
                    fetch(`${target}/_runbook/${path}`, {
                      method,
                      mode,
                      headers: authorization === undefined ? {} : { authorization },
                      ...(method === 'POST' ? { body: '{"planHash":"x"}' } : {}),
                    }).then(
                      (answer) => `${answer.type} ${answer.status}`,
                      () => 'refused',
                    ),
                  ),
                ),
              ),
          )
          const form = document.createElement('form')
          form.method = 'post'
          form.action = `${target}/_runbook/runs`
          form.target = 'sink'
          const frame = document.createElement('iframe')
          frame.name = 'sink'
          document.body.append(frame, form)
          form.submit()
          return [...new Set(await Promise.all(tries))]
        },
        { target: served.origin, token: served.token },
      )
      expect(tried.filter((each) => each !== 'refused' && each !== 'opaque 0')).toEqual([])
      expect(JSON.parse((await runCli(['runs', '--json'], { cwd })).stdout).runs).toEqual([])
    })
  })
})
