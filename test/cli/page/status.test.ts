/** `runbook status` and `runbook record --prune`: what is still true, and what is left of the past. */

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runAtTerminal } from '../run-at-terminal.ts'
import { projectWith, runCli } from '../run-cli.ts'

const step = (id: string, text: string, attributes = '') =>
  `\`\`\`bash {#${id}${attributes}}\n${text}\n\`\`\`\n\n`
const start = `# A\n\n${step('one', 'echo 1')}${step('two', 'echo 2')}${step('three', 'echo 3')}`

/** A project whose page was run and recorded on this computer. */
async function recorded(pages: Readonly<Record<string, string>>): Promise<string> {
  const cwd = projectWith(pages)
  for (const page of Object.keys(pages))
    expect(await runCli(['exec', page, '--record'], { cwd })).toMatchObject({ code: 0 })
  return cwd
}

async function platformsOf(cwd: string, ...flags: readonly string[]): Promise<readonly object[]> {
  const { stdout } = await runCli(['status', '--json', ...flags], { cwd })
  return JSON.parse(stdout).pages[0].platforms
}

/** The record of a page on this computer. */
function recordFile(cwd: string, page: string): string {
  const folder = join(cwd, '.records', page)
  const [name] = readdirSync(folder)
  if (name === undefined) throw new Error(`${folder} has no record`)
  return join(folder, name)
}

const readRecord = (cwd: string, page: string) =>
  JSON.parse(readFileSync(recordFile(cwd, page), 'utf8'))

/** As if a step had last run in 2020. */
function ageRecord(cwd: string, id: string): void {
  const record = readRecord(cwd, 'a')
  record.steps[id].at = '2020-01-01T00:00:00.000Z'
  writeFileSync(recordFile(cwd, 'a'), JSON.stringify(record))
}

describe('status', () => {
  test('names what a stale step leaves unproven', async () => {
    const cwd = await recorded({ 'a.md': start })
    writeFileSync(join(cwd, 'a.md'), start.replace('echo 2', 'echo 22'))
    expect(await platformsOf(cwd)).toEqual([
      expect.objectContaining({ state: 'stale', stale: ['two'], unproven: ['three'] }),
    ])
    const { stdout } = await runCli(['status', '--lang', 'en'], { cwd })
    expect(stdout).toContain('2/3: two; unproven, behind a stale step: 1')
  })

  test('says which steps only their checks have verified', async () => {
    const page = `# A\n\n${step('one', 'touch made', ' creates=made')}${step('two', 'true')}`
    const cwd = projectWith({ 'a.md': page, made: '' })
    expect(await runCli(['exec', 'a.md', '--record'], { cwd })).toMatchObject({ code: 0 })
    expect(await platformsOf(cwd)).toEqual([
      expect.objectContaining({ state: 'verified', byChecks: ['one'] }),
    ])
    const { stdout } = await runCli(['status', '--lang', 'en'], { cwd })
    expect(stdout).toContain('2/2; not run, their checks held: one')
  })

  test('--max-age marks what is too old, and --check then fails', async () => {
    const cwd = await recorded({ 'a.md': start })
    const check = ['status', '--check', '--max-age', '30d', '--lang', 'en']
    expect(await runCli(check, { cwd })).toMatchObject({ code: 0 })
    ageRecord(cwd, 'two')
    const { code, stdout } = await runCli(check, { cwd })
    expect({ code, stdout }).toMatchObject({ code: 1 })
    expect(stdout).toContain('too old: a step was last verified on 2020-01-01')
    expect(await platformsOf(cwd, '--max-age', '30d')).toEqual([
      expect.objectContaining({ tooOld: true, oldest: '2020-01-01T00:00:00.000Z' }),
    ])
    // Without a limit nothing is too old.
    expect(await runCli(['status', '--check'], { cwd })).toMatchObject({ code: 0 })
  })

  test.each(['30', '0d', '1.5d', '30m', ''])('--max-age %j is refused', async (age) => {
    const cwd = projectWith({ 'a.md': start })
    const ran = await runCli(['status', '--max-age', age, '--lang', 'en'], { cwd })
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('write whole days') })
  })
})

describe('record --prune', () => {
  const pages = { 'a.md': start, 'b.md': `# B\n\n${step('only', 'true')}` }

  async function withGone(): Promise<string> {
    const cwd = await recorded(pages)
    rmSync(join(cwd, 'b.md'))
    writeFileSync(join(cwd, 'a.md'), start.replace('{#two}', '{#second}'))
    return cwd
  }

  test('lists what belongs to no page or step, and removes it with --yes', async () => {
    const cwd = await withGone()
    const gone = recordFile(cwd, 'b')
    const ran = await runCli(['record', '--prune', '--yes', '--lang', 'en'], { cwd })
    expect(ran).toMatchObject({ code: 0, stderr: 'removed from 2 files\n' })
    expect(ran.stdout.split('\n')).toEqual([
      expect.stringMatching(/^\.records\/b\/\S+\.json: its page is gone$/),
      expect.stringMatching(/^\.records\/a\/\S+\.json: steps that are gone: two$/),
      '',
    ])
    expect(existsSync(gone)).toBe(false)
    expect(existsSync(dirname(gone))).toBe(false)
    expect(Object.keys(readRecord(cwd, 'a').steps)).toEqual(['one', 'three'])
    expect(await runCli(['record', '--prune', '--lang', 'en'], { cwd })).toEqual({
      code: 0,
      stdout: '',
      stderr: 'nothing to do: every record belongs to a page and its steps\n',
    })
  })

  test('removes nothing without a terminal or --yes', async () => {
    const cwd = await withGone()
    const ran = await runCli(['record', '--prune', '--lang', 'en'], { cwd })
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('give `--yes`') })
    expect(ran.stdout).toContain('its page is gone')
    expect(existsSync(recordFile(cwd, 'b'))).toBe(true)
  })

  test.each([
    ['yes', 'exit 0', false],
    ['y', 'exit 1', true],
    ['', 'exit 1', true],
  ])('asks at a terminal: %j', async (typed, exit, isThere) => {
    const cwd = await withGone()
    const shown = await runAtTerminal(['record', '--prune', '--lang', 'en'], typed, {
      cwd,
      ends: /Type `yes`: $/,
    })
    expect(shown).toContain(exit)
    expect(existsSync(join(cwd, '.records', 'b'))).toBe(isThere)
  })

  test('removes nothing where a page cannot be read: its steps may be there', async () => {
    const cwd = await withGone()
    writeFileSync(join(cwd, 'a.md'), `${start}\n\`\`\`bash {#one}\ntrue\n\`\`\`\n`)
    expect(await runCli(['record', '--prune', '--yes'], { cwd })).toMatchObject({ code: 2 })
    expect(existsSync(recordFile(cwd, 'b'))).toBe(true)
  })

  test('a command without --prune is refused', async () => {
    const ran = await runCli(['record', '--lang', 'en'], { cwd: projectWith({ 'a.md': start }) })
    expect(ran).toMatchObject({ code: 2, stderr: expect.stringContaining('--prune') })
  })
})
