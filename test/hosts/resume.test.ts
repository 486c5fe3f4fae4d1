import { spawn } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from '../cli/run-cli.ts'
import { bootTestHost, hostsUnavailable, type TestHost } from './test-host.ts'

const reason = hostsUnavailable()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`
const program = fileURLToPath(new URL('../../bin/runbook.js', import.meta.url))
const count = 20

const sent = (index: number, what: string): string => `\`\`\`bash {#s${index}}\n${what}\n\`\`\`\n`
const pageOf = (stepOf: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => stepOf(index)).join('\n')

const step = (index: number): string =>
  sent(index, `echo ${index} >> /root/count; sleep 0.05; echo done ${index}; LAST=${index}`)

const pages = [
  [
    'whose steps wait for each other',
    pageOf((at) => `${step(at)}\`\`\`output\ndone ${at}\n\`\`\`\n`),
  ],
  ['whose steps are judged by status', pageOf(step)],
  [
    'whose steps are of two commands that are sent at once',
    pageOf((at) =>
      sent(at, `echo ${at} >> /root/count; sleep 0.05; LAST=${at}\necho "done $LAST"`),
    ),
  ],
] as const

/** Runs the page and kills the program, without a word, as soon as it says that a step's command is on its way. */
function killAt(
  index: number,
  args: readonly string[],
  cwd: string,
  printed = `"a#s${index}"`,
): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [program, ...args], { cwd })
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text
      const line = stdout
        .split('\n')
        .find((each) => /"command-started"|"output"/.test(each) && each.includes(printed))
      if (line !== undefined) child.kill('SIGKILL')
    })
    child.on('close', () => resolve(stdout))
  })
}

