/** The built program as a process of its own, to be watched and killed. */

import { type ChildProcess, spawn } from 'node:child_process'
import { program } from '../cli/run-cli.ts'

export interface RunningCli {
  readonly child: ChildProcess
  readonly ended: Promise<number | null>
  stdout(): string
  stderr(): string
  /** Resolves when its output matches; fails if it ends before. */
  until(pattern: RegExp): Promise<void>
}

export function startCli(
  words: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string>> },
): RunningCli {
  const child = spawn(process.execPath, [program, ...words], {
    cwd,
    env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', NO_COLOR: '1', CI: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  const watching = new Set<() => void>()
  const tell = () => {
    for (const watch of watching) watch()
  }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    tell()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    tell()
  })
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => {
      resolve(code)
      tell()
    })
  })
  return {
    child,
    ended,
    stdout: () => stdout,
    stderr: () => stderr,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const watch = () => {
          const isOver = child.exitCode !== null || child.signalCode !== null
          if (pattern.test(stdout) || pattern.test(stderr)) resolve()
          else if (isOver) reject(new Error(`ended without ${pattern}:\n${stdout}\n${stderr}`))
          else return
          watching.delete(watch)
        }
        watching.add(watch)
        watch()
      }),
  }
}
