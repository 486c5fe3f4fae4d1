/** `runbook serve` as its page, other programs and other users of this computer ask it. */

import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { request } from 'node:http'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { program, projectWith, runCli } from '../cli/run-cli.ts'
import {
  asked,
  linesOf,
  type RunLine,
  servePages,
  serveProject,
  type ServedProject,
  startRun,
} from '../support/served-project.ts'

// A build takes its time where the machine is busy.
vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 })

const step = (id: string, text: string, attributes = '') =>
  `\`\`\`bash {#${id}${attributes === '' ? '' : ` ${attributes}`}}\n${text}\n\`\`\`\n\n`

const pages = {
  'runbook.yml': 'pages: pages\nlang: en\n',
  'pages/plain.md': `# Plain\n\n${step('one', 'echo one; echo one >> ~/trail')}${step('two', 'echo two >> ~/trail')}${step('three', 'echo three >> ~/trail')}`,
  'pages/danger.md': `# Danger\n\n${step('drop', 'echo dropped >> ~/trail', 'danger="all is lost"')}`,
  'pages/slow.md': `# Slow\n\n${step('wait', 'echo began; sleep 60; echo never')}${step('clean', 'echo cleaned >> ~/trail', 'always')}`,
  'pages/asks.md': `---\nvars: { PASSWORD: { secret: true, ask: the password }, NAME: { default: plum } }\n---\n\n# Asks\n\n${step('use', 'echo "$NAME ${#PASSWORD}"')}`,
  'pages/role.md': `---\nroles: { vm: the target }\n---\n\n# Role\n\n${step('one', 'true')}`,
  'pages/gate.md': `# Gate\n\n${step('wait', 'echo waiting; until [ -e ~/go ]; do sleep 0.1; done; echo passed >> ~/trail', 'timeout=2m')}`,
}

let cwd: string
let home: string
let served: ServedProject

servePages(pages, (project) => {
  ;({ cwd, home, served } = project)
})

const trail = () => {
  const file = join(home, 'trail')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
}
const forgetTrail = () => writeFileSync(join(home, 'trail'), '')

async function untilOver(run: string): Promise<readonly RunLine[]> {
  const lines: RunLine[] = []
  for await (const line of linesOf(served, run)) lines.push(line)
  return lines
}

/** Answers every question of a run with what `answer` says of it. */
async function answering(
  run: string,
  answer: (question: Record<string, unknown>) => unknown,
): Promise<readonly RunLine[]> {
  const lines: RunLine[] = []
  for await (const line of linesOf(served, run)) {
    lines.push(line)
    for (const { id, question } of line.questions ?? [])
      await asked(served, 'POST', `runs/${run}/answers`, { question: id, answer: answer(question) })
  }
  return lines
}

const events = (lines: readonly RunLine[]) => lines.flatMap(({ event }) => event ?? [])

