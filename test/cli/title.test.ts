import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { program, projectWith, runCli } from './run-cli.ts'

const page =
  '```bash {#x title="The name of it"}\ntrue\n```\n```ini {#f file=f title="The file"}\na=b\n```\n'

describe.concurrent('the title of a step is shown', () => {
  test.for([
    ['in a list', ['list', 'a.md']],
    ['in a plan', ['plan', 'a.md']],
    ['in a plan as JSON', ['plan', 'a.md', '--json']],
    ['in a plan as Markdown', ['plan', 'a.md', '--format', 'markdown']],
    ['in a run', ['exec', 'a.md']],
    ['in the events of a run', ['exec', 'a.md', '--json']],
    ['in a report as JUnit', ['exec', 'a.md', '--reporter', 'junit']],
    ['in a report as Markdown', ['exec', 'a.md', '--reporter', 'markdown']],
    ["in GitHub's log", ['exec', 'a.md', '--reporter', 'github']],
  ] as const)('%s', async ([, words], { onTestFinished }) => {
    const cwd = projectWith({ 'a.md': page }, onTestFinished)
    const { code, stdout } = await runCli(words, { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('The name of it')
    expect(stdout).toContain('The file')
  })
})

test('of a step with `danger`, beside the possible loss', async () => {
  const cwd = projectWith({ 'a.md': page.replace('{#f', '{#f danger="old settings"') })
  const { stdout } = await runCli(['plan', 'a.md'], { cwd })
  expect(stdout).toContain('The file: old settings')
})

test.for([
  ['at a terminal, once it is over', 'The file: f  +1 −0'],
  ['of a step that is done already', 'The file: f is already up to date'],
] as const)('%s', async ([name, line], { onTestFinished }) => {
  const cwd = projectWith({ 'a.md': page }, onTestFinished)
  if (name.startsWith('of')) await runCli(['exec', 'a.md'], { cwd })
  const shown = await new Promise<string>((resolve) => {
    const typed = `'${process.execPath}' '${program}' exec a.md --lang en`
    const env = { ...process.env, LANG: 'C.UTF-8', TERM: 'xterm' }
    const child = spawn('script', ['-qec', typed, '/dev/null'], { cwd, env })
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part))
    child.on('close', () => resolve(stripVTControlCharacters(text)))
  })
  expect(shown).toContain('The name of it')
  expect(shown).toContain(line)
})

test.each([['show'], ['report', '--reporter', 'markdown']])(
  'in `%s` of an earlier run',
  async (...words) => {
    const cwd = projectWith({ 'a.md': page })
    await runCli(['exec', 'a.md'], { cwd })
    const { stdout } = await runCli(words, { cwd })
    expect(stdout).toContain('The name of it')
    expect(stdout).toContain('The file')
  },
)

test('on the site', async () => {
  const cwd = projectWith({ 'a.md': page })
  const { stdout } = await runCli(['site', 'build'], { cwd })
  const html = readFileSync(join(stdout.trim(), 'a.html'), 'utf8')
  expect(html).toContain('<span class="rb-title">The name of it</span>')
  expect(html).toContain('<span class="rb-title">The file</span>')
})
