import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { HostConfigError } from '../../src/inventory/host-config-error.ts'
import { isLocalHost, resolveHost } from '../../src/inventory/resolve-host.ts'

const folder = mkdtempSync(join(tmpdir(), 'runbook-config-'))
const file = join(folder, 'config')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const resolveBy = (name: string, config: string) => {
  writeFileSync(file, config)
  return resolveHost(name, { sshConfig: file })
}
const resolveInProject = (name: string, config: string) => {
  writeFileSync(file, config)
  return resolveHost(name, { projectSshConfig: { file, root: folder } })
}

async function methods(option: string) {
  return (await resolveBy('vm', `Host vm\n  ${option}\n`)).methods
}

describe('a host', () => {
  test('is resolved by the configuration', async () => {
    const target = await resolveBy(
      'vm',
      `Host vm
  HostName 10.0.0.7
  Port 2222
  User deploy
  IdentityFile ~/.ssh/deploy
  IdentityFile ${folder}/%r@%h
  IdentitiesOnly yes
  IdentityAgent none
  ConnectTimeout 7
  ServerAliveInterval 5
  HostKeyAlias the-vm
  UserKnownHostsFile ${folder}/a ${folder}/b
  HashKnownHosts yes
  AddressFamily inet
`,
    )
    const { homedir: home } = userInfo()
    expect(target).toMatchObject({
      name: 'vm',
      hostName: '10.0.0.7',
      port: 2222,
      user: 'deploy',
      family: 4,
      identityFiles: [join(home, '.ssh/deploy'), join(folder, 'deploy@10.0.0.7')],
      identitiesOnly: true,
      agentSocket: undefined,
      connectTimeoutMs: 7000,
      keepAlive: { intervalMs: 5000, count: 3 },
      jumps: [],
      hostKeys: {
        lookup: 'the-vm',
        userFiles: [join(folder, 'a'), join(folder, 'b')],
        hashNames: true,
      },
    })
  })

  test('without a configuration is its own address', async () => {
    const target = await resolveBy('Web.Example.org', '')
    expect(target).toMatchObject({ hostName: 'web.example.org', port: 22, jumps: [] })
    expect(target.identityFiles).toContain(join(homedir(), '.ssh/id_ed25519'))
    expect(target.keepAlive.intervalMs).toBe(15_000)
  })

  test('can be given with a user', async () => {
    expect(await resolveBy('admin@web', '')).toMatchObject({ hostName: 'web', user: 'admin' })
  })

  test('is reached through its jump hosts, each as configured', async () => {
    const config = `Host inner
  HostName 10.1.0.1
  ProxyJump outer,root@middle:2200
Host outer
  HostName 192.0.2.1
  ProxyJump first
Host middle
  HostName 10.0.0.5
  ProxyJump never
Host first
  HostName 192.0.2.9
`
    const { jumps } = await resolveBy('inner', config)
    expect(jumps.map(({ hostName, port, user }) => [hostName, port, user])).toEqual([
      ['192.0.2.9', 22, userInfo().username],
      ['192.0.2.1', 22, userInfo().username],
      ['10.0.0.5', 2200, 'root'],
    ])
    expect(jumps.every((hop) => hop.jumps.length === 0)).toBe(true)
  })

  test('that jumps through itself is refused', async () => {
    const config = 'Host a\n  ProxyJump b\nHost b\n  ProxyJump a\n'
    await expect(resolveBy('a', config)).rejects.toThrow(/more than 8 jumps/)
  })

  test.each([
    ['KnownHostsCommand', 'KnownHostsCommand /bin/keys'],
    ['CertificateFile', 'CertificateFile ~/.ssh/cert'],
    ['PKCS11Provider', 'PKCS11Provider /lib/x.so'],
    ['BindAddress', 'BindAddress 127.0.0.1'],
  ])('that needs %s is refused by its name', async (name, option) => {
    const failure = resolveBy('vm', `Host vm\n  ${option}\n`)
    await expect(failure).rejects.toThrow(name)
    await expect(failure).rejects.toBeInstanceOf(HostConfigError)
    await expect(resolveBy('other', `Host vm\n  ${option}\n`)).resolves.toBeDefined()
  })

  test('without a supported login method is refused', async () => {
    const failure = resolveBy('vm', 'Host vm\n  PreferredAuthentications gssapi-with-mic\n')
    await expect(failure).rejects.toThrow(/leaves no supported way to log in/)
  })

  test('uses the login methods that its configuration prefers', async () => {
    expect(await methods('Port 22')).toEqual(['publickey', 'keyboard-interactive', 'password'])
    expect(await methods('PubkeyAuthentication no')).toEqual(['keyboard-interactive', 'password'])
    expect(await methods('PreferredAuthentications password,publickey')).toEqual([
      'password',
      'publickey',
    ])
    expect(await methods('BatchMode yes')).toEqual(['publickey'])
  })

  test("is reached by the user's program, with its tokens expanded", async () => {
    const config = 'Host vm\n  HostName 10.0.0.9\n  Port 2200\n  ProxyCommand nc -x%% %h %p\n'
    expect((await resolveBy('vm', config)).proxyCommand).toBe('nc -x% 10.0.0.9 2200')
    expect((await resolveBy('other', config)).proxyCommand).toBeUndefined()
  })

  test.each(['-oProxyCommand=x', '', ' ', 'a b', 'a\nb', 'a;b', '$(x)', '`x`', "a'b", '\u0007'])(
    'cannot be called %j',
    async (name) => {
      await expect(resolveHost(name)).rejects.toThrow(/is not a host name/)
    },
  )

  test.each([
    ['Ciphers aes256-ctr,aes128-cbc', { ciphers: ['aes256-ctr', 'aes128-cbc'] }],
    ['MACs hmac-sha2-512', { macs: ['hmac-sha2-512'] }],
    [
      'KexAlgorithms sntrup761x25519-sha512@openssh.com,curve25519-sha256',
      { kex: ['curve25519-sha256'] },
    ],
    ['HostKeyAlgorithms ssh-ed25519', { hostKeys: ['ssh-ed25519'] }],
    ['PubkeyAcceptedAlgorithms ssh-ed25519', { userKeys: ['ssh-ed25519'] }],
    ['Port 22', {}],
  ])('uses the algorithms of `%s`', async (line, expected) => {
    expect((await resolveBy('vm', `${line}\n`)).algorithms).toEqual(expected)
  })

  test.each([
    ['MACs', 'MACs umac-64@openssh.com'],
    ['KexAlgorithms', 'KexAlgorithms sntrup761x25519-sha512@openssh.com'],
    ['HostKeyAlgorithms', 'HostKeyAlgorithms sk-ssh-ed25519@openssh.com'],
    ['PubkeyAcceptedAlgorithms', 'PubkeyAcceptedAlgorithms sk-ssh-ed25519@openssh.com'],
  ])('that needs unsupported %s is refused by name', async (name, line) => {
    await expect(resolveBy('vm', `${line}\n`)).rejects.toThrow(new RegExp(name, 'i'))
  })

  test('has a timeout no longer than a timer allows', async () => {
    const { connectTimeoutMs } = await resolveBy('vm', 'ConnectTimeout 9999999\n')
    expect(connectTimeoutMs).toBe(2 ** 31 - 1)
  })

  test("with a configuration that ssh refuses is refused with ssh's message", async () => {
    await expect(resolveBy('vm', 'Host vm\n  Nonsense yes\n')).rejects.toThrow(/nonsense/i)
  })
})

