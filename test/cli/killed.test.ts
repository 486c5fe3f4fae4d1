/** Runs whose program was killed without a word, and that go on: what still runs on the host is theirs. */

import { spawn } from 'node:child_process'
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { processesWith } from '../shell/hosts.ts'
import { eventsOf, projectWith, runCli } from './run-cli.ts'

const program = fileURLToPath(new URL('../../bin/runbook.js', import.meta.url))
const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

interface Killed {
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly lines: (name: string) => readonly string[]
  /** Servers of this project that run now. */
  readonly servers: () => readonly string[]
}

/** Starts a page and kills the program (`kill -9`) once its step has made the file `under-way`. */
async function killed(pageOf: (serve: string) => string): Promise<Killed> {
  const port = await freePort()
  const serve = (info: string) =>
    fence(
      `bash {${info} background ready=port:${port} within=10s stop=INT}`,
      'echo started >>"$PROJECT/servers"\n' +
        'trap \'kill $!; echo interrupted >>"$PROJECT/servers"; exit\' INT\n' +
        `python3 -m http.server --bind 127.0.0.1 ${port} & wait`,
    )
  const cwd = projectWith({
    'a.md': `---\nvars: { PROJECT: {} }\n---\n${pageOf(serve('#serve'))}`,
  })
  // Another user's shell begins there too.
  chmodSync(cwd, 0o755)
  const env = { RUNBOOK_VAR_PROJECT: cwd, XDG_STATE_HOME: join(cwd, 'state') }
  const child = spawn(process.execPath, [program, 'exec', 'a.md'], {
    cwd,
    env: { ...process.env, ...env, CI: '' },
    stdio: 'ignore',
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  for (let tries = 0; tries < 400 && !existsSync(join(cwd, 'under-way')); tries++) {
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  child.kill('SIGKILL')
  await ended
  const lines = (name: string): readonly string[] =>
    existsSync(join(cwd, name)) ? readFileSync(join(cwd, name), 'utf8').trimEnd().split('\n') : []
  return { cwd, env, lines, servers: () => processesWith(`--bind 127.0.0.1 ${port} `) }
}

const long = fence(
  'bash {#long}',
  'echo once >>"$PROJECT/count"; touch "$PROJECT/under-way"; sleep 1.5',
)

const stepsOf = (stdout: string): readonly string[] =>
  eventsOf(stdout).flatMap(({ kind, step, status }) =>
    kind === 'step-ended' ? [`${String(step)} ${String(status)}`] : [],
  )

describe('a background process of a killed run', () => {
  test('is stopped by the page’s signal before it starts again, and the interrupted step does not run twice', async () => {
    const run = await killed(
      (serve) => serve + long + fence('bash {#use}', 'wc -l <"$PROJECT/servers"'),
    )
    expect(run.servers()).toHaveLength(1)
    const { code, stdout } = await runCli(['resume', '--json'], run)
    expect({ steps: stepsOf(stdout), code }).toEqual({
      steps: ['a#long passed', 'a#serve passed', 'a#use passed'],
      code: 0,
    })
    expect(run.lines('count')).toEqual(['once'])
    expect(run.lines('servers')).toEqual(['started', 'interrupted', 'started', 'interrupted'])
    expect(run.servers()).toEqual([])
  })

  test('is stopped at the end of the resumed run if no step needs it', async () => {
    const run = await killed((serve) => serve + long)
    const { code, stdout } = await runCli(['resume', '--json'], run)
    expect({ steps: stepsOf(stdout), code }).toEqual({ steps: ['a#long passed'], code: 0 })
    expect(run.lines('servers')).toEqual(['started', 'interrupted'])
    expect(run.servers()).toEqual([])
    expect(existsSync(join(run.cwd, 'state/runbook'))).toBe(false)
  })

  test('of another user, whose shell the resumed run never opens, is ended with that run', async () => {
    const serve = fence('bash {#serve background as=nobody}', 'exec sleep 86.3')
    const run = await killed(() => serve + long)
    expect(processesWith('sleep 86.3')).not.toEqual([])
    const { code } = await runCli(['resume', '--json'], run)
    expect({ code, left: processesWith('sleep 86.3') }).toEqual({ code: 0, left: [] })
  })

  test('is stopped when the run is forgotten', async () => {
    const run = await killed((serve) => serve + long)
    const { runs } = JSON.parse((await runCli(['runs', '--json'], run)).stdout)
    // What is under way comes to its end first.
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(await runCli(['runs', '--forget', runs[0].run], run)).toMatchObject({ code: 0 })
    expect(run.lines('servers')).toEqual(['started', 'interrupted'])
    expect(run.servers()).toEqual([])
  })

  test('is found by its mark, never by a pid that another process may have', async () => {
    const run = await killed((serve) => serve + long)
    const other = spawn('bash', ['-c', 'sleep 86.4 & wait'])
    onTestFinished(() => void other.kill())
    const folder = join(run.cwd, 'state/runbook')
    const [name = ''] = readdirSync(folder).filter((each) => !each.startsWith('.'))
    const [mark = ''] = readdirSync(join(folder, name)).filter((file) => file.endsWith('.mark'))
    const file = join(folder, name, mark)
    const [tag, signal, , began] = readFileSync(file, 'utf8').split(' ')
    writeFileSync(file, `${tag} ${signal} ${other.pid} ${began}`)
    const { code } = await runCli(['resume', '--json'], run)
    expect({ code, servers: run.servers() }).toEqual({ code: 0, servers: [] })
    expect(processesWith('sleep 86.4')).not.toEqual([])
  })
})

describe('a clean-up of a killed run', () => {
  const clean = (attributes: string) =>
    fence(
      `bash {#clean always ${attributes}}`,
      'echo clean >>"$PROJECT/count"; touch "$PROJECT/under-way"; sleep 1; rm -rf "$PROJECT/work"',
    )
  const make = fence('bash {#make}', 'mkdir "$PROJECT/work"')

  test('finishes, then the reverted steps run again, and it runs once more', async () => {
    const gate = fence('bash {#gate}', '[ -e "$PROJECT/mended" ]')
    const run = await killed(() => make + gate + clean('reverts=make'))
    writeFileSync(join(run.cwd, 'mended'), '')
    const { code, stdout } = await runCli(['resume', '--json'], run)
    expect({ steps: stepsOf(stdout), code }).toEqual({
      steps: ['a#clean passed', 'a#make passed', 'a#gate passed', 'a#clean passed'],
      code: 0,
    })
    expect(run.lines('count')).toEqual(['clean', 'clean'])
  })

  test('does not run again if nothing else is left to do', async () => {
    const run = await killed(() => make + clean('reverts=make'))
    const { code, stdout } = await runCli(['resume', '--json'], run)
    expect({ steps: stepsOf(stdout), code }).toEqual({ steps: ['a#clean passed'], code: 0 })
    expect(run.lines('count')).toEqual(['clean'])
  })
})
