import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsOf, runCli } from '../cli/run-cli.ts'
import { bootTestHost, hostsUnavailable, type TestHost } from './test-host.ts'

const reason = hostsUnavailable()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`
const fixtures = new URL('../fixtures/hosts/', import.meta.url)
const page = readFileSync(new URL('constructs.md', fixtures), 'utf8')

type Event = Readonly<Record<string, unknown>>

describe.skipIf(reason !== undefined)(
  `a page with every construct, on two real hosts${skipped}`,
  () => {
    let app: TestHost
    let repo: TestHost
    let cwd: string
    let events: readonly Event[]

    beforeAll(async () => {
      ;[app, repo] = await Promise.all([bootTestHost(), bootTestHost()])
      cwd = mkdtempSync(join(tmpdir(), 'runbook-constructs-'))
      writeFileSync(join(cwd, 'runbook.yml'), 'pages: .\n')
      writeFileSync(join(cwd, 'constructs.md'), page)
    })
    afterAll(async () => {
      rmSync(cwd, { recursive: true, force: true })
      await Promise.all([app.dispose(), repo.dispose()])
    })

    /** What differs from run to run, by its name. */
    const steady = (event: Event): string => {
      const { at: _, ...rest } = event
      return JSON.stringify(rest)
        .replaceAll(app.name, 'APP')
        .replaceAll(repo.name, 'REPO')
        .replaceAll(app.address, 'APP-ADDRESS')
        .replaceAll(repo.address, 'REPO-ADDRESS')
        .replaceAll(/\d{8}-\d{4}-[0-9a-f]{6}/g, 'RUN')
        .replaceAll(/"durationMs":\d+/g, '"durationMs":0')
        .replaceAll(/"tool":"[^"]*"/g, '"tool":"TOOL"')
        .replaceAll(/"by":"[^"]+"/g, '"by":"WHO"')
        .replaceAll(/"hash":"[^"]*"/g, '"hash":"HASH"')
        .replaceAll(/"(number|out|err)":\d+/g, '"$1":0')
        .replaceAll(/"actual":"[^"]*"/g, '"actual":"…"')
    }

    test('passes, and its events are the golden ones', async () => {
      const config = [app, repo].map(({ sshConfig }) => readFileSync(sshConfig, 'utf8')).join('\n')
      writeFileSync(join(cwd, 'config'), config)
      const hosts = [
        '--host',
        `app=${app.name}`,
        '--host',
        `repo=${repo.name}`,
        '--ssh-config',
        'config',
      ]
      const result = await runCli(
        [
          'exec',
          'constructs.md',
          ...hosts,
          '--json',
          '--yes',
          '--allow-danger',
          '--record',
          '--lang',
          'en',
        ],
        { cwd },
      )
      events = eventsOf(result.stdout)
      const bad = events.filter(({ kind, status }) => kind === 'step-ended' && status === 'failed')
      expect(bad).toEqual([])
      expect(result.code).toBe(0)
      // Chunks of output come as the network cuts them.
      const golden = events
        .filter(({ kind }) => kind !== 'output')
        .map((event) => steady({ ...event, seq: 0 }))
      await expect(`${golden.join('\n')}\n`).toMatchFileSnapshot(
        fileURLToPath(new URL('constructs.events.jsonl', fixtures)),
      )
    })

    test('has the same events in its journal and on its output', async () => {
      const shown = await runCli(['show', '--json'], { cwd })
      expect(eventsOf(shown.stdout)).toEqual(events)
    })

    test('shows the same states in the terminal, the journal and the record', async () => {
      const { stdout } = await runCli(['status', '--json'], { cwd })
      const [platform] = JSON.parse(stdout).pages[0].platforms
      expect(platform).toMatchObject({
        state: 'verified',
        stale: [],
        changed: [],
        contradicted: [],
      })
    })

    test('undo reverts its effects, and only those', async () => {
      const { code } = await runCli(['undo', '--yes', '--allow-danger'], {
        cwd,
      })
      expect(code).toBe(0)
      expect((await app.exec('ls /var/tmp/made 2>/dev/null || echo gone')).stdout.trim()).toBe(
        'gone',
      )
    })

    test('leaves nothing of ours on either host', async () => {
      for (const host of [app, repo]) {
        const { stdout } = await host.exec(
          'ls -A /root/.local/state/runbook /var/tmp 2>/dev/null | grep runbook; ps -eo args | grep "[r]unbook/2.*supervise" || true',
        )
        expect(stdout).toBe('')
      }
    })
  },
)
