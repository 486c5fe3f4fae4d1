/**
 * Runs a program in its own mount namespace with another `~/.ssh`: ssh takes the home folder from
 * the password database, which no variable changes.
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { program } from '../cli/run-cli.ts'
import { maySkip } from '../support/may-skip.ts'

/** Why this is impossible here; `undefined`: it works. */
export function ownHomeUnavailable(): string | undefined {
  try {
    execFileSync('unshare', ['-m', 'true'], { stdio: 'ignore' })
    return undefined
  } catch {
    return maySkip('root', 'needs root for a mount namespace')
  }
}

/** Starts runbook, with or without a terminal, with `sshFolder` as `~/.ssh`. */
export function startInHome(
  sshFolder: string,
  { args, cwd, terminal }: { args: readonly string[]; cwd: string; terminal: boolean },
): ChildProcess {
  const own = join(userInfo().homedir, '.ssh')
  mkdirSync(own, { recursive: true, mode: 0o700 })
  const command = [process.execPath, program, ...args].map((each) => `'${each}'`).join(' ')
  const run = terminal ? `exec script -qec "$RUN" /dev/null` : 'exec sh -c "$RUN"'
  return spawn('unshare', ['-m', 'sh', '-c', `mount --bind '${sshFolder}' '${own}' && ${run}`], {
    cwd,
    env: {
      ...process.env,
      RUN: command,
      LANG: 'C.UTF-8',
      LC_ALL: 'C.UTF-8',
      NO_COLOR: '1',
      XDG_STATE_HOME: join(cwd, 'state'),
    },
  })
}
