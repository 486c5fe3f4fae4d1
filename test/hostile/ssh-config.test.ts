/**
 * An ssh configuration that lies in a project: each line of the table would run, write or open
 * something on this computer if ssh read it. A line more is a case more.
 */

import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { HostConfigError } from '../../src/inventory/host-config-error.ts'
import { projectHostNames, readProjectConfig } from '../../src/inventory/project-config.ts'
import { resolveHost } from '../../src/inventory/resolve-host.ts'
import { projectWith, runCli } from '../cli/run-cli.ts'

const folder = mkdtempSync(join(tmpdir(), 'runbook-hostile-'))
const root = join(folder, 'project')
const file = join(root, 'ssh_config')
const canary = join(folder, 'canary')
/** What ssh itself would run is caught beside, to show that the line is a trap. */
const oracleCanary = join(folder, 'oracle')
mkdirSync(root)
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => {
  for (const each of [canary, oracleCanary]) rmSync(each, { force: true })
})

/** In a line: the command that must never run. */
const command = 'touch@CANARY'
const withCanary = (text: string, path: string): string =>
  text.replaceAll('@CANARY', ` ${path}`).replaceAll('@ROOT', root)

function write(text: string): void {
  writeFileSync(file, withCanary(text, canary), 'latin1')
}

const read = (): string => readProjectConfig('web', { file, root }).text

/** Whether ssh would run the command, or connect by it, were it given the file. */
function isTrapForSsh(text: string): boolean {
  const config = join(folder, 'oracle_config')
  writeFileSync(config, withCanary(text, oracleCanary), 'latin1')
  let said = ''
  try {
    said = execFileSync('ssh', ['-G', '-F', config, 'web'], { stdio: 'pipe' }).toString()
  } catch {}
  return (
    existsSync(oracleCanary) ||
    new RegExp(`^(?:proxycommand|localcommand|knownhostscommand|remotecommand) .*touch`, 'm').test(
      said,
    )
  )
}

const runs: readonly (readonly [string, string])[] = [
  ['2:3', `Host web\n  ProxyCommand ${command}`],
  ['1:1', `Proxy"Command" ${command}`],
  ['1:1', `"ProxyCommand" ${command}`],
  ['1:1', `"Proxy"Command ${command}`],
  ['1:1', `P"roxyComman"d ${command}`],
  ['1:1', `=ProxyCommand ${command}`],
  ['1:2', ` =ProxyCommand ${command}`],
  ['1:1', `""ProxyCommand ${command}`],
  ['1:1', `"" ProxyCommand ${command}`],
  ['1:1', `proxycommand=${command}`],
  ['1:1', `PROXYCOMMAND = "${command}"`],
  ['1:1', `ProxyCommand\t=\t${command}`],
  ['1:1', `\t ProxyCommand ${command}`.trimStart()],
  ['1:1', `\r ProxyCommand ${command}`],
  ['1:5', `Host\r web\nProxyCommand ${command}`],
  ['1:1', `\rProxyCommand ${command}`],
  ['1:13', `ProxyCommand\r${command}`],
  ['1:7', `Match exec "${command}"`],
  ['1:1', `Ma"tch" exec "${command}"`],
  ['1:7', `Match ex"ec" "${command}"`],
  ['1:7', `Match "exec" "${command}"`],
  ['1:7', `Match EXEC "${command}"`],
  ['1:7', `Match !exec "${command}"`],
  ['1:7', `Match exec="${command}"`],
  ['1:7', `Match=exec "${command}"`.replace('=', ' ')],
  ['1:7', `Match=exec "${command}"`],
  ['1:16', `Match host web exec "${command}"`],
  ['1:7', `Match \\exec "${command}"`.replace('\\', '')],
  ['2:1', `Match all\nProxyCommand ${command}`],
  ['1:1', `KnownHostsCommand ${command}`],
  ['2:1', `PermitLocalCommand no\nLocalCommand ${command}`],
  ['1:1', `RemoteCommand ${command}`],
]

