/** Starts and stops hosts, for `npm run hosts` and the tests alike. */

import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { $ } from 'zx'
import { endControlGroup } from './control-group.ts'
import { makeDisk, removeDisk } from './host-disk.ts'
import {
  claimIndex,
  hostDisk,
  hostId,
  isStale,
  listMachineHosts,
  saveMachineHost,
  type MachineHost,
} from './machine-hosts.ts'
import {
  addHostNetwork,
  addSharedNetwork,
  removeHostNetwork,
  removeSharedNetwork,
} from './network.ts'
import {
  identifyProcess,
  isAlive,
  readCommandLine,
  signalProcess,
  type ProcessIdentity,
} from './process-identity.ts'
import { ensureKeys, readIndex, writeSshFiles } from './ssh-files.ts'
import { waitFor } from './wait-for.ts'
import { consoleLog, waitUntilReady } from './wait-until-ready.ts'
import { withLock } from './with-lock.ts'

/** Path prefix of throwaway hosts in the machine's temporary folder. */
export const throwawayPrefix = join(tmpdir(), 'runbook-host-')

const machineLock = 'machine'
const supervisorScript = fileURLToPath(new URL('supervise.sh', import.meta.url))

export interface HostRequest {
  readonly name: string
  /** Folder of keys and ssh files; the host has a subfolder with its name. */
  readonly folder: string
  readonly rootFileSystem: string
  /** The host ends with this process. */
  readonly throwaway: boolean
  /** Last changes to the host's disk, before it boots. */
  readonly prepare?: ((root: string) => Promise<void>) | undefined
}

/** Boots a fresh host and waits until it is ready. Removes a host that does not boot. */
export async function startHost(request: HostRequest): Promise<MachineHost> {
  const { name, folder } = request
  await ensureKeys(folder, name)
  let host = await claimHost(request)
  try {
    await makeDisk(host, request.rootFileSystem)
    await request.prepare?.(hostDisk(host).root)
    await addHostNetwork(host.index)
    await writeSshFiles(folder, name, host.index)
    host = { ...host, supervisor: await supervise(host) }
    await saveMachineHost(host)
    await waitUntilReady(host)
    return host
  } catch (error) {
    await stopHost(host)
    throw error
  }
}

/** Stops the host and removes everything that `startHost` created, except keys and ssh files. */
export async function stopHost(host: MachineHost): Promise<void> {
  await withLock(machineLock, () => removeHost(host))
}

/** The hosts of this machine, after removing those of killed processes. */
export async function listHosts(): Promise<readonly MachineHost[]> {
  return withLock(machineLock, async () => {
    await removeStale()
    return listMachineHosts()
  })
}

async function claimHost(request: HostRequest): Promise<MachineHost> {
  const { name, folder, throwaway } = request
  const bootedBy = identifyProcess(process.pid)
  if (bootedBy === undefined) throw new Error('unreachable: this process has no entry in /proc')
  const preferred = (await readIndex(folder, name)) ?? (name === 'vm' ? 0 : 1)
  return withLock(machineLock, async () => {
    await removeStale()
    const index = await claimIndex(preferred, throwaway)
    const startedAtMs = Date.now()
    const host = { index, name, folder: join(folder, name), throwaway, bootedBy, startedAtMs }
    await saveMachineHost(host)
    await addSharedNetwork()
    return host
  })
}

/** In its own session, so that the host outlives the terminal and the command. */
async function supervise(host: MachineHost): Promise<ProcessIdentity> {
  const disk = hostDisk(host).folder
  const owner = host.throwaway ? String(host.bootedBy.pid) : '-'
  const words = [supervisorScript, disk, host.name, hostId(host), consoleLog(host), owner]
  await $({ quiet: true })`setsid --fork bash ${words}`
  return waitFor(`the supervisor of ${host.name}`, 5_000, () => findSupervisor(host))
}

/** The supervisor's own record, if that process still is it. */
async function findSupervisor(host: MachineHost): Promise<ProcessIdentity | undefined> {
  const disk = hostDisk(host).folder
  const pid = Number(await readFile(join(disk, 'supervisor'), 'utf8').catch(() => ''))
  return readCommandLine(pid).includes(disk) ? identifyProcess(pid) : undefined
}

async function removeStale(): Promise<void> {
  for (const host of await listMachineHosts()) {
    if (isStale(host)) await removeHost(host)
  }
}

async function removeHost(host: MachineHost): Promise<void> {
  const current = (await listMachineHosts()).find((each) => each.index === host.index)
  // Its number may belong to a later host.
  if (current?.folder !== host.folder || current.startedAtMs !== host.startedAtMs) return
  const supervisor = host.supervisor ?? (await findSupervisor(host))
  if (supervisor !== undefined) {
    signalProcess(supervisor, 'SIGTERM')
    await waitFor(`the end of ${host.name}`, 10_000, async () => !isAlive(supervisor) || undefined)
  }
  await endControlGroup(hostId(host))
  await removeHostNetwork(host.index)
  await removeDisk(host)
  const folder = dirname(host.folder)
  if (folder.startsWith(throwawayPrefix)) await rm(folder, { recursive: true, force: true })
  if ((await listMachineHosts()).length === 0) await removeSharedNetwork()
}
