/**
 * `KillUserProcesses=yes`: logind ends what a login leaves running, one that was detached too.
 */

import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { projectWith, runCli } from '../cli/run-cli.ts'
import { bootTestHost, type TestHost } from '../hosts/test-host.ts'
import { counted, faultRun, reason, skipped, step } from './fault-run.ts'

const counting = 'for i in $(seq 20); do echo "line $i"; echo "$i" >> /tmp/counted; sleep 0.2; done'

const install = `
apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq libpam-systemd
mkdir -p /etc/systemd/logind.conf.d
printf '[Login]\\nKillUserProcesses=yes\\nUserStopDelaySec=1\\n' > /etc/systemd/logind.conf.d/test.conf
echo 'dev ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/test
systemctl restart systemd-logind`

describe.skipIf(reason !== undefined)(`a host that ends what a login leaves${skipped}`, () => {
  let host: TestHost
  const goAway = async (ms: number) => {
    await host.exec("systemctl stop ssh; pkill -KILL -f '^sshd: (dev|root)'")
    await sleep(ms)
    await host.exec('systemctl start ssh')
  }
  const run = async (attributes: string, awayMs: number, user: string = 'dev') => {
    const ran = await faultRun({
      page: step(`#count ${attributes}`, counting) + step('#after', 'echo after'),
      hosts: [host],
      ssh: `User ${user}\n`,
      flags: ['--lang', 'en'],
      when: { printed: 'line 5\\n', happens: () => goAway(awayMs) },
    })
    const { stdout: effects } = await host.exec('cat /tmp/counted')
    return { ...ran, effects }
  }
  const nothingLost = {
    output: `${counted(20)}after\n`,
    effects: Array.from({ length: 20 }, (_, index) => `${index + 1}\n`).join(''),
    code: 0,
  }
  const note = /^note: .*KillUserProcesses=yes.*`loginctl enable-linger dev`.*\n$/

  beforeAll(async () => {
    host = await bootTestHost()
    const { exitCode, stderr } = await host.exec(install)
    if (exitCode !== 0) throw new Error(stderr)
  })
  beforeEach(async () => {
    await host.exec('rm -f /tmp/counted; loginctl disable-linger dev')
  })
  afterAll(async () => {
    await host.dispose()
  })

  test('is named by `runbook host --check`, with what to do, where it matters', async () => {
    const config = readFileSync(host.sshConfig, 'utf8')
    const cwd = projectWith({ root: config, dev: `Host *\nUser dev\n${config}` })
    const check = async (user: string) => {
      const flags = ['--check', '--ssh-config', user, '--lang', 'en']
      return (await runCli(['host', host.name, ...flags], { cwd })).stdout
    }
    expect(await check('dev')).toMatch(/KillUserProcesses=yes.*`loginctl enable-linger dev`/)
    expect(await check('root')).not.toContain('KillUserProcesses')
    await host.exec('loginctl enable-linger dev')
    expect(await check('dev')).not.toContain('KillUserProcesses')
  })

  test('loses a command if the connection returns too late, and says why', async () => {
    const { ends, code, stderr, effects } = await run('', 4000)
    expect(stderr).toMatch(note)
    expect(ends).toEqual([
      expect.objectContaining({
        status: 'lost',
        message: expect.stringContaining('KillUserProcesses=yes'),
      }),
    ])
    expect(code).toBe(1)
    expect(effects).not.toContain('20')
  })

  test('loses nothing if the connection returns at once', async () => {
    const ran = await run('', 0)
    expect(ran).toMatchObject(nothingLost)
    expect(ran.stderr).toMatch(note)
  })

  test('loses nothing if the user lingers', async () => {
    await host.exec('loginctl enable-linger dev')
    const ran = await run('', 4000)
    expect(ran).toMatchObject(nothingLost)
    expect(ran.stderr).toBe('')
  })

  test('loses nothing that runs as root', async () => {
    expect(await run('as=root', 4000)).toMatchObject(nothingLost)
  })

  test('loses nothing of root, whom logind spares', async () => {
    const ran = await run('', 4000, 'root')
    expect(ran).toMatchObject(nothingLost)
    expect(ran.stderr).toBe('')
  })
})
