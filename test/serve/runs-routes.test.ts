/** The routes about earlier runs, as the pages of runs ask them. */

import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { projectWith, runCli } from '../cli/run-cli.ts'
import {
  asked,
  linesOf,
  servePages,
  serveProject,
  type ServedProject,
  startRun,
} from '../support/served-project.ts'

// A build takes its time where the machine is busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const step = (id: string, text: string) => `\`\`\`bash {#${id}}\n${text}\n\`\`\`\n\n`
const output = (text: string) => `\`\`\`output\n${text}\n\`\`\`\n\n`

const differing = `# Differing\n\n${step('two', `printf 'one\\nnew two\\nthree\\nnew four\\n'`)}${output('one\ntwo\nthree\nfour')}${step('hello', 'echo hello')}`

const pages = {
  'runbook.yml': 'pages: pages\nlang: en\n',
  'pages/plain.md': `# Plain\n\n${step('one', 'echo one; echo one >> ~/trail')}${step('two', 'echo two >> ~/trail')}`,
  'pages/much.md': `# Much\n\n${step('much', 'seq 300000')}${step('other', 'echo other')}`,
  'pages/differing.md': differing,
  'pages/edited.md': `# Edited\n\n${step('a', 'echo a')}`,
  'pages/file.md': `# File\n\n\`\`\`ini {#conf file=~/shop.conf}\nname = shop\n\`\`\`\n`,
}

let cwd: string
let home: string
let served: ServedProject

servePages(pages, (project) => {
  ;({ cwd, home, served } = project)
})

const get = (path: string) => asked(served, 'GET', path)
const page = (name: string) => readFileSync(join(cwd, 'pages', name), 'utf8')

async function ran(name: string): Promise<string> {
  const run = await startRun(served, `pages/${name}`)
  for await (const line of linesOf(served, run)) if (line.isOver) break
  return run
}

/** As the page of a run asks for text. */
async function textOf(
  path: string,
): Promise<{ readonly text: string; readonly type: string | null }> {
  const answer = await fetch(`${served.origin}/_runbook/${path}`, {
    headers: { authorization: `Bearer ${served.token}` },
  })
  expect(answer.status).toBe(200)
  return { text: await answer.text(), type: answer.headers.get('content-type') }
}

describe('a run of the past', () => {
  test('is one line in the list: who, what, where, when, and how it ended', async () => {
    const run = await ran('plain.md')
    const { body } = await get('runs')
    expect((body['runs'] as object[])[0]).toMatchObject({
      run,
      by: expect.any(String),
      pages: ['pages/plain.md'],
      hosts: ['local'],
      status: 'passed',
      steps: { total: 2, ended: 2 },
      durationMs: expect.any(Number),
      undoneBy: null,
      isHeld: false,
    })
    expect(await get(`runs/${run}`)).toMatchObject({
      status: 200,
      body: { v: 1, run, addresses: ['/plain'], undoes: null },
    })
  })

  test('appears in the list as it begins in a terminal, and changes there', async () => {
    const stop = new AbortController()
    const answer = await fetch(`${served.origin}/_runbook/runs/live`, {
      headers: { authorization: `Bearer ${served.token}` },
      signal: stop.signal,
    })
    let unread = ''
    let known: string[] | undefined
    const seen: string[] = []
    const present: string[] = []
    for await (const chunk of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const lines = (unread + chunk).split('\n')
      unread = lines.pop() ?? ''
      for (const text of lines) {
        const line = JSON.parse(text) as { run?: { run: string; status: string }; isAll?: true }
        if (line.run && known === undefined) present.push(line.run.run)
        if (line.run && known?.includes(line.run.run) === false) seen.push(line.run.status)
        if (line.isAll !== true) continue
        known = [...present]
        void runCli(['exec', 'pages/plain.md'], { cwd, env: { HOME: home } })
      }
      if (seen.at(-1) === 'passed') break
    }
    stop.abort()
    expect(seen.at(-1)).toBe('passed')
  })

  test('has the durations of its steps over the last runs, the oldest first', async () => {
    const first = await ran('plain.md')
    const second = await ran('plain.md')
    const { body } = await get(`runs/${second}/history`)
    const { 'plain#one@local': durations } = body['steps'] as Record<string, { run: string }[]>
    expect(durations?.slice(-2)).toMatchObject([
      { run: first, status: 'passed', ms: expect.any(Number) },
      { run: second },
    ])
    const earlier = (await get(`runs/${first}/history`)).body['steps'] as Record<string, object[]>
    expect(earlier['plain#one@local']).not.toContainEqual(expect.objectContaining({ run: second }))
  })

  test('gives all lines of a step, also those that only the log beside the journal has', async () => {
    const run = await ran('much.md')
    const query = new URLSearchParams({ step: 'much#much', host: 'local' })
    const { text, type } = await textOf(`runs/${run}/output?${query}`)
    expect(type).toBe('text/plain; charset=utf-8')
    const lines = text.trimEnd().split('\n')
    expect(lines).toHaveLength(300_000)
    expect([lines[0], lines[150_000], lines.at(-1)]).toEqual(['1', '150001', '300000'])
    const other = new URLSearchParams({ step: 'much#other', host: 'local' })
    expect((await textOf(`runs/${run}/output?${other}`)).text).toBe('other\n')
    expect((await textOf(`runs/${run}/output?step=none&host=local`)).text).toBe('')
    expect((await get(`runs/${run}/output`)).status).toBe(400)
  })

  test.each([
    ['markdown', '# Run '],
    ['html', '<figure class="rb-timeline"'],
    ['junit', '<testsuites name='],
    ['plain', 'passed 2'],
    ['json', '"kind":"run-ended"'],
  ])('is reported as %s', async (form, text) => {
    const run = await ran('plain.md')
    const report = await textOf(`runs/${run}/report?as=${form}`)
    expect(report.text).toContain(text)
    expect(report.type).not.toContain('html')
    expect((await get(`runs/${run}/report?as=${form}x`)).status).toBe(400)
  })

  test('is undone by a run of its own', async () => {
    const run = await ran('file.md')
    expect(readFileSync(join(home, 'shop.conf'), 'utf8')).toBe('name = shop\n')
    const { status, body } = await asked(served, 'POST', `runs/${run}/undo`)
    expect(status).toBe(201)
    const undo = String(body['run'])
    expect(undo).not.toBe(run)
    for await (const line of linesOf(served, undo)) if (line.isOver) break
    expect(() => readFileSync(join(home, 'shop.conf'))).toThrow('ENOENT')
    expect((await get(`runs/${run}`)).body).toMatchObject({ undoneBy: undo })
    expect((await get(`runs/${undo}`)).body).toMatchObject({ undoes: run })
    // What is undone is not undone again: the program says so and starts nothing.
    expect(await asked(served, 'POST', `runs/${run}/undo`)).toMatchObject({
      status: 422,
      body: { exit: 0, text: expect.stringContaining(undo) },
    })
    expect((await get(`runs/${undo}/record`)).status).toBe(422)
  })
})