describe("a project's configuration", () => {
  test('comes before the others, which are read too', async () => {
    const target = await resolveInProject('vm', 'Host vm\n  HostName 10.0.0.8\n')
    expect(target.hostName).toBe('10.0.0.8')
    // From the system's or the user's own, or by default.
    expect(target.hostKeys.globalFiles).toContain('/etc/ssh/ssh_known_hosts')
  })

  test.each([
    ['ProxyCommand', 'Host vm\n  ProxyCommand touch /tmp/x'],
    ['ProxyCommand', 'Host *\n\tproxycommand=x'],
    ['ProxyCommand', 'Host *\n  "ProxyCommand" x'],
    ['LocalCommand', 'Port 22\nLocalCommand x'],
    ['KnownHostsCommand', 'Host z\nKnownHostsCommand x'],
    ['Match exec', 'Port 22\nMatch host vm exec "true"'],
    ['Match exec', 'Port 22\nmatch !exec true'],
    ['Include', 'Host vm\nInclude other'],
    ['PKCS11Provider', 'Host vm\nPKCS11Provider /x.so'],
  ])('may not have %s, for any host', async (name, config) => {
    const failure = resolveInProject('other', config)
    await expect(failure).rejects.toThrow(new RegExp(name, 'i'))
    await expect(failure).rejects.toThrow(`${file}:2`)
  })

  test('may have any comments', async () => {
    await expect(resolveInProject('vm', '# ProxyCommand x\n')).resolves.toBeDefined()
  })
})

test('`local` is this computer', () => {
  expect(isLocalHost('local')).toBe(true)
  expect(isLocalHost('localhost')).toBe(false)
})
