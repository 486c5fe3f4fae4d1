import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createVerifier } from '../../src/inventory/known-hosts.ts'
import { resolveHost } from '../../src/inventory/resolve-host.ts'
import { openSession } from '../../src/shell/open-session.ts'
import { connectSsh } from '../../src/transport/ssh.ts'
import { createCredentials, type CredentialQuestion } from '../../src/transport/ssh-credentials.ts'
import { TransportError } from '../../src/transport/transport.ts'
import { projectWith, runCli } from '../cli/run-cli.ts'
import { bootTestHost, devPassword, type TestHost } from '../hosts/test-host.ts'
import { reason, skipped, step } from './fault-run.ts'

const block = (of: TestHost, options: string) =>
  `Host ${of.name}\n${options}\n${readFileSync(of.sshConfig, 'utf8')}`

const exec = (of: TestHost, config: string) => {
  const cwd = projectWith({ 'a.md': step('#one', 'id -un'), config })
  return runCli(['exec', 'a.md', '--host', of.name, '--ssh-config', 'config', '--no-input'], {
    cwd,
  })
}

describe.skipIf(reason !== undefined)(`who a host is and who we are${skipped}`, () => {
  let host: TestHost
  let inner: TestHost
  const folder = mkdtempSync(join(tmpdir(), 'runbook-identity-'))
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  /** Connects as `runbook` does, with a person who answers from a list. */
  const login = async (of: TestHost, options: string, answers: readonly (string | undefined)[]) => {
    const left = [...answers]
    const asked: CredentialQuestion[] = []
    const credentials = createCredentials((question) => {
      asked.push(question)
      return Promise.resolve(left.shift())
    })
    const target = await resolveHost(of.name, { sshConfig: file('config', block(of, options)) })
    const connect = () =>
      connectSsh(target, { verifier: (hop) => createVerifier(hop), credentials })
    const outcome = await connect().catch((error: unknown) => {
      if (error instanceof TransportError) return error
      throw error
    })
    if (!(outcome instanceof TransportError)) {
      await outcome.close()
      // After a loss nobody is asked again.
      await (await connect()).close()
    }
    return { outcome, asked: asked.map(({ kind }) => kind) }
  }
  const session = async (of: TestHost, options: string, password: string) => {
    const credentials = createCredentials(() => Promise.resolve(password))
    const target = await resolveHost(of.name, { sshConfig: file('config', block(of, options)) })
    const connect = () =>
      connectSsh(target, { verifier: (hop) => createVerifier(hop), credentials })
    return openSession({ name: of.name, run: 'identity', connect })
  }
  const noKey = 'User dev\nPreferredAuthentications keyboard-interactive,password'

  beforeAll(async () => {
    ;[host, inner] = await Promise.all([bootTestHost(), bootTestHost()])
    // A wrong password is answered at once.
    await host.exec("sed -i 's/nullok/nullok nodelay/' /etc/pam.d/common-auth")
  })
  afterEach(async () => {
    await host.exec('echo dev:' + devPassword + ' | chpasswd; chage -E -1 dev')
  })
  afterAll(async () => {
    await Promise.all([host.dispose(), inner.dispose()])
    rmSync(folder, { recursive: true, force: true })
  })

  test('a password is asked for once, also after a loss', async () => {
    const { outcome, asked } = await login(host, noKey, [devPassword])
    expect(outcome).not.toBeInstanceOf(TransportError)
    expect(asked).toEqual(['password'])
  })

  test('after a wrong password the question is repeated, three times at most', async () => {
    const right = await login(host, noKey, ['wrong', devPassword])
    expect(right.outcome).not.toBeInstanceOf(TransportError)
    expect(right.asked).toEqual(['password', 'password'])
    const wrong = await login(host, noKey, ['a', 'b', 'c', 'd', 'e'])
    expect(wrong.asked).toHaveLength(3)
    expect(wrong.outcome).toMatchObject({
      reason: 'auth',
      message: expect.stringContaining('3 wrong answers'),
    })
  })

  test("without a person the login names the host's methods", async () => {
    const { code, stderr } = await exec(host, block(host, noKey))
    expect(code).toBe(3)
    expect(stderr).toMatch(/would take `password`.*terminal.*ssh-add/)
  })

  test("the host's own questions are answered", async () => {
    await host.configureSshd('KbdInteractiveAuthentication yes\nPasswordAuthentication no')
    const { outcome, asked } = await login(host, noKey, ['wrong', devPassword])
    await host.configureSshd('')
    expect(outcome).not.toBeInstanceOf(TransportError)
    expect(asked).toEqual(['keyboard', 'keyboard'])
  })

  test('a host may require a key and then a password', async () => {
    await host.configureSshd('AuthenticationMethods publickey,password')
    const { outcome, asked } = await login(host, 'User dev', [devPassword])
    await host.configureSshd('')
    expect(outcome).not.toBeInstanceOf(TransportError)
    expect(asked).toEqual(['password'])
  })

  test('an encrypted key is opened by its passphrase; after a wrong one the question is repeated', async () => {
    const key = join(folder, 'locked')
    rmSync(key, { force: true })
    execFileSync('cp', [host.keyFile, key])
    execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'open sesame', '-f', key])
    const config = readFileSync(host.sshConfig, 'utf8').replaceAll(host.keyFile, key)
    const asked: string[] = []
    const answers = ['wrong', 'open sesame']
    const credentials = createCredentials((question) => {
      asked.push(question.kind)
      return Promise.resolve(answers.shift())
    })
    const target = await resolveHost(host.name, { sshConfig: file('config', config) })
    const connection = await connectSsh(target, {
      verifier: (hop) => createVerifier(hop),
      credentials,
    })
    await connection.close()
    expect(asked).toEqual(['passphrase', 'passphrase'])
    const { code, stderr } = await exec(host, config)
    expect(code).toBe(3)
    expect(stderr).toContain('ssh-add')
  })

  test('an expired account is named, and nothing runs', async () => {
    await host.exec('chage -E 0 dev')
    const { code, stderr, stdout } = await exec(host, block(host, 'User dev'))
    expect(code).toBe(3)
    expect(stderr).toMatch(/expired/i)
    expect(stdout).not.toContain('dev\n')
  })

  test('an expired password is named with a remedy, and nothing runs', async () => {
    await host.exec('chage -d 0 dev')
    const { code, stderr, stdout } = await exec(host, block(host, 'User dev'))
    expect(code).toBe(3)
    expect(stderr).toMatch(/password .* has expired .* `ssh t-.*it said: .*password has expired/i)
    expect(stdout).toBe('')
    await expect(session(host, noKey, devPassword)).rejects.toMatchObject({
      reason: 'password-expired',
    })
  })

  test('a run that was given an expired password neither changes it nor tries it again', async () => {
    await host.exec('chage -d 0 dev')
    await host.configureSshd('KbdInteractiveAuthentication yes\nPasswordAuthentication no')
    const count = "journalctl --sync; journalctl -u ssh | grep -c 'expired password for user dev'"
    const counted = async () => Number((await host.exec(count)).stdout)
    const before = await counted()
    const { outcome, asked } = await login(host, noKey, [devPassword, devPassword, 'new', 'new'])
    await host.configureSshd('')
    expect(outcome).toMatchObject({
      reason: 'password-expired',
      message: expect.stringContaining('Current password:'),
    })
    expect(asked).toEqual(['keyboard'])
    // The login's process may log it after the login has ended for us.
    await expect.poll(counted, { timeout: 10_000 }).toBeGreaterThan(before)
    expect(await counted()).toBe(before + 1)
  })

  test('a changed key is refused with both fingerprints', async () => {
    const before = execFileSync('ssh-keygen', ['-lf', host.knownHosts]).toString().split(' ')[1]
    await host.exec(
      'cp -a /etc/ssh/ssh_host_ed25519_key /root/key; cp -a /etc/ssh/ssh_host_ed25519_key.pub /root/key.pub',
    )
    await host.replaceHostKey()
    const { code, stderr } = await exec(host, readFileSync(host.sshConfig, 'utf8'))
    await host.exec(
      'cp -a /root/key /etc/ssh/ssh_host_ed25519_key; cp -a /root/key.pub /etc/ssh/ssh_host_ed25519_key.pub',
    )
    await host.restartSshd()
    expect(code).toBe(3)
    expect(stderr).toContain(before)
    expect(stderr.match(/SHA256:/g)).toHaveLength(2)
    expect(stderr).toContain(`${host.knownHosts}:1`)
  })

  test.each([
    ['unknown', '', /is not known/],
    ['revoked', '@revoked ', /is revoked/],
    ['certified', '@cert-authority ', /not supported/],
  ])('a key that is %s is refused', async (_name, mark, message) => {
    const known = readFileSync(host.knownHosts, 'utf8')
    const hosts = file('known', mark === '' ? '' : known.replaceAll(/^(?=\S)/gm, mark))
    const config = readFileSync(host.sshConfig, 'utf8').replaceAll(host.knownHosts, hosts)
    const { code, stderr } = await exec(host, config)
    expect(code).toBe(3)
    expect(stderr).toMatch(message)
  })

  test('a host behind a jump host is reached through it, each with its own key', async () => {
    const inside = readFileSync(inner.sshConfig, 'utf8').replace(
      'User root',
      `User root\n  ProxyJump ${host.name}`,
    )
    const config = `${inside}\n${readFileSync(host.sshConfig, 'utf8')}`
    const cwd = projectWith({
      'a.md': `${step('#one', 'uname -n; echo "${SSH_CONNECTION%% *}"')}\`\`\`output\n${inner.name}\n${host.address}\n\`\`\`\n`,
      config,
    })
    const result = await runCli(['exec', 'a.md', '--host', inner.name, '--ssh-config', 'config'], {
      cwd,
    })
    expect(result).toMatchObject({ code: 0 })
  })

  test("a program of the user's own configuration carries the connection; a project's is refused", async () => {
    const config = block(host, `ProxyCommand ssh -F ${inner.sshConfig} -W %h:%p ${inner.name}`)
    expect(await exec(host, config)).toMatchObject({ code: 0 })
    const failing = await exec(host, block(host, 'ProxyCommand echo no way >&2; exit 1'))
    expect(failing.code).toBe(3)
    expect(failing.stderr).toContain('no way')
    const cwd = projectWith({
      'runbook.yml': 'pages: .\nssh-config: hosts\n',
      'a.md': step('#one', 'true'),
      hosts: config,
    })
    const refused = await runCli(['exec', 'a.md', '--host', host.name], { cwd })
    expect(refused.code).toBe(3)
    expect(refused.stderr).toMatch(/hosts:2.*ProxyCommand.*is not allowed/)
  })

  test('`runbook host` shows all of this without running anything', async () => {
    const cwd = projectWith({ config: readFileSync(host.sshConfig, 'utf8') })
    const flags = ['--ssh-config', 'config', '--lang', 'en']
    const shown = await runCli(['host', host.name, ...flags], { cwd })
    expect(shown.code).toBe(0)
    expect(shown.stdout).toContain(`root@${host.address}:22`)
    expect(shown.stdout).toMatch(/host key +ssh-ed25519 SHA256:/)
    const checked = await runCli(['host', host.name, '--check', '--json', ...flags], { cwd })
    expect(JSON.parse(checked.stdout)).toMatchObject({
      v: 1,
      host: { address: host.address, user: 'root', port: 22 },
      check: { ok: true, platform: 'debian-12', facts: { user: 'root', hostName: host.name } },
    })
    const listed = await runCli(['host', '--json', ...flags], { cwd })
    expect(JSON.parse(listed.stdout).hosts).toEqual([
      expect.objectContaining({ name: host.name, address: host.address }),
    ])
    const local = await runCli(['host', 'local', '--check'], { cwd })
    expect(local.code).toBe(0)
    await host.exec('systemctl stop ssh')
    const failed = await runCli(['host', host.name, '--check', ...flags], { cwd })
    await host.restartSshd()
    expect(failed.code).toBe(3)
    expect(failed.stdout).toContain('ECONNREFUSED')
  })
})
