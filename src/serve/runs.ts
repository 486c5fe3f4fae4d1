/** The runs of a project: processes that this server started, and all journals. */

import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { followJournal } from './follow-journal.ts'
import { planVerdicts, type Verdicts } from './plan-verdicts.ts'
import { type NotStarted, RunProcess } from './run-process.ts'
import type { PlanWish } from './plan-wish.ts'

/** What the caller provides about the project. */
export interface RunsInput {
  /** The hash of a page's text; `undefined` if there is no such page. */
  readonly hashOf: (page: string) => Promise<string | undefined>
  /** The command line that starts the requested run. */
  readonly execCommand: (wish: PlanWish) => readonly string[]
  /** The command line that prints the plan of the requested run. */
  readonly planCommand: (wish: PlanWish) => readonly string[]
  readonly resumeCommand: (run: string) => readonly string[]
  readonly undoCommand: (run: string) => readonly string[]
  readonly cwd: string
  /** The path of a run's journal, which may not exist yet; `undefined` if no run of ours has this id. */
  readonly journalOf: (run: string, isLiving: boolean) => string | undefined
  /** Whether a live process holds the run's lock. */
  readonly isHeld: (run: string) => Promise<boolean>
  readonly isReadOnly: boolean
}

type Started = { readonly run: string } | NotStarted
type Planned =
  | { readonly planHash: string; readonly verdicts?: Verdicts }
  | { readonly problem: 'page-changed' | 'no-such-page' | 'read-only' }
  | ({ readonly problem: 'no-plan' } & NotStarted)

/** The most plans to remember that were not started. */
const maxPlans = 200

export class Runs {
  readonly #input: RunsInput
  readonly #plans = new Map<string, PlanWish>()
  /** By run. */
  readonly #processes = new Map<string, RunProcess>()

  constructor(input: RunsInput) {
    this.#input = input
  }

