/** Asks `runbook plan --json` what a run would do. The plan asks no person and runs no step. */

import { spawn } from 'node:child_process'
import * as z from 'zod/mini'

/** The document of `plan --json`. */
export type Verdicts = Readonly<Record<string, unknown>>

export interface NoVerdicts {
  readonly exit: number | null
  /** The end of standard error. */
  readonly text: string
}

const maxTail = 64 * 1024
const maxBytes = 64 * 1024 * 1024

/** @param command - The program and its words. */
export async function planVerdicts(
  command: readonly string[],
  options: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<{ readonly verdicts: Verdicts } | NoVerdicts> {
  const [program = '', ...words] = command
  const child = spawn(program, words, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed: Buffer[] = []
  let bytes = 0
  let tail = ''
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > maxBytes) child.kill()
    else printed.push(chunk)
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    tail = (tail + text).slice(-maxTail)
  })
  const exit = await new Promise<number | null>((resolve) => {
    child.on('close', resolve)
    child.on('error', (error) => {
      tail += error.message
      resolve(null)
    })
  })
  if (exit !== 0) return { exit, text: tail }
  return { verdicts: document.parse(JSON.parse(Buffer.concat(printed).toString())) }
}

const document = z.record(z.string(), z.unknown())
