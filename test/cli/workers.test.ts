/** Commands for workers against a real database; hosts are only in `test/hosts/workers.test.ts`. */

import { afterAll, beforeAll, expect, test } from 'vitest'
import { installFleet, openStore } from '../../src/fleet/open-store.ts'
import { type Postgres, startPostgres } from '../fleet/postgres.ts'
import { projectWith, runCli } from './run-cli.ts'

let postgres: Postgres
let env: Readonly<Record<string, string>>
beforeAll(() => {
  postgres = startPostgres()
  env = { RUNBOOK_DB: postgres.url }
})
afterAll(() => postgres.stop())

const step = '```bash {#x}\ntrue\n```\n'

test('`fleet init` shows its SQL, creates the tables, and may be repeated', async () => {
  const cwd = projectWith({})
  const sql = await runCli(['fleet', 'init', '--dry-run'], { cwd, env })
  expect(sql).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('create table runbook.lanes'),
  })
  const early = await runCli(['fleet', 'status'], { cwd, env })
  expect(early).toMatchObject({
    code: 1,
    stderr:
      'error: the database has no tables of runbook\n  = help: run `runbook fleet init` once\n',
  })
  for (let time = 0; time < 2; time++) {
    const made = await runCli(['fleet', 'init', '--lease', '10s'], { cwd, env })
    expect(made).toMatchObject({
      code: 0,
      stderr: 'the tables are of version 1; a worker may be silent for 10.0s\n',
    })
  }
  const status = await runCli(['fleet', 'status', '--json'], { cwd, env })
  expect(JSON.parse(status.stdout)).toEqual({
    v: 1,
    counts: { waiting: 0, running: 0, ended: 0 },
    runs: [],
  })
})

test.each([
  ['no database', {}, ['fleet', 'status'], 'no database of workers is named'],
  [
    'another kind',
    { RUNBOOK_DB: 'mysql://x' },
    ['fleet', 'status'],
    'not an address of PostgreSQL',
  ],
  ['too short a lease', undefined, ['fleet', 'init', '--lease', '9s'], 'at least 10s'],
  ['this computer', undefined, ['exec', 'a.md', '--workers'], '`local` is this computer'],
  [
    'two hosts in a lane',
    undefined,
    ['exec', 'two.md', '--workers', '--host', 'a=h1', '--host', 'b=h2'],
    'one lane uses several hosts: h1, h2',
  ],
  ['no run', undefined, ['resume', '--workers'], '`--workers` needs the id of a run'],
])('%s is refused', async (_, given, words, message) => {
  const two = `---\nroles: { a: A, b: B }\n---\n${step}\`\`\`bash {#y on=b}\ntrue\n\`\`\`\n`
  const cwd = projectWith({ 'a.md': step, 'two.md': two })
  const { code, stderr } = await runCli([...words, '--lang', 'en'], { cwd, env: given ?? env })
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining(message) })
})

test('a secret that is not a command of the workers is refused before a host is asked', async () => {
  const page = `---\nvars: { WORD: { secret: true } }\n---\n\`\`\`bash {#x}\necho "$WORD" | wc -c\n\`\`\`\n`
  const cwd = projectWith({ 'a.md': page })
  const words = ['exec', 'a.md', '--workers', '--host', 'web1', '--lang', 'en']
  for (const given of [{}, { RUNBOOK_VAR_WORD: 'correct horse' }]) {
    const { code, stderr } = await runCli(words, { cwd, env: { ...env, ...given } })
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('`WORD` is secret, and the database of workers holds no'),
    })
  }
})

test('`database:` of a project is used only once it is trusted', async () => {
  const cwd = projectWith({ 'runbook.yml': 'database: postgres://db.invalid/x\n' })
  const { code, stderr } = await runCli(['runs', '--workers', '--lang', 'en'], { cwd })
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr:
      'error: runbook.yml:1:11: `database` would connect to "postgres://db.invalid/x", and this project is not trusted\n  = help: see what it would start, and trust it: `runbook trust`\n',
  })
  const trusted = await runCli(['trust', '--lang', 'en'], { cwd })
  expect(trusted.stderr + trusted.stdout).toContain(
    'would connect this computer to:\n    runbook.yml:1:11: database: "postgres://db.invalid/x"',
  )
})

test('names from the database are escaped, and an unknown run is named', async () => {
  const cwd = projectWith({ 'a.md': step })
  await installFleet(postgres.url, 10)
  const store = await openStore(postgres.url, { supervises: false })
  await store.createRun({ run: '20260101-0000-aa', by: 'me\u001B[31m@here', request: {} })
  await store.close()
  const list = await runCli(['runs', '--workers', '--lang', 'en'], { cwd, env })
  expect(list.stdout).toContain('20260101-0000-aa')
  expect(list.stdout).not.toContain('\u001B')
  const other = await runCli(['show', '2025', '--workers', '--lang', 'en'], { cwd, env })
  expect(other).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('no such run in the database of workers: `2025`'),
  })
  const strange = await runCli(['show', '20260101', '--workers', '--lang', 'en'], { cwd, env })
  expect(strange).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('was started by another version of runbook'),
  })
})
