/** Runs one chapter by the program itself and reads what it says. */

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import buildOnce from '../support/build-once.ts'
import { repository, type Stage } from './stage.ts'

export interface PageRun {
  readonly page: string
  readonly code: number | null
  readonly seconds: number
  readonly counts: Readonly<Record<string, number>>
  /** The first step that failed, and what the page answers to it. */
  readonly failed: FailedStep | undefined
  readonly stderr: string
}

export interface FailedStep {
  readonly id: string
  readonly message: string
  readonly output: string
  readonly answer: string | undefined
}

interface Event {
  readonly kind: string
  readonly step?: string
  readonly status?: string
  readonly message?: string
  readonly diff?: string
  readonly text?: string
  readonly holds?: boolean
  readonly check?: string
  readonly actual?: string
  readonly counts?: Readonly<Record<string, number>>
}

/** @param program - What node runs. */
export async function runPage(
  stage: Stage,
  program: string,
  page: string,
  flags: readonly string[] = [],
): Promise<PageRun> {
  const { roles } = readPage(stage, page)
  const hosts = ['vm', 'repo'].filter((name) => roles.some((role) => role.name === name))
  const hostFlags = hosts.flatMap((name) => ['--host', `${name}=${name}`])
  const started = performance.now()
  const { code, stdout, stderr } = await run(stage, program, [
    'exec',
    page,
    ...hostFlags,
    '--ssh-config',
    stage.sshConfig,
    '--json',
    ...flags,
  ])
  const events = stdout.split('\n').filter(Boolean).map(readEvent)
  const counts = events.findLast(({ kind }) => kind === 'run-ended')?.counts ?? {}
  const seconds = (performance.now() - started) / 1000
  return { page, code, seconds, counts, failed: findFailed(stage, page, events), stderr }
}

function readEvent(line: string): Event {
  return JSON.parse(line)
}

function readPage(stage: Stage, page: string) {
  const file = join(stage.folder, 'runbook', page)
  return parseRunbook(page, readFileSync(file, 'utf8')).runbook
}

function findFailed(stage: Stage, page: string, events: readonly Event[]): FailedStep | undefined {
  const end = events.find(({ kind, status }) => kind === 'step-ended' && status === 'failed')
  if (!end) {
    const need = events.find(
      ({ kind, holds, step }) =>
        kind === 'check-answered' && holds === false && !step?.includes('#'),
    )
    return need && { id: '', message: `${need.check} does not hold`, output: '', answer: undefined }
  }
  const output = events
    .filter(({ kind, step }) => kind === 'output' && step === end.step)
    .map(({ text = '' }) => text)
    .join('')
  const id = end.step?.split('#')[1] ?? ''
  const steps = readPage(stage, page).steps.filter((step) => step.id === id)
  const said = `${output}\n${end.message ?? ''}`
  const answer = steps
    .flatMap(({ onError }) => onError)
    .find(({ pattern }) => new RegExp(pattern, 'm').test(said))?.target
  const asked = events
    .filter(({ kind, step }) => kind === 'check-answered' && step === end.step)
    .map(({ check, actual }) => `  ${check}: ${actual}`)
  const message = [end.message, end.diff, ...asked].filter(Boolean).join('\n')
  return { id, message, output, answer }
}

export interface ProgramResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs the program in the stage's project, without a terminal. */
export function run(
  { folder, env }: Stage,
  program: string,
  args: readonly string[],
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args], {
      cwd: folder,
      env: { ...process.env, LANG: 'C.UTF-8', NO_COLOR: '1', CI: '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, stdout, stderr }))
  })
}

/** The program as it is installed, built from the sources as they are. */
export function builtProgram(): string {
  buildOnce()
  return join(repository, 'bin/runbook.js')
}
