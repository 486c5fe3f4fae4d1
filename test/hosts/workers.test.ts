/** Runs over workers on real hosts: what a death of each part changes for the host, and what not. */

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { constantFrom, integer, record, sample } from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { eventsOf, projectWith } from '../cli/run-cli.ts'
import { journalOf, type LaneEvent, type LaneStore } from '../../src/fleet/lane-store.ts'
import { installFleet, openStore } from '../../src/fleet/open-store.ts'
import { type Postgres, startPostgres } from '../fleet/postgres.ts'
import { type RunningCli, startCli } from '../fleet/running-cli.ts'
import { bootTestHost, hostsUnavailable, type TestHost } from './test-host.ts'

const reason = hostsUnavailable()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`
const steps = 5

/** Each step leaves one line, slowly; the third is a batch of three commands. */
const page = (run: string) =>
  Array.from({ length: steps }, (_, index) => {
    const marks = index === 2 ? ['2a', '2b', '2c'] : [String(index)]
    const commands = marks.map((mark) => `sleep 0.2; echo ${run}-${mark} | tee -a /root/trail`)
    return `\`\`\`bash {#s${index}}\n${commands.join('\n')}\n\`\`\`\n`
  }).join('\n')
const marksOf = (run: string) =>
  ['0', '1', '2a', '2b', '2c', '3', '4'].map((mark) => `${run}-${mark}`)

interface Trace {
  /** By host. */
  readonly marks: readonly (readonly string[])[]
  /** Lanes whose events are not numbered one by one. */
  readonly gaps: readonly number[]
  readonly exit: number | undefined
}

/** How a process ended, with what it said of a failure. */
async function endOf(cli: RunningCli, about = ''): Promise<object> {
  const code = await cli.ended
  return code === 0 ? passed : { code, about, said: cli.stderr() }
}
const passed = { code: 0 }

function runOf(cli: RunningCli): string {
  return String(eventsOf(cli.stdout())[0]?.['run'])
}

async function started(cli: RunningCli): Promise<string> {
  await cli.until(/run-started/)
  return runOf(cli)
}

