/** A step whose end was lost may have done its work: it does not run again before somebody says so. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { losing } from './flag-cases.ts'
import { projectWith, runCli } from './run-cli.ts'
import { runAtTerminal } from './run-at-terminal.ts'

const page = `${losing}\`\`\`bash {#next}\necho 2 >>trail\n\`\`\`\n`

async function lost(text = page): Promise<{ readonly cwd: string; readonly trail: () => string }> {
  const cwd = projectWith({ 'a.md': text })
  const { code, stdout } = await runCli(['exec', 'a.md'], { cwd })
  expect({ code, isLost: stdout.includes('lost') }).toEqual({ code: 1, isLost: true })
  writeFileSync(join(cwd, 'go'), '')
  return { cwd, trail: () => readFileSync(join(cwd, 'trail'), 'utf8') }
}

describe('a lost step, resumed', () => {
  test('is refused each time without a person to ask, and the flag is named', async () => {
    const { cwd, trail } = await lost()
    for (const words of [['resume'], ['resume', '--no-input'], ['resume', '--yes']]) {
      const { code, stdout } = await runCli([...words, '--lang', 'en'], { cwd })
      expect({ words, code }).toEqual({ words, code: 1 })
      expect(stdout).toContain('this step may have run already')
      expect(stdout).toContain('`--lost=again|done`')
    }
    expect(trail()).toBe('1\n')
  })

  test('runs again with `--lost=again`', async () => {
    const { cwd, trail } = await lost()
    expect((await runCli(['resume', '--lost=again'], { cwd })).code).toBe(0)
    expect(trail()).toBe('1\n1\n2\n')
  })

  test('counts as done with `--lost=done`', async () => {
    const { cwd, trail } = await lost()
    const { code, stdout } = await runCli(['resume', '--lost=done', '--lang', 'en'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('confirmed')
    expect(trail()).toBe('1\n2\n')
  })

  test('runs again without a question if it has `retry` or is a clean-up', async () => {
    for (const attribute of ['retry=1', 'always']) {
      const { cwd, trail } = await lost(page.replace('{#one}', `{#one ${attribute}}`))
      const before = trail()
      expect((await runCli(['resume'], { cwd })).code).toBe(0)
      expect(trail()).toBe(`${before}1\n2\n`)
    }
  })

  test.each([
    ['r', '1\n1\n2\n'],
    ['d', '1\n2\n'],
  ])('asks at a terminal and follows `%s`', async (key, expected) => {
    const { cwd, trail } = await lost()
    const ends = /\[q\] quit: $/
    const shown = await runAtTerminal(['resume', '--lang', 'en'], key, { cwd, ends })
    expect(shown).toContain('this step may have run already')
    expect(shown).toContain('exit 0')
    expect(trail()).toBe(expected)
  })
})
