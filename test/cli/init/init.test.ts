import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, onTestFinished, test } from 'vitest'
import { parse } from 'yaml'
import { installedPackage } from '../../support/installed-package.ts'
import { runCli } from '../run-cli.ts'

const installed = installedPackage()
afterAll(() => installed.remove())

/** Without a `runbook.yml`, unlike other tests. */
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-empty-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const made = [
  'runbook.yml',
  'runbook/hello.md',
  '.gitignore',
  '.github/workflows/runbook.yml',
  '.githooks/pre-commit',
  'AGENTS.md',
]

/** A project of the packed package, as `npm install` makes one. */
function packagedProject(name: string): string {
  const cwd = join(installed.folder, name)
  mkdirSync(cwd)
  return cwd
}

async function npx(cwd: string, ...words: readonly string[]): Promise<string> {
  const bin = join(installed.folder, 'node_modules/.bin/runbook')
  const env = { ...process.env, LANG: 'C.UTF-8', CI: '' }
  return (await promisify(execFile)(bin, words, { cwd, env })).stdout
}

describe.each(['zh', 'en'])('in an empty folder, with only the packed package, in %s', (lang) => {
  test('init, lint, exec --record, sync and site build pass', async () => {
    const cwd = packagedProject(lang)
    const said = await npx(cwd, 'init', '--lang', lang)
    for (const file of made) {
      expect(said).toContain(`  ${file}\n`)
      expect(existsSync(join(cwd, file))).toBe(true)
    }
    expect(said).toContain('npx runbook exec runbook/hello.md --record')

    const counted = await npx(cwd, 'lint')
    expect(counted).toMatch(/^0 errors, 0 warnings|：0 个错误，0 个警告/)
    expect(await npx(cwd, 'exec', 'runbook/hello.md', '--record')).toMatch(/3 · .* · /)
    await npx(cwd, 'sync', '--check')
    const site = (await npx(cwd, 'site', 'build')).trim()
    expect(readFileSync(join(site, 'hello.html'), 'utf8')).toContain(
      'data-runbook-state="verified"',
    )
  })
})