async function differingRun(): Promise<string> {
  writeFileSync(join(cwd, 'pages/differing.md'), differing)
  await runCli(['exec', 'pages/differing.md', '--update'], { cwd, env: { HOME: home } })
  const { body } = await get('runs')
  return (body['runs'] as { run: string }[])[0]?.run ?? ''
}

describe('making a run the record', () => {
  interface Offer {
    readonly recordHash: string
    readonly pages: readonly {
      readonly page: string
      readonly changed: readonly string[]
      readonly changes: readonly { readonly lines: readonly { readonly id: string }[] }[]
    }[]
  }
  const offerOf = async (run: string) => (await get(`runs/${run}/record`)).body as unknown as Offer

  test('shows what the page would change, and writes the accepted lines only', async () => {
    const run = await differingRun()
    const offer = await offerOf(run)
    expect(offer).toMatchObject({
      isWhole: true,
      pages: [
        {
          page: 'pages/differing.md',
          changed: [],
          records: [{ host: 'local', steps: 2 }],
          changes: [
            {
              step: 'two',
              lines: [
                { removed: 'two', added: 'new two' },
                { removed: 'four', added: 'new four' },
              ],
            },
          ],
          problems: [],
        },
      ],
    })
    expect(page('differing.md')).toBe(differing)
    const [, second] = offer.pages[0]?.changes[0]?.lines ?? []
    const wish = {
      recordHash: offer.recordHash,
      accept: { 'pages/differing.md': [second?.id ?? ''] },
    }
    const kept = await asked(served, 'POST', `runs/${run}/record`, wish)
    expect(kept).toMatchObject({
      status: 200,
      body: { changed: ['pages/differing.md'], records: [expect.stringContaining('.records/')] },
    })
    expect(page('differing.md')).toBe(differing.replace('\nfour\n', '\nnew four\n'))
    const [record = ''] = kept.body['records'] as string[]
    const written = JSON.parse(readFileSync(join(cwd, record), 'utf8')) as object
    expect(written).toMatchObject({
      run,
      host: { name: 'local' },
      steps: { two: { commands: [{ output: 'one\nnew two\nthree\nnew four\n' }] } },
    })
  })

  test('writes the record that `exec --record` writes', async () => {
    const fields = (file: string) => {
      const { steps, host, platform } = JSON.parse(readFileSync(join(cwd, file), 'utf8'))
      for (const each of Object.values<Record<string, unknown>>(steps)) {
        delete each['at']
        delete each['durationMs']
        for (const command of each['commands'] as Record<string, unknown>[])
          delete command['durationMs']
      }
      return { steps, host, platform }
    }
    await runCli(['exec', 'pages/edited.md', '--record'], { cwd, env: { HOME: home } })
    const run = ((await get('runs')).body['runs'] as { run: string }[])[0]?.run ?? ''
    const { recordHash } = await offerOf(run)
    const [name = ''] = readdirSync(join(cwd, 'pages/.records/edited'))
    const file = `pages/.records/edited/${name}`
    const byExec = fields(file)
    rmSync(join(cwd, file))
    const wish = { recordHash, accept: {} }
    expect((await asked(served, 'POST', `runs/${run}/record`, wish)).status).toBe(200)
    expect(fields(file)).toEqual(byExec)
  })

  test('refuses a page that was edited since it was shown, and writes nothing', async () => {
    const run = await differingRun()
    const { recordHash } = await offerOf(run)
    const edited = `${differing}More text.\n`
    writeFileSync(join(cwd, 'pages/differing.md'), edited)
    const wish = { recordHash, accept: {} }
    expect(await asked(served, 'POST', `runs/${run}/record`, wish)).toMatchObject({
      status: 409,
      body: { problem: 'changed' },
    })
    expect(page('differing.md')).toBe(edited)
  })

  test('does not record a page whose steps are no longer those that ran', async () => {
    const run = await ran('edited.md')
    writeFileSync(join(cwd, 'pages/edited.md'), page('edited.md').replace('echo a', 'echo b'))
    const offer = await offerOf(run)
    expect(offer.pages).toMatchObject([{ changed: ['a'], changes: [] }])
    const wish = { recordHash: offer.recordHash, accept: {} }
    expect((await asked(served, 'POST', `runs/${run}/record`, wish)).body).toMatchObject({
      records: [],
      changed: [],
    })
  })

  test.each([{}, { recordHash: 'x' }, { recordHash: 'x', accept: { a: 'b' } }])(
    'refuses the body %j',
    async (body) => {
      const run = await ran('plain.md')
      expect((await asked(served, 'POST', `runs/${run}/record`, body)).status).toBe(400)
    },
  )
})