describe.skipIf(reason !== undefined)(`an interrupted run${skipped}`, () => {
  let host: TestHost
  const flags = () => ['--host', host.name, '--ssh-config', host.sshConfig]

  beforeAll(async () => {
    host = await bootTestHost()
  })
  afterAll(async () => {
    await host.dispose()
  })

  test.each(pages)(
    'by kill -9 at any of twenty steps, %s, continues, and every step happened exactly once',
    async (_, page) => {
      for (let at = 0; at < count; at++) {
        const cwd = projectWith({ 'a.md': page })
        await host.exec('rm -f /root/count')
        const before = await killAt(at, ['exec', 'a.md', ...flags(), '--json'], cwd)
        expect(before).not.toContain('run-ended')
        const { code, stdout } = await runCli(['resume', '--json'], { cwd })
        expect({ at, code }).toEqual({ at, code: 0 })
        const counted = (await host.exec('cat /root/count')).stdout.trim().split('\n').map(Number)
        expect(counted).toEqual(Array.from({ length: count }, (__, index) => index))
        const events = eventsOf(stdout)
        expect(events.at(-1)).toMatchObject({
          status: 'passed',
          counts: { passed: count, notRun: 0 },
        })
        const all = eventsOf((await runCli(['show', '--json'], { cwd })).stdout)
        expect(all.map(({ seq }) => seq)).toEqual(all.map((__, index) => index))
        const printed = all.flatMap(({ kind, text }) => (kind === 'output' ? [text] : []))
        expect(printed.join('')).toBe(pageOf((index) => `done ${index}\n`).replaceAll('\n\n', '\n'))
      }
      expect((await host.exec('ls -A /root/.local/state/runbook 2>/dev/null')).stdout).toBe('')
    },
    240_000,
  )

  test('by kill -9 during a dialog continues it, and nothing is typed twice', async () => {
    const cwd = projectWith({
      'a.md':
        '```bash {#s0}\nread -r -p "A: " a; echo "$a" >> /root/typed; sleep 2; read -r -p "B: " b; echo "$b" >> /root/typed; cat /root/typed\n```\n' +
        '```dialog\nA: => one\nB: => two\n```\n```output\nA: one\nB: two\none\ntwo\n```\n',
    })
    await host.exec('rm -f /root/typed')
    const killed = killAt(0, ['exec', 'a.md', ...flags(), '--json'], cwd, '"text":"one')
    expect(await killed).not.toContain('run-ended')
    const { code, stdout } = await runCli(['resume', '--json'], { cwd })
    expect({ code, end: eventsOf(stdout).at(-1)?.['status'] }).toEqual({ code: 0, end: 'passed' })
    expect((await host.exec('cat /root/typed')).stdout).toBe('one\ntwo\n')
  })

  test("does not mistake queued commands of a step for the page's current ones", async () => {
    const first = 'echo 0 >> /root/count; echo under way; sleep 1'
    const pageWith = (word: string): string =>
      sent(0, `${first}\necho ${word} >> /root/count; echo ${word}`)
    const cwd = projectWith({ 'a.md': pageWith('old') })
    await host.exec('rm -f /root/count')
    await killAt(0, ['exec', 'a.md', ...flags(), '--json'], cwd, '"under way')
    await host.exec('sleep 1.5')
    writeFileSync(join(cwd, 'a.md'), pageWith('new'))
    const { code, stdout } = await runCli(['resume', '--json'], { cwd })
    const printed = eventsOf(stdout).filter(({ kind }) => kind === 'output')
    expect({ code, printed: printed.map(({ text }) => text) }).toEqual({
      code: 0,
      printed: ['under way\n', 'new\n'],
    })
    expect((await host.exec('cat /root/count')).stdout).toBe('0\nold\nnew\n')
  })

  test('reports every command that had begun as lost if its shell is gone', async () => {
    const page =
      sent(
        0,
        'echo 0 >> /root/count; echo under way; sleep 0.5\necho 1 >> /root/count; sleep 60\necho 2 >> /root/count',
      ) + sent(1, 'echo 3 >> /root/count')
    const cwd = projectWith({ 'a.md': page })
    await host.exec('rm -f /root/count')
    await killAt(0, ['exec', 'a.md', ...flags(), '--json'], cwd, '"under way')
    await host.exec(
      'sleep 1.5; cd /root/.local/state/runbook/*/ && kill -9 $(cat pid shell); pkill sleep',
    )
    const resumed = async (...flag: readonly string[]) => {
      const { stdout } = await runCli(['resume', '--json', ...flag], { cwd })
      return eventsOf(stdout).flatMap(({ kind, step: address, status }) =>
        kind === 'step-ended' ? [`${String(address)} ${String(status)}`] : [],
      )
    }
    expect(await resumed()).toEqual(['a#s0 lost'])
    expect(await resumed()).toEqual(['a#s0 failed'])
    expect((await host.exec('cat /root/count')).stdout).toBe('0\n1\n')
    // It runs again; of its next command nothing was said yet.
    expect(await resumed('--lost=again')).toEqual(['a#s0 lost'])
    expect((await host.exec('cat /root/count')).stdout).toBe('0\n1\n0\n')
    const [run = ''] = (await runCli(['runs'], { cwd })).stdout.split(' ')
    await runCli(['runs', '--forget', run], { cwd })
  })

  test("by a failing step continues once the page is fixed, with the shell's state", async () => {
    const cwd = projectWith({
      'a.md':
        '```bash {#a}\ncd /var\nX=kept\necho a >> /root/trail\n```\n```bash {#b}\nfalse\n```\n```bash {#c}\necho "$X $PWD" >> /root/trail\n```\n',
    })
    await host.exec('rm -f /root/trail')
    expect((await runCli(['exec', 'a.md', ...flags()], { cwd })).code).toBe(1)
    expect((await runCli(['resume'], { cwd })).code).toBe(1)
    cpSync(join(cwd, 'a.md'), join(cwd, 'old.md'))
    writeFileSync(
      join(cwd, 'a.md'),
      readFileSync(join(cwd, 'a.md'), 'utf8').replace('false', 'true'),
    )
    expect((await runCli(['resume'], { cwd })).code).toBe(0)
    expect((await host.exec('cat /root/trail')).stdout).toBe('a\nkept /var\n')
    const again = await runCli(['resume'], { cwd })
    expect(again.code).toBe(0)
    expect((await host.exec('ls -A /root/.local/state/runbook 2>/dev/null')).stdout).toBe('')
  })

  test('leaves on its host what `resume` needs, until it is forgotten', async () => {
    const cwd = projectWith({ 'a.md': '```bash {#a}\nfalse\n```\n' })
    await runCli(['exec', 'a.md', ...flags()], { cwd })
    const list = 'ls -A /root/.local/state/runbook 2>/dev/null'
    expect((await host.exec(list)).stdout).not.toBe('')
    const { stdout } = await runCli(['runs'], { cwd })
    const [run = ''] = stdout.split(' ')
    expect((await runCli(['runs', '--forget', run], { cwd })).code).toBe(0)
    expect((await host.exec(list)).stdout).toBe('')
    expect(await runCli(['resume'], { cwd })).toMatchObject({ code: 2 })
  })

  test('does not continue on another machine', async () => {
    const cwd = projectWith({ 'a.md': '```bash {#a}\nfalse\n```\n' })
    await runCli(['exec', 'a.md', ...flags()], { cwd })
    await host.exec(
      'cp /etc/machine-id /root/id; echo 0123456789abcdef0123456789abcdef > /etc/machine-id',
    )
    const { code, stderr } = await runCli(['resume'], { cwd })
    expect(code).toBe(3)
    expect(stderr).toContain('is not the machine that the run began on')
    await host.exec('cat /root/id > /etc/machine-id')
  })
})
