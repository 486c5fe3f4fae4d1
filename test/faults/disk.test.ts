import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { projectWith, runCli } from '../cli/run-cli.ts'
import { bootTestHost, type TestHost } from '../hosts/test-host.ts'
import { faultRun, reason, skipped, step } from './fault-run.ts'

describe.skipIf(reason !== undefined)(`a full disk${skipped}`, () => {
  let host: TestHost
  const state = '/root/.local/state'
  const withTiny = async (size: string) => {
    await host.exec(`mkdir -p ${state}; mount -t tmpfs -o size=${size} tmpfs ${state}`)
    onTestFinished(async () => void (await host.exec(`umount -l ${state}`)))
  }

  beforeAll(async () => {
    host = await bootTestHost()
  })
  afterAll(async () => {
    await host.dispose()
  })

  test("of the host, filled by a step's output, fails that step as `disk-full`", async () => {
    await withTiny('300k')
    const run = await faultRun({
      page:
        step('#much', 'seq 1 200000 || true') +
        step('#after always', 'touch /root/tidied; echo tidy'),
      hosts: [host],
    })
    expect(run.ends[0]).toMatchObject({ status: 'failed', reason: 'disk-full' })
    expect(run.output.startsWith('1\n2\n3\n')).toBe(true)
    expect(run.code).toBe(1)
  })

  test('of the host is reported even if the shell itself exits', async () => {
    await withTiny('300k')
    const run = await faultRun({ page: step('#much', 'seq 1 200000; exit 0'), hosts: [host] })
    expect(run.ends).toEqual([expect.objectContaining({ status: 'failed', reason: 'disk-full' })])
  })

  test('of the host before the run begins refuses the shell', async () => {
    await withTiny('40k')
    const run = await faultRun({ page: step('#one', 'echo one'), hosts: [host] })
    expect(run.ends).toEqual([
      expect.objectContaining({
        reason: 'no-shell',
        message: expect.stringContaining('disk full'),
      }),
    ])
    expect(run.output).toBe('')
  })

  test('of the host does not fill with output already read', async () => {
    await withTiny('60m')
    const many = Array.from({ length: 6 }, (_, index) =>
      step(`#s${index}`, 'head -c 20000000 /dev/zero | tr "\\0" x'),
    )
    const run = await faultRun({ page: many.join(''), hosts: [host] })
    expect(run.ends.map(({ status }) => status)).toEqual(Array.from(many, () => 'passed'))
    expect(run.output.length).toBe(6 * 20_000_000)
  })

  test('on our side exits 1, names the journal, and leaves no step running', async () => {
    const cwd = projectWith({ 'a.md': step('#much', 'seq 1 300000; sleep 73.5') })
    const runs = join(cwd, '.runbook')
    mkdirSync(runs)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=200k', 'tmpfs', runs])
    onTestFinished(() => void execFileSync('umount', ['-l', runs]))
    const { code, stderr } = await runCli(
      ['exec', 'a.md', '--host', host.name, '--ssh-config', host.sshConfig],
      { cwd },
    )
    expect(code).toBe(1)
    expect(stderr).toMatch(/journal|events\.jsonl/)
    expect(readdirSync(runs)).toEqual(['.gitignore', 'runs'])
    await expect
      .poll(async () => (await host.exec('pgrep -fc "^sleep 73.5" || true')).stdout.trim())
      .toBe('0')
  })
})
