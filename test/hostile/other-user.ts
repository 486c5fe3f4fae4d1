/** Two users of this computer, by unused numeric ids without an entry anywhere. */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withoutRoot } from '../support/may-skip.ts'
import type { Channel, ChannelEnd, Connection } from '../../src/transport/transport.ts'

export const victim = 987_654
export const attacker = 987_655

/** Why the tests with two users are skipped; empty if they can run. */
const lack = withoutRoot()
export const skipped = lack === undefined ? '' : ` (skipped: ${lack})`

const asUser = (uid: number): readonly string[] => [
  `--reuid=${uid}`,
  `--regid=${uid}`,
  '--clear-groups',
]

/** This computer as a host to which `uid` logs in. */
export function connectAs(uid: number, env: Readonly<Record<string, string>>): Connection {
  const channels = new Set<Channel>()
  return {
    host: 'vm',
    address: 'localhost',
    hostKey: 'SHA256:none',
    lost: new Promise(() => {}),
    async open() {
      const command = [...asUser(uid), 'bash', '--noprofile', '--norc']
      const child = spawn('setpriv', command, { env: { PATH: '/usr/bin:/bin', ...env }, cwd: '/' })
      const ended = new Promise<ChannelEnd>((resolve) => {
        child.once('close', (code) =>
          resolve(code === null ? { kind: 'none' } : { kind: 'code', code }),
        )
      })
      child.stdin.on('error', () => {})
      const close = (): void => void child.kill()
      const channel = {
        stdin: child.stdin,
        stdout: child.stdout,
        stderr: child.stderr,
        ended,
        close,
      }
      channels.add(channel)
      return channel
    },
    async close() {
      for (const channel of channels) channel.close()
    },
  }
}

/** Runs a script as the attacker. */
export async function attack(script: string): Promise<void> {
  const child = spawn('setpriv', [...asUser(attacker), 'bash', '-euc', script], {
    stdio: 'inherit',
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`the attack itself failed: ${code}`)
}

/** Watches all processes as the attacker; the result stops it and returns what was seen. */
export async function watchProcesses(): Promise<() => Promise<string>> {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-watch-'))
  const program = join('/var/tmp', `runbook-sample-${process.pid}.py`)
  copyFileSync(fileURLToPath(new URL('./sample-processes.py', import.meta.url)), program)
  rmSync(folder, { recursive: true })
  const child = spawn('setpriv', [...asUser(attacker), '/usr/bin/python3', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let text = ''
  child.stdout.setEncoding('latin1').on('data', (chunk: string) => (text += chunk))
  while (!text.startsWith('ready')) await once(child.stdout, 'data')
  return async () => {
    child.stdin.end('stop')
    await once(child, 'close')
    rmSync(program)
    return text
  }
}