describe('a run from the page', () => {
  test('is the run of the terminal: events in order, each once, and an end', async () => {
    forgetTrail()
    const lines = events(await untilOver(await startRun(served, 'pages/plain.md')))
    expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index))
    expect(lines.at(-1)).toMatchObject({ kind: 'run-ended', status: 'passed' })
    expect(trail()).toEqual(['one', 'two', 'three'])
    expect((await runCli(['runs', '--json'], { cwd })).stdout).toContain('"status": "passed"')
  })

  test('can be of one step, or from one on', async () => {
    forgetTrail()
    await untilOver(await startRun(served, 'pages/plain.md', { select: { only: ['two'] } }))
    await untilOver(await startRun(served, 'pages/plain.md', { select: { from: 'two' } }))
    expect(trail()).toEqual(['two', 'two', 'three'])
  })

  test('is followed from any event on', async () => {
    const run = await startRun(served, 'pages/plain.md')
    const all = events(await untilOver(run))
    const some: RunLine[] = []
    for await (const line of linesOf(served, run, 4)) some.push(line)
    expect(events(some)).toEqual(all.slice(4))
  })

  test('asks before what is dangerous, and says what exactly', async () => {
    forgetTrail()
    const questions: unknown[] = []
    const lines = await answering(await startRun(served, 'pages/danger.md'), (question) => {
      questions.push(question)
      return 'yes'
    })
    expect(questions).toMatchObject([
      {
        kind: 'confirm',
        about: 'danger',
        question: {
          step: 'danger#drop',
          host: 'local',
          about: {
            danger: 'all is lost',
            work: { kind: 'commands', commands: ['echo dropped >> ~/trail'] },
          },
        },
      },
    ])
    expect(events(lines).at(-1)).toMatchObject({ status: 'passed' })
    expect(trail()).toContain('dropped')
  })

  test('asks for a secret, which is in no file and on no command line', async () => {
    const run = await startRun(served, 'pages/asks.md', { values: { NAME: 'cherry' } })
    const lines = await answering(run, (question) => {
      expect(question).toMatchObject({ kind: 'line', hidden: true })
      return 'correct horse battery'
    })
    expect(JSON.stringify(events(lines))).toContain('cherry 21')
    const folder = join(cwd, '.runbook')
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    for (const name of files.filter((each) => statSync(join(folder, each)).isFile()))
      expect(readFileSync(join(folder, name), 'utf8')).not.toContain('correct horse')
    expect(served.said()).not.toContain('correct horse')
  })

  test('asks again where an answer is none of the question', async () => {
    const answers = ['maybe', 7, 'yes']
    const given: unknown[] = []
    const lines = await answering(await startRun(served, 'pages/danger.md'), () => {
      given.push(answers[given.length])
      return given.at(-1)
    })
    expect(given).toEqual(answers)
    expect(events(lines).at(-1)).toMatchObject({ kind: 'run-ended', status: 'passed' })
  })

  test('stops as by Ctrl-C: the step ends, the clean-up runs', async () => {
    forgetTrail()
    const run = await startRun(served, 'pages/slow.md')
    const lines: RunLine[] = []
    const stopped: number[] = []
    for await (const line of linesOf(served, run)) {
      lines.push(line)
      if (line.event?.kind === 'output')
        stopped.push((await asked(served, 'POST', `runs/${run}/stop`)).status)
    }
    expect(stopped).toEqual([200])
    expect(events(lines).at(-1)).toMatchObject({ kind: 'run-ended', status: 'cancelled' })
    expect(trail()).toContain('cleaned')
    expect((await asked(served, 'POST', `runs/${run}/stop`)).status).toBe(404)
  })

  test('that was killed is resumed, and nothing runs twice', async () => {
    forgetTrail()
    const run = await startRun(served, 'pages/gate.md')
    for await (const line of linesOf(served, run)) {
      if (line.event?.kind !== 'output') continue
      spawnSync('pkill', ['-KILL', '-f', `page-hash=.*pages/gate.md`])
    }
    const unfinished = (await asked(served, 'GET', 'runs')).body['runs']
    expect(unfinished).toContainEqual(
      expect.objectContaining({ run, status: 'unfinished', isHeld: false }),
    )
    writeFileSync(join(home, 'go'), '')
    expect(await asked(served, 'POST', `runs/${run}/resume`)).toMatchObject({
      status: 200,
      body: { run },
    })
    expect(events(await untilOver(run)).at(-1)).toMatchObject({ status: 'passed' })
    expect(trail().filter((line) => line === 'passed')).toEqual(['passed'])
  })

  test('begun in a terminal is followed as any other', async () => {
    const child = spawn(process.execPath, [program, 'exec', 'pages/slow.md'], {
      cwd,
      env: { ...process.env, HOME: home },
      stdio: 'ignore',
    })
    const ended = new Promise((settle) => child.once('exit', settle))
    const find = async (): Promise<string> => {
      const { body } = await asked(served, 'GET', 'runs')
      const found = (body['runs'] as { run: string; isHeld: boolean; pages: string[] }[]).find(
        ({ isHeld, pages: names }) => isHeld && names.includes('pages/slow.md'),
      )
      return found?.run ?? (await new Promise((next) => setTimeout(next, 50)).then(find))
    }
    const run = await find()
    const lines: RunLine[] = []
    for await (const line of linesOf(served, run)) {
      lines.push(line)
      if (line.event?.kind === 'output') child.kill('SIGINT')
    }
    await ended
    expect(events(lines).at(-1)).toMatchObject({ status: 'cancelled' })
  })
})

const planWish = async (page: string, more: object = {}) => {
  const { body } = await asked(served, 'GET', `pages/${page}`)
  return { page, pageHash: String(body['hash']), hosts: {}, verdicts: true, ...more }
}

const openTerminal = (run: string, host: string) =>
  asked(served, 'POST', `runs/${run}/terminals`, { host, columns: 80, rows: 24 })
