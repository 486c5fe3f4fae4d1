import { chmodSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { withoutRoot } from '../support/may-skip.ts'
import { projectWith, runCli } from './run-cli.ts'
import { runAtTerminal } from './run-at-terminal.ts'

const page = '```bash {#x}\necho "on $LAB"\n```\n'
const lab = 'pages: .\nhosts:\n  lab: { command: [env, LAB=yes, bash] }\n'

/** A project with folders of its own for what a user has outside of projects. */
function withHome(files: Readonly<Record<string, string>>, own?: string) {
  const cwd = projectWith({
    'home/keep': '',
    ...(own === undefined ? {} : { 'home/config/runbook/config.yml': own }),
    ...Object.fromEntries(Object.entries(files).map(([name, text]) => [`p/${name}`, text])),
  })
  const env = {
    XDG_STATE_HOME: join(cwd, 'home/state'),
    XDG_CONFIG_HOME: join(cwd, 'home/config'),
  }
  const dir = join(cwd, 'p')
  return {
    dir,
    env,
    state: env.XDG_STATE_HOME,
    run: (...args: readonly string[]) => runCli(args, { cwd: dir, env }),
  }
}

describe('a program that a project would start', () => {
  test('is refused without a terminal, with the entry, its position and what to type', async () => {
    const { run, dir } = withHome({ 'runbook.yml': lab, 'a.md': page })
    for (const args of [
      ['exec', 'a.md', '--host', 'lab'],
      ['plan', 'a.md', '--host', 'lab'],
      ['host', 'lab', '--check'],
    ]) {
      const { code, stderr } = await run(...args)
      expect({ code, stderr }).toEqual({
        code: 2,
        stderr:
          'error: runbook.yml:3:19: `hosts.lab.command` would start ["env","LAB=yes","bash"], and this project is not trusted\n  = help: see what it would start, and trust it: `runbook trust`\n',
      })
    }
    expect(existsSync(join(dir, '.runbook'))).toBe(false)
  })

  test('starts once it is trusted, until it changes', async () => {
    const { run, dir, state } = withHome({ 'runbook.yml': lab, 'a.md': page })
    const shown = await run('trust')
    expect(shown.code).toBe(2)
    expect(shown.stdout).toContain('runbook.yml:3:19: hosts.lab.command: ["env","LAB=yes","bash"]')
    expect((await run('exec', 'a.md', '--host', 'lab')).code).toBe(2)

    expect((await run('trust', '--yes')).code).toBe(0)
    const ran = await run('exec', 'a.md', '--host', 'lab')
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('on yes') })
    const list = await run('trust', '--list')
    expect(list.stdout).toMatch(new RegExp(`^${dir}  \\d{4}-\\d\\d-\\d\\d\\n$`))
    const folder = join(state, 'runbook/trust')
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    for (const name of readdirSync(folder)) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    }

    // What is no entry may change.
    writeFileSync(join(dir, 'runbook.yml'), `# note\nlang: en\n${lab}`)
    expect((await run('exec', 'a.md', '--host', 'lab')).code).toBe(0)
    writeFileSync(join(dir, 'runbook.yml'), lab.replace('LAB=yes', 'LAB=other'))
    expect((await run('exec', 'a.md', '--host', 'lab')).stderr).toContain('is not trusted')
    expect((await run('trust', '--list')).stdout).toContain('changed since')
    writeFileSync(join(dir, 'runbook.yml'), lab)
    expect((await run('exec', 'a.md', '--host', 'lab')).code).toBe(0)

    expect((await run('trust', '--revoke')).stderr).toContain('no longer trusted')
    expect((await run('exec', 'a.md', '--host', 'lab')).code).toBe(2)
    expect((await run('trust', '--list')).stdout).toBe('')
  })

  test('is asked about at a terminal: only a yes counts', async () => {
    const { run, dir, env } = withHome({ 'runbook.yml': lab, 'a.md': page })
    const exec = ['exec', 'a.md', '--host', 'lab', '--lang', 'en', '--reporter', 'plain']
    const ends = /Type yes: $/
    const no = await runAtTerminal(exec, 'y\n', { cwd: dir, env, ends })
    expect(no).toContain('hosts.lab.command: ["env","LAB=yes","bash"]')
    expect(no).toContain('is not trusted')
    expect(no).toContain('exit 2')
    const refused = await runAtTerminal(['trust', '--lang', 'en'], '\n', { cwd: dir, env, ends })
    expect(refused).toContain('exit 1')
    expect((await run('exec', 'a.md', '--host', 'lab')).code).toBe(2)

    const yes = await runAtTerminal(exec, 'yes\n', { cwd: dir, env, ends })
    expect(yes).toContain('on yes')
    expect(yes).toContain('exit 0')
    expect((await run('exec', 'a.md', '--host', 'lab')).code).toBe(0)
  })

  test("starts freely if the user's configuration names it, even if the project does too", async () => {
    const own = 'hosts: { lab: { command: [env, LAB=mine, bash] } }\n'
    const { run } = withHome({ 'runbook.yml': lab, 'a.md': page }, own)
    const { code, stdout } = await run('exec', 'a.md', '--host', 'lab')
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringContaining('on mine') })
  })

  test('is shown in full', async () => {
    const yml = 'hosts: { lab: { command: [bash, "-c", "touch x \\e[2K\\u202Ehi\\n"] } }\n'
    const { run } = withHome({ 'runbook.yml': yml })
    const { stdout } = await run('trust')
    expect(stdout).toContain('["bash","-c","touch x \\u001b[2K\\u{202e}hi\\n"]')
  })

  test('belongs to another project in another folder, and to the same one through a link', async () => {
    const { run, dir, env } = withHome({
      'runbook.yml': lab,
      'a.md': page,
      'copy/runbook.yml': lab,
      'copy/a.md': page,
    })
    expect((await run('trust', '--yes')).code).toBe(0)
    const inCopy = await runCli(['exec', 'a.md', '--host', 'lab'], { cwd: join(dir, 'copy'), env })
    expect(inCopy.code).toBe(2)
  })

  test.each([
    ['readable but writable by others', (file: string) => chmodSync(file, 0o666)],
    ['no JSON', (file: string) => writeFileSync(file, 'yes')],
  ])('is not trusted by a state file that is %s', async (_, spoil) => {
    const { run, state } = withHome({ 'runbook.yml': lab, 'a.md': page })
    await run('trust', '--yes')
    const folder = join(state, 'runbook/trust')
    for (const name of readdirSync(folder)) spoil(join(folder, name))
    expect((await run('exec', 'a.md', '--host', 'lab')).code).toBe(2)
  })

  test.each([
    'list',
    'lint',
    'sync',
    'status',
    'explain',
    'host',
    'host lab',
    'host --json',
    'runs',
  ])('`%s` starts nothing, trusted or not', async (words) => {
    const yml =
      'pages: .\nhosts: { lab: { command: [sh, -c, touch fired; exec bash] } }\nsecrets: { KEY: { command: touch fired } }\n'
    const key = `---\nvars: { KEY: { secret: true } }\n---\n${page}`
    const { run, dir } = withHome({ 'runbook.yml': yml, 'a.md': key })
    expect((await run(...words.split(' '))).code).toBe(0)
    await run('trust', '--yes')
    expect((await run(...words.split(' '))).code).toBe(0)
    expect(existsSync(join(dir, 'fired'))).toBe(false)
  })
})

