/**
 * What one more command costs the run's bash, in system calls: a number that depends on no machine's
 * speed. Most of it is one `read` a byte of what bash reads as its script, and one `write` a line of
 * the state that it saves.
 */

import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { HostSession } from '../../src/run/ports.ts'
import { sshHost, type TestHost } from './hosts.ts'
import { runCommand } from './run-command.ts'

const commands = 20
/** Of a command. It was 846 when a frame was read byte by byte, 395 when its first line had 125 bytes. */
const most = 335
const mostReads = 75

const hasStrace = (() => {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' })
    return process.getuid?.() === 0
  } catch {
    return false
  }
})()

describe.skipIf(!hasStrace)(
  `the run's bash${hasStrace ? '' : ' (skipped: needs strace and root)'}`,
  () => {
    let host: TestHost
    let session: HostSession

    beforeAll(async () => {
      host = await sshHost()
      session = await host.open({ run: 'counted' })
      for (let at = 0; at < 3; at++) await runCommand(session, `echo ${at}`)
    })
    afterAll(async () => {
      await session.close({ keep: false })
      await host.stop()
    })

    test('makes few system calls for a command that is sent after the previous one', async () => {
      const state = join(host.home, '.local', 'state', 'runbook')
      const [folder = ''] = readdirSync(state).filter((name) => name.startsWith('counted'))
      const pid = readFileSync(join(state, folder, 'shell'), 'utf8').trim()
      const report = join(host.home, 'calls')
      const tracer = spawn('strace', ['-s', '16', '-p', pid, '-o', report], {
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      await once(tracer.stderr, 'data')
      for (let at = 0; at < commands; at++) {
        expect((await runCommand(session, `echo ${at}`)).output).toBe(`${at}\n`)
      }
      // The last one's state is saved after its end was told.
      await sleep(300)
      tracer.kill('SIGINT')
      await once(tracer, 'exit')
      // From one command's end to the next one's. Other processes of this computer that begin meanwhile cost
      // some more, so that the cheapest one tells.
      const ends = readFileSync(report, 'utf8')
        .split(/^write\(1, "\\36RB:.*\n/m)
        .slice(1, -1)
      expect(ends.length).toBe(commands - 1)
      expect(Math.min(...ends.map((calls) => calls.split('\n').length))).toBeLessThan(most)
      expect(Math.min(...ends.map((calls) => calls.split('\nread(').length))).toBeLessThan(
        mostReads,
      )
    })
  },
)
