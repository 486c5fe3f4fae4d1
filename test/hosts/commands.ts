/** The commands of `npm run hosts`, for the hosts of one folder. */

import { mkdir } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { listHosts, startHost, stopHost } from './host.ts'
import type { MachineHost } from './machine-hosts.ts'
import { hostAddress } from './network.ts'
import { isAlive } from './process-identity.ts'
import { ensureRootFileSystem } from './root-file-system.ts'
import { listHostNames, readIndex, sshFiles } from './ssh-files.ts'
import { waitUntilReady } from './wait-until-ready.ts'
import { withLock } from './with-lock.ts'

type Print = (line: string) => void

export async function up(folder: string, name: string, print: Print): Promise<void> {
  await alone(folder, name, async () => {
    const running = await findHost(folder, name)
    if (running === undefined) return boot(folder, name, print)
    await waitUntilReady(running)
    return print(`${name} is already up at ${hostAddress(running.index)}`)
  })
}

export async function down(folder: string, name: string, print: Print): Promise<void> {
  await alone(folder, name, async () => {
    const running = await findHost(folder, name)
    if (running === undefined) return print(`${name} is not up`)
    await stopHost(running)
    return print(`${name} is down`)
  })
}

/** Boots a fresh host with the same name, address and host key. */
export async function reset(folder: string, name: string, print: Print): Promise<void> {
  await alone(folder, name, async () => {
    const running = await findHost(folder, name)
    if (running !== undefined) await stopHost(running)
    await boot(folder, name, print)
  })
}

export async function status(folder: string, print: Print): Promise<void> {
  const hosts = await listHosts()
  const config = relative(process.cwd(), sshFiles(folder).sshConfig)
  const rows: string[][] = [['NAME', 'ADDRESS', 'STATE', 'UPTIME', 'SSH']]
  for (const name of await listHostNames(folder)) {
    const host = hosts.find((each) => each.folder === join(folder, name))
    const index = host?.index ?? (await readIndex(folder, name)) ?? 0
    const state = host === undefined ? 'down' : isAlive(host.supervisor) ? 'up' : 'starting'
    const uptime = host === undefined ? '-' : writeUptime(Date.now() - host.startedAtMs)
    rows.push([name, hostAddress(index), state, uptime, `ssh -F ${config} ${name}`])
  }
  if (rows.length === 1) return print('no hosts yet: npm run hosts -- up vm')
  const widths = rows.reduce(
    (most, row) => row.map((cell, at) => Math.max(cell.length, most[at] ?? 0)),
    [0],
  )
  for (const row of rows)
    print(
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

async function boot(folder: string, name: string, print: Print): Promise<void> {
  const rootFileSystem = await ensureRootFileSystem(() =>
    print('building the root file system of all hosts (once, about a minute)'),
  )
  const beganMs = Date.now()
  await mkdir(folder, { recursive: true })
  const host = await startHost({ name, folder, rootFileSystem, throwaway: false })
  const seconds = ((Date.now() - beganMs) / 1000).toFixed(1)
  print(`${name} is up at ${hostAddress(host.index)} after ${seconds} s`)
}

/** Serialises commands for one host. */
async function alone(folder: string, name: string, work: () => Promise<void>): Promise<void> {
  await withLock(`host ${join(folder, name)}`, work)
}

async function findHost(folder: string, name: string): Promise<MachineHost | undefined> {
  return (await listHosts()).find((host) => host.folder === join(folder, name))
}

function writeUptime(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / 60_000)
  if (minutes < 1) return `${Math.floor(milliseconds / 1000)} s`
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