describe('a secret from a command', () => {
  const vars = '---\nvars: { KEY: { secret: true } }\n---\n'
  const use = '```bash {#x}\nprintf %s "$KEY" > got; echo "it is $KEY"\n```\n'

  test('is asked for just before it is used, masked, and not kept', async () => {
    const own =
      'secrets: { KEY: { command: "echo asked >> count; printf \'%s\\\\n\' correct-horse" } }\n'
    const { run, dir } = withHome({ 'runbook.yml': 'pages: .\n', 'a.md': vars + use }, own)
    expect((await run('plan', 'a.md')).code).toBe(0)
    expect(existsSync(join(dir, 'count'))).toBe(false)
    const { code, stdout, stderr } = await run('exec', 'a.md', '--json')
    expect(code).toBe(0)
    expect(readFileSync(join(dir, 'got'), 'utf8')).toBe('correct-horse')
    expect(readFileSync(join(dir, 'count'), 'utf8')).toBe('asked\n')
    expect(stdout + stderr).not.toContain('correct-horse')
    const [id = ''] = readdirSync(join(dir, '.runbook/runs'))
    for (const name of ['request.json', 'events.jsonl']) {
      const kept = readFileSync(join(dir, '.runbook/runs', id, name), 'utf8')
      expect(kept).not.toContain('correct-horse')
    }
  })

  test('is masked even if the page does not declare it secret', async () => {
    const own = 'secrets: { KEY: { command: [printf, correct-horse] } }\n'
    const open = '---\nvars: { KEY: { default: weak-default } }\n---\n'
    const { run, dir } = withHome({ 'runbook.yml': 'pages: .\n', 'a.md': open + use }, own)
    const { code, stdout } = await run('exec', 'a.md')
    expect(code).toBe(0)
    expect(readFileSync(join(dir, 'got'), 'utf8')).toBe('correct-horse')
    expect(stdout).not.toContain('correct-horse')
  })

  test('is not asked for if a value was given', async () => {
    const own = 'secrets: { KEY: { command: "touch fired; false" } }\n'
    const { dir, env } = withHome({ 'runbook.yml': 'pages: .\n', 'a.md': vars + use }, own)
    const given = { ...env, RUNBOOK_VAR_KEY: 'battery-staple' }
    expect((await runCli(['exec', 'a.md'], { cwd: dir, env: given })).code).toBe(0)
    expect(readFileSync(join(dir, 'got'), 'utf8')).toBe('battery-staple')
    expect(existsSync(join(dir, 'fired'))).toBe(false)
  })

  test('of a project needs trust', async () => {
    const yml = 'pages: .\nsecrets:\n  KEY: { command: touch fired; printf correct-horse }\n'
    const { run, dir } = withHome({ 'runbook.yml': yml, 'a.md': vars + use })
    const refused = await run('exec', 'a.md')
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('runbook.yml:3:19: `secrets.KEY.command` would start')
    expect(existsSync(join(dir, 'fired'))).toBe(false)
    await run('trust', '--yes')
    expect((await run('exec', 'a.md')).code).toBe(0)
    expect(existsSync(join(dir, 'fired'))).toBe(true)
  })

  test.each([
    ['false', '`secrets.KEY.command` ended with 1'],
    ['"true"', '`secrets.KEY.command` printed nothing'],
    [
      '[no-such-program]',
      '`secrets.KEY.command` did not end by itself: spawn no-such-program ENOENT',
    ],
    ['"yes"', '`secrets.KEY.command` prints more than 64 KiB'],
    ['printf abc', 'the secret `KEY` is too short'],
  ])('that fails is reported with its position: %s', async (command, message) => {
    const own = `secrets:\n  KEY: { command: ${command === 'false' ? '"false"' : command} }\n`
    const { run } = withHome({ 'runbook.yml': 'pages: .\n', 'a.md': vars + use }, own)
    const { code, stderr } = await run('exec', 'a.md')
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})

describe('an error in `runbook.yml` is reported at its position', () => {
  test.each([
    ['pages: .\npagse: x\n', '2:1: unknown key `pagse`'],
    ['lang: zh\nhosts:\n  a:\n    varz: {}\n', '4:5: unknown key `hosts.a.varz`'],
    ['hosts:\n  a: { vars: { X: [1] } }\n', '2:19: `hosts.a.vars.X` has the wrong form'],
    ['hosts:\n  a: { command: [] }\n', '2:17: `hosts.a.command` has the wrong form'],
    ['hosts:\n  a: { command: bash }\n', '2:17: `hosts.a.command` has the wrong form'],
    ['hosts:\n  a: { command: [1] }\n', '2:18: `hosts.a.command.0` has the wrong form'],
    [
      'hosts: { local: { command: [bash] } }\n',
      '1:28: `hosts.local.command`: `local` is this computer',
    ],
    ['secrets:\n  K: {}\n', '2:6: `secrets.K.command` has the wrong form'],
    ['secrets:\n  a-b: { command: x }\n', '2:3: `a-b` is not a variable name'],
    ['title: x\nlang: de\n', '2:7: `lang` has the wrong form'],
    ['groups:\n  web: web1\n', '2:8: `groups.web` has the wrong form'],
    ['vars:\n  __proto__: x\n', '2:3: `__proto__` cannot be a name here'],
    ['title: x\ndatabase: mysql:///x\n', '2:11: `database` has the wrong form'],
    ['database: postgres://me:word@db/x\n', '1:11: `database`: contains a password'],
    ['database: postgres://db/x?password=word\n', '1:11: `database`: contains a password'],
    ['notify: { webhook: "https://x" }\n', '1:1: `notify` is not supported by this version'],
    ["approvals: { 'a-*': { by: other } }\n", '1:1: `approvals` is not supported by this version'],
    ['title: x\npages: ../other\n', '2:8: `pages`: `'],
    ['title: x\nssh-config: /etc/ssh/ssh_config\n', '2:13: `ssh-config`: `'],
    ['title: x\nlang: zh\nlang: en\n', '3:1: map keys must be unique'],
    ['title: !!js/function x\n', '1:8: unresolved tag'],
    ['- a\n', '1:1: this file has the wrong form'],
    ['? [a]\n: b\n', '1:3: a key is a plain text'],
  ])('%j', async (yml, message) => {
    const cwd = projectWith({ 'a.md': page, 'runbook.yml': yml })
    const { code, stderr } = await runCli(['list'], { cwd })
    expect(stderr).toContain(`error: runbook.yml:${message}`)
    expect(code).toBe(2)
  })

  test('is also reported in the user’s own file, which has no pages', async () => {
    const { run, env } = withHome({ 'a.md': page, 'runbook.yml': '' }, 'vars: {}\npages: x\n')
    const { code, stderr } = await run('list')
    expect(code).toBe(2)
    expect(stderr).toContain(
      `${env.XDG_CONFIG_HOME}/runbook/config.yml:2:1: \`pages\` belongs to a project`,
    )
  })

  test('a user’s file that others can write is refused', async () => {
    const { run, env } = withHome({ 'a.md': page, 'runbook.yml': '' }, 'vars: {}\n')
    chmodSync(join(env.XDG_CONFIG_HOME, 'runbook/config.yml'), 0o666)
    const { code, stderr } = await run('list')
    expect(code).toBe(2)
    expect(stderr).toContain('can be written by others')
  })

  test('the project’s values win over the user’s', async () => {
    const own = 'vars: { A: own, B: own }\nlang: zh\n'
    const text =
      '---\nvars: { A: {}, B: {} }\n---\n```bash {#x}\necho "$A $B"\n```\n```output\nproject own\n```\n'
    const { run } = withHome(
      { 'runbook.yml': 'pages: .\nvars: { A: project }\n', 'a.md': text },
      own,
    )
    expect((await run('exec', 'a.md')).code).toBe(0)
  })
})

const lack = withoutRoot()
describe.skipIf(lack !== undefined)(
  `a project of another user${lack ? ` (skipped: ${lack})` : ''}`,
  () => {
    test('is refused by every command, with the remedy; sudo’s caller counts as us', async () => {
      const { run, dir, env } = withHome({ 'runbook.yml': 'pages: .\n', 'sub/a.md': page })
      const { chownSync } = await import('node:fs')
      chownSync(join(dir, 'runbook.yml'), 4242, 4242)
      const sub = join(dir, 'sub')
      for (const args of [
        ['list'],
        ['exec', 'a.md'],
        ['plan', 'a.md'],
        ['runs'],
        ['site', 'build'],
      ]) {
        const { code, stderr } = await runCli(args, { cwd: sub, env })
        expect({ code, stderr }).toEqual({
          code: 2,
          stderr: `error: the project \`${dir}\` belongs to another user (uid 4242)\n  = help: if you trust that user with it: \`runbook trust '${dir}'\`\n`,
        })
      }
      const sudo = { ...env, SUDO_UID: '4242' }
      expect((await runCli(['list'], { cwd: sub, env: sudo })).code).toBe(0)
      const shown = await run('trust', '--yes')
      expect(shown.stdout).toContain('belongs to another user (uid 4242)')
      expect((await runCli(['list'], { cwd: sub, env })).code).toBe(0)
      // Who could change it may add something that starts a program: that asks again.
      writeFileSync(join(dir, 'runbook.yml'), lab)
      expect((await runCli(['list'], { cwd: sub, env })).code).toBe(2)
    })
  },
)