const typeInto = (id: string, text: string) =>
  fetch(`${served.origin}/_runbook/terminals/${id}/input`, {
    method: 'POST',
    headers: { authorization: `Bearer ${served.token}` },
    body: text,
  })
const outputOf = (id: string, signal: AbortSignal) =>
  fetch(`${served.origin}/_runbook/terminals/${id}/output`, {
    headers: { authorization: `Bearer ${served.token}` },
    signal,
  })

describe('a plan', () => {
  test('says for each step what a run would do, and starts exactly that by its hash', async () => {
    forgetTrail()
    const select = { from: 'two' }
    const planned = await asked(
      served,
      'POST',
      'plans',
      await planWish('pages/plain.md', { select }),
    )
    expect(planned).toMatchObject({
      status: 200,
      body: {
        verdicts: {
          hosts: [{ name: 'local', address: 'localhost' }],
          steps: [
            { id: 'plain#two', verdict: 'run' },
            { id: 'plain#three', verdict: 'run' },
          ],
        },
      },
    })
    expect(trail()).toEqual([''])
    const { planHash } = planned.body
    const { body } = await asked(served, 'POST', 'runs', { planHash })
    await untilOver(String(body['run']))
    expect(trail()).toEqual(['two', 'three'])
  })

  test('of a host that cannot be reached says why', async () => {
    const hosts = { vm: 'nowhere.invalid' }
    const planned = await asked(served, 'POST', 'plans', await planWish('pages/role.md', { hosts }))
    expect(planned).toMatchObject({
      status: 422,
      body: { problem: 'no-plan', exit: 3, text: expect.stringContaining('nowhere.invalid') },
    })
  })
})

describe('a terminal', () => {
  test('is a shell on a host of the run: bytes in, bytes out, of the size that was asked', async () => {
    const run = await startRun(served, 'pages/plain.md')
    await untilOver(run)
    const { status, body } = await openTerminal(run, 'local')
    expect(status).toBe(201)
    const id = String(body['terminal'])
    const stop = new AbortController()
    const answer = await outputOf(id, stop.signal)
    expect((await outputOf(id, stop.signal)).status).toBe(404)
    await typeInto(id, 'stty size; echo $((40+2))-typed; exit\n')
    expect(await answer.text()).toMatch(/24 80\r\n42-typed/)
    expect((await typeInto(id, 'echo late\n')).status).toBe(404)
    const said = readdirSync(join(cwd, '.runbook'), { recursive: true, encoding: 'utf8' })
      .map((name) => join(cwd, '.runbook', name))
      .filter((file) => statSync(file).isFile())
      .map((file) => readFileSync(file, 'utf8'))
    expect(said.join('')).not.toContain('typed')
    expect(served.said()).not.toContain('typed')
  })

  test('ends when its page is gone', async () => {
    const run = await startRun(served, 'pages/plain.md')
    await untilOver(run)
    const id = String((await openTerminal(run, 'local')).body['terminal'])
    const stop = new AbortController()
    await outputOf(id, stop.signal)
    await typeInto(id, 'touch ~/opened; while sleep 0.1; do :; done\n')
    await vi.waitFor(() => expect(existsSync(join(home, 'opened'))).toBe(true), 20_000)
    stop.abort()
    await vi.waitFor(async () => expect((await typeInto(id, 'x')).status).toBe(404), 20_000)
  })

  test('is refused on a host that is none of the run, and for an unknown run', async () => {
    const run = await startRun(served, 'pages/plain.md')
    await untilOver(run)
    expect((await openTerminal(run, 'elsewhere')).status).toBe(404)
    expect((await openTerminal('20200101-0000-abcdef', 'local')).status).toBe(404)
    expect((await asked(served, 'POST', `runs/${run}/terminals`, { host: 'local' })).status).toBe(
      400,
    )
    expect((await typeInto('nothing', 'x')).status).toBe(404)
  })
})

