/**
 * All hosts of this machine: one numbered folder each, with the host's disk. The number determines
 * the address, so hosts of different users never share one.
 */

import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { HostError } from './host-error.ts'
import { isAlive, processIdentity } from './process-identity.ts'

const machineFolder = '/var/lib/runbook-hosts'
const lastIndex = 63
/** Hosts of tests start here, so that named hosts keep the addresses below. */
const firstThrowawayIndex = 16

const machineHost = z.object({
  index: z.number().int().min(0).max(lastIndex),
  name: z.string(),
  /** The folder of its keys: `.runbook/hosts/NAME` of a project, or one in a temp folder. */
  folder: z.string(),
  /** Ends with the process that booted it. */
  throwaway: z.boolean(),
  bootedBy: processIdentity,
  /** Missing until it is started. */
  supervisor: processIdentity.optional(),
  startedAtMs: z.number(),
})

export type MachineHost = z.infer<typeof machineHost>

/** Name of its namespace, network link and control group. */
export function hostId(host: Pick<MachineHost, 'index'>): string {
  return `rbh${host.index}`
}

export function hostDisk(host: Pick<MachineHost, 'index'>) {
  const folder = join(machineFolder, String(host.index))
  return {
    folder,
    root: join(folder, 'root'),
    layer: join(folder, 'layer'),
    home: join(folder, 'home'),
  } as const
}

export async function listMachineHosts(): Promise<readonly MachineHost[]> {
  const names = await readdir(machineFolder).catch(() => [])
  const hosts = await Promise.all(names.filter((name) => /^\d+$/.test(name)).map(read))
  return hosts.toSorted((a, b) => a.index - b.index)
}

/** Whether the process of a host, or of its test, is gone. */
export function isStale(host: MachineHost): boolean {
  if (isAlive(host.bootedBy)) return false
  return host.throwaway || !isAlive(host.supervisor)
}

/** Reserves a number, `preferred` if it is free. Call it under the machine's lock. */
export async function claimIndex(preferred: number, throwaway: boolean): Promise<number> {
  const taken = new Set((await listMachineHosts()).map((host) => host.index))
  const low = Array.from({ length: firstThrowawayIndex }, (_, index) => index)
  const high = Array.from({ length: lastIndex + 1 - low.length }, (_, at) => at + low.length)
  // The lowest number is reserved for the host that asks for it.
  const order = throwaway ? high : [preferred, ...low.slice(1), ...high]
  const index = order.find((each) => !taken.has(each))
  if (index === undefined) throw new HostError('all addresses are taken: stop some hosts first')
  await rm(hostDisk({ index }).folder, { recursive: true, force: true })
  await mkdir(hostDisk({ index }).folder, { recursive: true, mode: 0o755 })
  return index
}

export async function saveMachineHost(host: MachineHost): Promise<void> {
  const path = join(hostDisk(host).folder, 'host.json')
  await writeFile(`${path}.new`, `${JSON.stringify(host)}\n`)
  await rename(`${path}.new`, path)
}

/** A folder with a missing or incomplete file is a stale host. */
async function read(name: string): Promise<MachineHost> {
  const text = await readFile(join(machineFolder, name, 'host.json'), 'utf8').catch(() => '{}')
  const result = machineHost.safeParse(parse(text))
  if (result.success) return result.data
  const bootedBy = { pid: 0, start: '' }
  return { index: Number(name), name: '', folder: '', throwaway: true, bootedBy, startedAtMs: 0 }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
