/** `runbook sync` as an author uses it: from a first run to a page that says what hosts print. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { runAtTerminal } from '../run-at-terminal.ts'
import { projectWith, runCli } from '../run-cli.ts'

const bash = (id: string, text: string) => `\`\`\`bash {#${id}}\n${text}\n\`\`\`\n`
const output = (text: string) => `\n\`\`\`output\n${text}\n\`\`\`\n`
const pageOf = (cwd: string) => readFileSync(join(cwd, 'a.md'), 'utf8')

/** Prints another number each time, and a date. */
const varying =
  'n=$(cat n 2>/dev/null || echo 4000); echo $((n + 7)) > n; echo "port $n"; echo 2026-11-30'

describe('a page without outputs', () => {
  test('gets them from two runs, with holes, and passes again', async () => {
    const start = `# A\n\n${bash('vary', varying)}\n${bash('same', 'echo same')}`
    const cwd = projectWith({ 'a.md': start })
    expect(await runCli(['exec', 'a.md', '--record', '--twice'], { cwd })).toMatchObject({
      code: 0,
    })

    const shown = await runCli(['sync', 'a.md', '--add'], { cwd })
    expect(shown.stdout).toContain('+port <:\\d+>')
    expect(shown.stderr).toContain('a.md:3: holes by rule: two-runs, date')
    expect(pageOf(cwd)).toBe(start)
    expect((await runCli(['sync', 'a.md', '--add', '--check'], { cwd })).code).toBe(1)

    expect(await runCli(['sync', 'a.md', '--add', '--write'], { cwd })).toMatchObject({ code: 0 })
    expect(pageOf(cwd)).toBe(
      `# A\n\n${bash('vary', varying)}${output('port <:\\d+>\n<...>')}\n${bash('same', 'echo same')}${output('same')}`,
    )
    expect((await runCli(['sync', 'a.md', '--add', '--check'], { cwd })).code).toBe(0)
    expect((await runCli(['status', '--check'], { cwd })).code).toBe(0)
    expect((await runCli(['exec', 'a.md', '--twice'], { cwd })).code).toBe(0)
  })

  test('gets none unless they are asked for', async () => {
    const start = `# A\n\n${bash('same', 'echo same')}`
    const cwd = projectWith({ 'a.md': start })
    await runCli(['exec', 'a.md', '--record'], { cwd })
    expect(await runCli(['sync', 'a.md', '--write'], { cwd })).toMatchObject({ code: 0 })
    expect(pageOf(cwd)).toBe(start)
  })
})

describe('a page whose output varies', () => {
  const start = `# A\n\n${bash('vary', varying)}${output('port 4000\n<...>')}`

  test('fails its second run with a note, and `sync` proposes the hole', async () => {
    const cwd = projectWith({ 'a.md': start })
    const run = await runCli(['exec', 'a.md', '--record', '--twice'], { cwd })
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('printed otherwise the second time: 1 step')
    expect((await runCli(['status', '--check'], { cwd })).code).toBe(1)
    await runCli(['sync', 'a.md', '--write'], { cwd })
    expect(pageOf(cwd)).toBe(start.replace('4000\n', '<:\\d+>\n'))
    expect((await runCli(['status', '--check'], { cwd })).code).toBe(0)
    expect((await runCli(['exec', 'a.md'], { cwd })).code).toBe(0)
  })

  test('fails its second run as before without a record', async () => {
    const cwd = projectWith({ 'a.md': start })
    const run = await runCli(['exec', 'a.md', '--twice'], { cwd })
    expect(run.code).toBe(1)
    expect(run.stdout).toContain('- port 4000')
  })
})

describe('`--holes`', () => {
  const start = `# A\n\n${bash('a', 'echo "v1.2.3 at 07:06:24"')}${output('old')}`
  test.each([
    ['none', 'v1.2.3 at 07:06:24'],
    ['version', '<:[\\w.+~-]+> at 07:06:24'],
    ['all', '<:[\\w.+~-]+> at <:[\\d:.,]+>'],
  ])('%s', async (rules, wanted) => {
    const cwd = projectWith({ 'a.md': start })
    await runCli(['exec', 'a.md', '--record', '--update'], { cwd })
    await runCli(['sync', 'a.md', '--write', '--holes', rules], { cwd })
    expect(pageOf(cwd)).toBe(start.replace('old', wanted))
  })

  test('an unknown name is refused', async () => {
    const cwd = projectWith({ 'a.md': start })
    const { code, stderr } = await runCli(['sync', 'a.md', '--holes', 'verson'], { cwd })
    expect(code).toBe(2)
    expect(stderr).toContain('no rule `verson`: version')
  })
})

describe('`--interactive`', () => {
  const start = `# A\n\n${['one', 'two', 'three', 'four']
    .map((id) => `${bash(id, `echo ${id} 07:06:24`)}${output('old')}`)
    .join('\n')}`
  const interactive = async (typed: string) => {
    const cwd = projectWith({ 'a.md': start })
    await runCli(['exec', 'a.md', '--record', '--update'], { cwd })
    const options = { cwd, ends: /: $/, env: { CI: '', NO_COLOR: '1' } }
    const shown = await runAtTerminal(['sync', 'a.md', '--interactive'], typed, options)
    const outputs = [...pageOf(cwd).matchAll(/```output\n(.*)\n```/g)].map(([, text]) => text)
    return { shown: stripVTControlCharacters(shown), outputs }
  }

  test('accepts, accepts literally, leaves, and quits with the accepted changes', async () => {
    const { shown, outputs } = await interactive('y\nl\nn\nq')
    expect(outputs).toEqual(['one <:[\\d:.,]+>', 'two 07:06:24', 'old', 'old'])
    expect(shown).toContain('+one <:[\\d:.,]+>')
    expect(shown).toContain('exit 0')
  })

  test('accepts all later changes', async () => {
    const { outputs } = await interactive('n\na')
    expect(outputs).toEqual(['old', ...['two', 'three', 'four'].map((id) => `${id} <:[\\d:.,]+>`)])
  })

  test('needs a terminal, and is not one with `--write`', async () => {
    const cwd = projectWith({ 'a.md': start })
    const none = await runCli(['sync', 'a.md', '--interactive'], { cwd })
    expect(none).toMatchObject({ code: 2 })
    expect(none.stderr).toContain('needs a terminal')
    const both = await runCli(['sync', 'a.md', '--interactive', '--write'], { cwd })
    expect(both.stderr).toContain('exclude each other')
  })
})

test('names the position of each change to make by hand', async () => {
  const start = `# A\n\n${bash('long', 'seq 100')}`
  const cwd = projectWith({ 'a.md': start })
  await runCli(['exec', 'a.md', '--record'], { cwd })
  const { code, stderr } = await runCli(['sync', 'a.md', '--add', '--write'], { cwd })
  expect({ code, stderr }).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('a.md:3: step `long`: it prints 100 lines'),
  })
  expect(pageOf(cwd)).toBe(start)
})
