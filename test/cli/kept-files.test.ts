import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from './run-cli.ts'

const page = '```text {#f file=conf}\nnew\n```\n'

function project() {
  const cwd = projectWith({ 'a.md': page, conf: 'old\n' })
  const state = join(cwd, 'state')
  const run = (...args: readonly string[]) =>
    runCli([...args, '--lang', 'en'], { cwd, env: { XDG_STATE_HOME: state } })
  return { cwd, run, backups: join(state, 'runbook/backups') }
}

const old = (index: number) => `20200101-00${String(index).padStart(2, '0')}-abcdef`

test('a new backup removes runs that are old and not among the newest 20', async () => {
  const { run, backups } = project()
  mkdirSync(backups, { recursive: true, mode: 0o700 })
  for (let index = 0; index < 25; index++) {
    mkdirSync(join(backups, old(index)), { mode: 0o700 })
    if (index > 0) utimesSync(join(backups, old(index)), 1e9, 1e9)
  }
  expect(await run('exec', 'a.md')).toMatchObject({ code: 0 })
  const left = readdirSync(backups).toSorted()
  expect(left).toHaveLength(21)
  // Young, and so kept.
  expect(left).toContain(old(0))
  expect(left).not.toContain(old(5))
  expect(left).toContain(old(6))
})

test('`show` names the backup, and `runs --forget` removes it', async () => {
  const { cwd, run, backups } = project()
  await run('exec', 'a.md')
  const [id = ''] = readdirSync(backups)
  const kept = join(backups, id, 'kept', cwd, 'conf')
  expect(readFileSync(kept, 'utf8')).toBe('old\n')
  expect((await run('show')).stdout).toContain(kept)
  const forgotten = await runCli(['runs', '--forget', id], {
    cwd,
    env: { XDG_STATE_HOME: join(cwd, 'state') },
  })
  expect(forgotten).toMatchObject({ code: 0 })
  expect(existsSync(kept)).toBe(false)
  expect(readdirSync(backups)).toEqual([])
})

test("`undo` with a run's id reverts it, does nothing the second time, and can be undone", async () => {
  const { cwd, run, backups } = project()
  await run('exec', 'a.md')
  const [id = ''] = readdirSync(backups)
  const ended = async (run_: string) =>
    eventsOf((await run('undo', run_, '--json')).stdout).filter(({ kind }) => kind === 'step-ended')
  expect(await ended(id)).toMatchObject([{ status: 'changed' }])
  expect(readFileSync(join(cwd, 'conf'), 'utf8')).toBe('old\n')
  expect(await run('undo', id)).toMatchObject({ code: 0, stdout: '' })
  const undoing = readdirSync(backups).find((name) => name !== id) ?? ''
  expect(await ended(undoing)).toMatchObject([{ status: 'changed' }])
  expect(readFileSync(join(cwd, 'conf'), 'utf8')).toBe('new\n')
  expect(await ended(id)).toMatchObject([{ status: 'changed' }])
  expect(readFileSync(join(cwd, 'conf'), 'utf8')).toBe('old\n')
})

test('`undo` of a file whose step is no longer on the page names the backup', async () => {
  const { cwd, run, backups } = project()
  await run('exec', 'a.md')
  const [id = ''] = readdirSync(backups)
  writeFileSync(join(cwd, 'a.md'), '```bash {#other}\ntrue\n```\n')
  const { code, stderr } = await run('undo', id)
  expect(code).toBe(2)
  expect(stderr).toContain('no longer on its page')
  expect(stderr).toContain(join(backups, id, 'kept', cwd, 'conf'))
})

test('`undo` skips a created file if its folder is gone', async () => {
  const cwd = projectWith({
    'a.md':
      '```bash {#make}\nmkdir work\n```\n```text {#f file=work/conf}\nnew\n```\n' +
      '```bash {#clean always}\nrm -r work\n```\n',
  })
  const env = { XDG_STATE_HOME: join(cwd, 'state') }
  expect(await runCli(['exec', 'a.md'], { cwd, env })).toMatchObject({ code: 0 })
  const { code, stdout } = await runCli(['undo', '--json'], { cwd, env })
  expect(eventsOf(stdout).filter(({ kind }) => kind === 'step-ended')).toMatchObject([
    { step: 'a#f', status: 'skipped', reason: 'equal' },
  ])
  expect(code).toBe(0)
  expect(await runCli(['undo', '--lang', 'en'], { cwd, env })).toMatchObject({ code: 2 })
})
