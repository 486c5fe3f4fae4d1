/** `runbook import` as a person calls it, and imported pages that run for real. */

import { existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectWith, runCli } from './run-cli.ts'

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/import/${name}`, import.meta.url), 'utf8')
const tutorial = '# A\n\n```\n$ tail -f x\n```\n'

describe('import', () => {
  test('writes a new page among the pages, prints its path and the decisions, and runs nothing', async () => {
    const cwd = projectWith({
      'runbook.yml': 'pages: docs\n',
      'in/a.txt': tutorial,
      'docs/b.md': '',
    })
    const { code, stdout, stderr } = await runCli(['import', 'in/a.txt'], { cwd })
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout:
        'docs/a.md\ndocs/a.md:4: `tail -f x` never ends by itself; remove the option that follows, or mark the block `{background}`\n',
    })
    expect(stderr).toContain('imported a tutorial: 1 step, 1 decision for you\nnext: ')
    expect(readFileSync(join(cwd, 'docs/a.md'), 'utf8')).toBe(
      '# A\n\n```console\n$ tail -f x\n```\n',
    )
    expect(existsSync(join(cwd, '.runbook'))).toBe(false)
  })

  test('takes another name where one is taken, and never writes over a page', async () => {
    const cwd = projectWith({ 'a.md': tutorial })
    expect((await runCli(['import', 'a.md'], { cwd })).stdout).toMatch(/^a-2\.md\n/)
    expect((await runCli(['import', 'a.md'], { cwd })).stdout).toMatch(/^a-3\.md\n/)
    symlinkSync(join(cwd, 'gone.md'), join(cwd, 'link.md'))
    for (const taken of ['a.md', 'link.md']) {
      expect(await runCli(['import', 'a.md', '--out', taken], { cwd })).toMatchObject({
        code: 2,
        stderr: `error: \`${taken}\` already exists\n  = help: give another place: \`--out PAGE\`\n`,
      })
    }
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(tutorial)
    expect(existsSync(join(cwd, 'gone.md'))).toBe(false)
  })

  test.each([
    [
      ['import', 'none.md'],
      /^error: `none\.md` cannot be read: no such file or folder \(ENOENT\)$/m,
    ],
    [['import', '.'], /`\.` cannot be read: it is a folder \(EISDIR\)\n {2}= help: give one file/],
    [['import', 'a.md', '--out', 'a.txt'], /not the name of a page/],
    [['import', 'a.md', '--out', 'no/where.md'], /cannot be written/],
    [['import', 'a.md', '--as', 'novel'], /--as/],
    [['import'], /file/],
  ])('refuses %j', async (words, message) => {
    const cwd = projectWith({ 'a.md': tutorial })
    const { code, stderr } = await runCli(words, { cwd })
    expect({ code, isNamed: message.test(stderr) }).toEqual({ code: 2, isNamed: true })
  })

  test('names links and images that lead nowhere from the new page', async () => {
    const cwd = projectWith({
      'runbook.yml': 'pages: docs\n',
      'in/a.md':
        '# A\n\n![shot](img/s.png)\n\n[more](b.md)\n\n![q](c.png?raw)\n\n```\n$ true\n```\n',
      'in/img/s.png': 'x',
      'docs/c.png': 'x',
    })
    const { stdout } = await runCli(['import', 'in/a.md', '--lang', 'en'], { cwd })
    expect(stdout).toBe(
      'docs/a.md\n' +
        'docs/a.md:3: the image `img/s.png` is not there; copy the file from `in`, or take the link out\n' +
        'docs/a.md:5: no such file: `b.md`; copy the file from `in`, or take the link out\n' +
        'docs/a.md:7: the image `c.png?raw` has a query: name the file alone; copy the file from `in`, or take the link out\n',
    )
  })

  test('answers programs in JSON, and takes standard input', async () => {
    const cwd = projectWith({})
    const stdin = 'set -e\necho hi\n'
    const words = ['import', '-', '--as', 'script', '--out', 'x.md', '--json']
    const { code, stdout } = await runCli(words, { cwd, stdin })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      v: 1,
      page: 'x.md',
      kind: 'script',
      steps: 1,
      decisions: [{ line: 3, message: '`set -e` was left out', text: 'set -e' }],
    })
  })

  test('speaks the language of the page', async () => {
    const cwd = projectWith({ 'a.md': '# 安装\n\n一、启动\n\n    查看：tail -f x\n' })
    const { stdout, stderr } = await runCli(['import', 'a.md'], { cwd })
    expect(stdout).toContain('`tail -f x` 不会自己结束')
    expect(stderr).toContain('已导入教程')
    expect((await runCli(['import', 'a.md', '--lang', 'en'], { cwd })).stdout).toContain(
      'never ends',
    )
  })
})

describe('an imported page runs on this computer', () => {
  test.each([
    ['session.typescript', {}, 5],
    ['setup.sh', { RUNBOOK_VAR_SITE: 'shop', RUNBOOK_VAR_PASSWORD: 'a long secret' }, 5],
    ['runme.md', {}, 6],
    ['demo.cast', {}, 2],
  ])('%s', async (name, env, steps) => {
    const cwd = projectWith({ [`in/${name}`]: fixture(name) })
    mkdirSync(join(cwd, 'home'))
    const imported = await runCli(['import', `in/${name}`, '--out', 'page.md'], { cwd })
    expect(imported).toMatchObject({ code: 0 })
    const { code, stdout } = await runCli(['exec', 'page.md', '--record'], { cwd, env })
    expect({ code, stdout }).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`passed ${steps}`),
    })
    expect(await runCli(['lint', '--fix', 'page.md'], { cwd })).toMatchObject({ code: 0 })
    expect(await runCli(['sync', '--check'], { cwd })).toMatchObject({ code: 0 })
    expect(await runCli(['exec', 'page.md'], { cwd, env })).toMatchObject({ code: 0 })
  })
})
