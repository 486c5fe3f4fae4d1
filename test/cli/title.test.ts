import { describe, expect, test } from 'vitest'
import { projectWith, runCli } from './run-cli.ts'

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
