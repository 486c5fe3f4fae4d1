/** A real sshd whose bash changes its answers by rules of the test. */

import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createVerifier } from '../../src/inventory/known-hosts.ts'
import type { HostSession } from '../../src/run/ports.ts'
import { openSession, type SessionOptions } from '../../src/shell/open-session.ts'
import { connectSsh } from '../../src/transport/ssh.ts'
import { type Sshd, startSshd } from '../transport/sshd.ts'

/** A Python regular expression over bytes, and the replacement of its matches. */
export type Lie = readonly [pattern: string, replacement: string]

export interface HostileHost {
  readonly sshd: Sshd
  /** Sets the lies from the next channel on. */
  lie(...lies: readonly Lie[]): void
  open(options?: Partial<SessionOptions>): Promise<HostSession>
  stop(): Promise<void>
}

const program = fileURLToPath(new URL('./hostile-bash.py', import.meta.url))

export async function hostileHost(): Promise<HostileHost> {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-hostile-'))
  copyFileSync(program, join(folder, 'bash.py'))
  const rules = join(folder, 'rules.json')
  const lie = (...lies: readonly Lie[]): void => writeFileSync(rules, JSON.stringify(lies))
  lie()
  const sshd = await startSshd([`ForceCommand exec /usr/bin/python3 ${folder}/bash.py ${rules}`])
  let runs = 0
  return {
    sshd,
    lie,
    open: (options) =>
      openSession({
        name: 'bad',
        run: `hostile-${++runs}`,
        connect: () => connectSsh(sshd.target, { verifier: (hop) => createVerifier(hop) }),
        ...options,
      }),
    async stop() {
      await sshd.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
