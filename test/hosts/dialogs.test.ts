import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from '../cli/run-cli.ts'
import { bootTestHost, devPassword, hostsUnavailable, type TestHost } from './test-host.ts'

const reason = hostsUnavailable()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`

describe.skipIf(reason !== undefined)(`dialogs on a real host${skipped}`, () => {
  let host: TestHost
  const run = async (cwd: string, page: string, env: Readonly<Record<string, string>> = {}) => {
    const flags = ['--host', host.name, '--ssh-config', host.sshConfig, '--json']
    const result = await runCli(['exec', page, ...flags], { cwd, env })
    const events = eventsOf(result.stdout)
    const ended = events.filter(({ kind }) => kind === 'step-ended')
    const shown = events.flatMap(({ kind, stream, text }) =>
      kind === 'output' && stream === 'tty' && typeof text === 'string' ? [text] : [],
    )
    return { ...result, events, ended, shown: shown.join('').replaceAll('\r\n', '\n') }
  }

  beforeAll(async () => {
    host = await bootTestHost()
  })
  afterAll(async () => {
    await host.dispose()
  })

  test.each(['python3', 'perl'])(
    'a user changes the password, held by %s, and no secret is in the journal',
    async (holder) => {
      const other = holder === 'perl' ? 'python3.11' : 'perl'
      await host.exec(`chmod a-x /usr/bin/${other}`)
      const oldPassword = `correct-horse-${holder}`
      await host.exec(`echo dev:${oldPassword} | chpasswd`)
      const cwd = projectWith({
        'a.md': [
          '---',
          'vars:',
          '  OLD: { secret: true, ask: the old password }',
          '  NEW: { secret: true, ask: the new password }',
          '---',
          '```bash {#passwd as=dev}',
          'passwd',
          '```',
          '```dialog',
          'Current password: => $OLD',
          'New password: => $NEW',
          'Retype new password: => $NEW',
          '```',
          '```output',
          'Changing password for dev.',
          'Current password:',
          'New password:',
          'Retype new password:',
          'passwd: password updated successfully',
          '```',
        ].join('\n'),
      })
      const newPassword = `battery-staple-${holder}`
      const env = { RUNBOOK_VAR_OLD: oldPassword, RUNBOOK_VAR_NEW: newPassword }
      const { code, ended, events } = await run(cwd, 'a.md', env)
      expect(ended).toEqual([expect.objectContaining({ status: 'passed' })])
      expect(code).toBe(0)
      const runs = join(cwd, '.runbook/runs')
      for (const name of readdirSync(runs, { recursive: true, encoding: 'utf8' })) {
        const text = name.endsWith('.jsonl') ? readFileSync(join(runs, name), 'utf8') : ''
        expect(text).not.toContain(newPassword)
        expect(text).not.toContain(oldPassword)
      }
      expect(JSON.stringify(events)).not.toContain(newPassword)
      const changed = await host.exec(
        `python3.11 -c 'print(1)' 2>/dev/null; chmod a+x /usr/bin/${other}; ` +
          `su -s /bin/sh nobody -c "echo ${newPassword} | su dev -c 'echo is in'"`,
      )
      expect(changed.stdout).toContain('is in')
      await host.exec(`echo dev:${devPassword} | chpasswd`)
    },
  )

  test('sudo that asks at the terminal is answered', async () => {
    const cwd = projectWith({
      'a.md':
        '---\nvars:\n  PW: { secret: true, ask: password }\n---\n' +
        '```bash {#sudo as=dev}\nsudo -k\nsudo id -un\n```\n' +
        '```dialog\n[sudo] password for dev: => $PW\n```\n```output\n[sudo] password for dev:\nroot\n```\n',
    })
    const { ended, code } = await run(cwd, 'a.md', { RUNBOOK_VAR_PW: devPassword })
    expect(ended).toEqual([expect.objectContaining({ status: 'passed' })])
    expect(code).toBe(0)
  })

  test('typed text is shown masked, and the variable is available to later steps', async () => {
    const cwd = projectWith({
      'a.md':
        '---\nvars:\n  TOKEN: { secret: true, ask: token }\n  WHO: { default: Ann }\n---\n' +
        '```bash {#ask}\nread -r -p "Who? " who\nread -r -p "Token? " token\n```\n' +
        '```dialog\nWho? => $WHO and ${WHO} $HOME\nToken? => $TOKEN\n```\n' +
        '```bash {#use}\necho "$who"; [ "$token" = "$TOKEN" ] && echo same\n```\n' +
        '```output\nAnn and ${WHO} $HOME\nsame\n```\n',
    })
    const { shown, code } = await run(cwd, 'a.md', { RUNBOOK_VAR_TOKEN: 'abc-secret-def' })
    expect(shown).toBe('Who? Ann and ${WHO} $HOME\nToken? ***\n')
    expect(code).toBe(0)
  })

  test('a transcript talks to a program at its own prompt', async () => {
    const cwd = projectWith({
      'a.md': '```console {#py}\n$ python3 -q -i\n>>> 6 * 7\n42\n>>> exit(3)\n```\n'.replace(
        '{#py}',
        '{#py exit=3}',
      ),
    })
    const { shown, code } = await run(cwd, 'a.md')
    expect(shown).toContain('42\n')
    expect(code).toBe(0)
  })

  test('a prompt without an answer is named, long before the timeout', async () => {
    const cwd = projectWith({
      'a.md':
        '```bash {#ask timeout=5m}\nread -r -p "Overwrite? " x\n```\n```dialog\nReally? => y\n```\n',
    })
    const { ended, code } = await run(cwd, 'a.md')
    expect(ended).toEqual([
      expect.objectContaining({
        status: 'failed',
        reason: 'waiting-for-input',
        message: expect.stringMatching(/Overwrite\? .*`Really\?`/),
      }),
    ])
    expect(code).toBe(1)
  })

  test('an unused answer fails the step, and is named', async () => {
    const cwd = projectWith({
      'a.md':
        '```bash {#ask}\nread -r -p "A: " a\n```\n```dialog\nA: => 1\nB: => 2\nC: => 3\n```\n',
    })
    const { ended } = await run(cwd, 'a.md')
    expect(ended).toEqual([
      expect.objectContaining({
        status: 'failed',
        reason: 'dialog',
        message: expect.stringMatching(/`B:`.*`C:`/),
      }),
    ])
  })

  test('the connection may be lost during a dialog', async () => {
    const cwd = projectWith({
      'a.md':
        '```bash {#ask}\nread -r -p "A: " a; sleep 1; kill -9 $(pgrep -f "^sshd: root@notty"); sleep 0.5; read -r -p "B: " b; echo "$a$b"\n```\n' +
        '```dialog\nA: => 1\nB: => 2\n```\n```output\nA: 1\nB: 2\n12\n```\n',
    })
    const { ended } = await run(cwd, 'a.md')
    expect(ended).toEqual([expect.objectContaining({ status: 'passed' })])
  })

  test('without a program that can provide a terminal the step names what is missing', async () => {
    await host.exec('chmod a-x /usr/bin/perl /usr/bin/python3.11')
    const cwd = projectWith({
      'a.md': '```bash {#ask as=dev}\nread -r -p "A: " a\n```\n```dialog\nA: => 1\n```\n',
    })
    const { ended } = await run(cwd, 'a.md')
    await host.exec('chmod a+x /usr/bin/perl /usr/bin/python3.11')
    expect(ended).toEqual([
      expect.objectContaining({
        status: 'failed',
        reason: 'no-shell',
        message: expect.stringContaining('neither python3 nor perl'),
      }),
    ])
  })
})
