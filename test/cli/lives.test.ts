/** Runs that failed or were cut off, and go on. */

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from './run-cli.ts'

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`

/** Fails until the file `mended` is there. */
const gate = fence('bash {#gate}', '[ -e "$PROJECT/mended" ]')

interface Failed {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly mend: () => void
}

/** A project whose page fails at `gate` until it is mended. */
function failing(steps: string, matter = ''): Failed {
  const page = `---\nvars: { PROJECT: {} }\n${matter}---\n${steps}`
  const cwd = projectWith({ 'a.md': page })
  const env = { RUNBOOK_VAR_PROJECT: cwd }
  return { cwd, env, mend: () => writeFileSync(join(cwd, 'mended'), '') }
}

const statusesOf = (stdout: string): readonly (readonly [unknown, unknown])[] =>
  eventsOf(stdout).flatMap(({ kind, step, status }) =>
    kind === 'step-ended' ? [[step, status] as const] : [],
  )

describe('a failed run that is resumed', () => {
  test('continues with the one step that `page.md#step` named', async () => {
    const { cwd, env, mend } = failing(gate + fence('bash {#other}', 'touch "$PROJECT/other"'))
    expect(await runCli(['exec', 'a.md#gate'], { cwd, env })).toMatchObject({ code: 1 })
    mend()
    const { code, stdout } = await runCli(['resume', '--json'], { cwd, env })
    expect([code, statusesOf(stdout)]).toEqual([0, [['a#gate', 'passed']]])
    expect(existsSync(join(cwd, 'other'))).toBe(false)
  })

  test('cleans up after each resume', async () => {
    const { cwd, env, mend } = failing(
      fence('bash {#make}', 'touch "$PROJECT/made"') +
        gate +
        fence('bash {#clean always}', 'echo cleaned >>"$PROJECT/log"'),
    )
    expect(await runCli(['exec', 'a.md'], { cwd, env })).toMatchObject({ code: 1 })
    expect(await runCli(['resume'], { cwd, env })).toMatchObject({ code: 1 })
    mend()
    const { code, stdout } = await runCli(['resume', '--json'], { cwd, env })
    expect(code).toBe(0)
    expect(statusesOf(stdout)).toEqual([
      ['a#gate', 'passed'],
      ['a#clean', 'passed'],
    ])
    expect(readFileSync(join(cwd, 'log'), 'utf8')).toBe('cleaned\n'.repeat(3))
  })

  test.each([
    ['reverts=make', ['a#make', 'a#gate', 'a#clean']],
    ['reverts=*', ['a#first', 'a#make', 'a#gate', 'a#clean']],
  ])('runs again the steps that its clean-up reverted: {always %s}', async (attribute, taken) => {
    const { cwd, env, mend } = failing(
      fence('bash {#first}', 'true') +
        fence('bash {#make}', 'mkdir "$PROJECT/work" && cd "$PROJECT/work"') +
        gate +
        fence(`bash {#clean always ${attribute}}`, 'cd / && rm -r "$PROJECT/work"'),
    )
    expect(await runCli(['exec', 'a.md'], { cwd, env })).toMatchObject({ code: 1 })
    expect(existsSync(join(cwd, 'work'))).toBe(false)
    mend()
    const { code, stdout } = await runCli(['resume', '--json'], { cwd, env })
    expect(code).toBe(0)
    expect(statusesOf(stdout).map(([step]) => step)).toEqual(taken)
  })

  test('keeps a completed page as done, although its clean-up has run', async () => {
    const cwd = projectWith({
      'a.md': fence('bash {#make}', 'true') + fence('bash {#clean always reverts=*}', 'true'),
      'b.md': `---\nvars: { PROJECT: {} }\n---\n${gate}`,
    })
    const env = { RUNBOOK_VAR_PROJECT: cwd }
    expect(await runCli(['exec', 'a.md', 'b.md'], { cwd, env })).toMatchObject({ code: 1 })
    writeFileSync(join(cwd, 'mended'), '')
    const { code, stdout } = await runCli(['resume', '--json'], { cwd, env })
    expect(code).toBe(0)
    expect(statusesOf(stdout).map(([step]) => step)).toEqual(['a#clean', 'b#gate'])
  })

  test('starts a background step again for the steps after it', async () => {
    const { cwd, env, mend } = failing(
      fence(
        'bash {#serve background ready="sh:test -e $PROJECT/up"}',
        'echo $$ >"$PROJECT/up"; trap "rm $PROJECT/up; exit" TERM; while :; do sleep 0.1; done',
      ) +
        gate +
        fence('bash {#use}', 'kill -0 "$(cat "$PROJECT/up")"'),
    )
    expect(await runCli(['exec', 'a.md'], { cwd, env })).toMatchObject({ code: 1 })
    expect(existsSync(join(cwd, 'up'))).toBe(false)
    mend()
    const { code, stdout } = await runCli(['resume', '--json'], { cwd, env })
    expect(statusesOf(stdout)).toEqual([
      ['a#serve', 'passed'],
      ['a#gate', 'passed'],
      ['a#use', 'passed'],
    ])
    expect(code).toBe(0)
  })

  test('counts the steps before and after the resume, and no step twice', async () => {
    const { cwd, env, mend } = failing(
      fence('bash {#one}', 'true') + gate + fence('bash {#end always}', 'true'),
    )
    await runCli(['exec', 'a.md'], { cwd, env })
    mend()
    const resumed = await runCli(['resume', '--json'], { cwd, env })
    expect(eventsOf(resumed.stdout).at(-1)).toMatchObject({ counts: { passed: 3, notRun: 0 } })
    const listed = JSON.parse((await runCli(['runs', '--json'], { cwd, env })).stdout)
    expect(listed.runs).toMatchObject([{ status: 'passed', steps: { total: 3, ended: 3 } }])
  })

  test('continues without a step that the page no longer has, and counts only its own', async () => {
    const { cwd, env, mend } = failing(fence('bash {#one}', 'true') + gate)
    await runCli(['exec', 'a.md'], { cwd, env })
    mend()
    writeFileSync(join(cwd, 'a.md'), `---\nvars: { PROJECT: {} }\n---\n${gate}`)
    expect(await runCli(['resume'], { cwd, env })).toMatchObject({ code: 0 })
    const listed = JSON.parse((await runCli(['runs', '--json'], { cwd, env })).stdout)
    expect(listed.runs).toMatchObject([{ steps: { total: 1, ended: 1 } }])
  })

  test('is one report, however often it was resumed', async () => {
    const { cwd, env, mend } = failing(
      fence('bash {#both}', 'echo said-once\n[ -e "$PROJECT/mended" ]'),
    )
    await runCli(['exec', 'a.md'], { cwd, env })
    mend()
    const file = join(cwd, 'junit.xml')
    await runCli(['resume', '--reporter', `junit=${file}`], { cwd, env })
    const written = readFileSync(file, 'utf8')
    const replayed = await runCli(['report', '--reporter', 'junit'], { cwd, env })
    for (const report of [written, replayed.stdout]) {
      expect(report.match(/<testsuites/g)).toHaveLength(1)
      expect(report.match(/<system-out>said-once/g)).toHaveLength(1)
      expect(report).toContain('failures="0"')
    }
  })

  test('is the newest unfinished one for `resume` and `show`, and both name it', async () => {
    const { cwd, env } = failing(gate)
    writeFileSync(join(cwd, 'b.md'), fence('bash {#fine}', 'true'))
    await runCli(['exec', 'a.md'], { cwd, env })
    await runCli(['exec', 'b.md'], { cwd, env })
    const { runs } = JSON.parse((await runCli(['runs', '--json'], { cwd, env })).stdout)
    const failed = runs.find(({ status }: { status: string }) => status === 'failed').run
    for (const command of ['resume', 'show']) {
      const { stdout, stderr } = await runCli([command], { cwd, env })
      expect(stderr).toContain(`run ${failed} · `)
      expect(stdout).toContain('a#gate')
    }
  })
})

