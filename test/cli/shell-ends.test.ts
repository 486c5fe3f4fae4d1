/** A command that ends its shell ends its block, as it would end a script. */

import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from './run-cli.ts'

async function run(page: string) {
  const cwd = projectWith({ 'a.md': page })
  const { code, stdout } = await runCli(['exec', 'a.md', '--host', 'local', '--json'], { cwd })
  const events = eventsOf(stdout)
  return {
    cwd,
    code,
    ends: events.filter(({ kind }) => kind === 'step-ended'),
    output: events.flatMap(({ kind, text }) => (kind === 'output' ? [text] : [])).join(''),
  }
}

const step = (id: string, commands: string, attributes = ''): string =>
  `\`\`\`bash {#${id}${attributes}}\n${commands}\n\`\`\`\n`

describe('a command that ends its shell', () => {
  test.each([
    ['exit', '[ -e /etc/passwd ] && { echo done; exit 0; }'],
    ['exec', 'exec echo done'],
    ['a kill', 'echo done; trap "exit 0" TERM; kill $$'],
  ])(
    'by %s ends its block: its other commands do not run, the next step does',
    async (_, command) => {
      const page = `KEPT=1\n${command}\necho after; touch after\necho more`
      const { cwd, code, ends, output } = await run(
        step('one', page) + step('two', 'echo "two $KEPT"'),
      )
      expect([code, output]).toEqual([0, 'done\ntwo 1\n'])
      expect(existsSync(join(cwd, 'after'))).toBe(false)
      expect(ends.map(({ status }) => status)).toEqual(['passed', 'passed'])
      expect(ends[0]?.['message']).toBe(
        'the shell ended with this command; what it had set itself is lost; not run: 2 more of the step',
      )
      expect(ends[1]?.['message']).toBe('')
    },
  )

  test('with a status that is not allowed fails its step with that status and the same message', async () => {
    const { code, ends, output } = await run(step('one', 'AT=yes; exit 3\necho after'))
    expect([code, output]).toEqual([1, ''])
    expect(ends[0]).toMatchObject({ status: 'failed', reason: 'exit-status', exit: 3 })
    expect(ends[0]?.['message']).toMatch(/status 3 .*ended with this command.*not run: 1 more/)
  })

  test('as the last of its block reports the lost state', async () => {
    const { ends } = await run(step('one', 'AT=yes; exit 4', ' exit=4'))
    expect(ends[0]).toMatchObject({
      status: 'passed',
      message: 'the shell ended with this command; what it had set itself is lost',
    })
  })

  test('is judged by its output so far', async () => {
    const page = `${step('one', 'echo a\nexit 0\necho b')}\`\`\`output\na\nb\n\`\`\`\n`
    const { ends } = await run(page)
    expect(ends[0]).toMatchObject({ status: 'failed', reason: 'output' })
    expect(ends[0]?.['message']).toMatch(/not run: 1 more of the step$/)
  })
})

test('a silent line that looks like a question is reported, and the command continues', async () => {
  const cwd = projectWith({
    'a.md': step('one', "printf 'Restoring database: '; sleep 11; echo ok"),
  })
  const { code, stdout } = await runCli(['exec', 'a.md', '--reporter', 'plain'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toMatch(/silent at a line that looks like a question: Restoring database:/)
})

test('a process that a step leaves running is named at the end, with its step and output file', async () => {
  const nap = `sleep 88.${process.pid}`
  const cwd = projectWith({
    'a.md':
      step('one', 'echo one') + step('web', `${nap} &\necho started`) + step('two', 'echo two'),
  })
  const { code, stderr } = await runCli(['exec', 'a.md', '--host', 'local'], { cwd })
  const [, pid = '', output = ''] =
    /^note: local: still running: sleep 88\.\d+ {1,2}\(pid (\d+)\); started by step a#web; later output goes to (\S+)$/m.exec(
      stderr,
    ) ?? []
  expect([code, stderr]).toEqual([0, expect.stringContaining('still running')])
  process.kill(Number(pid))
  expect(existsSync(output)).toBe(true)
  rmSync(output)
})
