import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { eventsOf, projectWith } from './run-cli.ts'

const program = fileURLToPath(new URL('../../bin/runbook.js', import.meta.url))

interface Running {
  readonly cwd: string
  /** Ends with the status or the signal. */
  readonly ended: Promise<number | NodeJS.Signals | null>
  kill(signal: NodeJS.Signals): void
  untilFile(name: string): Promise<void>
  untilEvent(kind: string): Promise<void>
}

/** A run whose first step says that it is there and then sleeps. */
function start(
  sleep: string,
  closed: readonly ('stdout' | 'stderr')[] = [],
  attributes = '',
): Running {
  const cwd = projectWith({
    'a.md':
      `\`\`\`bash {#long ${attributes}}\ntouch begun; ${sleep}\n\`\`\`\n` +
      '```bash {#next}\ntouch next\n```\n```bash {#tidy always}\ntouch tidied; sleep 0.3; touch tidied-whole\n```\n',
  })
  const state = join(cwd, 'state')
  const args = [program, 'exec', 'a.md', '--reporter', 'plain']
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, XDG_STATE_HOME: state },
  })
  onTestFinished(() => endShells(state))
  for (const name of ['stdout', 'stderr'] as const) {
    if (closed.includes(name)) child[name].destroy()
    else child[name].resume()
  }
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.on('exit', (code, signal) => resolve(code ?? signal))
  })
  return {
    cwd,
    ended,
    kill: (signal) => void child.kill(signal),
    untilFile: (name) =>
      expect.poll(() => existsSync(join(cwd, name)), { timeout: 20_000 }).toBe(true),
    untilEvent: (kind) =>
      expect
        .poll(() => journalOf(cwd).map(({ kind: each }) => each), { timeout: 20_000 })
        .toContain(kind),
  }
}

/** What a run that is not over leaves on its host waits for `resume`; here nobody goes on with it. */
function endShells(state: string): void {
  if (!existsSync(join(state, 'runbook'))) return
  for (const run of readdirSync(join(state, 'runbook'))) {
    // The supervisor first: it would start another shell.
    for (const name of ['pid', 'shell']) {
      const file = join(state, 'runbook', run, name)
      if (!existsSync(file)) continue
      try {
        process.kill(Number(readFileSync(file, 'utf8')), 'SIGKILL')
      } catch {
        // It has ended by itself.
      }
    }
  }
}

function journalOf(cwd: string) {
  const runs = join(cwd, '.runbook/runs')
  const [run = ''] = readdirSync(runs)
  return eventsOf(readFileSync(join(runs, run, 'events.jsonl'), 'utf8'))
}

const isThere = ({ cwd }: Running, name: string): boolean => existsSync(join(cwd, name))

describe('a signal to a run', () => {
  test.each([
    { signal: 'SIGINT', code: 130 },
    { signal: 'SIGTERM', code: 143 },
    { signal: 'SIGHUP', code: 143 },
  ] as const)(
    '$signal stops the step, runs the clean-up and exits $code',
    async ({ signal, code }) => {
      const run = start('sleep 77.01')
      await run.untilFile('begun')
      run.kill(signal)
      expect(await run.ended).toBe(code)
      expect(isThere(run, 'next')).toBe(false)
      expect(isThere(run, 'tidied-whole')).toBe(true)
      const events = journalOf(run.cwd)
      const ends = events.filter(({ kind }) => kind === 'step-ended')
      expect(ends.map(({ step, status }) => [step, status])).toEqual([
        ['a#long', 'cancelled'],
        ['a#tidy', 'passed'],
      ])
      expect(events.at(-1)).toMatchObject({ kind: 'run-ended', status: 'cancelled' })
      expect(
        readdirSync('/proc')
          .filter((pid) => /^\d+$/.test(pid))
          .map(commandLine),
      ).not.toContain('sleep 77.01')
    },
  )

  test.each([
    [
      'that a background step is ready',
      'background ready="sh:touch asked; false" within=60s',
      'sleep 77.02',
      'command-started',
    ],
    [
      'for what must hold after a step',
      'ensures="sh:touch asked; false" within=60s',
      'true',
      'command-ended',
    ],
    ['before a step is tried again', 'retry=3/60s', 'touch asked; false', 'command-ended'],
  ])('while the run waits %s cancels the step', async (_, attributes, command, last) => {
    const run = start(command, [], attributes)
    await run.untilFile('asked')
    await run.untilEvent(last)
    run.kill('SIGINT')
    expect(await run.ended).toBe(130)
    const events = journalOf(run.cwd)
    const ends = events.filter(({ kind }) => kind === 'step-ended')
    expect(ends.map(({ step, status, reason }) => [step, status, reason])).toEqual([
      ['a#long', 'cancelled', 'interrupted'],
      ['a#tidy', 'passed', null],
    ])
    expect(events.at(-1)).toMatchObject({ kind: 'run-ended', status: 'cancelled' })
  })

  test('twice exits at once, and the journal is complete', async () => {
    const run = start(`bash -c "trap 'touch told' TERM; while :; do sleep 0.1; done"`)
    await run.untilFile('begun')
    run.kill('SIGINT')
    await run.untilFile('told')
    const again = performance.now()
    run.kill('SIGINT')
    expect(await run.ended).toBe('SIGINT')
    expect(performance.now() - again).toBeLessThan(1000)
    const events = journalOf(run.cwd)
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index))
    expect(events.at(-1)).toMatchObject({ kind: 'command-started' })
  })

  test('during the clean-up does not stop it the first time', async () => {
    const run = start('false')
    await run.untilFile('tidied')
    run.kill('SIGINT')
    await run.ended
    expect(isThere(run, 'tidied-whole')).toBe(true)
  })
})

describe('a run whose reader is gone', () => {
  test.each([[['stdout']], [['stderr']], [['stdout', 'stderr']]] as const)(
    '(%s) continues to its end',
    async (closed) => {
      const run = start('sleep 0.5', closed)
      expect(await run.ended).toBe(0)
      expect(isThere(run, 'next')).toBe(true)
      expect(isThere(run, 'tidied-whole')).toBe(true)
      expect(journalOf(run.cwd).at(-1)).toMatchObject({ kind: 'run-ended', status: 'passed' })
    },
  )

  test('and whose terminal hangs up still cleans up', async () => {
    const run = start('sleep 77.02', ['stdout', 'stderr'])
    await run.untilFile('begun')
    run.kill('SIGHUP')
    expect(await run.ended).toBe(143)
    expect(isThere(run, 'tidied-whole')).toBe(true)
  })
})

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}
