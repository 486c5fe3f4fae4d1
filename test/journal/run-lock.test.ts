import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { releaseLock, takeLock } from '../../src/journal/run-lock.ts'

const lock = fileURLToPath(new URL('../../src/journal/run-lock.ts', import.meta.url))

/** Takes the lock again and again; whoever meets another inside says so. */
const contender = `
import { rmSync, writeFileSync } from 'node:fs'
import { releaseLock, takeLock } from ${JSON.stringify(lock)}
const [folder, rounds] = process.argv.slice(2)
let taken = 0
for (let round = 0; round < Number(rounds); round++) {
  try { await takeLock(folder) } catch (error) {
    if (!/is in use/.test(error.message)) throw error
    continue
  }
  taken++
  writeFileSync(folder + '/inside', '', { flag: 'wx' })
  await new Promise((done) => setTimeout(done, 1))
  rmSync(folder + '/inside')
  // Now and then one is killed while it has the lock, and leaves it stale.
  if (taken === 7 && process.pid % 2 === 0) process.kill(process.pid, 'SIGKILL')
  await releaseLock(folder)
}
process.stdout.write(String(taken))
`

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'runbook-lock-'))
  onTestFinished(() => rmSync(made, { recursive: true, force: true }))
  return made
}

test('a contended lock has one holder at a time, even after holders were killed', async () => {
  const run = folder()
  const file = join(folder(), 'contender.mts')
  writeFileSync(file, contender)
  const ends = await Promise.all(
    Array.from(
      { length: 8 },
      () =>
        new Promise<{ code: number | null; signal: string | null; said: string }>((resolve) => {
          const child = spawn(process.execPath, ['--import', 'tsx', file, run, '25'], {
            cwd: fileURLToPath(new URL('../../', import.meta.url)),
          })
          let said = ''
          child.stdout.on('data', (text) => (said += String(text)))
          child.stderr.on('data', (text) => (said += String(text)))
          child.on('close', (code, signal) => resolve({ code, signal, said }))
        }),
    ),
  )
  for (const { code, signal, said } of ends) {
    expect({ isWell: code === 0 || signal === 'SIGKILL', said }).toMatchObject({ isWell: true })
  }
  const taken = ends.map(({ said }) => Number(said)).reduce((sum, each) => sum + each, 0)
  expect(taken).toBeGreaterThan(8)
  await takeLock(run)
  expect(readdirSync(run)).toEqual([expect.stringMatching(`^lock-${process.pid}-`)])
  await releaseLock(run)
  expect(readdirSync(run)).toEqual([])
})

test('a lock of a dead process, even if its pid is used again, blocks nobody', async () => {
  const run = folder()
  writeFileSync(join(run, 'lock-999999999-5'), '')
  writeFileSync(join(run, 'lock-1-1234567'), '')
  await takeLock(run)
  expect(readdirSync(run)).toHaveLength(1)
  await expect(takeLock(run)).rejects.toThrow(`process ${process.pid}`)
  await releaseLock(run)
})
