/**
 * The ssh side of a folder of hosts: the client's key, one host key a host, and the two files that
 * OpenSSH and runbook read. All of it outlives the hosts, so a fresh host is still the same name,
 * key and address.
 *
 *     FOLDER/id_ed25519  ssh_config  known_hosts  NAME/ssh_host_ed25519_key  NAME/index
 */

import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { $ } from 'zx'
import { hostAddress } from './network.ts'
import { withLock } from './with-lock.ts'

export function sshFiles(folder: string) {
  return {
    keyFile: join(folder, 'id_ed25519'),
    sshConfig: join(folder, 'ssh_config'),
    knownHosts: join(folder, 'known_hosts'),
  } as const
}

export function hostKeyFile(folder: string, name: string): string {
  return join(folder, name, 'ssh_host_ed25519_key')
}

/** Creates missing keys and keeps existing ones. */
export async function ensureKeys(folder: string, name: string): Promise<void> {
  await withLock(`keys ${folder}`, async () => {
    await mkdir(join(folder, name), { recursive: true, mode: 0o700 })
    await chmod(folder, 0o700)
    await ensureKey(sshFiles(folder).keyFile, 'runbook-hosts')
    await ensureKey(hostKeyFile(folder, name), name)
  })
}

/** The number that the host had last. */
export async function readIndex(folder: string, name: string): Promise<number | undefined> {
  const text = await readFile(join(folder, name, 'index'), 'utf8').catch(() => '')
  return /^\d+$/.test(text.trim()) ? Number(text) : undefined
}

/** The hosts that were ever up, by name. */
export async function listHostNames(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter((name) => existsSync(join(folder, name, 'index'))).toSorted()
}

/** Stores the host's number and rewrites both ssh files for all hosts of the folder. */
export async function writeSshFiles(folder: string, name: string, index: number): Promise<void> {
  await withLock(`keys ${folder}`, async () => {
    await writeFile(join(folder, name, 'index'), `${index}\n`)
    const { sshConfig, knownHosts } = sshFiles(folder)
    const hosts = await readHosts(folder)
    await writePrivately(sshConfig, hosts.map((host) => writeHostBlock(folder, host)).join('\n'))
    await writePrivately(knownHosts, hosts.map((host) => host.knownHost).join(''))
  })
}

interface SshHost {
  readonly name: string
  readonly address: string
  readonly knownHost: string
}

async function readHosts(folder: string): Promise<readonly SshHost[]> {
  const hosts: SshHost[] = []
  for (const name of await listHostNames(folder)) {
    const index = await readIndex(folder, name)
    if (index === undefined) continue
    const address = hostAddress(index)
    const key = await readFile(`${hostKeyFile(folder, name)}.pub`, 'utf8')
    hosts.push({ name, address, knownHost: `${address} ${key.trim()}\n` })
  }
  return hosts
}

function writeHostBlock(folder: string, host: SshHost): string {
  const { keyFile, knownHosts } = sshFiles(folder)
  return [
    `Host ${host.name}`,
    `  HostName ${host.address}`,
    '  User root',
    `  IdentityFile ${quote(keyFile)}`,
    '  IdentitiesOnly yes',
    `  UserKnownHostsFile ${quote(knownHosts)}`,
    '  StrictHostKeyChecking yes',
    '',
  ].join('\n')
}

/** In ssh_config `%` starts a token, even between quotes. */
function quote(path: string): string {
  return `"${path.replaceAll('%', '%%')}"`
}

async function ensureKey(file: string, comment: string): Promise<void> {
  if (existsSync(file)) return
  await $({ quiet: true })`ssh-keygen -q -t ed25519 -N '' -C ${comment} -f ${file}`
}

async function writePrivately(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
}