describe('what is refused', () => {
  const routes = [
    ['GET', 'runs/live'],
    ['GET', 'runs/x'],
    ['GET', 'runs/x/history'],
    ['GET', 'runs/x/output?step=a&host=b'],
    ['GET', 'runs/x/report?as=html'],
    ['GET', 'runs/x/record'],
    ['POST', 'runs/x/record'],
    ['POST', 'runs/x/undo'],
  ] as const

  test.each(routes)('%s %s without the token', async (method, path) => {
    for (const headers of [{}, { authorization: 'Bearer wrong' }] as HeadersInit[]) {
      const answer = await fetch(`${served.origin}/_runbook/${path}`, { method, headers })
      expect(answer.status).toBe(401)
    }
  })

  test.each(routes.filter(([, path]) => path !== 'runs/live'))(
    '%s %s: there is no such run',
    async (method, path) => {
      for (const run of ['20200101-0000-abcdef', '..%2f..%2fx', '.', '%00']) {
        const wish = method === 'POST' ? { recordHash: 'x', accept: {} } : undefined
        const { status } = await asked(served, method, path.replace('/x', `/${run}`), wish)
        expect({ run, status }).toEqual({ run, status: 404 })
      }
    },
  )

  test('changing anything while it is read only', async () => {
    const run = await ran('plain.md')
    const other = projectWith(pages)
    await runCli(['exec', 'pages/plain.md'], { cwd: other, env: { HOME: home } })
    const readOnly = await serveProject(other, ['--read-only'], { HOME: home })
    const own = ((await asked(readOnly, 'GET', 'runs')).body['runs'] as { run: string }[])[0]?.run
    expect(own).not.toBe(run)
    expect((await asked(readOnly, 'POST', `runs/${own}/undo`)).status).toBe(404)
    const wish = { recordHash: 'x', accept: {} }
    expect((await asked(readOnly, 'POST', `runs/${own}/record`, wish)).status).toBe(422)
    await readOnly.stop()
  })

  test('the page of runs carries no token and no inline script', async () => {
    const answer = await fetch(`${served.origin}/_runbook/runs.html`)
    expect(answer.status).toBe(200)
    const text = await answer.text()
    expect(text).not.toContain(served.token)
    expect(text.match(/<script[^>]*>/g)).toEqual(['<script type="module" src="/_runbook/runs.js">'])
    expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self';/)
  })
})
