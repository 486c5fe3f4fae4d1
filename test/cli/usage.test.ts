import { existsSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectWith, runCli } from './run-cli.ts'

const page = '```bash {#x}\ntrue\n```\n'

describe('wrong usage exits 2, names the error and its position, and runs nothing', () => {
  test.each([
    [
      'a page that is not there',
      ['exec', 'b.md'],
      'error: no such page: `b.md`, here or in `.`\n  = help: did you mean `a.md`?\n',
    ],
    ['an unknown command', ['exce', 'a.md'], 'did you mean `exec`?'],
    ['an unknown flag', ['exec', 'a.md', '--recrod'], 'did you mean `--record`?'],
    ['an unknown step', ['exec', 'a.md', '--only', 'y'], 'error: no such step: `y`'],
    [
      'a variable that no page declares',
      ['exec', 'a.md', '--var', 'NAME=1'],
      'error: no such variable: `NAME`',
    ],
    [
      'a variable of pages with others',
      ['exec', 'b/v.md', '--var', 'XYZZY=1'],
      '= help: the pages declare `DB`, `PORT`',
    ],
    ['a variable of pages with none', ['exec', 'a.md', '--var', 'XYZZY=1'], 'declare no variable'],
    ['a tag of pages with others', ['exec', 'b/v.md', '--tag', 'x'], '= help: the tags are `web`'],
    ['a tag of pages with none', ['exec', 'a.md', '--tag', 'x'], 'no step has a tag'],
    ['a step of a page with others', ['exec', 'b/v.md', '--only', 'zzz'], 'the steps are `one`'],
    [
      'an ssh configuration that is not there',
      ['exec', 'a.md', '--ssh-config', 'none'],
      "argument 'none' is invalid. no such file",
    ],
    [
      'a file of values that is not there',
      ['exec', 'a.md', '--vars-file', 'none'],
      'error: `--vars-file none`: no such file or folder (ENOENT)\n',
    ],
    ['a value without a name', ['exec', 'a.md', '--var', 'NAME'], 'write it as `NAME=VALUE`'],
    ['a duration without a unit', ['exec', 'a.md', '--timeout', '30'], 'write a number and a unit'],
    [
      'a role that no page has',
      ['exec', 'a.md', '--host', 'vm=local'],
      'error: no such role: `vm`',
    ],
    [
      'a reporter that is none',
      ['exec', 'a.md', '--reporter', 'junti'],
      'write one of live, plain, json, junit, markdown, html, github',
    ],
  ])('%s', async (_, args, message) => {
    const cwd = projectWith({
      'a.md': page,
      'b/v.md':
        '---\nvars: { DB: { default: x }, PORT: { default: "1" } }\n---\n```bash {#one tags=web}\ntrue\n```\n',
    })
    const { code, stdout, stderr } = await runCli(args, { cwd })
    expect(stderr).toContain(message)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(existsSync(join(cwd, '.runbook'))).toBe(false)
  })

  test.each([
    ['host', ['host', 'web.invalid']],
    ['host --check', ['host', 'web.invalid', '--check']],
    ['exec', ['exec', 'a.md', '--host', 'web.invalid']],
    ['plan', ['plan', 'a.md', '--host', 'web.invalid']],
  ])('an ssh config that is not there is named at its line by %s, once', async (_, args) => {
    const cwd = projectWith({ 'a.md': page, 'runbook.yml': 'pages: .\nssh-config: hosts/config\n' })
    const { stderr } = await runCli([...args, '--lang', 'en'], { cwd })
    const note = 'note: runbook.yml:2:13: no such file: `ssh-config` names `hosts/config`;'
    expect(stderr.split(note)).toHaveLength(2)
    const local = await runCli(['exec', 'a.md'], { cwd })
    expect(local).toMatchObject({ code: 0, stderr: '' })
  })

  test('a misspelt attribute is drawn at its position', async () => {
    const cwd = projectWith({ 'a.md': '# T\n\n```bash {#x timout=30s}\ntouch ran\n```\n' })
    const { code, stderr } = await runCli(['exec', 'a.md'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toBe(`error[RB0101]: unknown attribute \`timout\`
 --> a.md:3:13
  |
3 | \`\`\`bash {#x timout=30s}
  |             ^^^^^^^^^^
  = help: did you mean \`timeout\`?

1 error, 0 warnings in 1 page (1 can be fixed with --fix); nothing was run
`)
    expect(existsSync(join(cwd, 'ran'))).toBe(false)
  })

  test.each([
    ['# T\n\nprose\n', 'a step is a fenced block named `bash`'],
    ['# T\n\n```\n$ ls\n```\n', '= help: a.md:4: a block without a name is never run'],
  ])('pages without a step: %j', async (text, help) => {
    const cwd = projectWith({ 'a.md': text })
    for (const command of ['exec', 'plan']) {
      const { code, stderr } = await runCli([command, 'a.md'], { cwd })
      expect(stderr).toContain('error: nothing to run: no steps in `a.md`')
      expect(stderr).toContain(help)
      expect(code).toBe(2)
    }
  })

  test('a role without a host', async () => {
    const cwd = projectWith({ 'a.md': `---\nroles: { vm: target }\n---\n${page}` })
    const { code, stderr } = await runCli(['exec', 'a.md'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain(
      'a.md: the role `vm` (target) has no host\n  = help: name it: `--host HOST`',
    )
  })

  test('a required page that does not exist', async () => {
    const cwd = projectWith({
      'a.md': `---\nrequires: [00-frist.md]\n---\n${page}`,
      '00-first.md': page,
    })
    const { code, stderr } = await runCli(['exec', 'a.md'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('a.md:2:12')
    expect(stderr).toContain('did you mean `00-first.md`?')
  })

  test('a required page outside the project, by `..` or by a link', async () => {
    const cwd = projectWith({
      'p/runbook.yml': '',
      'p/a.md': `---\nrequires: [../x.md, link.md]\n---\n${page}`,
      'x.md': page,
    })
    symlinkSync('../x.md', join(cwd, 'p/link.md'))
    const { code, stderr } = await runCli(['exec', 'a.md'], { cwd: join(cwd, 'p') })
    expect(code).toBe(2)
    expect(stderr).toContain(
      'error[RB0608]: `requires` names `../x.md`, which is not a page of this project\n --> a.md:2:12',
    )
    expect(stderr).toContain('a.md:2:21')
  })

  test('a `runbook.yml` with an unknown key', async () => {
    const cwd = projectWith({ 'a.md': page, 'runbook.yml': 'pagse: .\n' })
    const { code, stderr } = await runCli(['list'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain(
      'runbook.yml:1:1: unknown key `pagse`\n  = help: did you mean `pages`?',
    )
  })
})

describe('a host', () => {
  test('that cannot be found exits 3', async () => {
    const cwd = projectWith({
      'a.md': page,
      config: 'Host nowhere\n  HostName 127.0.0.1\n  Port 1\n',
    })
    const { code, stderr } = await runCli(
      ['exec', 'a.md', '--host', 'nowhere', '--ssh-config', 'config'],
      { cwd },
    )
    expect(code).toBe(3)
    expect(stderr).toMatch(/^error: nowhere cannot be reached at 127\.0\.0\.1/)
    expect(existsSync(join(cwd, '.runbook'))).toBe(false)
  })

  test.each(['-oProxyCommand=touch ran', 'a b', 'x\ny'])('named %j is refused', async (name) => {
    const cwd = projectWith({ 'a.md': page })
    const { code } = await runCli(['exec', 'a.md', `--host=${name}`], { cwd })
    expect([2, 3]).toContain(code)
    expect(existsSync(join(cwd, 'ran'))).toBe(false)
  })
})

describe('a page', () => {
  test('may come from standard input', async () => {
    const cwd = projectWith({})
    expect(await runCli(['exec', '-'], { cwd, stdin: page })).toMatchObject({ code: 0 })
    const { stdout } = await runCli(['list', '-', '--json'], { cwd, stdin: page })
    expect(JSON.parse(stdout).runbooks[0].steps[0].id).toBe('x')
  })

  test('is found by its name in the folder of pages', async () => {
    const cwd = projectWith({ 'pages/04-a.md': page, 'runbook.yml': 'pages: pages\n' })
    expect(await runCli(['exec', '04-a.md'], { cwd })).toMatchObject({ code: 0 })
    expect(await runCli(['exec', '04-a.md#x'], { cwd })).toMatchObject({ code: 0 })
  })

  test('that others require must have passed before', async () => {
    const cwd = projectWith({
      'a.md': '---\nprovides: [file:first-done]\n---\n```bash {#x}\ntouch first-done\n```\n',
      'b.md': `---\nrequires: [a.md]\n---\n${page}`,
      'c.md': page,
      'd.md': `---\nrequires: [c.md]\n---\n${page}`,
    })
    const refused = await runCli(['exec', 'b.md', '--lang', 'en'], { cwd })
    expect(refused.code).toBe(1)
    expect(refused.stdout).toContain('precondition not met: file `first-done` does not exist')
    expect(refused.stdout).toContain('help: first run `runbook exec a.md --host local`')
    await runCli(['exec', 'a.md'], { cwd })
    expect(await runCli(['exec', 'b.md'], { cwd })).toMatchObject({ code: 0 })
    expect((await runCli(['exec', 'd.md'], { cwd })).code).toBe(1)
    expect(await runCli(['exec', 'c.md', 'd.md'], { cwd })).toMatchObject({ code: 0 })
    expect(await runCli(['exec', 'd.md'], { cwd })).toMatchObject({ code: 0 })
  })
})

describe('plan', () => {
  test('shows what would happen, step by step, and runs nothing', async () => {
    const cwd = projectWith({
      'a.md':
        '---\nneeds: [cmd:bash]\n---\n```bash {#done creates=a.md}\ntouch ran\n```\n```bash {#not when=os:nosuch}\ntouch ran\n```\n```bash {#first needs=cmd:nosuch}\ntouch ran\n```\n```bash {#run}\ntouch ran\n```\n- [ ] by hand\n',
    })
    const { code, stdout } = await runCli(['plan', 'a.md', '--json'], { cwd })
    expect(code).toBe(0)
    const document = JSON.parse(stdout)
    expect(
      document.steps.map((step: { id: string; verdict: string; reason: string | null }) => [
        step.id,
        step.verdict,
        step.reason,
      ]),
    ).toEqual([
      ['a#done', 'done', 'already-done'],
      ['a#not', 'skip', 'not-for-this-host'],
      ['a#first', 'blocked', 'precondition'],
      ['a#run', 'run', null],
      ['a#step-1', 'manual', null],
    ])
    expect(document.hosts).toEqual([
      { name: 'local', role: null, address: 'localhost', platform: expect.any(String) },
    ])
    expect(document.needs).toEqual([expect.objectContaining({ check: 'cmd:bash', holds: true })])
    expect(existsSync(join(cwd, 'ran'))).toBe(false)
    expect(existsSync(join(cwd, '.runbook'))).toBe(false)
  })
})

describe('list and lint', () => {
  test('list shows every step of a page that has errors, and exits 0', async () => {
    const cwd = projectWith({
      'a.md': '```bash {#x tmieout=1s}\nls -l\n```\n```bash\nif true\n```\n',
    })
    const { code, stdout } = await runCli(['list', '--json'], { cwd })
    expect(code).toBe(0)
    const document = JSON.parse(stdout)
    expect(document).toMatchObject({
      v: 1,
      runbooks: [
        {
          file: 'a.md',
          steps: [{ id: 'x', kind: 'shell', line: 1, endLine: 3 }, { commands: [] }],
        },
      ],
    })
    expect(document.runbooks[0].steps[0].commands).toEqual([
      { text: 'ls -l', line: 2, column: 1, endLine: 2, endColumn: 6 },
    ])
    expect(document.diagnostics.map(({ name }: { name: string }) => name)).toEqual([
      'unknown-attribute',
      'shell-syntax',
    ])
  })

  test('lint exits 1 on an error and follows `requires`', async () => {
    const cwd = projectWith({
      'a.md': `---\nrequires: [sub/b.md]\n---\n${page}`,
      'sub/b.md': '```output\nx\n```\n',
    })
    const { code, stdout } = await runCli(['lint', 'a.md', '--json'], { cwd })
    expect(code).toBe(1)
    expect(JSON.parse(stdout).diagnostics).toEqual([
      expect.objectContaining({
        code: 'RB0401',
        name: 'output-without-step',
        severity: 'error',
        file: 'sub/b.md',
        line: 1,
        column: 1,
        fixable: false,
      }),
    ])
    const human = await runCli(['lint', 'a.md'], { cwd })
    expect(human.stdout).toMatch(/1 error, 0 warnings in 2 pages\n$/)
  })

  test('every command explains itself', async () => {
    const cwd = projectWith({})
    for (const command of [
      'list',
      'lint',
      'plan',
      'exec',
      'sync',
      'status',
      'site',
      'site build',
    ]) {
      const { code, stdout } = await runCli([...command.split(' '), '--help'], { cwd })
      expect(code).toBe(0)
      expect(stdout).toContain(`Usage: runbook ${command}`)
    }
    expect(await runCli(['--version'], { cwd })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })
})
