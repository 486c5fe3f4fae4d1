import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectWith, runCli } from '../cli/run-cli.ts'

const page =
  '# R\n```bash {#good}\necho fine\n```\n```bash {#bad}\nprintf "<b>&::error::\\n"; false\n```\n```bash {#never}\ntrue\n```\n'

describe('reports of a run', () => {
  test("are written beside the screen's output", async () => {
    const cwd = projectWith({ 'a.md': page })
    const { code, stdout } = await runCli(
      [
        'exec',
        'a.md',
        '--lang',
        'en',
        '--reporter',
        'junit=out/junit.xml',
        '--reporter',
        'markdown=report.md',
        '--reporter',
        'json=events.jsonl',
      ],
      { cwd },
    )
    expect(code).toBe(1)
    expect(stdout).toContain('[local] 2 a#bad')
    const junit = readFileSync(join(cwd, 'out/junit.xml'), 'utf8')
    expect(junit).toMatch(/<testsuite name="local" tests="3" failures="1" errors="0" skipped="1"/)
    expect(junit).toContain('<testcase name="a#bad" classname="a.md" file="a.md" line="5"')
    expect(junit).toContain(
      '<failure type="exit-status" message="the command exited with status 1 (allowed: 0)">',
    )
    expect(junit).toContain('<system-out>&lt;b&gt;&amp;::error::</system-out>')
    const markdown = readFileSync(join(cwd, 'report.md'), 'utf8')
    expect(markdown).toContain('| `a#bad` (a.md:5) | local | failed |')
    expect(markdown).toContain('| `a#never` (a.md:8) | local | not run |')
    expect(readFileSync(join(cwd, 'events.jsonl'), 'utf8').trimEnd().split('\n').at(-1)).toContain(
      '"run-ended"',
    )
  })

  test('can be written later, from the journal', async () => {
    const cwd = projectWith({ 'a.md': page })
    await runCli(['exec', 'a.md'], { cwd })
    const later = await runCli(['report', '--reporter', 'junit'], { cwd })
    expect(later.stdout).toContain('<testcase name="a#bad"')
    expect((await runCli(['report', '--lang', 'en'], { cwd })).stdout).toContain('# Run ')
    const shown = await runCli(['show', '--lang', 'en'], { cwd })
    expect(shown.stdout).toContain('error[RB2002]: the command exited with status 1 (allowed: 0)')
    const { stdout } = await runCli(['runs', '--json'], { cwd })
    expect(JSON.parse(stdout)).toMatchObject({
      v: 1,
      runs: [{ status: 'failed', steps: { total: 3, ended: 2 } }],
    })
  })

  test('are one HTML file with a timeline, without scripts, in which output is text', async () => {
    const cwd = projectWith({ 'a.md': page })
    await runCli(['exec', 'a.md', '--lang', 'en', '--reporter', 'html=run.html'], { cwd })
    const { stdout } = await runCli(['report', '--html', '--lang', 'en'], { cwd })
    expect(readFileSync(join(cwd, 'run.html'), 'utf8')).toBe(stdout)
    expect(stdout).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
    expect(stdout).not.toMatch(/<script|<b>&::error|src=|url\(|@import/)
    expect(stdout).toContain('&lt;b&gt;&amp;::error::')
    expect(stdout).toMatch(
      /<a class="rb-bar-of" data-status="failed" aria-label="a#bad on local: f/,
    )
    expect(stdout).toMatch(/href="#step-2"[^]*<section id="step-2" data-status="failed">/)
    expect(stdout).toContain('a#never · true · local · not run')
  })

  test('annotate the page on GitHub, where a host cannot forge commands', async () => {
    const cwd = projectWith({ 'a.md': page })
    const env = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') }
    const { stdout } = await runCli(['exec', 'a.md', '--reporter', 'github', '--lang', 'en'], {
      cwd,
      env,
    })
    expect(stdout).toContain(
      '::error file=a.md,line=5,title=a#bad on local::the command exited with status 1 (allowed: 0)',
    )
    const commands = stdout.split('\n').filter((line) => line.startsWith('::'))
    expect(commands.filter((line) => line.startsWith('::error'))).toHaveLength(1)
    expect(commands.filter((line) => line.startsWith('::group'))).toHaveLength(2)
    expect(readFileSync(join(cwd, 'summary.md'), 'utf8')).toContain('# Run ')
  })
})