  get hasLiving(): boolean {
    return [...this.#processes.values()].some(({ isOver }) => !isOver)
  }

  /** Leaves all runs to themselves. */
  close(): void {
    for (const process of this.#processes.values()) process.leave()
  }

  /**
   * Stores the request if its page is unchanged, and with `verdicts` asks the hosts what each step
   * would do.
   *
   * @returns A hash that starts exactly this request.
   */
  async plan({ verdicts: isAsked, ...wish }: PlanWish): Promise<Planned> {
    if (this.#input.isReadOnly) return { problem: 'read-only' }
    const hash = await this.#input.hashOf(wish.page)
    if (hash === undefined) return { problem: 'no-such-page' }
    if (hash !== wish.pageHash) return { problem: 'page-changed' }
    if (isAsked !== true) return { planHash: this.#keep(wish) }
    const found = await planVerdicts(this.#input.planCommand(wish), this.#where(valuesFor(wish)))
    if (!('verdicts' in found)) return { problem: 'no-plan', ...found }
    return { planHash: this.#keep(wish, found.verdicts), ...found }
  }

  #keep(wish: PlanWish, verdicts?: Verdicts): string {
    const planHash = createHash('sha256').update(JSON.stringify({ wish, verdicts })).digest('hex')
    this.#plans.set(planHash, wish)
    const [oldest] = this.#plans.keys()
    if (this.#plans.size > maxPlans && oldest !== undefined) this.#plans.delete(oldest)
    return planHash
  }

  #where(env: Readonly<Record<string, string>>) {
    return { cwd: this.#input.cwd, env: { ...process.env, ...env } }
  }

  /** @returns `undefined` if there is no such plan. */
  async start(planHash: string): Promise<Started | undefined> {
    const wish = this.#plans.get(planHash)
    if (wish === undefined) return undefined
    // A plan starts at most once.
    this.#plans.delete(planHash)
    return this.#run(this.#input.execCommand(wish), valuesFor(wish))
  }

  /** @returns `undefined` if there is no such run. */
  resume(run: string): Promise<Started | undefined> {
    return this.#again(run, this.#input.resumeCommand)
  }

  /** An undo is a run of its own. @returns `undefined` if there is no such run. */
  undo(run: string): Promise<Started | undefined> {
    return this.#again(run, this.#input.undoCommand)
  }

  async #again(
    run: string,
    commandOf: (run: string) => readonly string[],
  ): Promise<Started | undefined> {
    if (this.#input.isReadOnly || this.#input.journalOf(run, false) === undefined) return undefined
    return this.#run(commandOf(run), {})
  }

  /** @returns `false` if the run has no such open question. */
  answer(run: string, question: number, answer: unknown): boolean {
    return this.#processes.get(run)?.answer(question, answer) ?? false
  }

  /** @returns `false` unless the run is a live process of this server. */
  stop(run: string): boolean {
    const process = this.#processes.get(run)
    if (!process || process.isOver) return false
    process.stop()
    return true
  }

  /**
   * Yields the lines of `GET runs/ID/events`: `{"event":…}` from event `from` on, and
   * `{"questions":[…]}` when the open questions change. Ends when no process works on the run.
   *
   * @returns `undefined` if there is no such run.
   */
  follow(run: string, from: number): ((signal: AbortSignal) => AsyncIterable<string>) | undefined {
    const file = this.#input.journalOf(run, this.#processes.has(run))
    if (file === undefined) return undefined
    return (signal) => this.#lines(run, file, from, signal)
  }

  async *#lines(
    run: string,
    file: string,
    from: number,
    signal: AbortSignal,
  ): AsyncGenerator<string> {
    const process = this.#processes.get(run)
    const queue = new Queue(signal)
    const tell = () => queue.push(JSON.stringify({ questions: process?.questions ?? [] }))
    tell()
    const forget = process?.onChange(tell)
    const reading = this.#readInto(queue, { run, file, from, signal, process })
    try {
      yield* queue
    } finally {
      forget?.()
      queue.end()
      await reading
    }
  }

  async #readInto(queue: Queue, of: Followed): Promise<void> {
    const { run, file, from, signal, process } = of
    try {
      await journalOrEnd(of)
      if (existsSync(file)) {
        const isOver = async () => process?.isOver !== false && !(await this.#input.isHeld(run))
        for await (const line of followJournal(file, { from, signal, isOver })) {
          queue.push(`{"event":${line}}`)
          await queue.room()
        }
      }
      const last = process?.isOver === true ? process.ending : undefined
      queue.push(JSON.stringify({ questions: [], isOver: true, ...last }))
    } catch (error) {
      queue.push(JSON.stringify({ isOver: true, text: String(error) }))
    } finally {
      queue.end()
    }
  }

  async #run(command: readonly string[], env: Readonly<Record<string, string>>): Promise<Started> {
    const child = new RunProcess(command, this.#where(env))
    const started = await child.started
    if ('run' in started) this.#processes.set(started.run, child)
    return started
  }
}

interface Followed {
  readonly run: string
  readonly file: string
  readonly from: number
  readonly signal: AbortSignal
  /** `undefined` if this server did not start the run. */
  readonly process: RunProcess | undefined
}

/** Waits for the journal; a run may ask for a password, or fail, before it creates one. */
async function journalOrEnd({ file, signal, process }: Followed): Promise<void> {
  const isAwaited = () => !existsSync(file) && process?.isOver === false && !signal.aborted
  while (isAwaited()) await sleep(50)
}

function valuesFor({ values = {} }: PlanWish): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`RUNBOOK_VAR_${name}`, value]),
  )
}

/** A queue of lines with back-pressure for a slow reader. */
class Queue implements AsyncIterable<string> {
  readonly #lines: string[] = []
  readonly #signal: AbortSignal
  #wake: () => void = () => {}
  #taken: () => void = () => {}
  #isOver = false

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.end(), { once: true })
  }

  push(line: string): void {
    this.#lines.push(line)
    this.#wake()
  }

  /** Waits until fewer than `maxWaiting` lines are queued. */
  async room(): Promise<void> {
    while (this.#lines.length > maxWaiting && !this.#isOver && !this.#signal.aborted)
      await new Promise<void>((resolve) => {
        this.#taken = resolve
      })
  }

  end(): void {
    this.#isOver = true
    this.#wake()
    this.#taken()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<string> {
    for (;;) {
      const line = this.#lines.shift()
      this.#taken()
      if (line !== undefined) yield line
      else if (this.#isOver) return
      else
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
    }
  }
}

const maxWaiting = 500
