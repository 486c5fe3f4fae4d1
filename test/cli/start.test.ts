import { execFile } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { projectWith, runCli } from './run-cli.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const page = '# Page\n\n```bash {#x}\ntrue\n```\n'

describe('--version', () => {
  test.each([
    ['alone', ['--version']],
    ['before other words', ['--version', 'list']],
  ])('%s says what package.json says', async (_, args) => {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const result = await runCli(args, { cwd: projectWith({}) })
    expect(result).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })
})

/** The program as it is installed, without what it needs for a run: no `node_modules`. */
function installed(): string {
  const folder = projectWith({ 'page.md': page })
  for (const name of ['bin', 'package.json']) cpSync(join(root, name), join(folder, name), copy)
  for (const name of readdirSync(join(root, 'dist')).filter((each) => each.includes('.cjs')))
    cpSync(join(root, 'dist', name), join(folder, 'dist', name))
  return folder
}
const copy = { recursive: true }
/** Without the colours that a CI's log gets. */
const plainIn = (cwd: string) => ({ cwd, env: { ...process.env, NO_COLOR: '1' } })

describe('what V8 compiled ahead is only a help: the program starts', () => {
  test.each<readonly [string, (code: string) => void]>([
    ['with it', () => {}],
    ['without it', (code) => rmSync(code)],
    ['with that of another text', (code) => cpSync(join(code, '../ssh2.cjs.code'), code)],
    ['with a part of it', (code) => truncateSync(code, 100_000)],
    ['with what is none', (code) => writeFileSync(code, 'no code')],
  ])('%s', async (_, change) => {
    const folder = installed()
    change(join(folder, 'dist/cli.cjs.code'))
    const args = [join(folder, 'bin/runbook.js'), 'list', 'page.md']
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, plainIn(folder))
    expect(stdout).toMatch(/^page\.md · Page\n {2}x +:3 +true\n$/)
    expect(stderr).toBe('')
  })

  test('with it under other flags of V8, which refuses it', async () => {
    const folder = installed()
    const args = ['--no-opt', join(folder, 'bin/runbook.js'), 'list', 'page.md']
    const { stdout } = await promisify(execFile)(process.execPath, args, plainIn(folder))
    expect(stdout).toContain('page.md · Page\n')
  })
})

test('the code that the build keeps is one that this V8 takes', async () => {
  const program = `
    const refused = []
    const { bundlesOf } = require(${JSON.stringify(join(root, 'bin/load.js'))})
    const requireFrom = bundlesOf(undefined, (script) => refused.push(script.cachedDataRejected))
    requireFrom('./cli.cjs')
    requireFrom('./ssh2.cjs')
    process.stdout.write(JSON.stringify(refused))`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', program])
  expect(JSON.parse(stdout)).toEqual([false, false])
})

test('a program that nothing keeps waiting for its end has failed', async () => {
  const program = `
    require('node:fs/promises').access = () => new Promise(() => {})
    require(${JSON.stringify(join(root, 'bin/load.js'))}).bundlesOf()('./cli.cjs').main(['host', 'vm'])`
  const ended = promisify(execFile)(process.execPath, ['-e', program], { cwd: projectWith({}) })
  await expect(ended).rejects.toMatchObject({
    code: 4,
    stderr: expect.stringContaining('the program ended before its work did'),
  })
})