test("writes in the person's language, and shows the next commands", async () => {
  const cwd = emptyFolder()
  const { code, stdout } = await runCli(['init', 'a b', '--lang', 'zh'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain("cd 'a b'")
  expect(stdout).toContain('git config core.hooksPath .githooks')
  expect(readFileSync(join(cwd, 'a b/runbook/hello.md'), 'utf8')).toContain('title: 第一个页面')
  expect(statSync(join(cwd, 'a b/.githooks/pre-commit')).mode & 0o111).not.toBe(0)
})

test('`--dry-run` shows every file and writes nothing, not even the folder', async () => {
  const cwd = emptyFolder()
  const { code, stdout } = await runCli(['init', 'new', '--dry-run', '--lang', 'en'], { cwd })
  expect(code).toBe(0)
  for (const file of made) expect(stdout).toContain(`== would create: ${file}\n`)
  expect(stdout).toContain('echo "Hello, $NAME"')
  expect(existsSync(join(cwd, 'new'))).toBe(false)
})

describe('an existing file', () => {
  test.each(made)('%s stays unchanged, and is listed', async (file) => {
    const cwd = emptyFolder()
    mkdirSync(join(cwd, file, '..'), { recursive: true })
    writeFileSync(join(cwd, file), 'pages: runbook\n')
    const { code, stdout } = await runCli(['init'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toMatch(new RegExp(`^kept +${file.replaceAll('.', '\\.')}$`, 'm'))
    expect(readFileSync(join(cwd, file), 'utf8')).toBe('pages: runbook\n')
    for (const other of made) expect(existsSync(join(cwd, other))).toBe(true)
  })

  test('twice changes nothing', async () => {
    const cwd = emptyFolder()
    await runCli(['init'], { cwd })
    const { code, stdout } = await runCli(['init'], { cwd })
    expect(code).toBe(0)
    expect(stdout).not.toContain('created')
  })

  test('is not written through a dangling link', async () => {
    const cwd = emptyFolder()
    const outside = join(emptyFolder(), 'made')
    symlinkSync(outside, join(cwd, 'AGENTS.md'))
    const { stdout } = await runCli(['init'], { cwd })
    expect(stdout).toMatch(/^kept +AGENTS\.md$/m)
    expect(existsSync(outside)).toBe(false)
    expect(lstatSync(join(cwd, 'AGENTS.md')).isSymbolicLink()).toBe(true)
  })

  test('a folder that leads out of the project is refused', async () => {
    const cwd = emptyFolder()
    const outside = emptyFolder()
    symlinkSync(outside, join(cwd, '.github'))
    const { code, stderr } = await runCli(['init'], { cwd })
    expect({ code, made: existsSync(join(cwd, 'runbook.yml')) }).toEqual({ code: 2, made: false })
    expect(stderr).toContain('.github')
    expect(existsSync(join(outside, 'workflows'))).toBe(false)
  })

  test('the folder of pages that `runbook.yml` names gets the first page', async () => {
    const cwd = emptyFolder()
    writeFileSync(join(cwd, 'runbook.yml'), 'pages: docs/how\n')
    await runCli(['init'], { cwd })
    expect(existsSync(join(cwd, 'docs/how/hello.md'))).toBe(true)
    const workflow = readFileSync(join(cwd, '.github/workflows/runbook.yml'), 'utf8')
    expect(workflow).toContain('PAGES: "docs/how"')
  })

  test('where `runbook.yml` names no folder of pages, the project is it', async () => {
    const cwd = emptyFolder()
    writeFileSync(join(cwd, 'runbook.yml'), 'lang: en\n')
    await runCli(['init'], { cwd })
    expect(existsSync(join(cwd, 'hello.md'))).toBe(true)
    expect(existsSync(join(cwd, 'runbook'))).toBe(false)
  })

  test('a file where the project should be is refused', async () => {
    const cwd = emptyFolder()
    writeFileSync(join(cwd, 'x'), '')
    const { code, stderr } = await runCli(['init', 'x'], { cwd })
    expect({ code, stderr }).toEqual({ code: 2, stderr: 'error: `x` is not a folder\n' })
  })
})

describe('the private folder', () => {
  test('keeps itself out of git from the first run on', async () => {
    const cwd = emptyFolder()
    writeFileSync(join(cwd, 'a.md'), '```bash {#x}\ntrue\n```\n')
    execFileSync('git', ['init', '--quiet'], { cwd })
    await runCli(['exec', 'a.md'], { cwd })
    const untracked = execFileSync('git', ['status', '--short', '-uall'], { cwd, encoding: 'utf8' })
    expect(untracked).toBe('?? a.md\n')
  })

  test('keeps an existing `.gitignore`', async () => {
    const cwd = emptyFolder()
    mkdirSync(join(cwd, '.runbook'))
    writeFileSync(join(cwd, '.runbook/.gitignore'), 'runs/\n')
    writeFileSync(join(cwd, 'a.md'), '```bash {#x}\ntrue\n```\n')
    await runCli(['exec', 'a.md'], { cwd })
    expect(readFileSync(join(cwd, '.runbook/.gitignore'), 'utf8')).toBe('runs/\n')
  })
})

describe('an empty folder', () => {
  test.each(['list', 'lint', 'plan .', 'exec .', 'exec first.md', 'status', 'sync', 'site build'])(
    '%s fails and says what to do',
    async (words) => {
      const { code, stdout, stderr } = await runCli([...words.split(' '), '--lang', 'en'], {
        cwd: emptyFolder(),
      })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain('`runbook init`')
    },
  )
})

interface Workflow {
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly env?: Readonly<Record<string, string>>
        readonly steps: readonly { readonly run?: string; readonly uses?: string }[]
      }
    >
  >
}

describe.each(['zh', 'en'])('the workflow in %s', (lang) => {
  test('lints, runs, records and opens one pull request', async () => {
    const cwd = packagedProject(`ci-${lang}`)
    await npx(cwd, 'init', '--lang', lang)
    const git = (...words: readonly string[]) =>
      execFileSync('git', words, { cwd, encoding: 'utf8' })
    execFileSync('git', ['init', '--quiet', '--bare', `${cwd}.git`])
    git('init', '--quiet')
    git('remote', 'add', 'origin', `${cwd}.git`)
    git('add', '--all')
    git('-c', 'user.name=x', '-c', 'user.email=x@x', 'commit', '--quiet', '-m', 'init')
    const asked = join(cwd, '../gh-asked')
    writeFileSync(asked, '')
    const bin = join(cwd, '../bin')
    mkdirSync(bin, { recursive: true })
    // As many are open as were created.
    const gh = `#!/bin/sh\n[ "$2" = list ] && grep -c '^pr create' '${asked}'\necho "$@" >>'${asked}'\n`
    writeFileSync(join(bin, 'gh'), gh)
    chmodSync(join(bin, 'gh'), 0o755)

    const { jobs }: Workflow = parse(
      readFileSync(join(cwd, '.github/workflows/runbook.yml'), 'utf8'),
    )
    const run = async (job: string) => {
      const { env = {}, steps = [] } = jobs[job] ?? {}
      const scripts = steps.flatMap((step) => step.run ?? [])
      expect(scripts[0]).toBe('npm ci')
      for (const script of scripts.slice(1)) {
        await promisify(execFile)(
          'bash',
          ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script],
          {
            cwd,
            env: { ...process.env, ...env, CI: 'true', PATH: `${bin}:${process.env['PATH']}` },
          },
        )
      }
    }
    await run('lint')
    await run('record')
    expect(git('show', '--stat', '--format=%s', 'runbook-recorded')).toContain('.records/hello/')
    git('checkout', '--quiet', '-')
    git('branch', '-D', '--quiet', 'runbook-recorded')
    await run('record')
    const created = readFileSync(asked, 'utf8').match(/^pr create --head runbook-recorded/gm)
    expect(created).toHaveLength(1)
    expect(execFileSync('git', ['branch'], { cwd: `${cwd}.git`, encoding: 'utf8' })).toContain(
      'runbook-recorded',
    )
  })
})

test('the hook accepts good pages, and stops a commit with a bad one', async () => {
  const cwd = packagedProject('hook')
  await npx(cwd, 'init', '--lang', 'en')
  const git = (...words: readonly string[]) =>
    promisify(execFile)('git', ['-c', 'user.name=x', '-c', 'user.email=x@x', ...words], { cwd })
  await git('init', '--quiet')
  await git('config', 'core.hooksPath', '.githooks')
  await git('add', '--all')
  await git('commit', '--quiet', '-m', 'good')
  writeFileSync(join(cwd, 'runbook/bad.md'), '```bash {#x timout=3s}\ntrue\n```\n')
  await git('add', '--all')
  await expect(git('commit', '--quiet', '-m', 'bad')).rejects.toMatchObject({ code: 1 })
})
