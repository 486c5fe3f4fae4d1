import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from '../cli/run-cli.ts'
import { bootTestHost, hostsUnavailable, type TestHost } from './test-host.ts'

const reason = hostsUnavailable()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`
const fence = (attributes: string, text: string) => `\`\`\`bash {${attributes}}\n${text}\n\`\`\`\n`

describe.skipIf(reason !== undefined)(`a rebooted host${skipped}`, () => {
  let host: TestHost
  const exec = async (page: string, flags: readonly string[] = []) => {
    const cwd = projectWith({ 'a.md': page })
    const args = ['exec', 'a.md', '--host', host.name, '--ssh-config', host.sshConfig, '--json']
    const { code, stdout } = await runCli([...args, ...flags], { cwd })
    const events = eventsOf(stdout)
    return { code, cwd, events, ended: events.filter(({ kind }) => kind === 'step-ended') }
  }

  beforeAll(async () => {
    host = await bootTestHost()
  })
  afterAll(async () => {
    await host.dispose()
  })

  test("by a step continues with the shell's state", async () => {
    const { code, events, ended } = await exec(
      fence(
        '#before',
        'cd /var; X=kept; greet() { echo "hi $1"; }; cat /proc/sys/kernel/random/boot_id > /root/boot',
      ) +
        fence('#restart reboot timeout=60s', 'systemctl reboot') +
        fence(
          '#after',
          'greet "$X"; pwd; cmp -s /root/boot /proc/sys/kernel/random/boot_id || echo new boot',
        ) +
        '```output\nhi kept\n/var\nnew boot\n```\n',
    )
    expect(ended.map(({ step, status }) => [step, status])).toEqual([
      ['a#before', 'passed'],
      ['a#restart', 'passed'],
      ['a#after', 'passed'],
    ])
    expect(code).toBe(0)
    const kinds = events.map(({ kind }) => kind)
    expect(kinds.indexOf('host-lost')).toBeGreaterThan(0)
    expect(kinds.indexOf('host-back')).toBeGreaterThan(kinds.indexOf('host-lost'))
  }, 90_000)

  test('by a command that waits for the reboot passes too', async () => {
    const { ended } = await exec(
      fence('#restart reboot timeout=60s', 'reboot; sleep 60') + fence('#after', 'true'),
    )
    expect(ended.map(({ status }) => status)).toEqual(['passed', 'passed'])
  }, 90_000)

  test('but never goes down fails the step', async () => {
    const { code, ended } = await exec(fence('#restart reboot timeout=3s', 'true'))
    expect(ended).toEqual([expect.objectContaining({ status: 'failed', reason: 'reboot' })])
    expect(code).toBe(1)
  })

  test('but never comes back ends the run with 3', async () => {
    const { code, ended } = await exec(
      fence(
        '#restart reboot timeout=8s',
        'setsid -f sh -c "sleep 0.5; systemctl stop ssh; pkill -f ^sshd:"',
      ),
    )
    expect(ended.at(-1)).toMatchObject({ status: 'failed', reason: 'host-lost' })
    expect(code).toBe(3)
    await host.exec('systemctl start ssh')
  }, 60_000)

  test('unexpectedly loses the command, which does not run again', async () => {
    const page =
      fence('#a', 'echo a >> /root/trail') +
      fence('#b', 'echo b >> /root/trail; systemctl reboot; sleep 60') +
      fence('#c', 'echo c >> /root/trail')
    await host.exec('rm -f /root/trail')
    const { ended, cwd } = await exec(page)
    // The shutdown may end the command before it takes the network away.
    expect(['lost', 'failed']).toContain(ended.at(-1)?.['status'])
    await host.ready()
    expect((await host.exec('cat /root/trail')).stdout).toBe('a\nb\n')
    expect(cwd).toBeDefined()
  }, 90_000)

  test('silently loses the command, which runs again only with `retry`', async () => {
    const crash = 'sync; systemctl reboot --force --force; sleep 60'
    const first = (name: string) =>
      `[ -e /root/${name} ] || { touch /root/${name}; echo ${name} >> /root/trail; ${crash}; }`
    await host.exec('rm -f /root/trail /root/x /root/y')
    const lost = await exec(fence('#a', first('x')) + fence('#b', 'echo b >> /root/trail'))
    expect(lost.ended).toEqual([
      expect.objectContaining({
        status: 'lost',
        reason: 'command-lost',
        message: expect.stringContaining('restarted'),
      }),
    ])
    expect(lost.code).toBe(1)
    await host.ready()
    const again = await exec(
      fence('#a retry=1/1s', first('y')) + fence('#b', 'echo b >> /root/trail'),
    )
    expect(again.ended.map(({ status }) => status)).toEqual(['passed', 'passed'])
    expect((await host.exec('cat /root/trail')).stdout).toBe('x\ny\nb\n')
  }, 120_000)

  test('on this computer is refused', async () => {
    const cwd = projectWith({ 'a.md': fence('#restart reboot', 'echo would restart') })
    const { code, stdout } = await runCli(['exec', 'a.md', '--json'], { cwd })
    expect(code).toBe(1)
    expect(stdout).not.toContain('command-started')
  })
})
