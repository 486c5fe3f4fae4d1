import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from '../cli/run-cli.ts'
import { bootTestHost, devPassword, hostsUnavailable, type TestHost } from './test-host.ts'

const reason = hostsUnavailable()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`
const page =
  '```bash {#me}\nid -un\n```\n```bash {#root as=root}\nid -un; X=1\n```\n' +
  '```output\nroot\n```\n```bash {#again as=root}\necho "$X $HOME"\n```\n```output\n1 /root\n```\n'

describe.skipIf(reason !== undefined)(`steps of other users on a real host${skipped}`, () => {
  let host: TestHost
  const run = async (env: Readonly<Record<string, string>> = {}, flags: readonly string[] = []) => {
    const config = readFileSync(host.sshConfig, 'utf8').replace('User root', 'User dev')
    const cwd = projectWith({ 'a.md': page, ssh_config: config })
    const result = await runCli(
      ['exec', 'a.md', '--host', host.name, '--ssh-config', 'ssh_config', '--json', ...flags],
      { cwd, env },
    )
    const ended = eventsOf(result.stdout).filter(({ kind }) => kind === 'step-ended')
    return { ...result, cwd, ended }
  }
  const failures = async () =>
    Number(
      (
        await host.exec(
          'journalctl -q --no-pager -t sudo | grep -c "auth failure\\|incorrect password" || true',
        )
      ).stdout,
    )

  beforeAll(async () => {
    host = await bootTestHost()
    // A wrong password is answered at once.
    await host.exec("sed -i 's/nullok/nullok nodelay/' /etc/pam.d/common-auth")
  })
  afterAll(async () => {
    await host.dispose()
  })

  test('sudo gets the password, which is stored nowhere', async () => {
    const watch = host.exec(
      'for i in $(seq 60); do cat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null | tr "\\0" "\\n" | grep -a -c "[r]unbook-dev" ; sleep 0.05; done | sort -u',
    )
    const { code, ended, stdout, cwd } = await run({ RUNBOOK_SUDO_PASSWORD: devPassword })
    expect(ended.map(({ status }) => status)).toEqual(['passed', 'passed', 'passed'])
    expect(code).toBe(0)
    expect(stdout).not.toContain(devPassword)
    const runs = join(cwd, '.runbook/runs')
    const texts = readdirSync(runs, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.includes('json'))
      .map((name) => readFileSync(join(runs, name), 'utf8'))
    expect(texts.join('')).toContain('run-ended')
    expect(texts.join('')).not.toContain(devPassword)
    expect((await watch).stdout.trim()).toBe('0')
    const left = await host.exec(
      'grep -rl [r]unbook-dev /home/dev /root /tmp /var/tmp /var/log/auth.log 2>/dev/null; ls -A /root/.local/state/runbook /home/dev/.local/state/runbook 2>/dev/null',
    )
    expect(left.stdout).toBe('')
  })

  test('without a password or a person the step says how to give one', async () => {
    const { code, ended } = await run({}, ['--no-input'])
    expect(code).toBe(1)
    expect(ended.at(-1)).toMatchObject({
      step: 'a#root',
      reason: 'no-shell',
      message: expect.stringContaining('RUNBOOK_SUDO_PASSWORD'),
    })
  })

  test('a wrong password is tried once', async () => {
    const before = await failures()
    const { ended } = await run({ RUNBOOK_SUDO_PASSWORD: 'not-the-password' }, ['--keep-going'])
    expect(ended.at(-1)).toMatchObject({
      reason: 'no-shell',
      message: expect.stringMatching(/did not take the password.*once/),
    })
    expect(await failures()).toBeLessThanOrEqual(before + 2)
  })

  test('a sudo that requires a terminal is reported', async () => {
    await host.exec('echo "Defaults requiretty" > /etc/sudoers.d/tty')
    const { ended } = await run({ RUNBOOK_SUDO_PASSWORD: devPassword })
    await host.exec('rm /etc/sudoers.d/tty')
    expect(ended.at(-1)?.['message']).toContain('requiretty')
  })

  test('a user without rights is reported', async () => {
    await host.exec('gpasswd -d dev sudo')
    const { ended } = await run({ RUNBOOK_SUDO_PASSWORD: devPassword })
    await host.exec('gpasswd -a dev sudo')
    expect(ended.at(-1)?.['message']).toContain('sudo does not allow it')
  })

  test('an expired password is named', async () => {
    await host.exec('chage -d 0 dev; echo "dev ALL=(ALL) ALL" > /etc/sudoers.d/dev')
    // The login itself would be refused: sshd is told to leave that to sudo.
    await host.configureSshd('UsePAM no')
    const { ended, stderr } = await run({ RUNBOOK_SUDO_PASSWORD: devPassword })
    await host.exec('chage -d 20000 dev; rm /etc/sudoers.d/dev')
    await host.configureSshd('')
    expect(`${String(ended.at(-1)?.['message'])}${stderr}`).toMatch(/expired/)
  })
})
