import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectWith, runCli } from './run-cli.ts'

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`

async function planOf(page: string, files: Readonly<Record<string, string>> = {}) {
  const cwd = projectWith({ 'a.md': page, ...files })
  const json = await runCli(['plan', 'a.md', '--json'], { cwd })
  const plan = JSON.parse(json.stdout)
  const shown = async (...flags: readonly string[]) =>
    (await runCli(['plan', 'a.md', ...flags], { cwd })).stdout
  return { cwd, plan, shown }
}

describe('a plan shows the change of a file', () => {
  test('as a diff, in text, Markdown and JSON, and the file stays as it is', async () => {
    const page = fence('ini {#conf file=conf.ini}', '[a]\nport = 2')
    const { plan, shown } = await planOf(page, { 'conf.ini': '[a]\nport = 1\n' })
    expect(plan.steps[0].file).toMatchObject({ change: 'changed', added: 1, removed: 1 })
    expect(plan.steps[0].file.diff).toContain('\n-port = 1\n+port = 2\n')
    const text = await shown('--lang', 'en')
    expect(text).toMatch(/\+1 −1\n.*@@.*\n +\[a\]\n +-port = 1\n +\+port = 2\n/)
    expect(text).toContain('Nothing was run.')
    expect(await shown('--format', 'markdown')).toMatch(/```diff\n[^]*-port = 1\n\+port = 2\n```/)
  })

  test('after the changes of earlier steps to the same file', async () => {
    const page =
      fence('ini {#one file=conf.ini}', '[a]\nport = 2') +
      fence('ini {#two file=./conf.ini edit=section}', '[a]\nport = 3')
    const { plan } = await planOf(page, { 'conf.ini': '[a]\nport = 1\n' })
    expect(plan.steps[1].file.diff).toContain('\n-port = 2\n+port = 3\n')
  })

  test('including a line that looks like the header of a diff', async () => {
    const { shown } = await planOf(fence('sql {#x file=x.sql}', 'SELECT 1;'), {
      'x.sql': '-- old\nSELECT 1;\n',
    })
    expect(await shown('--lang', 'en')).toContain('--- old')
  })

  test.each([
    ['a new file', 'file=new.ini', { change: 'new', added: 1, removed: 0 }],
    ['a file that is so', 'file=same.ini', { change: 'none' }],
    [
      'another mode',
      'file=same.ini mode=0600',
      { change: 'changed', added: 0, mode: { from: '644', to: '0600' } },
    ],
    [
      'a missing folder',
      'file=/nowhere/x',
      { change: 'unknown', why: expect.stringContaining('/nowhere') },
    ],
    ['a folder', 'file=.', { change: 'unknown', why: expect.any(String) }],
  ])('%s', async (_, attributes, file) => {
    const page = fence(`ini {#x ${attributes}}`, 'same')
    const { cwd } = await planOf(page, { 'same.ini': 'same\n' })
    const { stdout } = await runCli(['plan', 'a.md', '--json', '--lang', 'en'], { cwd })
    expect(JSON.parse(stdout).steps[0].file).toMatchObject(file)
  })

  test('says that earlier steps may make a missing file, if such steps run on that host', async () => {
    const make = fence('bash {#make}', 'mkdir made')
    const later = fence('ini {#conf file=made/x.ini}', 'text')
    const { shown, plan } = await planOf(make + later)
    expect(await shown('--lang', 'en')).toMatch(
      /not\s+compared: the\s+folder .*made\s+does\s+not\s+exist;\s+earlier\s+steps\s+may\s+make\s+or\s+change\s+it/,
    )
    const chinese = (await shown('--lang', 'zh')).replaceAll(/\s/g, '')
    expect(chinese).toContain('不存在；前面的步骤可能会创建或改动它')
    expect(plan.steps[1].file).toMatchObject({ change: 'unknown', mayChange: true })
    const none = fence('bash {#make when=os:nosuch}', 'mkdir made')
    const first = await planOf(none + later + fence('bash {#after}', 'true'))
    expect(await first.shown('--lang', 'en')).not.toContain('earlier')
  })

  test('without its lines if the text contains a secret: the file may contain an older one', async () => {
    const page = `---\nvars: { PW: { secret: true } }\n---\n${fence('ini {#x file=x.ini expand}', 'pw=${PW}')}`
    const { cwd, plan, shown } = await planOf(page, { 'x.ini': 'pw=the-old-one\n' })
    expect(plan.steps[0].file).toMatchObject({ added: 1, removed: 1, diff: null, hidden: 'secret' })
    expect(await shown()).not.toContain('the-old-one')
    expect(await shown('--format', 'markdown')).not.toContain('the-old-one')
    const env = { RUNBOOK_VAR_PW: 'the-new-one' }
    const { stdout } = await runCli(['exec', 'a.md', '--json'], { cwd, env })
    expect(stdout).toContain('"changed"')
    expect(stdout).not.toContain('the-old-one')
    const undone = await runCli(['undo', '--json'], { cwd, env })
    expect(undone.stdout).toContain('"changed"')
    expect(undone.stdout).not.toContain('the-old-one')
  })
})

