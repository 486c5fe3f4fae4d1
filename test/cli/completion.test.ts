/** A real bash completes what only the project knows, by asking the program. */

import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { program, projectWith, runCli } from './run-cli.ts'

const files = {
  'runbook.yml':
    'pages: pages\nssh-config: ssh\ngroups: { web: [a] }\nhosts: { lab: { command: [bash] } }\n',
  ssh: 'Host vm web1\n  HostName 127.0.0.1\nHost *.example\n',
  'pages/first.md':
    '---\ntags: [web]\nvars: { NAME: { default: x } }\n---\n```bash {#install tags=fast}\ntrue\n```\n```bash {#start}\ntrue\n```\n',
  'pages/second.md': '```bash {#stop}\ntrue\n```\n',
  'pages/$(touch hacked).md': '```bash {#x}\ntrue\n```\n',
  '.ssh/config': 'Host own\n  HostName 127.0.0.1\n',
}

async function completing(
  lines: readonly (readonly string[])[],
  called = 'runbook',
): Promise<readonly string[]> {
  const cwd = projectWith(files)
  const env = {
    ...process.env,
    HOME: cwd,
    PATH: `${dirname(program)}${delimiter}${process.env['PATH']}`,
  }
  await runCli(['exec', 'first.md', '--lang', 'en'], { cwd, env: { HOME: cwd } })
  const { stdout } = await runCli(['completion', 'bash'], { cwd })
  writeFileSync(join(cwd, 'complete.bash'), stdout)
  const script = `source ./complete.bash
ask() { COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)); _${called.split(' ').length > 1 ? 'runbook_npx' : 'runbook'}; echo "\${COMPREPLY[*]}"; }
${lines.map((words) => `ask ${called} ${words.map((word) => `'${word}'`).join(' ')}`).join('\n')}
ls hacked 2>/dev/null; :`
  const answers = execFileSync('bash', ['--norc', '-c', script], { cwd, env, encoding: 'utf8' })
  return answers.trimEnd().split('\n')
}

describe('bash completes', () => {
  test('hosts, pages, steps and runs of the project', async () => {
    const answers = await completing([
      ['exec', 'first.md', '--host', ''],
      ['exec', 'first.md', '--host', 'vm,w'],
      ['exec', 'first.md', '--host', 'db=v'],
      ['host', 'o'],
      ['exec', ''],
      ['plan', 'pages/s'],
      ['export', 'fi'],
      ['exec', 'first.md#'],
      ['exec', 'first.md', '--only', ''],
      ['exec', 'first.md', '--only', 'install,'],
      ['exec', '--from', 'st'],
      ['exec', 'second.md', '--to', ''],
      ['show', ''],
      ['runs', '--forget', '2'],
      ['export', 'first.md', '--to', 'ba'],
      ['exec', 'first.md#nothing-like-it'],
    ])
    const [run = ''] = answers.slice(12)
    expect(run).toMatch(/^\d{8}-\d{4}-\w+$/)
    expect(answers).toEqual([
      'local lab web vm web1 own',
      'vm,web vm,web1',
      'db=vm',
      'own',
      'first.md second.md',
      'pages/second.md',
      'first.md',
      'first.md#install first.md#start',
      'install start',
      'install,start',
      'start stop',
      'stop',
      run,
      run,
      'bash',
    ])
  })
})

const fixed: readonly (readonly [readonly string[], string])[] = [
  [['exec', 'first.md', '--reporter', 'j'], 'json junit'],
  [['exec', 'first.md', '--record', ''], 'first.md second.md'],
  [['exec', 'first.md', '--record', '=', 'p'], 'partial'],
  [['exec', 'first.md', '--tag', ''], 'web fast'],
  [['exec', 'first.md', '--var', 'N'], 'NAME='],
  [['sync', '--holes', 'da'], 'date'],
  [['sync', '--holes', 'date,ti'], 'date,time'],
  [['exec', '--lang', ''], 'zh en'],
  [['explain', 'hol'], 'holes hole'],
]

describe('the values of flags', () => {
  test.each(['runbook', 'npx runbook', 'npx -y runbook'])('after `%s`', async (called) => {
    const answers = await completing(
      fixed.map(([words]) => words),
      called,
    )
    expect(answers).toEqual(fixed.map(([, answer]) => answer))
  })

  test('`npx` with another program completes nothing of ours', async () => {
    expect(await completing([['exec', '--re']], 'npx other')).toEqual([''])
  })
})

test.each([
  [
    'zsh',
    [
      '_runbook_known hosts',
      '_runbook_known steps',
      '*:pages: _runbook_known pages',
      '*:runs: _runbook_known runs',
    ],
  ],
  [
    'fish',
    [
      '(_runbook_ask __complete hosts ',
      '(_runbook_ask __complete steps ',
      '(_runbook_ask __complete pages ',
      '(_runbook_ask __complete runs ',
    ],
  ],
])('the script for %s asks the program as well', async (shell, calls) => {
  const { stdout } = await runCli(['completion', shell], { cwd: projectWith({}) })
  for (const call of calls) expect(stdout).toContain(call)
})

test.each([
  ['an empty folder', {}],
  ['a broken configuration', { 'runbook.yml': 'pagse: x\n' }],
  ['a page with errors', { 'a.md': '```bash {#x timout=1s}\n```\n' }],
])('in %s nothing is said', async (_, given) => {
  const cwd = projectWith(given)
  for (const source of ['hosts', 'pages', 'steps', 'runs', 'tags', 'variables']) {
    const { code, stderr } = await runCli(['__complete', source, 'a', '--only', 'a'], { cwd })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  }
})

test.each(['bash', 'zsh', 'fish'])('the words of `explain` are plain for %s', async (shell) => {
  const { stdout } = await runCli(['completion', shell], { cwd: projectWith({}) })
  expect(stdout).toContain(' holes ')
  expect(stdout).not.toMatch(/<\.\.\.>|<:re>|<\$name>| \[ \] /)
})

test('it is in no list of commands', async () => {
  const { stdout } = await runCli(['--help'], { cwd: projectWith({}) })
  expect(stdout).not.toContain('__complete')
})
