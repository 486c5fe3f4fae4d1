import { execFile } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
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

test('a changed bundle takes effect: there is no compiled copy beside it', async () => {
  const folder = projectWith({ 'page.md': page })
  for (const name of ['bin', 'package.json', 'dist'])
    cpSync(join(root, name), join(folder, name), { recursive: true })
  const bundle = join(folder, 'dist/cli.cjs')
  const text = readFileSync(bundle, 'utf8')
  // Of the same length: V8's own check of compiled code compares no more than that.
  writeFileSync(bundle, text.replaceAll('in its page', 'IN ITS PAGE'))
  const args = [join(folder, 'bin/runbook.js'), 'explain', 'id', '--lang', 'en']
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: folder })
  expect(stdout).toContain('IN ITS PAGE')
})

test.each([['--help'], ['list'], ['completion', 'bash']])(
  '%s loads no package that only a server or a host needs',
  async (...words) => {
    const program = `
      require(${JSON.stringify(join(root, 'dist/cli.cjs'))}).main(${JSON.stringify(words)}).then(() =>
        process.stderr.write(Object.keys(require.cache).join('\\n')))`
    const cwd = projectWith({ 'page.md': page })
    const { stderr } = await promisify(execFile)(process.execPath, ['-e', program], { cwd })
    expect(stderr).toContain('cli.cjs')
    expect(stderr).not.toMatch(/hono|zx|ssh2/)
  },
)

test('the package contains text and the pictures of its documents only', async () => {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts']
  const { stdout } = await promisify(execFile)('npm', args, { cwd: root, maxBuffer: 1 << 24 })
  const [{ files }] = JSON.parse(stdout)
  const names = files.map(({ path }: { path: string }) => path)
  expect(names).toContain('dist/cli.cjs')
  const isText = /(?:\.(?:c?js|ts|vue|css|json|md|svg|sh|py|pl|ya?ml|txt)|^LICENSE)$/
  const isPicture = /^docs\/[\w-]+\.png$/
  const others = names.filter((name: string) => !isText.test(name) && !isPicture.test(name))
  expect(others).toEqual([])
})

test('a program that ends with a pending promise has failed', async () => {
  const program = `
    require('node:fs/promises').access = () => new Promise(() => {})
    require(${JSON.stringify(join(root, 'dist/cli.cjs'))}).main(['host', 'vm'])`
  const ended = promisify(execFile)(process.execPath, ['-e', program], { cwd: projectWith({}) })
  await expect(ended).rejects.toMatchObject({
    code: 4,
    stderr: expect.stringContaining('the program ended before its work did'),
  })
})