describe('a step waits', () => {
  const make = (attributes: string) => fence(`bash {#make ${attributes}}`, 'true')

  test.each([
    ['ensures', make('ensures=file:x'), 'needs=file:x'],
    ['creates', make('creates=x'), 'needs=file:x'],
    ['a file step', fence('text {#make file=x}', 'x'), 'needs=file:x'],
    ['the step itself', make(''), 'needs=step:make'],
    ['an absence', make('ensures=!file:a.md'), 'needs=!file:a.md'],
  ])('for the step that declares the missing condition: %s', async (_, before, needs) => {
    const { plan, shown } = await planOf(before + fence(`bash {#use ${needs}}`, 'true'))
    const check = needs.replace('needs=', '')
    expect(plan.steps[1]).toMatchObject({
      verdict: 'run',
      waitsFor: [{ check, step: 'a#make' }],
    })
    expect(await shown('--lang', 'en')).toMatch(/use +waits .*\n +waits for step `make` \(/)
    expect(await shown('--lang', 'zh')).toContain('等待步骤 `make`')
  })

  test('for any earlier step if none declares it, and names every condition', async () => {
    const page = make('') + fence('bash {#use needs="file:x cmd:no-such dir:."}', 'true')
    const { plan, shown } = await planOf(page)
    expect(plan.steps[1].waitsFor).toEqual([
      { check: 'file:x', step: null },
      { check: 'cmd:no-such', step: null },
    ])
    expect(await shown('--lang', 'en')).toContain(
      'file:x does not hold now and may be met by earlier steps',
    )
  })

  test('for no condition that holds, and is blocked if there is no earlier step', async () => {
    const met = await planOf(make('') + fence('bash {#use needs=dir:.}', 'true'))
    expect(met.plan.steps[1].waitsFor).toEqual([])
    const blocked = await planOf(fence('bash {#use needs=file:x}', 'true'))
    expect(blocked.plan.steps[0]).toMatchObject({ verdict: 'blocked', waitsFor: [] })
  })

  test('for an earlier page, by its `provides`', async () => {
    const cwd = projectWith({
      'a.md': `---\nprovides: [file:x]\n---\n${make('')}`,
      'b.md': `---\nneeds: [file:x]\n---\n${fence('bash {#use}', 'true')}`,
    })
    const { stdout } = await runCli(['plan', 'a.md', 'b.md', '--json'], { cwd })
    expect(JSON.parse(stdout).steps[1].waitsFor).toEqual([{ check: 'file:x', step: 'a#make' }])
  })
})

describe('values', () => {
  const page = `---\nvars: { PW: { secret: true, ask: the password }, DB: { default: shop } }\n---\n${fence('bash {#version}', 'echo 1')}${fence('bash {#load undo=drop}', 'echo "$PW $DB"; touch loaded')}${fence('bash {#drop}', 'rm loaded')}`

  test('to ask for are listed, with the sources of the others', async () => {
    const { plan, shown } = await planOf(page)
    expect(plan.values).toEqual([
      { name: 'PW', secret: true, ask: 'the password', source: 'person' },
      { name: 'DB', secret: false, ask: null, source: 'default' },
    ])
    const text = await shown('--lang', 'en')
    expect(text).toContain('asks  PW (secret)  the password (or set RUNBOOK_VAR_PW)')
    expect(text).toContain("values  DB (the page's default)")
    expect(await shown('--format', 'markdown', '--lang', 'en')).toContain('asks  PW')
  })

  test('are needed only for the selected steps, and for the steps that an undo reverts', async () => {
    const cwd = projectWith({ 'a.md': page })
    expect((await runCli(['exec', 'a.md'], { cwd })).stderr).toContain('`PW` has no value')
    expect((await runCli(['exec', 'a.md#version'], { cwd })).code).toBe(0)
    expect((await runCli(['exec', 'a.md', '--only', 'version'], { cwd })).code).toBe(0)
    expect((await runCli(['exec', 'a.md', '--to', 'version'], { cwd })).code).toBe(0)
    const env = { RUNBOOK_VAR_PW: 'the-password' }
    expect((await runCli(['exec', 'a.md', '--only', 'load'], { cwd, env })).code).toBe(0)
    expect(await runCli(['undo'], { cwd })).toMatchObject({ code: 0 })
  })

  test('no command of a check runs for a step that is not selected', async () => {
    const checked = fence('bash {#x}', 'true') + fence('bash {#y unless="sh:touch asked"}', 'true')
    const cwd = projectWith({ 'a.md': checked })
    await runCli(['plan', 'a.md', '--only', 'x', '--run-checks'], { cwd })
    expect(() => writeFileSync(join(cwd, 'asked'), '', { flag: 'wx' })).not.toThrow()
  })
})