/** Their place may be that of the keyword or of its value. */
const lineOf = (place: string): string => place.split(':')[0] ?? ''

describe('a line that would run a command', () => {
  test.each(runs)('is refused at %s: %j', async (place, text) => {
    write(text)
    const failure = await resolveHost('web', { projectSshConfig: { file, root } }).catch(
      (error: unknown) => error,
    )
    expect(failure).toBeInstanceOf(HostConfigError)
    expect(String(failure)).toMatch(new RegExp(`${file}:${lineOf(place)}:\\d+: `))
    expect(() => projectHostNames({ file, root })).toThrow(HostConfigError)
    expect(existsSync(canary)).toBe(false)
  })

  test('would have run in ssh for most lines of this table', () => {
    const traps = runs.filter(([, text]) => isTrapForSsh(text))
    expect(traps.length).toBeGreaterThan(runs.length / 2)
  })

  test.each([
    ['host', 'web'],
    ['host'],
    ['host', 'web', '--check', '--no-input'],
    ['plan', 'a.md', '--host', 'web', '--no-input'],
    ['exec', 'a.md', '--host', 'web', '--no-input'],
    ['list'],
    ['lint'],
  ])('is not triggered by any command: %s %s', async (...args) => {
    for (const text of [runs[1], runs[6], runs[17], runs[18]].map((each) => each?.[1] ?? '')) {
      const cwd = projectWith({
        'runbook.yml': 'pages: .\nssh-config: hosts\n',
        'a.md': '# A\n\n```bash {#one}\ntrue\n```\n',
        hosts: withCanary(text, canary),
      })
      await runCli(
        args.filter((each) => each !== ''),
        { cwd },
      )
      expect(existsSync(canary)).toBe(false)
    }
  })

  test('is refused under a name that ssh reads as a pattern', async () => {
    const cwd = projectWith({
      'runbook.yml': 'pages: .\nssh-config: "ssh_[c]onfig"\n',
      'ssh_[c]onfig': 'Host web\n  HostName 192.0.2.1\n',
      ssh_config: withCanary(`Match exec "${command}"\n  Port 1\n`, canary),
    })
    const { stdout, code } = await runCli(['host', 'web'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toContain('192.0.2.1:22')
    expect(existsSync(canary)).toBe(false)
  })
})

describe('a line that would open this computer, weaken a check or write elsewhere', () => {
  test.each([
    ['Include other'],
    ['Incl"ude" other'],
    ['ForwardAgent yes'],
    ['ForwardAgent /tmp/agent'],
    ['ForwardX11 yes'],
    ['RemoteForward 9000 127.0.0.1:22'],
    ['LocalForward 9000 127.0.0.1:22'],
    ['DynamicForward 9000'],
    ['SendEnv *'],
    ['SetEnv A=b'],
    ['IdentityAgent /tmp/agent'],
    ['PKCS11Provider /tmp/x.so'],
    ['SecurityKeyProvider /tmp/x.so'],
    ['XAuthLocation /tmp/x'],
    ['CertificateFile /tmp/x'],
    ['ControlMaster yes'],
    ['ControlPath ~/.bashrc'],
    ['ControlPersist yes'],
    ['AddKeysToAgent yes'],
    ['Tunnel yes'],
    ['PermitLocalCommand yes'],
    ['StrictHostKeyChecking no'],
    ['StrictHostKeyChecking off'],
    ['StrictHostKeyChecking accept-new'],
    ['VerifyHostKeyDNS yes'],
    ['NoHostAuthenticationForLocalhost yes'],
    ['CanonicalizeHostname yes'],
    ['IgnoreUnknown *'],
    ['Ciphers 3des-cbc'],
    ['Ciphers +3des-cbc'],
    ['MACs hmac-md5'],
    ['KexAlgorithms diffie-hellman-group1-sha1'],
    ['HostKeyAlgorithms ssh-rsa'],
    ['BindInterface eth0'],
    ['RevokedHostKeys /dev/zero'],
    ['UserKnownHostsFile ~/.bashrc'],
    ['UserKnownHostsFile ~/.ssh/authorized_keys'],
    ['UserKnownHostsFile ../outside'],
    ['UserKnownHostsFile @ROOT/../outside'],
    ['UserKnownHostsFile @ROOT/link/known_hosts'],
    ['UserKnownHostsFile @ROOT/dangling'],
    ['UserKnownHostsFile @ROOT/%h'],
    ['UserKnownHostsFile ${HOME}/.bashrc'],
    ['UserKnownHostsFile ~root/.bashrc'],
    ['UserKnownHostsFile @ROOT/known_hosts ~/.bashrc'],
    ['UserKnownHostsFile /dev/tty'],
    ['GlobalKnownHostsFile /etc/passwd'],
    ['Match final'],
    ['Match canonical host web'],
    ['Match localnetwork 10.0.0.0/8'],
    ['Match host'],
    ['Match host "a b"'],
    ['Match all host web'],
    ['Host'],
    ['Host ""'],
    ['Host "a b"'],
    ['Host $(x)'],
    ['HostName a b'],
    ['HostName "$(touch x)"'],
    ['HostName `x`'],
    ['HostName -oProxyCommand=x'],
    ['HostName a;b'],
    ['HostName ../x'],
    ['HostName %n$(x)'],
    ['User "$(touch x)"'],
    ['User -v'],
    ['User a b'],
    ["User a'b"],
    ['User a|b'],
    ['User %d'],
    ['HostKeyAlias "$(touch x)"'],
    ['HostKeyAlias a/../../b'],
    ['HostKeyAlias a,b'],
    ['Port 22x'],
    ['Port 0'],
    ['Port 65536'],
    ['Port "22 23"'],
    ['ProxyJump a,$(x)'],
    ['ProxyJump -oProxyCommand=x'],
    ['ProxyJump a@-v'],
    ["ProxyJump 'a'"],
    ['ProxyJump "a"'],
    ['ProxyCommand "none"'],
    ['ProxyCommand none # x'],
    ['ProxyJump a,,b'],
    ['ProxyJump a:b'],
    ['Hostname "a'],
    ["Hostname 'a"],
    ['Hostname a\u0000b'],
    ['Hostname a\u001bb'],
    ['Hostname \u00ff'],
    ['\u00ef\u00bb\u00bfHostname a'],
    ['HostName == a'],
    [`HostName ${'a'.repeat(5000)}`],
    ['HostNaem a'],
  ])('is refused: %s', (text) => {
    rmSync(join(root, 'link'), { force: true })
    rmSync(join(root, 'dangling'), { force: true })
    symlinkSync(folder, join(root, 'link'))
    symlinkSync(join(folder, 'nothing'), join(root, 'dangling'))
    write(`Host web\n${text}\n`)
    expect(read).toThrow(HostConfigError)
    expect(read).toThrow(new RegExp(`${file}:2:\\d+: `))
  })

  test('the error suggests the keyword that was meant', () => {
    write('HostNaem a\n')
    expect(read).toThrow(/did you mean `HostName`\?/)
  })

  test.each([
    ['a link out of the project', () => symlinkSync('/etc/ssh/ssh_config', file)],
    ['a link to a device', () => symlinkSync('/dev/zero', file)],
    ['a pipe', () => execFileSync('mkfifo', [file])],
    ['a folder', () => mkdirSync(file)],
    ['too large', () => writeFileSync(file, '#'.repeat(1024 * 1024 + 1))],
  ])('is refused as a file: %s', (_what, make) => {
    rmSync(file, { recursive: true, force: true })
    make()
    expect(read).toThrow(HostConfigError)
    rmSync(file, { recursive: true, force: true })
  })
})
