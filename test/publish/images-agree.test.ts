/** What lint says of an image is what the site does with it. */

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { projectWith, runCli } from '../cli/run-cli.ts'

const png = Buffer.from('89504e470d0a1a0a', 'hex').toString('latin1')
const page = (text: string) => `# A\n\n${text}\n`

test.each([
  ['a file beside the page', '![x](ok.png)', undefined, 'shown'],
  ['a file of public/', '![x](/own.png)', undefined, 'shown'],
  ['an address', '![x](https://example.org/a.png?raw)', undefined, 'shown'],
  ['no file', '![x](none.png)', 'RB0606', 'text'],
  ['no file of public/', '![x](/none.png)', 'RB0606', 'text'],
  ['no file, by reference', '![x][r]\n\n[r]: none.png', 'RB0606', 'text'],
  ['no folder', '![x](img/none.png)', 'RB0705', 'text'],
  ['a query', '![x](ok.png?raw)', 'RB0705', 'refused'],
  ['a query, by reference', '![x][r]\n\n[r]: ok.png?raw', 'RB0705', 'refused'],
  ['a file outside', '![x](../../../etc/passwd)', 'RB0705', 'refused'],
  ['a text', '![x](a.txt)', 'RB0705', 'refused'],
  ['a folder', '![x](../pages)', 'RB0705', 'refused'],
  ['nothing', '![x]()', 'RB0705', 'refused'],
  ['a private file', '![x](../.runbook/p.png)', 'RB0705', 'refused'],
])('%s', async (_, text, code, end) => {
  const cwd = projectWith({
    'runbook.yml': 'pages: pages\n',
    'pages/a.md': page(text),
    'pages/a.txt': 'x',
    'pages/ok.png': png,
    'pages/public/own.png': png,
  })
  mkdirSync(join(cwd, '.runbook'))
  writeFileSync(join(cwd, '.runbook/p.png'), png)
  const linted = await runCli(['lint', 'pages/a.md', '--json'], { cwd })
  const found: unknown = JSON.parse(linted.stdout)
  expect(found).toMatchObject({ diagnostics: code === undefined ? [] : [{ code }] })
  const built = await runCli(['site', 'build', '--lang', 'en'], { cwd })
  expect(built.code === 0).toBe(end !== 'refused')
  const said = /\[(RB0\d+)\]: [^\n]*\n --> pages\/a\.md:\d+:\d+/.exec(built.stderr)?.[1]
  expect(said).toBe(end === 'text' ? code : undefined)
})
