import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from '../cli/run-cli.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { bootTestHost, hostsUnavailable, type TestHost } from './test-host.ts'

const reason = hostsUnavailable()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`
const pages = fileURLToPath(new URL('../../runbook', import.meta.url))

describe.skipIf(reason !== undefined)(`on a real host${skipped}`, () => {
  let host: TestHost
  let cwd: string
  const exec = (page: string, ...flags: readonly string[]) =>
    runCli(['exec', page, '--host', host.name, '--ssh-config', host.sshConfig, ...flags], { cwd })

  beforeAll(async () => {
    host = await bootTestHost()
    cwd = mkdtempSync(join(tmpdir(), 'runbook-chapters-'))
    cpSync(pages, join(cwd, 'runbook'), {
      recursive: true,
      filter: (path) => !path.includes('.records'),
    })
  })
  afterAll(async () => {
    rmSync(cwd, { recursive: true, force: true })
    await host.dispose()
  })

  test('the MySQL chapter installs a database server, and every step passes', async () => {
    const result = await exec('04-mysql.md', '--record', '--json')
    const events = eventsOf(result.stdout)
    const failed = events.filter(({ kind, status }) => kind === 'step-ended' && status === 'failed')
    expect(failed).toEqual([])
    expect(events.at(-1)).toMatchObject({ kind: 'run-ended', status: 'passed', exit: 0 })
    expect(result.code).toBe(0)
    expect((await host.exec('systemctl is-active mariadb')).stdout.trim()).toBe('active')
  }, 300_000)

  test("its page then has the host's output", async () => {
    expect(await runCli(['sync', '--check'], { cwd })).toMatchObject({ code: 0 })
    const { stdout } = await runCli(['status', '04-mysql.md', '--json'], { cwd })
    expect(JSON.parse(stdout).pages[0].platforms).toEqual([
      expect.objectContaining({ platform: 'debian-12', state: 'verified' }),
    ])
  })

  test('a second run skips what is done and passes', async () => {
    const events = eventsOf((await exec('04-mysql.md', '--json')).stdout)
    const done = events.filter(
      ({ kind, reason: why }) =>
        kind === 'step-ended' && (why === 'already-done' || why === 'equal'),
    )
    expect(done.length).toBeGreaterThan(3)
    expect(events.at(-1)).toMatchObject({ status: 'passed', exit: 0 })
  }, 300_000)

  test('nothing of ours is left on it', async () => {
    const { stdout } = await host.exec(
      'ls -A /root/.local/state/runbook /tmp 2>/dev/null; ps -eo args | grep -c "[R]UNBOOK_MARK\\|[r]unbook/2" || true',
    )
    expect(stdout).not.toMatch(/\d{8}-\d{4}-/)
  })

  test('no secret of the page is in journal or record', () => {
    const { variables } = parseRunbook(
      '04-mysql.md',
      readFileSync(join(cwd, 'runbook/04-mysql.md'), 'utf8'),
    ).runbook
    const secrets = variables.flatMap((variable) =>
      variable.secret ? (variable.default ?? []) : [],
    )
    expect(secrets.length).toBeGreaterThan(0)
    const runs = join(cwd, '.runbook/runs')
    const texts = [
      ...readdirSync(runs).map((run) => readFileSync(join(runs, run, 'events.jsonl'), 'utf8')),
      readFileSync(join(cwd, 'runbook/.records/04-mysql/debian-12.json'), 'utf8'),
    ].join('\n')
    for (const secret of secrets) expect(texts).not.toContain(secret)
  })

  test('plan leaves no trace', async () => {
    const list =
      'find / -xdev -newer /proc/self/cmdline -type f ! -path "/proc/*" ! -path "/sys/*" ! -path "/run/*" ! -path "/var/log/*" ! -path "/var/lib/*" 2>/dev/null | sort'
    await host.exec('touch /root/before; sleep 0.1')
    const { code } = await runCli(
      ['plan', '04-mysql.md', '--host', host.name, '--ssh-config', host.sshConfig],
      { cwd },
    )
    expect(code).toBe(0)
    const { stdout } = await host.exec(list.replace('/proc/self/cmdline', '/root/before'))
    expect(stdout.trim()).toBe('')
  })
})

describe.skipIf(reason !== undefined)(`a host that has changed${skipped}`, () => {
  let host: TestHost
  const page = '```bash {#x}\ntouch /root/ran\n```\n'

  beforeAll(async () => {
    host = await bootTestHost()
  })
  afterAll(async () => {
    await host.dispose()
  })

  test('with another key is refused with both fingerprints, before anything runs', async () => {
    const cwd = projectWith({ 'a.md': page })
    const args = ['exec', 'a.md', '--host', host.name, '--ssh-config', host.sshConfig]
    expect((await runCli(args, { cwd })).code).toBe(0)
    await host.exec('rm -f /root/ran')
    await host.replaceHostKey()
    const { code, stdout, stderr } = await runCli(args, { cwd })
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
    expect(stderr.match(/SHA256:[A-Za-z0-9+/]{43}/g)?.length).toBe(2)
    expect(stderr).toContain('known_hosts:1')
    expect((await host.exec('ls /root/ran 2>/dev/null || echo none')).stdout.trim()).toBe('none')
  })

  test('that does not answer exits 3 and names its address', async () => {
    const cwd = projectWith({ 'a.md': page })
    await host.exec('systemctl stop ssh')
    const { code, stderr } = await runCli(
      ['exec', 'a.md', '--host', host.name, '--ssh-config', host.sshConfig],
      { cwd },
    )
    expect(code).toBe(3)
    expect(stderr).toContain(`${host.name} cannot be reached at ${host.address}`)
  })
})