const page = (word: string) => fence('bash {#step}', `echo ${word} >>"$PROJECT/log"`)

describe('pages of the same name in two folders', () => {
  const matter = '---\nvars: { PROJECT: {} }\n---\n'

  test('have distinct addresses, and a resumed run repeats neither', async () => {
    const cwd = projectWith({
      'web/setup.md': matter + page('web'),
      'db/setup.md': matter + page('db') + gate,
    })
    const env = { RUNBOOK_VAR_PROJECT: cwd }
    const pages = ['web/setup.md', 'db/setup.md']
    const first = await runCli(['exec', ...pages, '--json'], { cwd, env })
    expect(statusesOf(first.stdout)).toEqual([
      ['web/setup#step', 'passed'],
      ['db/setup#step', 'passed'],
      ['db/setup#gate', 'failed'],
    ])
    writeFileSync(join(cwd, 'mended'), '')
    expect(await runCli(['resume'], { cwd, env })).toMatchObject({ code: 0 })
    expect(readFileSync(join(cwd, 'log'), 'utf8')).toBe('web\ndb\n')
  })

  test('have the same addresses in any current folder', async () => {
    const cwd = projectWith({
      'web/setup.md': matter + page('web') + gate,
      'db/setup.md': matter + page('db'),
    })
    const env = { RUNBOOK_VAR_PROJECT: cwd }
    expect(await runCli(['exec', 'db', 'web'], { cwd, env })).toMatchObject({ code: 1 })
    writeFileSync(join(cwd, 'mended'), '')
    expect(await runCli(['resume'], { cwd: join(cwd, 'web'), env })).toMatchObject({ code: 0 })
    expect(readFileSync(join(cwd, 'log'), 'utf8')).toBe('db\nweb\n')
  })

  test('are distinguished by `page.md#step`', async () => {
    const cwd = projectWith({
      'web/setup.md': matter + page('web'),
      'db/setup.md': matter + page('db'),
    })
    const env = { RUNBOOK_VAR_PROJECT: cwd }
    const args = ['exec', 'web/setup.md', 'db/setup.md#step', '--json']
    const { stdout } = await runCli(args, { cwd, env })
    expect(statusesOf(stdout)).toEqual([['db/setup#step', 'passed']])
  })

  test('do not stand in for each other if one is required', async () => {
    const cwd = projectWith({
      'web/setup.md': fence('bash {#a}', 'true'),
      'db/setup.md': fence('bash {#a}', 'true'),
      'top.md': `---\nrequires: [web/setup.md]\n---\n${fence('bash {#b}', 'true')}`,
    })
    expect(await runCli(['exec', 'db/setup.md'], { cwd })).toMatchObject({ code: 0 })
    expect(await runCli(['exec', 'top.md'], { cwd })).toMatchObject({ code: 1 })
    expect(await runCli(['exec', 'web/setup.md'], { cwd })).toMatchObject({ code: 0 })
    expect(await runCli(['exec', 'top.md'], { cwd })).toMatchObject({ code: 0 })
  })
})

