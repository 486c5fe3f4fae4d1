/**
 * A lock that lets one program at a time work on a run. Each contender creates a file named after
 * its process, and proceeds only if no other living process has one. Of two simultaneous contenders
 * at least one sees the other; a killed process holds no lock.
 */

import { messages } from './messages.ts'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { JournalError } from './journal-error.ts'

/** Number of retries after meeting another contender, which may step back too. */
const attempts = 12
const pauseMs = 40

/** @throws {JournalError} If another program works on the run. */
export async function takeLock(folder: string): Promise<void> {
  const mine = await lockName()
  for (let attempt = 1; ; attempt++) {
    if (!(await announce(join(folder, mine)))) throw held(folder, String(process.pid))
    const other = await livingOther(folder, mine)
    if (other === undefined) return
    await rm(join(folder, mine), { force: true })
    if (attempt === attempts) throw held(folder, other)
    await sleep(Math.random() * pauseMs)
  }
}

export async function releaseLock(folder: string): Promise<void> {
  await rm(join(folder, await lockName()), { force: true })
}

function held(folder: string, pid: string): JournalError {
  return new JournalError(messages.inUse(pid, folder))
}

/** @returns Whether the file is new: this process itself may have the run open. */
async function announce(file: string): Promise<boolean> {
  try {
    await writeFile(file, '', { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  }
}

/** The process id with its start time, so that a reused id gets another name. */
async function lockName(): Promise<string> {
  return `lock-${process.pid}-${await startOf(process.pid)}`
}

/** Whether a living program works on the run. */
export async function isHeld(folder: string): Promise<boolean> {
  return (await livingOther(folder, '')) !== undefined
}

/** The process that holds another lock; removes locks of dead processes. */
async function livingOther(folder: string, mine: string): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    const [, pid, start] = /^lock-(\d+)-(\d+)$/.exec(name) ?? []
    if (pid === undefined || name === mine) continue
    if ((await startOf(Number(pid))) === start) return pid
    await rm(join(folder, name), { force: true })
  }
  return undefined
}

/** A living process's start time in kernel ticks; empty if there is none. */
export async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name in brackets may contain blanks.
  const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return state === 'Z' || state === 'X' ? '' : (fields[18] ?? '')
}
