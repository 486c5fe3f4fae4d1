/** A temporary PostgreSQL of its own, on a socket in a temporary folder. */

import { execFileSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface Postgres {
  readonly url: string
  restart(): void
  stop(): void
}

/** Debian's folder of the newest version. */
function programs(): string {
  const base = '/usr/lib/postgresql'
  const versions = existsSync(base) ? readdirSync(base).map(Number) : []
  if (versions.length === 0) throw new Error('PostgreSQL is missing: run `npm run setup`')
  return join(base, String(Math.max(...versions)), 'bin')
}

/** Runs a program as the user `postgres` where this is root, whom PostgreSQL refuses. */
function run(program: string, ...words: readonly string[]): string {
  const command = join(programs(), program)
  const [first, ...others] =
    process.getuid?.() === 0
      ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', command, ...words]
      : [command, ...words]
  return execFileSync(first, others, {
    encoding: 'utf8',
    cwd: '/',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function idOf(kind: '-u' | '-g'): number {
  return Number(execFileSync('id', [kind, 'postgres'], { encoding: 'utf8' }))
}

export function startPostgres(): Postgres {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-pg-'))
  if (process.getuid?.() === 0) chownSync(folder, idOf('-u'), idOf('-g'))
  // Other users may connect.
  chmodSync(folder, 0o755)
  const data = join(folder, 'data')
  run('initdb', '-D', data, '-U', 'runbook', '-A', 'trust', '-E', 'UTF8', '--no-sync')
  const options = `-c listen_addresses='' -c unix_socket_directories=${folder} -c fsync=off`
  const log = join(folder, 'log')
  const control = (...words: readonly string[]) => run('pg_ctl', '-D', data, '-w', ...words)
  control('start', '-l', log, '-o', options)
  const clean = () => {
    try {
      control('stop', '-m', 'immediate')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  // Also when a test run is interrupted.
  process.once('exit', clean)
  return {
    url: `postgres://runbook@/postgres?host=${encodeURIComponent(folder)}`,
    restart: () => void control('restart', '-l', log, '-m', 'fast', '-o', options),
    stop() {
      process.removeListener('exit', clean)
      clean()
    },
  }
}
