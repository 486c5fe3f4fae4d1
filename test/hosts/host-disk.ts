/**
 * A fresh disk for one host: a writable layer over the shared root file system. It contains the
 * host's identity (name, keys) and this machine's settings (mirrors, resolver, certificates).
 * Root's home is a folder of the machine's own file system, as on most hosts; other homes are in
 * the layer.
 */

import { existsSync } from 'node:fs'
import { chmod, chown, copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import { $ } from 'zx'
import { writeAptConfig, writeSources } from './apt-settings.ts'
import { HostError } from './host-error.ts'
import { hostDisk, type MachineHost } from './machine-hosts.ts'
import { recipe } from './recipe.ts'
import { hostKeyFile, sshFiles } from './ssh-files.ts'

/** The device name of our mounts in `mount`. */
const device = 'runbook-hosts'

/** The user `dev` is the first that Debian makes. */
const devId = 1000

export async function makeDisk(host: MachineHost, lower: string): Promise<void> {
  await mountLayer(host, lower)
  const { root, home } = hostDisk(host)
  await writeIdentity(host, root)
  await writeSurroundings(root)
  await $({ quiet: true })`cp -a ${join(root, 'root')} ${home}`
}

export async function removeDisk(host: MachineHost): Promise<void> {
  const { folder, root, layer } = hostDisk(host)
  for (const path of [root, layer]) {
    if (await isMounted(path)) await $({ quiet: true })`umount --lazy ${path}`
  }
  await rm(folder, { recursive: true, force: true })
}

/** The layer is on the disk; in memory if that is impossible (overlay over overlay). */
async function mountLayer(host: MachineHost, lower: string): Promise<void> {
  const { root, layer } = hostDisk(host)
  await mkdir(root, { recursive: true })
  await mkdir(layer, { recursive: true })
  const first = await mountOverlay(lower, layer, root)
  if (first === undefined) return
  await $({ quiet: true })`mount -t tmpfs -o mode=755 ${device} ${layer}`
  const second = await mountOverlay(lower, layer, root)
  if (second !== undefined) throw new HostError(`no overlay can be mounted here: ${first.trim()}`)
}

/** `volatile` skips syncing, because a throwaway disk is worthless after a crash. */
async function mountOverlay(lower: string, layer: string, root: string) {
  const [upper, work] = [join(layer, 'upper'), join(layer, 'work')]
  await mkdir(upper, { recursive: true })
  await mkdir(work, { recursive: true })
  const options = `lowerdir=${lower.replaceAll(':', '\\:')},upperdir=${upper},workdir=${work},volatile`
  const mount = await $({
    quiet: true,
    nothrow: true,
  })`mount -t overlay -o ${options} ${device} ${root}`
  return mount.exitCode === 0 ? undefined : mount.stderr
}

async function isMounted(path: string): Promise<boolean> {
  const mounts = await readFile('/proc/self/mountinfo', 'utf8')
  return mounts.split('\n').some((line) => line.split(' ')[4] === path)
}

async function writeIdentity(machineHost: MachineHost, root: string): Promise<void> {
  const { name } = machineHost
  const folder = dirname(machineHost.folder)
  await writeFile(join(root, 'etc/hostname'), `${name}\n`)
  await writeFile(
    join(root, 'etc/hosts'),
    `127.0.0.1 localhost\n127.0.1.1 ${name}\n::1 localhost\n`,
  )
  await writeFile(join(root, 'etc/machine-id'), `${randomBytes(16).toString('hex')}\n`)
  const hostKey = join(root, 'etc/ssh/ssh_host_ed25519_key')
  await copyFile(hostKeyFile(folder, name), hostKey)
  await chmod(hostKey, 0o600)
  await copyFile(`${hostKeyFile(folder, name)}.pub`, `${hostKey}.pub`)
  const clientKey = await readFile(`${sshFiles(folder).keyFile}.pub`, 'utf8')
  await writeAuthorizedKey(join(root, 'root/.ssh'), clientKey, 0)
  await writeAuthorizedKey(join(root, 'home/dev/.ssh'), clientKey, devId)
}

async function writeAuthorizedKey(folder: string, key: string, id: number): Promise<void> {
  const file = join(folder, 'authorized_keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await writeFile(file, key, { mode: 0o600 })
  await chown(folder, id, id)
  await chown(file, id, id)
}

async function writeSurroundings(root: string): Promise<void> {
  const [sources, aptConfig] = await Promise.all([writeSources(recipe.suite), writeAptConfig()])
  await writeFile(join(root, 'etc/apt/apt.conf.d/80machine'), aptConfig)
  if (sources !== undefined) {
    await rm(join(root, 'etc/apt/sources.list'), { force: true })
    await writeFile(join(root, 'etc/apt/sources.list.d/debian.sources'), sources)
  }
  // A host cannot reach a resolver on the machine's loopback: use the one behind it.
  const behind = '/run/systemd/resolve/resolv.conf'
  const resolver = await readFile(existsSync(behind) ? behind : '/etc/resolv.conf', 'utf8')
  await writeFile(join(root, 'etc/resolv.conf'), resolver)
  for (const folder of ['/etc/ssl/certs', '/usr/local/share/ca-certificates']) {
    if (existsSync(folder)) await $({ quiet: true })`cp -a ${folder}/. ${join(root, folder)}`
  }
}
