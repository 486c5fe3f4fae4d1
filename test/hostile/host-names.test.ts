/** Names of hosts and users: what is expanded into commands and paths of the user's own. */

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkHostName, isHostName, isUserName } from '../../src/inventory/host-names.ts'
import { resolveHost } from '../../src/inventory/resolve-host.ts'
import { projectWith, runCli } from '../cli/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'runbook-names-'))
const config = join(folder, 'config')
const canary = join(folder, 'canary')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('text that is not a host name', () => {
  test.each([
    ['-oProxyCommand=x'],
    [''],
    [' '],
    ['.'],
    ['..'],
    ['../x'],
    ['a/../../.bashrc'],
    ['a/b'],
    ['a b'],
    ['a\nb'],
    ['a;b'],
    ['a|b'],
    ['a&b'],
    ['a>b'],
    ['$(x)'],
    ['$x'],
    ['`x`'],
    ["a'b"],
    ['a"b'],
    ['a\\b'],
    ['a*'],
    ['a?'],
    ['a,b'],
    ['a#b'],
    ['a%h'],
    ['a@-v'],
    ['-v@a'],
    ['@a'],
    ['a@'],
    ['a@b/../c'],
    ['$(x)@a'],
    ['[$(x)]'],
    ['[a'],
    ['ssh://a@-v'],
    ['ssh://a/b'],
    ['\u0007'],
    ['\u3164'],
    ['a\u115f'],
    ['a\u200b'],
    ['a\u202eb'],
    ['a'.repeat(300)],
  ])('is %j', (name) => {
    expect(() => checkHostName(name)).toThrow(/is not a host name/)
  })
})

describe('a name of a host', () => {
  test.each([
    ['web'],
    ['web.example.org.'],
    ['web_1'],
    ['10.0.0.1'],
    ['::1'],
    ['[::1]'],
    ['fe80::1%eth0'],
    ['me@web'],
    ['CORP\\me@web'],
    ['me@corp@web'],
    ['me#root#10.0.0.1@bastion'],
    ['ssh://me@web:2222'],
    ['主机'],
    ['constructor'],
    ['__proto__'],
  ])('is %j', (name) => {
    expect(() => checkHostName(name)).not.toThrow()
  })
})

test('users and hosts are never options or shell text', () => {
  for (const text of ['-a', '$a', 'a b', '`a`', 'a;b', 'a"b', 'a\\', '(a)', '']) {
    expect([text, isUserName(text)]).toEqual([text, false])
    expect([text, isHostName(text)]).toEqual([text, false])
  }
})

describe("a name that the user's own configuration expands", () => {
  test.each([
    ['HostName', 'HostName "$(touch CANARY)"'],
    ['User', 'User "$(touch CANARY)"'],
    ['HostKeyAlias', 'HostKeyAlias "$(touch CANARY)"'],
    ['HostName', 'HostName -v'],
  ])('is a name: %s', async (option, line) => {
    const text = `Host web\n  ${line}\n  ProxyCommand nc %h %p %r %n\n`
    writeFileSync(config, text.replace('CANARY', canary))
    await expect(resolveHost('web', { sshConfig: config })).rejects.toThrow(option)
    const flags = ['host', 'web', '--check', '--no-input', '--ssh-config', config]
    const { code } = await runCli(flags, { cwd: folder })
    expect(code).toBe(3)
    expect(existsSync(canary)).toBe(false)
  })
})

describe('a host named like a JavaScript property', () => {
  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])(
    'is an ordinary host: %s',
    async (name) => {
      const cwd = projectWith({
        'runbook.yml': 'pages: .\ngroups:\n  all: [a]\nhosts:\n  a: {vars: {}}\n',
        'a.md': '# A\n\n```bash {#one}\ntrue\n```\n',
        config: `Host *\n  HostName 127.0.0.1\n  Port 1\n`,
      })
      const args = ['exec', 'a.md', '--host', name, '--ssh-config', 'config', '--no-input']
      const { code, stderr } = await runCli(args, { cwd, env: { LANG: 'en_US.UTF-8' } })
      expect(stderr).toContain(`${name} cannot be reached at 127.0.0.1:1`)
      expect(code).toBe(3)
    },
  )
})

test('an unknown name is reported with the configurations that were read', async () => {
  const cwd = projectWith({
    'runbook.yml': 'pages: .\nssh-config: hosts\n',
    hosts: 'Host webserver db *.x\n  User me\n',
  })
  const flags = ['host', 'webserve.invalid', '--check', '--no-input', '--lang', 'en']
  const { stdout, code } = await runCli(flags, { cwd })
  expect(code).toBe(3)
  expect(stdout).toContain(`${cwd}/hosts (webserver, db)`)
  expect(stdout).toContain('/.ssh/config')
})
