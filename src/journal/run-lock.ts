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

/** Attempts before giving up. Two contenders may both withdraw, so each tries again after a random pause. */
const maxAttempts = 12
const pauseMs = 40

/** @throws {JournalError} If another program works on the run. */
export async function takeLock(folder: string): Promise<void> {
  const mine = await lockName()
  for (let attempt = 1; ; attempt++) {
    if (!(await announce(join(folder, mine)))) throw inUseError(folder, String(process.pid))
    const other = await findOtherHolder(folder, mine)
    if (other === undefined) return
    await rm(join(folder, mine), { force: true })
    if (attempt === maxAttempts) throw inUseError(folder, other)
    await sleep(Math.random() * pauseMs)
  }
}

export async function releaseLock(folder: string): Promise<void> {
  await rm(join(folder, await lockName()), { force: true })
}

function inUseError(folder: string, pid: string): JournalError {
  return new JournalError(messages.inUse(pid, folder))
}

/** Creates the lock file. @returns `false` if it exists: this process already holds the lock. */
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
  return `lock-${process.pid}-${await processStartTime(process.pid)}`
}

/** Whether a living process, this one included, holds the run's lock. */
export async function isHeld(folder: string): Promise<boolean> {
  return (await findOtherHolder(folder, '')) !== undefined
}

/** Finds the process id of another live lock holder; deletes locks of dead processes. */
async function findOtherHolder(folder: string, mine: string): Promise<string | undefined> {
  for (const name of await readdir(folder)) {
    const [, pid, start] = /^lock-(\d+)-(\d+)$/.exec(name) ?? []
    if (pid === undefined || name === mine) continue
    if ((await processStartTime(Number(pid))) === start) return pid
    await rm(join(folder, name), { force: true })
  }
  return undefined
}

/** A living process's start time in kernel ticks; empty if there is none. */
export async function processStartTime(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name in brackets may contain blanks.
  const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return state === 'Z' || state === 'X' ? '' : (fields[18] ?? '')
}