describe.skipIf(reason !== undefined)(`lanes on workers${skipped}`, { timeout: 180_000 }, () => {
  let hosts: readonly TestHost[] = []
  let names = ''
  let postgres: Postgres
  let store: LaneStore
  const running = new Set<RunningCli>()

  beforeAll(async () => {
    postgres = startPostgres()
    const boots = Array.from({ length: 6 }, () => bootTestHost())
    hosts = await Promise.all(boots)
    names = hosts.map(({ name }) => name).join(',')
    await installFleet(postgres.url, 10)
    store = await openStore(postgres.url, { supervises: false })
  })
  afterEach(async ({ task }) => {
    for (const cli of running) {
      const { child, ended } = cli
      if (task.result?.state === 'fail')
        process.stderr.write(`${child.spawnargs.slice(2, 4).join(' ')}\n${cli.stderr()}\n`)
      child.kill('SIGCONT')
      child.kill('SIGKILL')
      await ended
    }
    running.clear()
  })
  afterAll(async () => {
    await store?.close()
    postgres?.stop()
    await Promise.all(hosts.map((host) => host.dispose()))
  })

  function project(run: string): string {
    const cwd = projectWith({ 'a.md': page(run) })
    const config = hosts.map(({ sshConfig }) => readFileSync(sshConfig, 'utf8')).join('\n')
    writeFileSync(join(cwd, 'config'), config)
    return cwd
  }
  function start(cwd: string, ...words: readonly string[]): RunningCli {
    const cli = startCli([...words, '--lang', 'en'], { cwd, env: { RUNBOOK_DB: postgres.url } })
    running.add(cli)
    return cli
  }
  async function worker(cwd: string): Promise<RunningCli> {
    const cli = start(cwd, 'worker', '--ssh-config', 'config')
    await cli.until(/takes up to/)
    return cli
  }
  const exec = (cwd: string, hostNames = names, ...words: readonly string[]) =>
    start(
      cwd,
      'exec',
      'a.md',
      '--workers',
      '--json',
      '--ssh-config',
      'config',
      '--host',
      hostNames,
      ...words,
    )

  /** Waits until the store has so many of the workers' events. */
  async function seen(run: string, isIt: (each: LaneEvent) => boolean, count: number) {
    for (;;) {
      const history = await store.history(run)
      if (history.filter((each) => each.lane > 0 && isIt(each)).length >= count) return
      await sleep(20)
    }
  }

  /** What a run left on its hosts and in the store. */
  async function traceOf(mark: string, run: string): Promise<Trace> {
    const marks = await Promise.all(
      hosts.map(async (host) => {
        const { stdout } = await host.exec(`grep -- "^${mark}-" /root/trail`)
        return stdout.trim().split('\n')
      }),
    )
    const history = await store.history(run)
    const lanes = [...new Set(history.map((each) => each.lane))]
    const gaps = lanes.filter((lane) =>
      history.filter((each) => each.lane === lane).some(({ event }, index) => event.seq !== index),
    )
    const last = journalOf(history).at(-1)
    return { marks, gaps, exit: last?.kind === 'run-ended' ? last.exit : undefined }
  }
  /** Each line once on each host; every event of a lane once. */
  const whole = (mark: string): Trace => ({
    marks: hosts.map(() => marksOf(mark)),
    gaps: [],
    exit: 0,
  })

  test('two workers share six hosts', async () => {
    const cwd = project('share')
    await worker(cwd)
    await worker(cwd)
    const run = exec(cwd)
    expect(await endOf(run)).toEqual(passed)
    expect(await traceOf('share', runOf(run))).toEqual(whole('share'))
  })

  test('an owner that is killed at any moment has an heir that repeats nothing', async () => {
    const kinds = ['step-started', 'command-started', 'output', 'command-ended', 'step-ended']
    const [drawn] = sample(
      record({ kind: constantFrom(...kinds), after: integer({ min: 1, max: 6 }) }),
      1,
    )
    if (!drawn) throw new Error('unreachable: one is drawn')
    const cwd = project('kill')
    const first = await worker(cwd)
    const run = exec(cwd)
    const id = await started(run)
    await seen(id, ({ event }) => event.kind === drawn.kind, drawn.after)
    first.child.kill('SIGKILL')
    const heir = await worker(cwd)
    expect(await endOf(run, JSON.stringify(drawn))).toEqual(passed)
    expect(await traceOf('kill', id)).toEqual(whole('kill'))
    const lanes = (await store.run(id))?.lanes ?? []
    const owner = `:${heir.child.pid}`
    expect(lanes.filter((lane) => lane.owner?.endsWith(owner)).length).toBeGreaterThan(0)
    expect(lanes.some(({ epoch }) => epoch > 1)).toBe(true)
  })

  test('an owner that stands still for longer than its lease writes nothing more', async () => {
    const cwd = project('stop')
    const first = await worker(cwd)
    const run = exec(cwd)
    const id = await started(run)
    await seen(id, ({ event }) => event.kind === 'command-ended', 4)
    first.child.kill('SIGSTOP')
    await worker(cwd)
    expect(await endOf(run)).toEqual(passed)
    first.child.kill('SIGCONT')
    await first.until(/another worker has/)
    expect(await traceOf('stop', id)).toEqual(whole('stop'))
  })

  test('a database that restarts in the middle loses and repeats nothing', async () => {
    const cwd = project('restart')
    await worker(cwd)
    await worker(cwd)
    const run = exec(cwd)
    const id = await started(run)
    await seen(id, ({ event }) => event.kind === 'command-ended', 4)
    postgres.restart()
    expect(await endOf(run)).toEqual(passed)
    expect(await traceOf('restart', id)).toEqual(whole('restart'))
  })

  test('a coordinator that is killed is followed by `resume` in another checkout', async () => {
    const cwd = project('lead')
    await worker(cwd)
    const run = exec(cwd, names, '--parallel', '3')
    const id = await started(run)
    await seen(id, ({ event }) => event.kind === 'command-ended', 4)
    run.child.kill('SIGKILL')
    const resumed = start(project('lead'), 'resume', id, '--workers', '--ssh-config', 'config')
    expect(await endOf(resumed)).toEqual(passed)
    expect(await traceOf('lead', id)).toEqual(whole('lead'))
  })

  test('two runs on one host take turns', async () => {
    const [host] = hosts
    if (!host) throw new Error('no host')
    const [one, other] = [project('one'), project('other')]
    await worker(one)
    await worker(one)
    const runs = [exec(one, host.name), exec(other, host.name)]
    for (const run of runs) expect(await endOf(run)).toEqual(passed)
    const { stdout } = await host.exec('grep -E -- "^(one|other)-" /root/trail')
    const lines = stdout.trim().split('\n')
    expect([
      [...marksOf('one'), ...marksOf('other')],
      [...marksOf('other'), ...marksOf('one')],
    ]).toContainEqual(lines)
  })

  test('a cancelled run stops its hosts, and goes on when it is resumed', async () => {
    const cwd = project('cancel')
    const wait = '```bash {#wait}\ntest -e /root/go || sleep 600\n```\n'
    writeFileSync(join(cwd, 'a.md'), `${wait}\n${page('cancel')}`)
    await worker(cwd)
    const run = exec(cwd)
    const id = await started(run)
    await seen(id, ({ event }) => event.kind === 'command-started', hosts.length)
    expect(await endOf(start(cwd, 'cancel', id))).toEqual(passed)
    expect(await run.ended).toBe(130)
    for (const host of hosts) await host.exec('touch /root/go')
    expect(await endOf(start(cwd, 'resume', id, '--ssh-config', 'config'))).toEqual(passed)
    expect(await traceOf('cancel', id)).toEqual(whole('cancel'))
  })
})
