import { execFileSync } from 'node:child_process'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { bootTestHost, type TestHost } from '../hosts/test-host.ts'
import { waitFor } from '../hosts/wait-for.ts'
import { counted, counting, faultRun, reason, skipped, step } from './fault-run.ts'

const page = step('#count', counting(20)) + step('#after', 'echo after')
const whole = `${counted(20)}after\n`
const killSessions = "pkill -KILL -f '^sshd: root@' || pkill -KILL -f 'sshd-session: root@'"

describe.skipIf(reason !== undefined)(`a network fault${skipped}`, () => {
  let host: TestHost
  const happenedOnce = async (to = 20) => {
    const { stdout } = await host.exec('cat /root/counted')
    expect(stdout.trim().split('\n').map(Number)).toEqual(
      Array.from({ length: to }, (_, index) => index + 1),
    )
  }

  beforeAll(async () => {
    host = await bootTestHost()
  })
  beforeEach(async () => {
    await host.mend()
    await host.exec('rm -f /root/counted')
  })
  afterAll(async () => {
    await host.dispose()
  })

  test('a silent cut during output, repaired, loses and repeats nothing', async () => {
    const happens = async () => {
      await host.cut()
      await waitFor(
        'the dead link to be given up',
        20_000,
        async () => !isConnected(host) || undefined,
      )
      await host.mend()
    }
    const run = await faultRun({ page, hosts: [host], when: { printed: 'line 5\\n', happens } })
    expect(run.output).toBe(whole)
    expect(run.code).toBe(0)
    await happenedOnce()
  })

  test('a killed sshd session loses and repeats nothing', async () => {
    const happens = () => host.exec(killSessions)
    const run = await faultRun({ page, hosts: [host], when: { printed: 'line 5\\n', happens } })
    expect(run.output).toBe(whole)
    expect(run.code).toBe(0)
    await happenedOnce()
  })

  test('sshd stopped and started again loses and repeats nothing', async () => {
    const happens = async () => {
      await host.exec(`systemctl stop ssh; ${killSessions}`)
      const before = await resetsBy(host)
      await waitFor('a connection to be refused', 20_000, async () =>
        (await resetsBy(host)) > before ? true : undefined,
      )
      await host.exec('systemctl start ssh')
    }
    const run = await faultRun({ page, hosts: [host], when: { printed: 'line 5\\n', happens } })
    expect(run.output).toBe(whole)
    expect(run.code).toBe(0)
    await happenedOnce()
  })

  test('a timeout applies while the connection is lost', async () => {
    const happens = async () => {
      await host.cut()
      // Longer than the step's limit: it is over while the host cannot be told.
      await sleep(4000)
      await host.mend()
    }
    const run = await faultRun({
      page: step('#count timeout=2s', counting(600)),
      hosts: [host],
      when: { printed: 'line 2\\n', happens },
    })
    expect(run.ends).toEqual([expect.objectContaining({ reason: 'timeout' })])
    await waitFor('the command to be ended', 20_000, async () => {
      const { stdout } = await host.exec('pgrep -fc "[s]eq 600" || true')
      return stdout.trim() === '0' || undefined
    })
  })

  test('MaxSessions 1: a step runs, and one that times out is killed over a second connection', async () => {
    await host.configureSshd('MaxSessions 1')
    const run = await faultRun({
      page: step('#short', 'echo one') + step('#long timeout=1s', 'echo two; sleep 71.5'),
      hosts: [host],
    })
    await host.configureSshd('')
    expect(run.output).toBe('one\ntwo\n')
    expect(run.ends.map(({ reason: why }) => why)).toEqual([null, 'timeout'])
    expect((await host.exec('pgrep -fc "^[s]leep 71.5" || true')).stdout.trim()).toBe('0')
  })

  test('MaxStartups 2: five runs at once all log in', async () => {
    await host.configureSshd('MaxStartups 2:100:2')
    const runs = await Promise.all(
      Array.from({ length: 5 }, () => faultRun({ page: step('#one', 'echo one'), hosts: [host] })),
    )
    await host.configureSshd('')
    for (const run of runs)
      expect({ code: run.code, stderr: run.stderr }).toEqual({ code: 0, stderr: '' })
  })

  test('a slow link, a trickle of bytes in both directions, changes only the duration', async () => {
    const slow = await startSlowProxy(host.address, 64 * 1024)
    const block = readFileSync(host.sshConfig, 'utf8')
    const proxied = {
      ...host,
      name: host.name,
      sshConfig: host.sshConfig,
    }
    const run = await faultRun({
      page: step('#much', 'seq 1 20000') + step('#after', 'echo after'),
      hosts: [proxied],
      ssh: `HostName 127.0.0.1\nPort ${slow.port}\nHostKeyAlias ${host.address}\n`,
    })
    await slow.stop()
    expect(block).toContain(host.address)
    expect(run.output).toBe(
      `${Array.from({ length: 20000 }, (_, i) => `${i + 1}\n`).join('')}after\n`,
    )
    expect(run.code).toBe(0)
  })

  const noNetem = withoutNetem()
  test.skipIf(noNetem !== undefined)(
    `a link of 40 ms that loses packets changes nothing but the time${noNetem === undefined ? '' : ` (skipped: ${noNetem})`}`,
    async () => {
      execFileSync('tc', [
        'qdisc',
        'add',
        'dev',
        host.netns,
        'root',
        'netem',
        'delay',
        '40ms',
        'loss',
        '5%',
      ])
      const run = await faultRun({ page, hosts: [host] })
      execFileSync('tc', ['qdisc', 'del', 'dev', host.netns, 'root'])
      expect(run.output).toBe(whole)
      await happenedOnce()
    },
  )
})

