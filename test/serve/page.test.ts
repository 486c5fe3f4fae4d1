/** Pages that run, in a real browser: what a person sees, clicks and types. */

import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { projectWith, runCli } from '../cli/run-cli.ts'
import { type Browser, findChromium, openBrowser } from '../support/browser.ts'
import { servePages, serveProject, type ServedProject } from '../support/served-project.ts'

// A build takes its time where the machine is busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const chromium = findChromium()

const step = (id: string, text: string, attributes = '') =>
  `\`\`\`bash {#${id}${attributes === '' ? '' : ` ${attributes}`}}\n${text}\n\`\`\`\n\n`
const output = (text: string) => `\`\`\`output\n${text}\n\`\`\`\n\n`

const pages = {
  'runbook.yml': 'pages: pages\nlang: en\n',
  'pages/all.md':
    `---\nroles: { vm: the target }\nvars: { TOKEN: { secret: true, ask: the token } }\n---\n\n# All\n\n` +
    step('secret', 'echo "${#TOKEN} letters"') +
    step('drop', 'echo dropped >> ~/trail', 'danger="all is lost"') +
    '- [ ] Look at the sign\n\n' +
    step('last', 'echo last >> ~/trail; echo done'),
  'pages/edit.md': `# Edit\n\n${step('differs', 'echo wrong')}${output('right')}${step('after', 'echo after >> ~/trail')}`,
  'pages/plan.md':
    `---\nvars: { NAME: { default: plum } }\n---\n\n# Plan\n\n` +
    step('done', 'false', 'unless=file:/etc/passwd') +
    step('use', 'echo "$NAME" >> ~/trail') +
    step('never', 'false', 'when=os:plan9') +
    '```text {#conf file=../conf.txt expand}\nplum ${NAME}\n```\n\n',
  'pages/answers.md':
    '# Answers\n\n' +
    step(
      'locked',
      'echo "it is LOCKED by another"; exit 7',
      'on-error="/(?i)is locked/ -> edit.md#after" on-error="/other/ -> edit.md#differs" on-error="/never/ -> #locked"',
    ).replace('/other/', '/another one/'),
  'pages/gate.md': `# Gate\n\n${step('wait', 'echo first line; until [ -e ~/go ]; do sleep 0.1; done; echo second line; echo once >> ~/trail', 'timeout=2m')}${step('next', 'echo next')}`,
  'pages/slow.md': `# Slow\n\n${step('wait', 'echo began; sleep 60')}${step('clean', 'echo cleaned >> ~/trail', 'always')}`,
  'pages/hostile.md': `# Hostile\n\n${step('print', `printf '<img src=x onerror="document.title=1"><script>document.title=2</script>\\n\\033]0;title\\007\\033[31mred\\033[0m\\nab\\rcd\\n'`)}`,
  'pages/much.md': `# Much\n\n${step('much', 'seq 800000')}${step('line', `head -c 1000000 /dev/zero | tr '\\0' x; echo`)}${Array.from({ length: 30 }, (_, index) => step(`s${index}`, `echo ${index}`)).join('')}`,
}

const run = (page: Page) => page.click('[data-runbook-do=page]')
const part = (page: Page, id: string) => page.locator(`#${id} [data-runbook-run]`)
const barSays = (page: Page, text: string) =>
  page.locator('.rb-bar-state', { hasText: text }).waitFor()