test('a page with a missing folder runs nothing, and names the folder', async () => {
  const cwd = projectWith({
    'a.md': `---\ndir: not/there\n---\n${fence('bash {#x}', 'touch ran')}`,
  })
  const { code, stdout } = await runCli(['exec', 'a.md', '--lang', 'en'], { cwd })
  expect(code).toBe(1)
  expect(stdout).toContain(`the page's folder ${join(cwd, 'not/there')} does not exist`)
  for (const folder of [cwd, '/']) expect(existsSync(join(folder, 'ran'))).toBe(false)
  rmSync(join(cwd, 'not'), { recursive: true, force: true })
})

test('a step accepted by `--yes` is not called confirmed', async () => {
  const cwd = projectWith({ 'a.md': `- [ ] open the port\n\n${fence('bash {#x}', 'true')}` })
  const { code, stdout } = await runCli(['exec', 'a.md', '--yes', '--lang', 'en'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('taken as done by `--yes`, without confirmation')
  expect(stdout).toContain('passed 1, taken as done 1 ·')
  expect(stdout).not.toMatch(/(?<!nobody )confirmed/)
})

describe('an unreadable record', () => {
  const platform = 'broken-1'
  const projectWithBroken = () => {
    const cwd = projectWith({
      'a.md': fence('bash {#x}', 'echo hi'),
      [`.records/a/${platform}.json`]: '{ "v": 1, "steps": { "x": { "commands": [null] } } }',
    })
    return { cwd, file: join(cwd, '.records/a', `${platform}.json`) }
  }

  test('stops neither a run nor its recording', async () => {
    const { cwd } = projectWithBroken()
    expect(await runCli(['exec', 'a.md'], { cwd })).toMatchObject({ code: 0, stderr: '' })
    expect(await runCli(['exec', 'a.md', '--record'], { cwd })).toMatchObject({ code: 0 })
  })

  test.each([['status'], ['sync'], ['site', 'build']])(
    'is named by `%s` with the fix',
    async (...args) => {
      const { cwd } = projectWithBroken()
      const { code, stdout, stderr } = await runCli(args, { cwd })
      expect(code).not.toBe(0)
      expect(stdout + stderr).toContain(`${platform}.json`)
      expect(stdout + stderr).toContain('restore the file, or delete it')
    },
  )
})

const runsOf = async (cwd: string) =>
  JSON.parse((await runCli(['runs', '--json'], { cwd })).stdout).runs

describe('undo', () => {
  const undoable =
    fence('bash {#one undo=un-one}', 'echo one >>log') +
    fence('bash {#un-one}', 'echo undone >>log')
  test('undoes a run once, and says by which run', async () => {
    const cwd = projectWith({ 'a.md': undoable })
    await runCli(['exec', 'a.md'], { cwd })
    expect(await runCli(['undo'], { cwd })).toMatchObject({ code: 0 })
    const [by, done] = await runsOf(cwd)
    expect(done.undoneBy).toBe(by.run)
    const again = await runCli(['undo', done.run, '--lang', 'en'], { cwd })
    expect(again).toMatchObject({
      code: 0,
      stderr: `${done.run}: undone already by ${by.run}; nothing is left to do\n`,
    })
    expect(readFileSync(join(cwd, 'log'), 'utf8')).toBe('one\nundone\n')
  })

  test('without an id undoes the newest run with effects that is neither undone nor an undo', async () => {
    const cwd = projectWith({
      'a.md': undoable,
      'b.md': fence('bash {#skip unless=file:log}', 'true'),
    })
    await runCli(['exec', 'a.md'], { cwd })
    await runCli(['exec', 'b.md'], { cwd })
    const [, first] = await runsOf(cwd)
    const { code, stderr } = await runCli(['undo', '--lang', 'en'], { cwd })
    expect([code, stderr]).toEqual([0, expect.stringContaining(`run ${first.run} · `)])
    const none = await runCli(['undo', '--lang', 'en'], { cwd })
    expect(none.code).toBe(2)
    expect(none.stderr).toContain(
      'no runs in this project that changed something and are not undone yet',
    )
  })

  test('without an id skips newer runs whose effects cannot be undone', async () => {
    const cwd = projectWith({
      'a.md': undoable,
      'b.md': fence('bash {#other}', 'true'),
      'gone.md': undoable,
    })
    await runCli(['exec', 'a.md'], { cwd })
    await runCli(['exec', 'b.md'], { cwd })
    await runCli(['exec', 'gone.md'], { cwd })
    rmSync(join(cwd, 'gone.md'))
    const [, , first] = await runsOf(cwd)
    const { code, stderr } = await runCli(['undo', '--lang', 'en'], { cwd })
    expect([code, stderr]).toEqual([0, expect.stringContaining(`run ${first.run} · `)])
    expect(readFileSync(join(cwd, 'log'), 'utf8')).toBe('one\none\nundone\n')
  })

  test('by two programs at once happens once', async () => {
    const cwd = projectWith({
      'a.md':
        fence('bash {#one undo=un-one}', 'echo one >>log') +
        fence('bash {#un-one}', 'sleep 1; echo undone >>log'),
    })
    await runCli(['exec', 'a.md'], { cwd })
    const [{ run }] = await runsOf(cwd)
    const both = await Promise.all([1, 2].map(() => runCli(['undo', run, '--lang', 'en'], { cwd })))
    expect(readFileSync(join(cwd, 'log'), 'utf8')).toBe('one\nundone\n')
    expect(new Set(both.map(({ code }) => code))).toEqual(new Set([0, 1]))
    expect(both.find(({ code }) => code === 1)?.stderr).toMatch(/the run is in use by process \d+/)
  })

  test('is refused while the run is in progress', async () => {
    const cwd = projectWith({
      'a.md':
        fence('bash {#one undo=un-one}', 'echo one >>log') +
        fence('bash {#wait}', 'touch begun; until [ -e end ]; do sleep 0.1; done') +
        fence('bash {#un-one}', 'echo undone >>log'),
    })
    const running = runCli(['exec', 'a.md'], { cwd })
    while (!existsSync(join(cwd, 'begun'))) await new Promise((resolve) => setTimeout(resolve, 50))
    const [{ run }] = await runsOf(cwd)
    const { code, stderr } = await runCli(['undo', run, '--lang', 'en'], { cwd })
    writeFileSync(join(cwd, 'end'), '')
    expect([code, stderr]).toEqual([1, expect.stringContaining('the run is in use by process')])
    expect(await running).toMatchObject({ code: 0 })
    expect(readFileSync(join(cwd, 'log'), 'utf8')).toBe('one\n')
  })

  test('reports that nothing can be undone, and runs nothing', async () => {
    const cwd = projectWith({ 'a.md': fence('bash {#one}', 'echo one >>log') })
    await runCli(['exec', 'a.md'], { cwd })
    const { code, stderr } = await runCli(['undo', '--lang', 'en'], { cwd })
    expect([code, stderr]).toEqual([1, expect.stringContaining('nothing can be undone')])
    expect(await runsOf(cwd)).toHaveLength(1)
  })

  test('that failed is resumed as an undo', async () => {
    const undoing = fence('bash {#un-one}', '[ -e mended ] && echo undone >>log')
    const cwd = projectWith({
      'a.md': fence('bash {#one undo=un-one}', 'echo one >>log') + undoing,
    })
    await runCli(['exec', 'a.md'], { cwd })
    expect(await runCli(['undo'], { cwd })).toMatchObject({ code: 1 })
    writeFileSync(join(cwd, 'mended'), '')
    expect(await runCli(['resume'], { cwd })).toMatchObject({ code: 0 })
    expect(readFileSync(join(cwd, 'log'), 'utf8')).toBe('one\nundone\n')
    const [, done] = await runsOf(cwd)
    expect(done.undoneBy).not.toBeNull()
  })

  test('runs a step that several name once', async () => {
    const cwd = projectWith({
      'a.md':
        fence('bash {#one undo=back}', 'true') +
        fence('bash {#two undo=back}', 'true') +
        fence('bash {#back}', 'echo back >>log'),
    })
    await runCli(['exec', 'a.md'], { cwd })
    expect(await runCli(['undo'], { cwd })).toMatchObject({ code: 0 })
    expect(readFileSync(join(cwd, 'log'), 'utf8')).toBe('back\n')
  })
})

test('a run of some steps does not count as a pass of the page that others require', async () => {
  const cwd = projectWith({
    'a.md': fence('bash {#one}', 'true') + fence('bash {#two}', 'true'),
    'b.md': `---\nrequires: [a.md]\n---\n${fence('bash {#x}', 'true')}`,
  })
  await runCli(['exec', 'a.md', '--only', 'one'], { cwd })
  expect(await runCli(['exec', 'b.md'], { cwd })).toMatchObject({ code: 1 })
  await runCli(['exec', 'a.md'], { cwd })
  expect(await runCli(['exec', 'b.md'], { cwd })).toMatchObject({ code: 0 })
})