/** Whether this computer takes a TCP connection to the host for open. */
function isConnected({ address }: TestHost): boolean {
  // As /proc has it: the bytes backwards, in hexadecimal.
  const bytes = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'))
  const remote = bytes.toReversed().join('').toUpperCase()
  return new RegExp(`^ *\\d+: \\S+ ${remote}:0016 01 `, 'm').test(
    readFileSync('/proc/net/tcp', 'utf8'),
  )
}

/** How many TCP resets the host has sent: it sends one for each connection that it refuses. */
async function resetsBy(host: TestHost): Promise<number> {
  const { stdout } = await host.exec('grep ^Tcp: /proc/net/snmp')
  const [names = [], values = []] = stdout.split('\n').map((line) => line.split(' '))
  return Number(values[names.indexOf('OutRsts')])
}

/** Why this kernel cannot delay packets. */
function withoutNetem(): string | undefined {
  try {
    execFileSync(
      'tc',
      ['qdisc', 'add', 'dev', 'lo', 'handle', '9:', 'root', 'netem', 'delay', '0ms'],
      { stdio: 'ignore' },
    )
    execFileSync('tc', ['qdisc', 'del', 'dev', 'lo', 'root'], { stdio: 'ignore' })
    return undefined
  } catch {
    return 'the kernel has no sch_netem'
  }
}

/** Passes so many bytes a second each way, in small pieces. */
async function startSlowProxy(
  address: string,
  bytesPerSecond: number,
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const tickMs = 20
  const piece = (bytesPerSecond * tickMs) / 1000
  const server = createServer((client) => {
    const upstream = connect(22, address)
    const closeBoth = (): void => {
      client.destroy()
      upstream.destroy()
    }
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      from.on('error', closeBoth).on('close', closeBoth)
      const timer = setInterval(() => {
        const bytes: unknown = from.read(Math.min(piece, from.readableLength)) ?? undefined
        if (Buffer.isBuffer(bytes)) to.write(bytes)
      }, tickMs)
      from.on('close', () => clearInterval(timer))
      from.on('readable', () => {})
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { port, stop: () => new Promise((resolve) => server.close(() => resolve())) }
}
