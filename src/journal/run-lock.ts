/**
 * One program at a time works on a run. The lock names the process that holds it, so that one that
 * was killed does not hold it for ever.
 */

import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { JournalError } from './journal-error.ts'

const name = 'lock'

/** @throws {JournalError} Where another program works on the run. */
export async function takeLock(folder: string): Promise<void> {
  const file = join(folder, name)
  const mine = `${process.pid} ${await startOf(process.pid)}\n`
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      await writeFile(file, mine, { flag: 'wx', mode: 0o600 })
      return
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    }
    const [pid = '', start = ''] = (await readFile(file, 'utf8').catch(() => '')).trim().split(' ')
    const alive = await startOf(Number(pid))
    if (alive !== '' && alive === start) {
      throw new JournalError(`another program (process ${pid}) works on this run: ${folder}`)
    }
    await rm(file, { force: true })
  }
}

export async function releaseLock(folder: string): Promise<void> {
  await rm(join(folder, name), { force: true })
}

/** When a living process started, in the kernel's ticks; empty where there is none. */
async function startOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The name in brackets may hold blanks.
  const [state = '', ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return state === 'Z' || state === 'X' ? '' : (fields[18] ?? '')
}
