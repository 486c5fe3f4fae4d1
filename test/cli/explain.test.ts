import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectWith, runCli } from './run-cli.ts'

describe('explain', () => {
  test.each([
    ['timeout', 'attribute timeout'],
    ['{#install}', 'attribute id'],
    ['when=os:debian', 'attribute when'],
    ['cmd:git>=2.20', 'check cmd'],
    ['vars.secret', 'front-matter key vars.secret'],
    ['rb0104', 'diagnostic RB0104'],
    ['duration-without-unit', 'diagnostic RB0104'],
  ])('knows %s', async (name, first) => {
    const { code, stdout } = await runCli(['explain', name, '--lang', 'en'], {
      cwd: projectWith({}),
    })
    expect(code).toBe(0)
    expect(stdout.split('\n')[0]).toBe(first)
  })

  test('knows the options of commands', async () => {
    const cwd = projectWith({})
    const record = await runCli(['explain', '--record', '--lang', 'en'], { cwd })
    expect(record.stdout).toMatch(/^word records\n/)
    const holes = await runCli(['explain', '--holes'], { cwd })
    expect(holes.stdout).toMatch(/^sync --holes <rules> {2}text that becomes a hole/)
    expect((await runCli(['explain', '-h'], { cwd })).stdout).toContain('Usage: runbook explain')
    const none = await runCli(['explain', '--nonesuch', '--lang', 'en'], { cwd })
    expect(none).toMatchObject({ code: 2, stdout: '' })
    expect(none.stderr).toContain('`--nonesuch`')
  })

  test('shows every meaning of a name, in both languages', async () => {
    const cwd = projectWith({})
    const english = await runCli(['explain', 'needs', '--lang', 'en'], { cwd })
    expect(english.stdout).toContain('attribute needs\n')
    expect(english.stdout).toContain('front-matter key needs\n')
    const chinese = await runCli(['explain', 'RB0104', '--lang', 'zh'], { cwd })
    expect(chinese.stdout).toContain('诊断 RB0104\n  时间没有单位\n')
  })

  test('answers as JSON', async () => {
    const { stdout } = await runCli(['explain', 'mem', '--json', '--lang', 'en'], {
      cwd: projectWith({}),
    })
    expect(JSON.parse(stdout)).toEqual({
      v: 1,
      entries: [
        {
          kind: 'check',
          name: 'mem',
          meaning: 'the memory has at least that size',
          usage: 'mem>=SIZE',
          example: 'mem>=1G',
          details: {},
        },
      ],
    })
  })

  test('suggests the nearest name for an unknown one', async () => {
    expect(await runCli(['explain', 'tmieout'], { cwd: projectWith({}) })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'error: no such name: `tmieout`\n  = help: did you mean `timeout`?\n',
    })
  })

  test('lists everything without a name', async () => {
    const { code, stdout } = await runCli(['explain', '--lang', 'en'], { cwd: projectWith({}) })
    expect(code).toBe(0)
    for (const name of ['on-error', 'cmd', 'vars.default', 'RB0301'])
      expect(stdout).toContain(`  ${name}  `)
  })
})

describe('completion', () => {
  test('of bash completes commands, flags, values and names of the language', async () => {
    const cwd = projectWith({})
    const { stdout } = await runCli(['completion', 'bash'], { cwd })
    writeFileSync(join(cwd, 'complete.bash'), stdout)
    const script = `source ./complete.bash
ask() {
  COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
  _runbook
  echo "\${COMPREPLY[*]}"
}
complete -p runbook
ask runbook li
ask runbook lint --f
ask runbook lint --format ''
ask runbook lint --format = s
ask runbook explain RB010
ask runbook explain on-
ask runbook completion ''
ask runbook site bu
ask runbook exec --vars-file x
ask runbook --v
`
    const answers = execFileSync('bash', ['--norc', '-c', script], { cwd, encoding: 'utf8' })
    expect(answers.split('\n')).toEqual([
      'complete -o default -F _runbook runbook',
      'list lint',
      '--fix --format',
      'human json sarif github',
      'sarif',
      'RB0101 RB0102 RB0103 RB0104 RB0105 RB0106 RB0107 RB0108 RB0109',
      'on-error',
      'bash zsh fish',
      'build',
      '',
      '--version',
      '',
    ])
  })

  test.each(['zsh', 'fish'])('of %s names every command', async (shell) => {
    const { code, stdout } = await runCli(['completion', shell], { cwd: projectWith({}) })
    expect(code).toBe(0)
    for (const command of ['list', 'lint', 'plan', 'exec', 'sync', 'status', 'site', 'explain'])
      expect(stdout).toContain(command)
  })

  test('refuses a shell that it does not know', async () => {
    expect(await runCli(['completion', 'tcsh'], { cwd: projectWith({}) })).toMatchObject({
      code: 2,
    })
  })
})
