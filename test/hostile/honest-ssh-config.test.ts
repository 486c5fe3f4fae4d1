/** What a project's ssh configuration may say: ssh has to read our copy as it reads the file. */

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readProjectConfig } from '../../src/inventory/project-config.ts'
import { resolveHost } from '../../src/inventory/resolve-host.ts'
import { askSsh } from './ask-ssh.ts'

const folder = mkdtempSync(join(tmpdir(), 'runbook-honest-'))
const root = join(folder, 'project')
const file = join(root, 'ssh_config')
mkdirSync(root)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const inRoot = (text: string): string => text.replaceAll('@ROOT', root)
const write = (text: string): void => writeFileSync(file, inRoot(text))
const read = (): string => readProjectConfig('web', { file, root }).text

describe('an honest configuration', () => {
  test.each([
    ['', '# nothing\n\n'],
    [
      'as `npm run hosts` writes it',
      `Host vm\n  HostName 10.0.0.1\n  User root\n  IdentityFile "@ROOT/id_ed25519"\n  IdentitiesOnly yes\n  UserKnownHostsFile "@ROOT/known_hosts"\n  StrictHostKeyChecking yes\n`,
    ],
    ['with Windows line ends', 'Host web\r\n  HostName 10.0.0.1\r\n\r\n'],
    ['with tabs, `=` and quotes in values', 'Host\tweb\n\tHostName = "10.0.0.1"\n\tUser=\'me\'\n'],
    ['with remarks behind', 'Host web # ours\n  Port 2222 # not 22\n# ProxyCommand x\n'],
    ['with patterns', 'Host web* !web9 10.0.0.? db\n  User deploy\n'],
    [
      'with Match',
      'Match host web,db* user me\n  Port 22\nMatch originalhost=web\n  Port 23\nMatch !host x localuser root\n  Port 24\nMatch all\n  User a\n',
    ],
    [
      'with jumps',
      'Host web\n  ProxyJump me@bastion:2222,other@[2001:db8::1]:22\nHost x\n  ProxyJump none\n',
    ],
    [
      'with names of all kinds',
      'Host web\n  HostName %h.example.org\n  HostKeyAlias web-1.example.org.\nHost 六\n  HostName xn--1.example\n  User CORP\\me\nHost v6\n  HostName 2001:db8::1\n',
    ],
    ['with times', 'ConnectTimeout 7\nServerAliveInterval 1m30s\nServerAliveCountMax 3\n'],
    [
      'with ways to log in',
      'PreferredAuthentications publickey,password\nPubkeyAuthentication yes\nPasswordAuthentication no\nBatchMode no\n',
    ],
    [
      'with what is off',
      'ForwardAgent no\nForwardX11 no\nProxyCommand none\nPermitLocalCommand no\nControlPath none\n',
    ],
    ['with a path with blanks and quotes', 'IdentityFile "~/my keys/o\'brien"\n'],
    [
      'with key files',
      'IdentityFile ~/.ssh/%r@%h\nIdentityFile /a/b\nIdentityFile none\nIdentityAgent SSH_AUTH_SOCK\n',
    ],
    [
      'that keeps keys nowhere',
      'UserKnownHostsFile /dev/null\nGlobalKnownHostsFile /dev/null\nStrictHostKeyChecking ask\nLogLevel ERROR\n',
    ],
    [
      'that keeps keys where ssh does',
      'UserKnownHostsFile ~/.ssh/known_hosts ~/.ssh/known_hosts2\n',
    ],
    [
      'with strong algorithms',
      'Ciphers aes256-gcm@openssh.com,aes256-ctr\nHostKeyAlgorithms ssh-ed25519\n',
    ],
    ['with families', 'AddressFamily inet\nCompression yes\nTCPKeepAlive no\nHashKnownHosts yes\n'],
  ])('means the same to ssh as before: %s', (_what, text) => {
    write(text)
    expect(askSsh(folder, read())).toEqual(askSsh(folder, inRoot(text)))
    expect(askSsh(folder, read())).not.toContain('refused')
  })

  test('may be in a folder reached by links', () => {
    const link = join(folder, 'home')
    symlinkSync(root, link)
    writeFileSync(file, `UserKnownHostsFile ${link}/known_hosts\n`)
    expect(readProjectConfig('web', { file: join(link, 'ssh_config'), root: link }).text).toContain(
      'known_hosts',
    )
  })
})

test('paths of known_hosts files keep their blanks', async () => {
  const files = [join(root, 'my hosts %'), join(root, 'others')]
  const words = files.map((each) => `"${each.replace('%', '%%')}"`).join(' ')
  writeFileSync(file, `UserKnownHostsFile ${words}\n`)
  const { hostKeys } = await resolveHost('web', { projectSshConfig: { file, root } })
  expect(hostKeys.userFiles).toEqual(files)
  expect(hostKeys.keepIn).toBe(files[0])
})
