import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from '../cli/run-cli.ts'
import { bootTestHost, hostsUnavailable, type TestHost } from './test-host.ts'

const reason = hostsUnavailable()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`

const exec = (cwd: string, ...flags: readonly string[]) =>
  runCli(['exec', 'a.md', '--ssh-config', 'config', ...flags], { cwd })

describe.skipIf(reason !== undefined)(`one page on several real hosts${skipped}`, () => {
  let hosts: readonly TestHost[] = []
  let names = ''
  const page =
    '# F\n```bash {#name}\nhostname\n```\n```bash {#mark}\necho x >> /root/count; test ! -e /root/broken\n```\n```bash {#end always}\necho end\n```\n'
  const project = () => {
    const cwd = projectWith({ 'a.md': page })
    writeFileSync(
      join(cwd, 'config'),
      hosts.map(({ sshConfig }) => readFileSync(sshConfig, 'utf8')).join('\n'),
    )
    return cwd
  }
  beforeAll(async () => {
    hosts = await Promise.all([bootTestHost(), bootTestHost(), bootTestHost()])
    names = hosts.map(({ name }) => name).join(',')
  })
  afterAll(async () => {
    await Promise.all(hosts.map((host) => host.dispose()))
  })

  test('runs on all in parallel, with separate outputs', async () => {
    const result = await exec(project(), '--host', names, '--json')
    const events = eventsOf(result.stdout)
    expect(events.at(-1)).toMatchObject({ status: 'passed', exit: 0, counts: { passed: 9 } })
    for (const { name } of hosts) {
      const own = events.filter(
        ({ kind, host, step }) => kind === 'output' && host === name && step === 'a#name',
      )
      expect(own.map(({ text }) => text).join('')).toBe(`${name}\n`)
    }
  })

  test('a group of the project means its hosts, each with its own values', async () => {
    const cwd = project()
    writeFileSync(
      join(cwd, 'runbook.yml'),
      `pages: .\ngroups: { all: [${names}] }\nhosts: { ${hosts.map(({ name }, index) => `${name}: { vars: { N: ${index} } }`).join(', ')} }\n`,
    )
    writeFileSync(
      join(cwd, 'a.md'),
      '---\nvars: { N: { default: none } }\n---\n```bash {#n}\necho "$N on $HOSTNAME"\n```\n',
    )
    const events = eventsOf((await exec(cwd, '--host', 'all', '--json')).stdout)
    const printed = events.filter(({ kind }) => kind === 'output').map(({ text }) => String(text))
    expect(printed.toSorted((a, b) => a.localeCompare(b))).toEqual(
      hosts.map(({ name }, index) => `${index} on ${name}\n`),
    )
  })

  test('one that fails does not stop the others; a failed canary does', async () => {
    const [first, ...others] = hosts
    await first?.exec('touch /root/broken; rm -f /root/count')
    for (const other of others) await other.exec('rm -f /root/count')
    const failed = await exec(project(), '--host', names, '--json')
    expect(failed.code).toBe(1)
    expect(eventsOf(failed.stdout).at(-1)).toMatchObject({
      status: 'failed',
      counts: { failed: 1, passed: 8 },
    })

    for (const host of hosts) await host.exec('rm -f /root/count')
    const canary = await exec(project(), '--host', names, '--canary', '1', '--json')
    expect(canary.code).toBe(1)
    expect(eventsOf(canary.stdout).at(-1)).toMatchObject({ counts: { failed: 1, notRun: 6 } })
    for (const other of others) {
      expect((await other.exec('cat /root/count 2>/dev/null || echo none')).stdout.trim()).toBe(
        'none',
      )
    }
    await first?.exec('rm -f /root/broken')
  })

  test('stops starting batches once too many have failed', async () => {
    const [first] = hosts
    await first?.exec('touch /root/broken')
    const result = await exec(
      project(),
      '--host',
      names,
      '--batch',
      '34%',
      '--max-fail',
      '10%',
      '--json',
    )
    const started = new Set(
      eventsOf(result.stdout)
        .filter(({ kind }) => kind === 'step-started')
        .map(({ host }) => host),
    )
    expect(started.size).toBe(2)
    await first?.exec('rm -f /root/broken')
  })

  test('shows a table of hosts and the outputs that differ', async () => {
    const { stdout } = await exec(project(), '--host', names, '--lang', 'en')
    for (const { name } of hosts)
      expect(stdout).toMatch(new RegExp(`^${name} +debian-12 +passed`, 'm'))
    expect(stdout).toContain('printed different things on these hosts: a#name')
  })
})
