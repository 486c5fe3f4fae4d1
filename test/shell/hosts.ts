/** This computer and a loopback sshd as hosts with a home folder of their own. */

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createVerifier } from '../../src/inventory/known-hosts.ts'
import type { HostSession } from '../../src/run/ports.ts'
import { openSession, type SessionOptions } from '../../src/shell/open-session.ts'
import { connectLocal } from '../../src/transport/local.ts'
import { connectSsh } from '../../src/transport/ssh.ts'
import type { Connection } from '../../src/transport/transport.ts'
import { startSshd } from '../transport/sshd.ts'

export interface TestHost {
  readonly home: string
  connect(): Promise<Connection>
  open(options?: Partial<SessionOptions>): Promise<HostSession>
  stop(): Promise<void>
}

let runs = 0

function opener(connect: () => Promise<Connection>): TestHost['open'] {
  return (options) => openSession({ name: 'vm', run: `test-${++runs}`, connect, ...options })
}

export async function localHost(): Promise<TestHost> {
  const home = mkdtempSync(join(tmpdir(), 'runbook-home-'))
  process.env['HOME'] = home
  delete process.env['XDG_STATE_HOME']
  const open = opener(connectLocal)
  return {
    home,
    connect: connectLocal,
    open: (options) => open({ startDir: home, ...options }),
    stop: async () => rmSync(home, { recursive: true, force: true }),
  }
}

export async function sshHost(extra: readonly string[] = []): Promise<TestHost> {
  const sshd = await startSshd(extra)
  const connect = (): Promise<Connection> =>
    connectSsh(sshd.target, { verifier: (hop) => createVerifier(hop) })
  return { home: sshd.home, connect, open: opener(connect), stop: () => sshd.stop() }
}

/** Processes of this computer whose environment or command line names `text`. */
/** Sshd's own processes aside. */
export function processesWith(text: string): readonly string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return []
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8')
      return `${line} ${environment}`.includes(text) ? [`${pid} ${line}`] : []
    } catch {
      return []
    }
  })
}
