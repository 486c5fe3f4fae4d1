import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { HostSession } from '../../src/run/ports.ts'
import { localHost, processesWith, sshHost, type TestHost } from './hosts.ts'
import { type Ran, runCommand, runBatch, statusOf } from './run-command.ts'

/** Long, and of these tests only: other programs sleep too. */
const nap = `sleep 77.${process.pid}`

const ends = (all: readonly Ran[]) => all.map((ran) => [ran.output, statusOf(ran)])

const places: readonly (readonly [string, () => Promise<TestHost>])[] = [
  ['this computer', localHost],
  ['a host behind ssh', sshHost],
]

describe.each(places)('the commands of a batch on %s', (_, open) => {
  let host: TestHost
  let session: HostSession
  const at = (name: string) => join(host.home, name)

  beforeAll(async () => {
    host = await open()
  })
  afterAll(() => host.stop())
  beforeEach(async () => {
    session = await host.open({ graceMs: 300 })
    await runCommand(session, 'cd ~; KEPT=1')
  })
  afterEach(async () => {
    await session.close({ keep: false })
    rmSync(at('trail'), { force: true })
  })

  test('run in order, each with its own output, in any chunking', async () => {
    const commands = [
      'printf a',
      'echo b',
      ':',
      'X=1; printf "$X"',
      'printf "\\x1eRB:"',
      'echo "$X"',
    ]
    expect(ends(await runBatch(session, commands))).toEqual([
      ['a', 0],
      ['b\n', 0],
      ['', 0],
      ['1', 0],
      ['\x1eRB:', 0],
      ['1\n', 0],
    ])
  })

  test('may exceed the size of a pipe', async () => {
    const long = 'x'.repeat(300_000)
    const commands = Array.from({ length: 300 }, (__, index) => `echo ${index}`)
    commands.splice(150, 0, `: ${long}; echo long`)
    const all = await runBatch(session, commands)
    const expected = commands.map((command) => command.replace(/^.*echo /, ''))
    expect(all.map(({ output }) => output.trim())).toEqual(expected)
  })

  test('do not run after a status that the page does not allow', async () => {
    const all = await runBatch(session, ['echo a >>trail', 'false', 'echo b >>trail'])
    expect(ends(all)).toEqual([
      ['', 0],
      ['', 1],
    ])
    expect((await runCommand(session, 'cat trail; echo "$KEPT"')).output).toBe('a\n1\n')
  })

  test('run after any other allowed status', async () => {
    const commands = ['(exit 3)', 'echo a', '(exit 4)', 'echo b']
    expect(ends(await runBatch(session, commands, { allowed: [0, 3] }))).toEqual([
      ['', 3],
      ['a\n', 0],
      ['', 4],
    ])
    expect(ends(await runBatch(session, commands, { allowed: 'any' }))).toHaveLength(4)
  })

  test('do not run after a command that bash cannot parse', async () => {
    const all = await runBatch(session, ['if', 'echo a >>trail'])
    expect(all.map(statusOf)).toEqual([2])
    await runCommand(session, ':')
    expect(existsSync(at('trail'))).toBe(false)
  })

  test.each(['exit 0', 'exec true', 'kill -9 $$', 'set -e; false'])(
    'do not run after `%s`, which ends their shell',
    async (command) => {
      const commands = ['echo a >>trail', command, 'echo b >>trail']
      expect(await runBatch(session, commands, { allowed: 'any' })).toHaveLength(2)
      expect((await runCommand(session, 'echo "$KEPT"')).output).toBe('1\n')
      expect(readFileSync(at('trail'), 'utf8')).toBe('a\n')
    },
  )

  test('do not run, and leave no processes, when the run is cancelled', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 300)
    const commands = ['echo a', `${nap} & ${nap}`, 'echo b >>trail', nap]
    const all = await runBatch(session, commands, { signal: controller.signal })
    expect(ends(all)).toEqual([
      ['a\n', 0],
      ['', 'cancelled'],
    ])
    expect(processesWith(nap)).toEqual([])
    expect((await runCommand(session, 'cat trail; echo "$KEPT"')).output).toMatch(/No such.*\n1\n/)
  })

  test('that had begun when the run was cancelled report their results', async () => {
    const controller = new AbortController()
    const commands = ['echo a', 'echo b', `echo c; ${nap}`, 'echo d >>trail']
    const all = await runBatch(session, commands, {
      signal: controller.signal,
      onEnd: async (index) => {
        if (index > 0) return
        // The host is at the third by then.
        await sleep(400)
        controller.abort()
      },
    })
    expect(ends(all)).toEqual([
      ['a\n', 0],
      ['b\n', 0],
      ['c\n', 'cancelled'],
    ])
    expect(existsSync(at('trail'))).toBe(false)
  })

  test('have a timeout each', async () => {
    const all = await runBatch(session, ['sleep 0.4', 'sleep 0.4', nap, 'echo a >>trail'], {
      timeoutMs: 700,
    })
    expect(all.map(statusOf)).toEqual([0, 0, 'timeout'])
    expect((await runCommand(session, 'cat trail; echo "$KEPT"')).output).toMatch(/No such.*\n1\n/)
  })
})