describe('what is refused', () => {
  test('a page that was edited since it was looked at, before and after the plan', async () => {
    const { body } = await asked(served, 'GET', 'pages/pages/danger.md')
    const wish = { page: 'pages/danger.md', pageHash: String(body['hash']), hosts: {} }
    const planned = await asked(served, 'POST', 'plans', wish)
    const before = readFileSync(join(cwd, 'pages/danger.md'), 'utf8')
    writeFileSync(join(cwd, 'pages/danger.md'), before.replace('dropped', 'edited'))
    try {
      expect(await asked(served, 'POST', 'plans', wish)).toMatchObject({
        status: 409,
        body: { problem: 'page-changed' },
      })
      const { planHash } = planned.body
      expect(await asked(served, 'POST', 'runs', { planHash })).toMatchObject({
        status: 422,
        body: { exit: 2, text: expect.stringContaining('has changed since') },
      })
    } finally {
      writeFileSync(join(cwd, 'pages/danger.md'), before)
    }
  })

  test.each([
    ['GET', 'runs/20200101-0000-abcdef/events', 404],
    ['GET', 'runs/..%2f..%2fx/events', 404],
    ['POST', 'runs/20200101-0000-abcdef/resume', 404],
    ['POST', 'runs/20200101-0000-abcdef/stop', 404],
    ['GET', 'terminals/nothing/output', 404],
    ['GET', 'pages/runbook.yml', 404],
    ['GET', 'pages/pages%2f..%2f..%2fetc%2fpasswd', 404],
    ['GET', 'nothing', 404],
  ] as const)('%s %s: %i', async (method, path, status) => {
    expect((await asked(served, method, path)).status).toBe(status)
  })

  test.each([
    ['plans', {}, 400],
    ['plans', { page: 'pages/none.md', pageHash: 'x', hosts: {} }, 422],
    ['plans', { page: '../x.md', pageHash: 'x', hosts: {} }, 422],
    ['runs', { planHash: 'f'.repeat(64) }, 404],
    ['runs', { command: 'touch /tmp/x' }, 400],
  ] as const)('POST %s %j: %i', async (path, body, status) => {
    expect((await asked(served, 'POST', path, body)).status).toBe(status)
  })

  test('a second start of one plan, and a page with errors', async () => {
    const { body } = await asked(served, 'GET', 'pages/pages/plain.md')
    const wish = { page: 'pages/plain.md', pageHash: String(body['hash']), hosts: {} }
    const { planHash } = (await asked(served, 'POST', 'plans', wish)).body
    const [first, second] = await Promise.all([
      asked(served, 'POST', 'runs', { planHash }),
      asked(served, 'POST', 'runs', { planHash }),
    ])
    expect(new Set([first.status, second.status])).toEqual(new Set([201, 404]))
    const file = join(cwd, 'pages/broken.md')
    writeFileSync(file, '# Broken\n\n```bash {#a nonsense}\ntrue\n```\n')
    const broken = await asked(served, 'GET', 'pages/pages/broken.md')
    rmSync(file)
    expect(broken.body['problems']).toEqual([expect.stringContaining('pages/broken.md:3')])
  })

  test('every route without the token, every method and an upgrade', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])
      for (const path of [
        'me',
        'runs',
        'plans',
        'nothing',
        'runs/x/events',
        'runs/x/stop',
        'runs/x/terminals',
        'terminals/x/input',
        'terminals/x/output',
      ]) {
        const answer = await fetch(`${served.origin}/_runbook/${path}`, { method })
        expect({ method, path, status: answer.status }).toEqual({ method, path, status: 401 })
        expect(answer.headers.get('access-control-allow-origin')).toBeNull()
      }
    const socket = connect(Number(new URL(served.origin).port), '127.0.0.1')
    socket.write(
      `GET /_runbook/me HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${served.token}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    )
    let said = ''
    for await (const chunk of socket) said += String(chunk)
    expect(said).not.toContain('101')
    expect(said).not.toContain('hosts')
  })

  test('another name of this server, with the token', async () => {
    const status = await new Promise((settle) => {
      const headers = { host: 'evil.test', authorization: `Bearer ${served.token}` }
      request(`${served.origin}/_runbook/me`, { headers }, (answer) => {
        answer.resume()
        settle(answer.statusCode)
      }).end()
    })
    expect(status).toBe(421)
  })

  test.runIf(process.getuid?.() === 0)('another user of this computer', () => {
    const url = `${served.origin}/_runbook/me`
    const code = execFileSync(
      'setpriv',
      [
        '--reuid=65534',
        '--regid=65534',
        '--clear-groups',
        'curl',
        '-so',
        '/dev/null',
        '-w',
        '%{http_code}',
        url,
      ],
      { encoding: 'utf8' },
    )
    expect(code).toBe('401')
    expect(statSync(join(cwd, '.runbook/serve.json')).mode & 0o077).toBe(0)
  })
})

describe('the server', () => {
  test('is one for a project: a second call prints the address of the first', async () => {
    const { code, stdout, stderr } = await runCli(['serve', 'pages/danger.md'], { cwd })
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `${served.origin}/danger#token=${served.token}\n`,
    })
    expect(stderr).toContain('already served by process')
  })

  test('says its token once, and in no header of an answer', async () => {
    const answer = await fetch(`${served.origin}/plain`)
    expect(JSON.stringify([...answer.headers])).not.toContain(served.token)
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer')
    expect(await answer.text()).not.toContain(served.token)
    expect(served.said()).not.toContain(served.token)
  })

  test('is gone after a while without a request, and starts nothing if it is read only', async () => {
    const other = projectWith(pages)
    await runCli(['exec', 'pages/plain.md'], { cwd: other, env: { HOME: home } })
    const idle = await serveProject(other, ['--idle', '1s', '--read-only'], { HOME: home })
    const [known] = (await asked(idle, 'GET', 'runs')).body['runs'] as { run: string }[]
    const { body } = await asked(idle, 'GET', 'pages/pages/plain.md')
    const wish = { page: 'pages/plain.md', pageHash: String(body['hash']), hosts: {} }
    expect(await asked(idle, 'POST', 'plans', wish)).toMatchObject({
      status: 422,
      body: { problem: 'read-only' },
    })
    const size = { host: 'local', columns: 80, rows: 24 }
    expect((await asked(idle, 'POST', `runs/${known?.run}/terminals`, size)).status).toBe(404)
    expect(await idle.ended).toBe(0)
    expect(idle.said()).toContain('the server ends')
    expect(existsSync(join(other, '.runbook/serve.json'))).toBe(false)
  })

  test('that is killed harms no run', async () => {
    const other = projectWith(pages)
    const first = await serveProject(other, [], { HOME: home })
    const run = await startRun(first, 'pages/slow.md')
    for await (const line of linesOf(first, run)) if (line.event?.kind === 'output') break
    first.child.kill('SIGKILL')
    await first.ended
    const second = await serveProject(other, [], { HOME: home })
    const known = (await asked(second, 'GET', 'runs')).body['runs']
    expect(known).toContainEqual(expect.objectContaining({ run, isHeld: true }))
    spawnSync('pkill', ['-INT', '-f', 'page-hash=.*pages/slow.md'])
    const lines: RunLine[] = []
    for await (const line of linesOf(second, run)) lines.push(line)
    expect(events(lines).at(-1)).toMatchObject({ status: 'cancelled' })
    await second.stop()
  })

  test('that is ended leaves its runs to themselves, also one that waits for an answer', async () => {
    const other = projectWith(pages)
    const first = await serveProject(other, [], { HOME: home })
    await startRun(first, 'pages/slow.md')
    const asking = await startRun(first, 'pages/danger.md')
    for await (const { questions } of linesOf(first, asking)) if (questions?.length === 1) break
    await first.stop()
    const second = await serveProject(other, [], { HOME: home })
    const lines: RunLine[] = []
    for await (const line of linesOf(second, asking)) lines.push(line)
    expect(events(lines).at(-1)).toMatchObject({ kind: 'run-ended', status: 'failed' })
    const known = (await asked(second, 'GET', 'runs')).body['runs']
    expect(known).toContainEqual(
      expect.objectContaining({ pages: ['pages/slow.md'], isHeld: true }),
    )
    spawnSync('pkill', ['-INT', '-f', 'page-hash=.*pages/slow.md'])
    await second.stop()
  })

  test.each([
    [['--listen', '0.0.0.0'], '127.0.0.1 only'],
    [['--port', '0'], 'port'],
    [['--idle', 'soon'], 'duration'],
    [['nothing.md'], 'nothing.md'],
  ])('refuses %j', async (words, why) => {
    const { code, stderr } = await runCli(['serve', ...words], { cwd: projectWith(pages) })
    expect(code).toBe(2)
    expect(stderr).toContain(why)
  })

  test('names a port that is taken', async () => {
    const { port } = new URL(served.origin)
    const { code, stderr } = await runCli(['serve', '--port', port], { cwd: projectWith(pages) })
    expect(code).toBe(2)
    expect(stderr).toContain(`port ${port} is in use`)
  })
})
