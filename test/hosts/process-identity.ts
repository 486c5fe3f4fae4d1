/**
 * Identifies a process by pid and start time, so that it is not confused with a later process of
 * the same pid. The start time counts from the given boot of the machine.
 */

import { readFileSync } from 'node:fs'
import { z } from 'zod'

export const processIdentity = z.object({ pid: z.number(), start: z.string() })

export type ProcessIdentity = z.infer<typeof processIdentity>

/** `undefined` if there is no such process, or only its zombie. */
export function identifyProcess(pid: number): ProcessIdentity | undefined {
  const fields = readStat(pid)
  const [state, start] = [fields[0], fields[19]]
  if (start === undefined || state === 'Z' || state === 'X') return undefined
  return { pid, start: `${readProc('sys/kernel/random/boot_id').trim()} ${start}` }
}

export function isAlive(identity: ProcessIdentity | undefined): boolean {
  return identity !== undefined && identifyProcess(identity.pid)?.start === identity.start
}

/** Sends the signal only if the process is still the same one. */
export function signalProcess(identity: ProcessIdentity, signal: NodeJS.Signals): void {
  if (!isAlive(identity)) return
  try {
    process.kill(identity.pid, signal)
  } catch {
    // It ended between the check and the signal.
  }
}

export function readChildren(pid: number): readonly number[] {
  return readProc(`${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number)
}

/** The process's command line. */
export function readCommandLine(pid: number): readonly string[] {
  return readProc(`${pid}/cmdline`).split('\0')
}

/** Fields from the third on; the second is a name that may contain spaces and brackets. */
function readStat(pid: number): readonly string[] {
  const stat = readProc(`${pid}/stat`)
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
}

function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch {
    return ''
  }
}
