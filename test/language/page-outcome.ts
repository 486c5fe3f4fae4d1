/** A page run by the engine on this computer, with real shells, and all that can be seen of it. */

import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isError } from '../../src/diagnostic/diagnostic.ts'
import type { RunEvent } from '../../src/model/run-event.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { plainReporter } from '../../src/report/plain-reporter.ts'
import { paletteFor } from '../../src/report/style.ts'
import { type EarlierLife, earlierLife, noEarlierLife } from '../../src/run/earlier-life.ts'
import type { RunOptions } from '../../src/run/run-options.ts'
import { openSession } from '../../src/shell/open-session.ts'
import { connectLocal } from '../../src/transport/local.ts'
import { runOn } from '../run/run-on.ts'

export interface Situation {
  /** Files of the folder in which the page starts. */
  readonly files?: Readonly<Record<string, string>>
  readonly options?: Partial<RunOptions>
  /** The run is cut off and goes on: what is seen is its second life. */
  readonly isResumed?: true
  /** As `--tag`. */
  readonly tags?: readonly string[]
}

export interface SeenStep {
  readonly status: string
  readonly reason: string | null
  readonly host: string
  readonly user: string
  readonly output: string
}

export interface Outcome {
  /** Codes of what the parser refuses; nothing was run then. */
  readonly refused: readonly string[]
  readonly steps: Readonly<Record<string, SeenStep>>
  /** Ids in the order in which they were taken. */
  readonly order: readonly string[]
  /** What a person was asked to confirm; the answer is no. */
  readonly asked: readonly string[]
  readonly secrets: readonly string[]
  /** The run as `--reporter plain` shows it. */
  readonly shown: string
  /** Of the page's folder, when the run is over. */
  readonly files: Readonly<Record<string, string>>
  readonly modes: Readonly<Record<string, string>>
  readonly owners: Readonly<Record<string, number>>
}

interface Life {
  readonly events: readonly RunEvent[]
  readonly asked: readonly string[]
  readonly secrets: readonly string[]
}

const nothing: Outcome = {
  refused: [],
  steps: {},
  order: [],
  asked: [],
  secrets: [],
  shown: '',
  files: {},
  modes: {},
  owners: {},
}

let runs = 0

/** Hosts are `here` and `other`, which are both this computer; a page starts in a new folder. */
export async function outcomeOf(text: string, situation: Situation = {}): Promise<Outcome> {
  const { runbook, diagnostics } = parseRunbook('page.md', text)
  const errors = diagnostics.filter(isError)
  if (errors.length > 0) return { ...nothing, refused: errors.map(({ code }) => code) }

  const folder = mkdtempSync(join(tmpdir(), 'runbook-language-'))
  // Another user works here too.
  chmodSync(folder, 0o777)
  for (const [name, content] of Object.entries(situation.files ?? {})) {
    writeFileSync(join(folder, name), content)
    chmodSync(join(folder, name), content.startsWith('#!') ? 0o755 : 0o666)
  }
  const run = `language-${process.pid}-${++runs}`
  const open = (name: string) =>
    openSession({ name, run: `${run}-${name}`, connect: connectLocal, startDir: folder })
  const openAll = async () =>
    Promise.all([open('here'), ...(text.includes('host: other') ? [open('other')] : [])])
  let sessions = await openAll()
  try {
    const first = await runPage(noEarlierLife)
    if (!situation.isResumed) return outcomeFrom(first)
    for (const session of sessions) await session.close({ keep: true })
    sessions = await openAll()
    const second = await runPage(earlierLife(first.events))
    return outcomeFrom(second)
  } finally {
    for (const session of sessions) await session.close({ keep: false })
    rmSync(folder, { recursive: true, force: true })
  }

  async function runPage(before: EarlierLife): Promise<Life> {
    const asked: string[] = []
    const secrets: string[] = []
    const world = {
      ...situation,
      before,
      clock: {
        nowMs: () => performance.now(),
        sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
      },
      prompt: {
        confirm: async ({ text: question }: { readonly text: string }) => {
          asked.push(question)
          return 'no' as const
        },
        step: async () => undefined,
        failure: async () => undefined,
      },
      startDir: () => (runbook.dir === undefined ? folder : join(folder, runbook.dir)),
      onSecret: (value: string) => secrets.push(value),
    }
    return { events: await runOn(sessions, runbook, world), asked, secrets }
  }

  function outcomeFrom({ events, asked, secrets }: Life): Outcome {
    const steps = stepsOf(events)
    const entries = readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
    const ofFiles = <T>(read: (path: string) => T) =>
      Object.fromEntries(entries.map((name) => [name, read(join(folder, name))]))
    return {
      refused: [],
      steps,
      order: events.flatMap((event) => (event.kind === 'step-started' ? [idOf(event)] : [])),
      asked,
      secrets,
      shown: shownOf(events),
      files: ofFiles((path) => readFileSync(path, 'utf8')),
      modes: ofFiles((path) => (statSync(path).mode & 0o777).toString(8)),
      owners: ofFiles((path) => statSync(path).uid),
    }
  }

  function shownOf(events: readonly RunEvent[]): string {
    let shown = ''
    const palette = paletteFor({ colour: false, unicode: true })
    const reporter = plainReporter({
      runbooks: [runbook],
      pageNeeds: [],
      sources: new Map([['page.md', text]]),
      program: 'runbook',
      columns: () => Infinity,
      palette,
      lang: 'en',
      lastMs: () => undefined,
      before: [],
      write: (more) => (shown += more),
    })
    const at = new Date(0).toISOString()
    for (const [seq, event] of events.entries()) reporter.handle({ ...event, v: 1, seq, at })
    return shown
  }
}

function idOf({ step }: { readonly step: string }): string {
  return step.replace(/^page#/, '')
}

function stepsOf(events: readonly RunEvent[]): Readonly<Record<string, SeenStep>> {
  const steps: Record<string, SeenStep> = {}
  const printed = new Map<string, string>()
  const users = new Map<string, string>()
  for (const event of events) {
    if (event.kind === 'step-started') users.set(event.step, event.user)
    if (event.kind === 'output')
      printed.set(event.step, (printed.get(event.step) ?? '') + event.text)
    if (event.kind !== 'step-ended') continue
    const { step, host, status, reason } = event
    const output = printed.get(step) ?? ''
    steps[idOf(event)] = { status, reason, host, user: users.get(step) ?? '', output }
  }
  return steps
}
