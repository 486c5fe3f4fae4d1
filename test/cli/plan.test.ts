import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runAtTerminal } from './run-at-terminal.ts'
import { projectWith, runCli } from './run-cli.ts'

/** Checks that act, with what a plan says of a step that has one as `unless`. */
const acting = ['sh:touch fired', 'cmd:bash>=1', 'net:127.0.0.1:1', 'http:http://127.0.0.1:1/']
const reading = ['cmd:bash', 'file:a.md', 'dir:.', 'env:PATH', 'mem>=1M', 'disk:/>=1K', 'os:nosuch']

const page = (check: string, attribute: string) =>
  `\`\`\`bash {#x ${attribute}="${check}"}\ntrue\n\`\`\`\n`

const stepOf = (stdout: string) => JSON.parse(stdout).steps[0]

describe('a plan of this computer', () => {
  test.each(
    acting.flatMap((check) => ['unless', 'when', 'needs'].map((name) => [name, check] as const)),
  )('does not ask %s="%s", and plans the step', async (name, check) => {
    const cwd = projectWith({ 'a.md': page(check, name) })
    const { code, stdout } = await runCli(['plan', 'a.md', '--json'], { cwd })
    expect(code).toBe(0)
    expect(stepOf(stdout)).toMatchObject({
      verdict: 'run',
      checks: [{ check, holds: null, actual: 'not asked' }],
    })
    expect(existsSync(join(cwd, 'fired'))).toBe(false)
  })

  test.each(reading)('asks %s, which only reads', async (check) => {
    const cwd = projectWith({ 'a.md': page(check, 'needs') })
    const { stdout } = await runCli(['plan', 'a.md', '--json'], { cwd })
    expect(stepOf(stdout).checks).toEqual([
      { check, holds: check !== 'os:nosuch', actual: expect.any(String) },
    ])
  })

  test('asks all checks with `--run-checks`, and says so; so does `exec`, but not `exec --dry-run`', async () => {
    const cwd = projectWith({ 'a.md': page('sh:touch fired', 'unless') })
    const human = await runCli(['exec', 'a.md', '--dry-run', '--lang', 'zh'], { cwd })
    expect(human.stdout).toContain('（没有检查：sh:touch fired）')
    expect(human.stdout).toContain('什么都没有运行。有 1 个检查会运行命令或连接网络，没有进行')
    expect(existsSync(join(cwd, 'fired'))).toBe(false)
    const { stdout } = await runCli(['plan', 'a.md', '--run-checks', '--json'], { cwd })
    expect(stepOf(stdout)).toMatchObject({ verdict: 'done', checks: [{ holds: true }] })
    expect(existsSync(join(cwd, 'fired'))).toBe(true)
  })

  test('names the checks of a page that were not asked', async () => {
    const cwd = projectWith({
      'a.md': `---\nneeds: ["sh:touch fired"]\n---\n${page('file:a.md', 'needs')}`,
    })
    const { stdout } = await runCli(['plan', 'a.md', '--lang', 'en'], { cwd })
    expect(stdout).toContain('(not asked)')
    expect(stdout).not.toContain('needs what does not hold')
    const markdown = await runCli(['plan', 'a.md', '--format', 'markdown', '--lang', 'en'], { cwd })
    expect(markdown.stdout).toContain('(not asked)')
  })

  test('does not accept a path as a command', async () => {
    for (const name of ['/bin/true>=1', './tool', '../x>=2', '-x', 'a b']) {
      const cwd = projectWith({ 'a.md': page(`cmd:${name}`, 'needs') })
      expect((await runCli(['plan', 'a.md'], { cwd })).code).toBe(2)
    }
  })
})

/** Folders of its own for what a user has outside of projects. */
function at(cwd: string) {
  return { XDG_CONFIG_HOME: join(cwd, 'config'), XDG_STATE_HOME: join(cwd, 'state') }
}

describe('a plan of a host', () => {
  const own = 'hosts: { lab: { command: [bash] } }\n'

  test('asks checks that only read, and runs no command without a person', async () => {
    const cwd = projectWith({
      'a.md': `${page('sh:touch fired', 'unless')}${page('cmd:bash>=1', 'needs').replace('#x', '#y')}`,
      'config/runbook/config.yml': own,
    })
    const plan = ['plan', 'a.md', '--host', 'lab', '--json']
    const { stdout } = await runCli(plan, { cwd, env: at(cwd) })
    const { steps } = JSON.parse(stdout)
    expect(steps[0].checks[0].holds).toBe(null)
    expect(steps[1].checks[0].holds).toBe(true)
  })

  test.each([
    ['yes', '"verdict": "done"'],
    ['no', '"verdict": "run"'],
  ])('lists its commands once and asks: %s', async (typed, said) => {
    const cwd = projectWith({
      'a.md': `${page('sh:true', 'unless')}${page('sh:true', 'unless').replace('#x', '#y')}`,
      'config/runbook/config.yml': own,
    })
    const shown = await runAtTerminal(
      ['plan', 'a.md', '--host', 'lab', '--json', '--lang', 'en'],
      typed,
      {
        cwd,
        env: at(cwd),
        ends: /anything else does not: $/,
      },
    )
    expect(shown.split('  lab: true')).toHaveLength(2)
    expect(shown).toContain(said)
  })
})

describe('a page that starts in a folder', () => {
  test('that is missing fails its step, and runs nowhere else', async () => {
    const cwd = projectWith({
      'a.md':
        '---\ndir: gone\n---\n```bash {#x}\ntouch ran; pwd > /tmp/runbook-ran-elsewhere\n```\n',
    })
    const { code, stdout } = await runCli(['exec', 'a.md', '--lang', 'en'], { cwd })
    expect(code).toBe(1)
    expect(stdout).toContain(`the page's folder ${join(cwd, 'gone')} does not exist`)
    expect(existsSync('/ran')).toBe(false)
    expect(existsSync('/tmp/runbook-ran-elsewhere')).toBe(false)
  })

  test('that an earlier page creates is entered', async () => {
    const cwd = projectWith({
      'a.md': '```bash {#x}\nmkdir made\n```\n',
      'b.md': '---\ndir: made\n---\n```bash {#x}\ntouch here\n```\n',
    })
    expect((await runCli(['exec', 'a.md', 'b.md'], { cwd })).code).toBe(0)
    expect(existsSync(join(cwd, 'made/here'))).toBe(true)
  })
})

test('steps and variables may have the names of JavaScript', async () => {
  const cwd = projectWith({
    'a.md':
      '---\nvars: { constructor: { default: a }, toString: {}, valueOf: {} }\n---\n```bash {#constructor}\necho "$constructor $toString $valueOf"\n```\n```output\na b c\n```\n',
  })
  const env = { RUNBOOK_VAR_valueOf: 'c' }
  const missing = await runCli(['exec', 'a.md'], { cwd, env })
  expect(missing.stderr).toContain('the variable `toString` has no value')
  const flags = ['--var', 'toString=b', '--record']
  expect(await runCli(['exec', 'a.md', ...flags], { cwd, env })).toMatchObject({ code: 0 })
  expect((await runCli(['status'], { cwd })).stdout).toMatch(/verified .* 1\/1/)
  const other = await runCli(['exec', 'a.md', '--host', 'constructor', ...flags], { cwd, env })
  expect(other.code).toBe(3)
})
