import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createVerifier } from '../../src/inventory/known-hosts.ts'
import type { HostSession } from '../../src/run/ports.ts'
import { openSession } from '../../src/shell/open-session.ts'
import { connectSsh } from '../../src/transport/ssh.ts'
import { type Proxy, startProxy } from '../transport/proxy.ts'
import { publicKey, type Sshd, startSshd } from '../transport/sshd.ts'
import { processesWith } from './hosts.ts'
import { runCommand, runBatch, statusOf } from './run-command.ts'

const lines = (word: string): string =>
  Array.from({ length: 60 }, (_, index) => `${word} ${index + 1}\n`).join('')

const counted = (from: number) => Array.from({ length: 101 }, (_, index) => from + index)

describe('a lost connection', () => {
  let sshd: Sshd
  let proxy: Proxy
  let session: HostSession
  let run = 0

  beforeAll(async () => {
    sshd = await startSshd(['MaxStartups 100'])
    proxy = await startProxy(sshd.port)
    const key = publicKey(join(sshd.folder, 'host.pub'))
    writeFileSync(join(sshd.folder, 'known_hosts'), `[127.0.0.1]:${proxy.port} ${key}\n`)
  })
  afterAll(async () => {
    await proxy.stop()
    await sshd.stop()
  })
  beforeEach(async () => {
    const target = { ...sshd.target, port: proxy.port }
    session = await openSession({
      name: 'vm',
      run: `cut-${++run}`,
      graceMs: 300,
      awayMs: 1500,
      connect: () => connectSsh(target, { verifier: (hop) => createVerifier(hop) }),
    })
    await runCommand(session, 'KEPT=1; cd /tmp')
  })
  afterEach(async () => {
    proxy.refuse(false)
    await session.close({ keep: false })
    // oxlint-disable-next-line vitest/no-standalone-expect -- holds after each of them
    expect(processesWith(`cut-${run}`)).toEqual([])
  })

  test.each([1, 5000, 150_000])(
    'after %i bytes of output loses and repeats nothing, and runs the command once',
    async (bytes) => {
      proxy.cutAfter(bytes)
      const command = 'echo x >>~/count; seq 1 40000; echo "$KEPT $PWD"; (exit 6)'
      const ran = await runCommand(session, command)
      const expected = Array.from({ length: 40_000 }, (_, index) => index + 1).join('\n')
      expect(ran.output).toBe(`${expected}\n1 /tmp\n`)
      expect(statusOf(ran)).toBe(6)
      expect((await runCommand(session, 'wc -l <~/count; rm ~/count')).output).toBe('1\n')
    },
  )

  test.each([300, 3000, 60_000])(
    'after %i bytes runs queued commands once, in order',
    async (bytes) => {
      proxy.cutAfter(bytes)
      const commands = Array.from(
        { length: 200 },
        (_, index) => `echo ${index} >>~/count; seq ${index} ${index + 100}; LAST=${index}`,
      )
      const all = await runBatch(session, commands)
      expect(all.map(({ output }) => output)).toEqual(
        commands.map((_, index) => `${counted(index).join('\n')}\n`),
      )
      const { output } = await runCommand(session, 'echo "$LAST"; cat ~/count; rm ~/count')
      expect(output).toBe(`199\n${commands.map((_, index) => `${index}\n`).join('')}`)
    },
  )

  test('lost again and again keeps both outputs exact', async () => {
    const command = 'for i in $(seq 1 60); do echo "out $i"; echo "err $i" >&2; sleep 0.02; done'
    const cuts = ['out 10\n', 'out 30\n', 'out 50\n']
    const onOutput = (output: string) => {
      const [next] = cuts
      if (next === undefined || !output.includes(next)) return
      cuts.shift()
      proxy.cut()
    }
    const ran = await runCommand(session, command, { streams: 'apart', onOutput })
    expect(cuts).toEqual([])
    expect(statusOf(ran)).toBe(0)
    expect([ran.stdout, ran.stderr]).toEqual([lines('out'), lines('err')])
  })

  test('between two commands is made again', async () => {
    proxy.cut()
    expect((await runCommand(session, 'echo "$KEPT"')).output).toBe('1\n')
  })

  test('right after the shell has exited still gives the new one its start', async () => {
    expect(statusOf(await runCommand(session, 'kill -9 $$'))).toBe(137)
    proxy.cut()
    const ran = await runCommand(session, 'echo "$KEPT"', { timeoutMs: 5000 })
    expect([ran.output, statusOf(ran)]).toEqual(['1\n', 0])
  })

  /** Cuts the connection, once, when the command has printed something, and keeps it away. */
  const goesAway = () => {
    let isAway = false
    return () => {
      if (isAway) return
      isAway = true
      proxy.refuse(true)
      proxy.cut()
    }
  }

  test('returns after the network was down', async () => {
    const go = join(sshd.folder, 'go')
    const refused = proxy.refused()
    const running = runCommand(
      session,
      `echo a; until [ -e ${go} ]; do sleep 0.02; done; echo b; touch ${go}.printed; exit 3`,
      { onOutput: goesAway() },
    )
    await refused
    writeFileSync(go, '')
    await expect.poll(() => existsSync(`${go}.printed`), { interval: 10, timeout: 5000 }).toBe(true)
    proxy.refuse(false)
    const ran = await running
    expect([ran.output, statusOf(ran)]).toEqual(['a\nb\n', 3])
  })

  test('that does not return leaves the command lost, with the cause', async () => {
    const given = { timeoutMs: 700, onOutput: goesAway() }
    const ran = await runCommand(session, 'echo a; sleep 0.2', given)
    expect(ran.end.kind).toBe('lost')
    expect(ran.end.kind === 'lost' && ran.end.cause.en).toContain('127.0.0.1')
  })

  test('is not waited for when the run is cancelled', async () => {
    const controller = new AbortController()
    void proxy.refused().then(() => controller.abort())
    const given = { signal: controller.signal, onOutput: goesAway() }
    const ran = await runCommand(session, 'echo a; sleep 0.5', given)
    expect(ran.end.kind).toBe('lost')
  })

  test('reports the shell as gone if the host has killed it', async () => {
    const command = 'echo a; kill -9 "$(cat ~/.local/state/runbook/cut-*/pid)" $$'
    const ran = await runCommand(session, command)
    expect(ran.output).toBe('a\n')
    expect(ran.end).toEqual({
      kind: 'lost',
      cause: expect.objectContaining({ en: "vm: the run's shell was ended there" }),
    })
    const next = await runCommand(session, 'echo "$KEPT $PWD"')
    expect(next.output).toBe('1 /tmp\n')
  })
})
