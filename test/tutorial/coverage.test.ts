/** The table of what became of the original tutorial says the truth, and leaves nothing out. */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

const rows = read('docs/TUTORIAL-COVERAGE.md')
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (?:---|原文|内容) /.test(line))
  .map((line) => {
    const cells = line.slice(2, -2).split(' | ')
    return { original: cells[0]?.replaceAll('\\|', '|') ?? '', now: cells.slice(1).join(' | ') }
  })

const pages = new Map(
  readdirSync(new URL('../../runbook', import.meta.url))
    .filter((name) => name.endsWith('.md'))
    .map((name) => {
      const text = read(`runbook/${name}`)
      const headings = [...text.matchAll(/^#{1,4} (.+)$/gm)].map(([, heading = '']) => heading)
      const steps = parseRunbook(name, text).runbook.steps.map(({ id }) => id)
      return [name.replace(/\.md$/, ''), { headings, steps }] as const
    }),
)

describe('the coverage table', () => {
  test('lists every command of the original with its line', () => {
    const commands = read('test/fixtures/tutorial/commands.txt').trimEnd().split('\n')
    expect(commands.length).toBeGreaterThan(150)
    const listed = new Set(rows.map(({ original }) => original))
    const missing = commands
      .map((line) => line.split('\t'))
      .map(([line, command]) => `L${line} \`${command}\``)
      .filter((each) => !listed.has(each))
    expect(missing).toEqual([])
  })

  test("gives each command's new place, or the reason for its change", () => {
    expect(rows.filter(({ now }) => now.trim() === '')).toEqual([])
  })

  test('names existing steps and headings', () => {
    const wrong = rows.flatMap(({ now }) => [
      ...[...now.matchAll(/`(\d\d-[a-z]+)#([\w-]+)`/g)]
        .filter(([, page = '', step = '']) => !pages.get(page)?.steps.includes(step))
        .map(([text]) => text),
      ...[...now.matchAll(/([\w-]+)\.md「([^」]+)」/g)]
        .filter(([, page = '', heading = '']) => !pages.get(page)?.headings.includes(heading))
        .map(([text]) => text),
    ])
    expect(wrong).toEqual([])
  })

  test('contains no personal address, password or account', () => {
    const text = `${read('docs/TUTORIAL-COVERAGE.md')}${read('test/fixtures/tutorial/commands.txt')}`
    expect(text).not.toMatch(/\d{6,}@|@qq\.com|gitee\.com[:/][\w-]+\//)
  })
})
