/** A run of the built program against a real host, with something that happens to it on the way. */

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { eventsOf, projectWith } from '../cli/run-cli.ts'
import { hostsUnavailable, type TestHost } from '../hosts/test-host.ts'

const program = fileURLToPath(new URL('../../bin/runbook.js', import.meta.url))

export const reason = hostsUnavailable()
export const skipped = reason === undefined ? '' : ` (skipped: ${reason})`

type Events = ReturnType<typeof eventsOf>

export interface FaultRun {
  readonly code: number | null
  readonly events: Events
  readonly stderr: string
  /** All that the steps printed. */
  readonly output: string
  readonly ends: Events
  readonly cwd: string
}

export interface FaultOptions {
  readonly page: string
  readonly hosts: readonly TestHost[]
  /** Lines that come first in the ssh configuration, for all hosts. */
  readonly ssh?: string
  readonly flags?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Called once, when so much was printed. */
  readonly when?: { readonly printed: string; readonly happens: () => Promise<unknown> }
  /** A project that is there already. */
  readonly cwd?: string
}

/** A dead link is noticed after about three seconds. */
const keepAlive = 'ServerAliveInterval 1\nServerAliveCountMax 2\nConnectTimeout 3\n'

export async function faultRun(options: FaultOptions): Promise<FaultRun> {
  const { page, hosts, ssh = '', flags = [], env = {}, when } = options
  const configs = hosts.map(({ sshConfig }) => readFileSync(sshConfig, 'utf8'))
  const config = `Host *\n${ssh}${keepAlive}\n${configs.join('\n')}`
  const cwd = options.cwd ?? projectWith({ 'a.md': page, config })
  const names = hosts.map(({ name }) => name).join(',')
  const args = ['exec', 'a.md', '--host', names, '--ssh-config', 'config', '--json', ...flags]
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: { ...process.env, LC_ALL: 'C.UTF-8', CI: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  let seen = ''
  let happening: Promise<unknown> | undefined
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    if (!when || happening) return
    seen = (seen + text).slice(-10_000)
    if (seen.includes(when.printed)) happening = when.happens()
  })
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  await happening
  const events = stdout === '' ? [] : eventsOf(stdout)
  const output = events
    .flatMap(({ kind, text }) => (kind === 'output' ? [String(text)] : []))
    .join('')
  const ends = events.filter(({ kind }) => kind === 'step-ended')
  return { code, events, stderr, output, ends, cwd }
}

/** A shell step. */
export function step(attributes: string, text: string): string {
  return `\`\`\`bash {${attributes}}\n${text}\n\`\`\`\n`
}

/** Counts aloud, a line each fifth of a second or so. */
export function counting(to: number): string {
  return `for i in $(seq ${to}); do echo "line $i"; echo "$i" >> /root/counted; sleep 0.2; done`
}

export function counted(to: number): string {
  return Array.from({ length: to }, (_, index) => `line ${index + 1}\n`).join('')
}
