/** A command that prints without end. The limit is 8 GiB, and smaller here. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createVerifier } from '../../src/inventory/known-hosts.ts'
import { resolveHost } from '../../src/inventory/resolve-host.ts'
import type { RunEvent } from '../../src/model/run-event.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import type { HostSession } from '../../src/run/ports.ts'
import { openSession } from '../../src/shell/open-session.ts'
import { connectSsh } from '../../src/transport/ssh.ts'
import { bootTestHost, type TestHost } from '../hosts/test-host.ts'
import { runOn } from '../run/run-on.ts'
import { reason, skipped, step } from './fault-run.ts'

const maxBytes = 32 * 1024 ** 2
const folder = '/root/.local/state/runbook'

describe.skipIf(reason !== undefined)(`a command that prints without end${skipped}`, () => {
  let host: TestHost
  let session: HostSession

  beforeAll(async () => {
    host = await bootTestHost()
    const target = await resolveHost(host.name, { sshConfig: host.sshConfig })
    const connect = () => connectSsh(target, { verifier: (hop) => createVerifier(hop) })
    session = await openSession({ name: host.name, run: 'limit', connect, maxBytes })
  })
  afterAll(async () => {
    await host.dispose()
  })

  test('is killed with its descendants, the next step runs, and its output is not kept', async () => {
    const { printed, ends } = await run(
      session,
      step('#much', 'sleep 72.5 & yes') + step('#size always', `du -s --block-size=1 ${folder}`),
    )
    expect(ends).toEqual([
      expect.objectContaining({
        status: 'failed',
        reason: 'output-limit',
        message: expect.stringMatching(
          /^output exceeded the limit; the command was killed: .*yes \(pid/,
        ),
      }),
      expect.objectContaining({ status: 'passed' }),
    ])
    expect(printed.get('much')?.length).toBeGreaterThan(maxBytes)
    const { stdout: running } = await host.exec("pgrep -fc '^yes|^sleep 72.5' || true")
    expect(running.trim()).toBe('0')
    const kept = Number.parseInt(printed.get('size')?.last ?? '', 10)
    expect(kept).toBeLessThan(1024 ** 2)

    await session.close({ keep: false })
    expect((await host.exec(`ls ${folder}`)).stderr).toContain('No such file')
  })
})

interface Printed {
  readonly length: number
  /** The last piece as it came. */
  readonly last: string
}

/** Runs a page as the program does; what each step printed, and how it ended. */
async function run(session: HostSession, text: string) {
  const { runbook } = parseRunbook('a.md', text)
  const nobody = { confirm: nothing, step: nothing, failure: nothing }
  const clock = { nowMs: () => 0, sleep: async () => {} }
  const printed = new Map<string, Printed>()
  const ends: RunEvent[] = []
  const emit = (event: RunEvent): void => {
    if (event.kind === 'step-ended') ends.push(event)
    if (event.kind === 'output') {
      const [, id = ''] = event.step.split('#')
      const length = (printed.get(id)?.length ?? 0) + event.text.length
      printed.set(id, { length, last: event.text })
    }
  }
  await runOn([session], runbook, { clock, prompt: nobody, emit })
  return { printed, ends }
}

function nothing(): Promise<undefined> {
  return Promise.resolve(undefined)
}