describe.skipIf(chromium === undefined)('a page that runs', () => {
  let cwd: string
  let home: string
  let served: ServedProject
  const browsers: Browser[] = []

  servePages(pages, (project) => {
    ;({ cwd, home, served } = project)
  })
  afterEach(async () => {
    for (const browser of browsers.splice(0)) await browser.close()
    writeFileSync(join(home, 'trail'), '')
  })

  const trail = () =>
    existsSync(join(home, 'trail')) ? readFileSync(join(home, 'trail'), 'utf8').split('\n') : []

  async function open(path: string, options: Parameters<typeof openBrowser>[1] = {}) {
    const browser = await openBrowser(chromium ?? '', options)
    browsers.push(browser)
    const opened = await browser.open(`${served.origin}/${path}#token=${served.token}`, 'load')
    await opened.page.waitForSelector('[data-runbook-do=page]')
    return { ...opened, browser }
  }

  test('asks for a secret, a danger and a manual step, and says what it did', async () => {
    const { page, problems } = await open('all')
    expect(page.url()).toBe(`${served.origin}/all`)
    await run(page)
    await page.fill('.rb-question input[type=password]', 'hunter2-hunter2')
    await page.keyboard.press('Enter')
    const danger = page.locator('#drop .rb-ask-danger')
    await danger.waitFor()
    expect(await part(page, 'secret').innerText()).toContain('15 letters')
    expect(await danger.innerText()).toMatch(/all is lost[^]*echo dropped >> ~\/trail/)
    expect(await danger.getByRole('button', { name: 'Run it' }).isDisabled()).toBe(true)
    await page.keyboard.type('drop')
    await page.keyboard.press('Enter')
    const manual = page.locator('.rb-ask-manual')
    await manual.waitFor()
    expect(await manual.innerText()).toContain('Look at the sign')
    expect(trail()).toContain('dropped')
    // All of it can be done from the keyboard: the question's first button has the focus.
    await page.keyboard.press('Enter')
    await barSays(page, 'The run has passed.')
    expect(await part(page, 'last').getAttribute('data-status')).toBe('passed')
    expect(await page.isVisible('[data-runbook-do=stop]')).toBe(false)
    expect(await page.content()).not.toContain('hunter2')
    expect(problems).toEqual([])
  })

  test('shows what differs, and goes on after an edit, which is a deviation', async () => {
    const { page } = await open('edit')
    await page.check('.rb-bar input[type=checkbox]')
    await run(page)
    await page.locator('#differs .rb-ask-step').getByRole('button', { name: 'Run it' }).click()
    const failed = page.locator('#differs .rb-ask-failure')
    await failed.waitFor()
    expect(await part(page, 'differs').innerText()).toMatch(/- right\s+\+ wrong/)
    // The keys are those of the terminal.
    await page.keyboard.press('r')
    const asks = page.locator('#differs .rb-ask-step')
    await asks.locator('summary').click()
    await asks.locator('textarea').fill('echo edited >> ~/trail')
    await asks.getByRole('button', { name: 'Run what I edited' }).click()
    const deviation = page.locator('#differs .rb-ask-deviation')
    await deviation.waitFor()
    expect(await deviation.innerText()).toMatch(/Not as the page has it[^]*echo edited >> ~\/trail/)
    expect(trail()).not.toContain('edited')
    await deviation.getByRole('button', { name: 'Run it as edited' }).click()
    await page.locator('#after .rb-ask-step').getByRole('button', { name: 'Run it' }).click()
    await barSays(page, 'The run has passed.')
    expect(trail()).toEqual(expect.arrayContaining(['edited', 'after']))
    expect(await part(page, 'differs').innerText()).toContain('edited by hand')
  })

  test('asks again for an edit that bash cannot read, and for one that changes nothing', async () => {
    const { page } = await open('edit')
    await page.check('.rb-bar input[type=checkbox]')
    await run(page)
    const asks = page.locator('#differs .rb-ask-step')
    const send = async (text: string) => {
      await asks.locator('.rb-edit summary').click()
      await asks.locator('textarea').fill(text)
      await asks.getByRole('button', { name: 'Run what I edited' }).click()
    }
    await send('if true')
    await asks.getByRole('alert').waitFor()
    expect(await asks.getByRole('alert').innerText()).toMatch(/expected|unterminated/)
    await send('echo wrong')
    await asks.getByRole('alert').filter({ hasText: 'nothing was changed' }).waitFor()
    await asks.locator('select').selectOption({ label: 'edit#after' })
    await page.locator('#after .rb-ask-step').waitFor()
    await page.keyboard.press('q')
    await barSays(page, 'The run')
  })

  test('shows a plan with its reasons, and runs exactly that', async () => {
    const { page, problems } = await open('plan')
    await page.fill('[data-runbook-var=NAME]', 'cherry')
    await page.click('[data-runbook-do=plan]')
    const panel = page.locator('.rb-plan-panel')
    await panel.waitFor()
    expect(await panel.innerText()).toMatch(/local → localhost[^]*NAME=cherry/)
    const verdict = (id: string) => page.locator(`#${id} [data-runbook-plan]`)
    expect(await verdict('done').innerText()).toMatch(/done · local · file:\/etc\/passwd/)
    expect(await verdict('use').innerText()).toContain('run · local')
    expect(await verdict('never').getAttribute('data-runbook-plan')).toBe('skip')
    expect(await verdict('conf').innerText()).toContain('+plum cherry')
    expect(trail()).not.toContain('cherry')
    await page.click('[data-runbook-do=run-plan]')
    await barSays(page, 'The run has passed.')
    expect(await page.locator('[data-runbook-plan]').count()).toBe(0)
    expect(trail()).toContain('cherry')
    expect(problems).toEqual([])
  })

  test('says what the page itself answers to a known failure', async () => {
    const { page } = await open('answers')
    await run(page)
    await barSays(page, 'The run has failed.')
    const advice = part(page, 'locked').locator('.rb-run-advice')
    await advice.getByRole('link').waitFor()
    expect(await advice.innerText()).toContain('The page says:')
    expect(await advice.getByRole('link').allInnerTexts()).toEqual(['edit.md#after'])
    expect(await part(page, 'locked').innerText()).toContain('exit 7')
  })

  test('opens a shell on the host, beside the run', async () => {
    const { page, problems } = await open('edit')
    await page.check('.rb-bar input[type=checkbox]')
    await run(page)
    await page.locator('#differs .rb-ask-step').waitFor()
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname))
    await page.keyboard.press('o')
    const shell = page.locator('.rb-host-shell')
    await shell.waitFor()
    expect(loaded).toEqual([])
    await shell.getByRole('button', { name: 'Open the shell' }).click()
    await shell.locator('.xterm-screen').waitFor()
    await page.keyboard.type('echo $((40+2))-typed >> ~/trail; tty\n')
    await shell.locator('.xterm', { hasText: '/dev/pts/' }).waitFor()
    expect(trail()).toContain('42-typed')
    await page.keyboard.type('exit\n')
    await shell.getByText('The shell has ended.').waitFor()
    await shell.getByRole('button', { name: 'Close' }).click()
    expect(await shell.count()).toBe(0)
    const { stdout } = await runCli(['show'], { cwd })
    expect(stdout).not.toContain('-typed')
    await page.locator('#differs .rb-ask-step').getByRole('button', { name: 'Stop' }).click()
    await barSays(page, 'The run')
    expect(problems).toEqual([])
  })

  test('offers a shell on each host of a run that has ended, too', async () => {
    const { page } = await open('hostile')
    expect(await page.isVisible('[data-runbook-do=shells]')).toBe(false)
    await run(page)
    await barSays(page, 'The run has passed.')
    await page.click('[data-runbook-do=shells]')
    const shell = page.locator('.rb-bar .rb-host-shell')
    await shell.getByRole('button', { name: 'Open the shell' }).click()
    await shell.locator('.xterm-screen').waitFor()
    await page.keyboard.type('exit\n')
    await shell.getByText('The shell has ended.').waitFor()
  })

  test('stops cleanly', async () => {
    const { page } = await open('slow')
    await run(page)
    await part(page, 'wait').getByText('began').waitFor()
    await page.click('[data-runbook-do=stop]')
    await barSays(page, 'The run was cancelled.')
    expect(trail()).toContain('cleaned')
  })

  test('loses nothing by a reload, another page, another tab, or the end of the run’s process', async () => {
    const { page, browser } = await open('gate')
    await run(page)
    await part(page, 'wait').getByText('first line').waitFor()
    await page.reload()
    await part(page, 'wait').getByText('first line').waitFor()
    const second = await browser.open(`${served.origin}/gate#token=${served.token}`, 'load')
    await part(second.page, 'wait').getByText('first line').waitFor()
    await page.locator('.VPSidebar a', { hasText: 'Slow' }).click()
    await page.waitForURL(/slow/)
    await page.locator('.VPSidebar a', { hasText: 'Gate' }).click()
    await part(page, 'wait').getByText('first line').waitFor()
    expect(await page.locator('.rb-bar').count()).toBe(1)

    spawnSync('pkill', ['-KILL', '-f', 'page-hash=.*pages/gate.md'])
    await barSays(page, 'The run was cut off.')
    writeFileSync(join(home, 'go'), '')
    await page.click('[data-runbook-do=resume]')
    await barSays(page, 'The run has passed.')
    await part(page, 'wait').getByText('second line').waitFor()
    expect((await part(page, 'wait').innerText()).match(/first line/g)).toHaveLength(1)
    expect(trail().filter((line) => line === 'once')).toEqual(['once'])
  })

  test('goes on with the run when the server is killed and comes again', async () => {
    const other = projectWith(pages)
    const ownHome = projectWith({})
    const first = await serveProject(other, [], { HOME: ownHome })
    const browser = await openBrowser(chromium ?? '')
    browsers.push(browser)
    const { page } = await browser.open(first.url.replace('/#', '/gate#'), 'load')
    await page.waitForSelector('[data-runbook-do=page]')
    await run(page)
    await part(page, 'wait').getByText('first line').waitFor()
    first.child.kill('SIGKILL')
    await page.locator('.rb-bar-notice', { hasText: 'does not answer' }).waitFor()
    const { port } = new URL(first.origin)
    const second = await serveProject(other, ['--port', port], { HOME: ownHome })
    await page.goto(second.url.replace('/#', '/gate#'))
    await part(page, 'wait').getByText('first line').waitFor()
    writeFileSync(join(ownHome, 'go'), '')
    await barSays(page, 'The run has passed.')
    expect(await part(page, 'next').getAttribute('data-status')).toBe('passed')
    await second.stop()
  })

  test('shows a run that was begun in a terminal', async () => {
    const { page } = await open('gate')
    writeFileSync(join(home, 'go'), '')
    const ran = await runCli(['exec', 'pages/gate.md', '--only', 'next'], {
      cwd,
      env: { HOME: home },
    })
    expect(ran.code).toBe(0)
    const { stdout } = await runCli(['runs', '--json'], { cwd })
    const [newest] = (JSON.parse(stdout) as { runs: { run: string }[] }).runs
    await page.evaluate(
      (id) => sessionStorage.setItem('runbook-run:pages/gate.md', id),
      newest?.run ?? '',
    )
    await page.reload()
    await part(page, 'next').getByText('passed').waitFor()
  })

  test('shows what a host prints as text', async () => {
    const { page, problems } = await open('hostile')
    await run(page)
    await barSays(page, 'The run has passed.')
    const shown = await part(page, 'print').locator('.rb-run-output').innerText()
    expect(shown).toContain(
      '<img src=x onerror="document.title=1"><script>document.title=2</script>',
    )
    expect(shown).toContain('red\ncd')
    expect(await page.locator('#print img').count()).toBe(0)
    expect(await page.title()).not.toMatch(/^[12]|title/)
    expect(problems).toEqual([])
  })

  test('holds a bounded part of 5 MB of output and of a line of a million characters, and answers meanwhile', async () => {
    const { page } = await open('much')
    await run(page)
    await part(page, 'much').waitFor()
    // The page itself goes on working.
    await page.check('.rb-bar input[type=checkbox]')
    await page.locator('#s1').scrollIntoViewIfNeeded()
    await barSays(page, 'The run has passed.')
    const text = await part(page, 'much').locator('.rb-run-output').innerText()
    expect(text.trim().split('\n').at(-1)).toBe('800000')
    expect(await part(page, 'much').innerText()).toContain('the last 2000 lines')
    expect((await part(page, 'line').innerText()).length).toBeLessThan(5000)
    expect(await part(page, 'line').innerText()).toContain('… +996000')
    expect(await page.locator('[data-runbook-run]').count()).toBe(32)
  })

  test('stands on a phone without a bar of its own to scroll', async () => {
    const { page } = await open('all', { width: 390, height: 844 })
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    expect(width).toBeLessThanOrEqual(390)
    const bar = await page.locator('.rb-bar').boundingBox()
    expect(bar && { left: bar.x, isLow: bar.y + bar.height >= 843 }).toEqual({
      left: 0,
      isLow: true,
    })
  })

  test('has no token in a tab that was not given one', async () => {
    const browser = await openBrowser(chromium ?? '')
    browsers.push(browser)
    const { page } = await browser.open(`${served.origin}/all`)
    await page.locator('.rb-bar', { hasText: 'no token' }).waitFor()
    expect(await page.locator('[data-runbook-do]').count()).toBe(0)
  })

  describe('another origin', () => {
    let other: Server
    let origin: string
    beforeAll(async () => {
      other = createServer((_request, response) => {
        response.setHeader('content-type', 'text/html').end('<title>other</title>')
      })
      await new Promise<void>((settle) => other.listen(0, '127.0.0.1', settle))
      const address = other.address()
      origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`
    })
    afterAll(() => void other.close())

    test('on this computer tries every verb, also with the token, and changes nothing', async () => {
      const browser = await openBrowser(chromium ?? '')
      browsers.push(browser)
      const { page } = await browser.open(origin)
      const before = (await runCli(['runs', '--json'], { cwd })).stdout
      const tried = await page.evaluate(
        async ({ target, token }) => {
          const tries: Promise<string>[] = []
          for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
            for (const path of ['me', 'runs', 'plans'])
              for (const headers of [{}, { authorization: `Bearer ${token}` }] as HeadersInit[])
                for (const mode of ['cors', 'no-cors'] as const)
                  tries.push(
                    fetch(`${target}/_runbook/${path}`, {
                      method,
                      headers,
                      mode,
                      ...(method === 'POST' ? { body: '{"planHash":"x"}' } : {}),
                    }).then(
                      (answer) => `${answer.type} ${answer.status}`,
                      () => 'refused',
                    ),
                  )
          return [...new Set(await Promise.all(tries))]
        },
        { target: served.origin, token: served.token },
      )
      // What is opaque has no status and no text for who asked.
      expect(tried.filter((each) => each !== 'refused' && each !== 'opaque 0')).toEqual([])
      expect((await runCli(['runs', '--json'], { cwd })).stdout).toBe(before)
      const framed = await page.evaluate(async (target) => {
        const frame = document.createElement('iframe')
        frame.src = target
        document.body.append(frame)
        await new Promise((settle) => frame.addEventListener('load', settle, { once: true }))
        return frame.contentDocument === null
      }, served.origin)
      expect(framed).toBe(true)
    })
  })
})
