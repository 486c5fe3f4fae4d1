/** The end of a run on a host: traps run, what goes on is named, and its output is not lost. */

import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localHost, sshHost, type TestHost } from './hosts.ts'
import { runCommand, statusOf } from './run-command.ts'

const places: readonly (readonly [string, () => Promise<TestHost>])[] = [
  ['on this computer', localHost],
  ['over ssh', sshHost],
]

describe.each(places)('a closed shell %s', (_, open) => {
  let host: TestHost
  const at = (name: string): string => join(host.home, name)

  beforeAll(async () => {
    host = await open()
  })
  afterAll(() => host.stop())

  test('for good runs its EXIT trap, in its folder and with its variables', async () => {
    const session = await host.open()
    await runCommand(session, 'cd ~; mkdir -p d; cd d; A=1; trap \'echo "$A $PWD" >>~/trap\' EXIT')
    expect(existsSync(at('trap'))).toBe(false)
    await session.close({ keep: false })
    expect(readFileSync(at('trap'), 'utf8')).toBe(`1 ${at('d')}\n`)
    rmSync(at('trap'))
  })

  test('and kept does not, because a resumed run continues in it', async () => {
    const first = await host.open({ run: 'kept' })
    await runCommand(first, "A=2; trap 'echo gone >>~/trap' EXIT")
    await first.close({ keep: true })
    expect(existsSync(at('trap'))).toBe(false)
    const second = await host.open({ run: 'kept' })
    expect((await runCommand(second, 'echo "$A"')).output).toBe('2\n')
    await second.close({ keep: false })
  })

  test('closes as fast after its command ended', async () => {
    const session = await host.open()
    expect(statusOf(await runCommand(session, 'exit 3'))).toBe(3)
    const started = performance.now()
    await session.close({ keep: false })
    expect(performance.now() - started).toBeLessThan(4000)
  })

  test('lists processes that still run, and their output files', async () => {
    const session = await host.open({ run: 'left' })
    await runCommand(session, 'echo before')
    await runCommand(
      session,
      `(sleep 2; echo late; sleep 1; echo later >~/own) & (exec -a quiet sleep 3 >/dev/null 2>&1) &`,
    )
    const left = await session.close({ keep: false })
    const loud = left.filter(({ output }) => output !== '')
    expect(left.map(({ number, user }) => [number, user])).toEqual(
      Array.from(left, () => [2, null]),
    )
    expect(left.map(({ command }) => command.trim())).toContain('quiet 3')
    const [file] = new Set(loud.map(({ output }) => output))
    expect(file).toMatch(/\/runbook\/left-vm-\w+\.out$/)
    await sleep(2500)
    expect(readFileSync(file ?? '', 'utf8')).toBe('late\n')
    rmSync(file ?? '')
    await sleep(1000)
  })

  test('lists nothing if no process runs', async () => {
    const session = await host.open()
    await runCommand(session, 'sleep 0.1 & wait')
    expect(await session.close({ keep: false })).toEqual([])
  })
})
