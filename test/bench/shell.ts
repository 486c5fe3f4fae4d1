/** What a run costs on a real host, against plain `ssh`. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bootTestHost, hostsUnavailable } from '../hosts/test-host.ts'
import { benchConnections } from './connections.ts'
import { benchFar } from './far.ts'
import { benchOutput } from './output.ts'
import type { ShellBench } from './shell-bench.ts'
import { benchSteps } from './steps.ts'

export const shellParts = {
  steps: benchSteps,
  far: benchFar,
  output: benchOutput,
  connections: benchConnections,
} as const

type ShellPart = keyof typeof shellParts

export function isShellPart(name: string): name is ShellPart {
  return name in shellParts
}

/** @param only - `undefined`: all parts. */
export async function benchShell(program: string, only: ShellPart | undefined): Promise<void> {
  const reason = hostsUnavailable()
  if (reason !== undefined) throw new Error(`no host to measure on: ${reason}`)
  const host = await bootTestHost()
  const folder = mkdtempSync(join(tmpdir(), 'runbook-bench-'))
  try {
    writeFileSync(join(folder, 'runbook.yml'), 'pages: .\n')
    const own = { hosts: host.name, config: host.sshConfig }
    const bench: ShellBench = {
      host,
      folder,
      exec: (page, { hosts, config } = own) => ({
        name: `runbook exec ${page}`,
        command: process.execPath,
        args: [program, 'exec', page, '--host', hosts, '--ssh-config', config, '--json'],
      }),
      ssh: (command) => ({
        name: `ssh ${command}`,
        command: 'ssh',
        args: ['-F', host.sshConfig, host.name, command],
      }),
    }
    for (const part of Object.keys(shellParts).filter(isShellPart)) {
      if (only === undefined || only === part) await shellParts[part](bench, program)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
    await host.dispose()
  }
}
