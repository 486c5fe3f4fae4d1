/**
 * Empties and removes the control group of a host, which contains exactly its processes.
 * `supervise.sh` creates it.
 */

import { readdir, readFile, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { identifyProcess } from './process-identity.ts'
import { waitFor } from './wait-for.ts'

/** Possible locations of control groups: systemd's two hierarchies of version 1, or version 2. */
const hierarchies = ['/sys/fs/cgroup/systemd', '/sys/fs/cgroup/unified', '/sys/fs/cgroup']

/** Kills what still runs in the group, waits until it is gone, removes the group. */
export async function endControlGroup(id: string): Promise<void> {
  const folders = hierarchies.map((hierarchy) => join(hierarchy, id))
  await waitFor(`the processes of ${id} to end`, 10_000, async () => {
    const members = await readMembers(folders)
    for (const pid of members) kill(pid)
    return members.length === 0 || undefined
  })
  for (const folder of folders) await removeGroup(folder)
}

async function readMembers(folders: readonly string[]): Promise<readonly number[]> {
  const members: number[] = []
  for (const folder of folders) {
    const text = await readFile(join(folder, 'cgroup.procs'), 'utf8').catch(() => '')
    members.push(...text.split('\n').filter(Boolean).map(Number))
    members.push(...(await readMembers(await readGroups(folder))))
  }
  return members.filter((pid) => identifyProcess(pid) !== undefined)
}

async function readGroups(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  return entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name))
}

/** A group's files belong to the kernel: only folders can be removed, the inner ones first. */
async function removeGroup(folder: string): Promise<void> {
  for (const inner of await readGroups(folder)) await removeGroup(inner)
  await rmdir(folder).catch(() => {})
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended by itself.
  }
}
