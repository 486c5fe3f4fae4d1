/** The client of the server's routes (docs/SERVE.md). */

import type { RunHost, StampedEvent } from '../../src/model/run-event.ts'
import type { Verdict } from '../../src/plan/plan-run.ts'
import type { ValueSource } from '../../src/plan/resolve-variables.ts'
import type { ConfirmQuestion } from '../../src/run/ports.ts'
import type { StepDuration } from '../../src/timeline/duration-plot.ts'
import type { ListedRun, ReportForm } from '../../src/serve/run-archive.ts'
import type { StepQuestion } from '../../src/run/control.ts'

const storageKey = 'runbook-token'

/** Moves the token from the URL fragment to this tab's session storage. */
export function takeToken(): string | undefined {
  const [, given] = /[#&]token=([\w-]+)/.exec(location.hash) ?? []
  if (given !== undefined) {
    sessionStorage.setItem(storageKey, given)
    history.replaceState(history.state, '', location.pathname + location.search)
  }
  return sessionStorage.getItem(storageKey) ?? undefined
}

export interface PageModel {
  readonly file: string
  readonly hash: string
  readonly roles: readonly { readonly name: string; readonly host: string | null }[]
  readonly vars: readonly { readonly name: string; readonly secret: boolean }[]
  readonly steps: readonly {
    readonly id: string
    readonly lastMs: number | null
    /** The patterns of its `on-error`, in order. */
    readonly onError: readonly string[]
  }[]
  readonly problems: readonly string[]
}

export interface Me {
  readonly hosts: readonly string[]
  readonly host: string | null
  readonly isReadOnly: boolean
}

export type { ListedRun } from '../../src/serve/run-archive.ts'

export interface RunDetails extends ListedRun {
  /** The path of each page on the site; `null` if it is gone. */
  readonly addresses: readonly (string | null)[]
  /** The run that it undoes. */
  readonly undoes: string | null
}

export interface ListLine {
  readonly run?: ListedRun
  readonly gone?: string
  readonly isAll?: true
}

export interface OfferedLine {
  readonly id: string
  readonly removed: string | null
  readonly added: string | null
}

export interface OfferedPage {
  readonly page: string
  readonly title: string
  /** Steps that were edited since the run: the page is not recorded. */
  readonly changed: readonly string[]
  readonly records: readonly {
    readonly platform: string
    readonly host: string
    readonly steps: number
  }[]
  readonly changes: readonly {
    readonly step: string
    readonly line: number
    readonly platform: string
    readonly rules: readonly string[]
    readonly lines: readonly OfferedLine[]
  }[]
  readonly problems: readonly string[]
}

export interface RecordOffer {
  readonly recordHash: string
  readonly isWhole: boolean
  readonly pages: readonly OfferedPage[]
}

export type Question =
  | {
      readonly kind: 'confirm'
      readonly about: ConfirmQuestion['kind'] | 'deviation'
      readonly question: Omit<ConfirmQuestion, 'kind'>
    }
  | { readonly kind: 'step'; readonly question: StepQuestion; readonly problem?: string }
  | { readonly kind: 'failure'; readonly question: StepQuestion }
  | { readonly kind: 'line'; readonly text: string; readonly hidden: boolean }

export interface OpenQuestion {
  readonly id: number
  readonly question: Question
}

export interface RunLine {
  readonly event?: StampedEvent
  readonly questions?: readonly OpenQuestion[]
  readonly isOver?: true
  readonly exit?: number | null
  readonly text?: string
}

export interface Wish {
  readonly page: string
  readonly pageHash: string
  readonly hosts: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, string>>
  readonly select?: { readonly from?: string; readonly only?: readonly string[] }
  readonly stepwise?: boolean
}

interface CheckAnswer {
  readonly check: string
  /** `null`: not asked. */
  readonly holds: boolean | null
  readonly actual: string
}

export interface PlannedStep {
  /** `PAGE#ID`. */
  readonly id: string
  readonly host: string
  readonly verdict: Verdict
  readonly decidedBy: string | null
  readonly checks: readonly CheckAnswer[]
  readonly waitsFor: readonly { readonly check: string; readonly step: string | null }[]
  readonly file?: { readonly diff?: string | null; readonly why?: string }
}

/** The document of `plan --json`. */
export interface PlanDocument {
  readonly hosts: readonly RunHost[]
  readonly values: readonly {
    readonly name: string
    readonly secret: boolean
    readonly source: ValueSource
  }[]
  readonly needs: readonly CheckAnswer[]
  readonly steps: readonly PlannedStep[]
}

export interface Planned {
  readonly planHash: string
  readonly verdicts: PlanDocument
}

/** An unsuccessful response, with its body. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    const said = [body['text'], body['error'], body['problem']].find(
      (each) => typeof each === 'string' && each !== '',
    )
    super(typeof said === 'string' ? said.trim() : String(status))
    this.status = status
    this.body = body
  }
}

export class Api {
  readonly #token: string

  constructor(token: string) {
    this.#token = token
  }

  me(): Promise<Me> {
    return this.#json('GET', 'me')
  }

  page(file: string): Promise<PageModel> {
    return this.#json('GET', `pages/${file.split('/').map(encodeURIComponent).join('/')}`)
  }

  async runs(): Promise<readonly ListedRun[]> {
    return (await this.#json<{ runs: readonly ListedRun[] }>('GET', 'runs')).runs
  }

  /** Plans and starts. @returns The run's id. */
  async start(wish: Wish): Promise<string> {
    const { planHash } = await this.#json<{ planHash: string }>('POST', 'plans', wish)
    return this.startPlan(planHash)
  }

  /** Asks the hosts what each step would do. */
  plan(wish: Wish): Promise<Planned> {
    return this.#json('POST', 'plans', { ...wish, verdicts: true })
  }

  /** @returns The run's id. */
  async startPlan(planHash: string): Promise<string> {
    return (await this.#json<{ run: string }>('POST', 'runs', { planHash })).run
  }

  async resume(run: string): Promise<string> {
    return (await this.#json<{ run: string }>('POST', `runs/${run}/resume`)).run
  }

  async stop(run: string): Promise<void> {
    await this.#json('POST', `runs/${run}/stop`)
  }

  async answer(run: string, question: number, answer: unknown): Promise<void> {
    await this.#json('POST', `runs/${run}/answers`, { question, answer })
  }

  /** @returns The terminal's id. */
  async openTerminal(
    run: string,
    host: string,
    size: { readonly columns: number; readonly rows: number },
  ): Promise<string> {
    const body = { host, ...size }
    return (await this.#json<{ terminal: string }>('POST', `runs/${run}/terminals`, body)).terminal
  }

  async typeInto(terminal: string, text: string): Promise<void> {
    await this.#fetch('POST', `terminals/${terminal}/input`, text)
  }

  /** Yields a terminal's output; can be read once. Ends with the terminal. */
  async *terminalOutput(terminal: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const answer = await this.#fetch('GET', `terminals/${terminal}/output`, undefined, signal)
    const reader = answer.body?.getReader()
    if (!reader) return
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      yield value
    }
  }

  run(run: string): Promise<RunDetails> {
    return this.#json('GET', `runs/${run}`)
  }

  /** Durations over the last runs, by `STEP@HOST`. */
  async history(run: string): Promise<Readonly<Record<string, readonly StepDuration[]>>> {
    const answer = await this.#json<{ steps: Readonly<Record<string, readonly StepDuration[]>> }>(
      'GET',
      `runs/${run}/history`,
    )
    return answer.steps
  }

  async report(run: string, as: ReportForm): Promise<string> {
    return await (await this.#fetch('GET', `runs/${run}/report?as=${as}`)).text()
  }

  /** The whole output of a step, as it arrives. */
  async output(
    run: string,
    step: string,
    host: string,
  ): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    const query = new URLSearchParams({ step, host })
    const { body } = await this.#fetch('GET', `runs/${run}/output?${query}`)
    return body ?? new Blob([]).stream()
  }

  /** @returns The id of the undo, which is a run of its own. */
  async undo(run: string): Promise<string> {
    return (await this.#json<{ run: string }>('POST', `runs/${run}/undo`)).run
  }

  offeredRecord(run: string): Promise<RecordOffer> {
    return this.#json('GET', `runs/${run}/record`)
  }

  /** @param accept - Ids of accepted lines, by page. */
  keepRecord(
    run: string,
    recordHash: string,
    accept: Readonly<Record<string, readonly string[]>>,
  ): Promise<{ readonly records: readonly string[]; readonly changed: readonly string[] }> {
    return this.#json('POST', `runs/${run}/record`, { recordHash, accept })
  }

  /** Follows the list of runs; throws on a lost connection. */
  followList(signal: AbortSignal): AsyncGenerator<ListLine> {
    return this.#lines('runs/live', signal)
  }

  /** Yields a run's lines from event `from` on; ends with the run, throws on a lost connection. */
  follow(run: string, from: number, signal: AbortSignal): AsyncGenerator<RunLine> {
    return this.#lines(`runs/${run}/events?from=${from}`, signal)
  }

  async *#lines<T>(path: string, signal: AbortSignal): AsyncGenerator<T> {
    const answer = await this.#fetch('GET', path, undefined, signal)
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    if (!reader) return
    let unread = ''
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      const lines = (unread + value).split('\n')
      unread = lines.pop() ?? ''
      // oxlint-disable-next-line no-unsafe-type-assertion -- docs/SERVE.md says what a line is
      for (const line of lines) yield JSON.parse(line) as T
    }
  }

  async #json<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await this.#fetch(method, path, body)
    // oxlint-disable-next-line no-unsafe-type-assertion -- docs/SERVE.md says what is answered
    return (await answer.json()) as T
  }

  async #fetch(
    method: string,
    path: string,
    body?: object | string,
    signal?: AbortSignal,
  ): Promise<Response> {
    const answer = await fetch(`/_runbook/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.#token}` },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    if (answer.ok) return answer
    const text = await answer.text()
    throw new ApiError(answer.status, parsed(text) ?? { error: text.trim() })
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    // oxlint-disable-next-line no-unsafe-type-assertion -- an error's body is an object
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    return undefined
  }
}
