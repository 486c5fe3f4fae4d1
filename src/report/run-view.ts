/** The texts that terminal reporters show, without layout. */

import { labelled } from '../diagnostic/labelled.ts'
import { joined, type Lang } from '../model/message.ts'
import { messages as words } from './messages.ts'
import { statusWords } from '../model/messages.ts'
import { checkSentence, unmetSentence } from '../check/check-sentence.ts'
import { drawSource, marginOf } from '../diagnostic/draw-source.ts'
import { visibleText } from '../text/visible-text.ts'
import { wrapLabelled, wrapText } from '../text/wrap-text.ts'
import { renderScreen } from '../match/render-screen.ts'
import { renderDuration } from '../model/duration.ts'
import type { StampedEvent } from '../model/run-event.ts'
import { type Runbook, stepAddress } from '../model/runbook.ts'
import { givenTitle } from '../model/step-title.ts'
import type { PageNeed } from '../plan/plan-run.ts'
import { messages } from '../run/messages.ts'
import { endedSteps, initialState, reduce, type RunState } from '../run/reduce.ts'
import { StepOutputs } from '../run/step-outputs.ts'
import { fleetSummary, OutputDigests } from './fleet-summary.ts'
import { renderFailure } from './failure.ts'
import { statusWord } from './status-words.ts'
import type { Palette } from './style.ts'

export interface RunViewOptions {
  /** The current pages; a page of an old journal may be missing. */
  readonly runbooks: readonly Runbook[]
  readonly pageNeeds: readonly PageNeed[]
  /** The text of each page, by file. */
  readonly sources: ReadonlyMap<string, string>
  readonly palette: Palette
  readonly lang: Lang
  /** Events of the run before it was resumed: counted, not shown again. */
  readonly before: readonly StampedEvent[]
  /** Width of the terminal; `Infinity` if unknown. */
  readonly columns: () => number
  /** The command that a person types to run this program: `npx runbook`. */
  readonly program: string
  /** Whether the next save of a page continues the run. */
  readonly isWatched?: boolean | undefined
  /** Duration of a step's previous run, in milliseconds. */
  readonly lastMs: (step: string, host: string) => number | undefined
}

export interface Described {
  /** Position among the steps of its host, from 1. */
  readonly number: number
  readonly title: string
  /** The author's own `title=`, of a page that is at hand. */
  readonly given: string | undefined
}

interface OfStep {
  readonly step: string
  readonly host: string
}

export class RunView {
  readonly #options: RunViewOptions
  #state: RunState = initialState
  readonly #outputs = new StepOutputs()
  readonly #digests = new OutputDigests()
  #startedAt = ''

  constructor(options: RunViewOptions) {
    this.#options = options
    for (const event of options.before) this.handle(event)
  }

  handle(event: StampedEvent): void {
    this.#state = reduce(this.#state, event)
    if (this.hasManyHosts) this.#digests.handle(event)
    if (event.kind === 'run-started') this.#startedAt = event.at
    this.#outputs.handle(event)
  }

  header(): readonly string[] {
    const { runbooks, pageNeeds, palette, lang } = this.#options
    const titles = runbooks.map(
      ({ file, title }) => `${palette.strong(visibleText(file))} · ${visibleText(title)}`,
    )
    const hosts = this.#state.hosts.map(
      ({ name, address, platform }) => `${name} → ${address} · ${platform}`,
    )
    const needs = pageNeeds.map(
      ({ check, answer }) =>
        `${answer.holds ? palette.good('✔') : palette.bad('✘')} ${visibleText(checkSentence(check, lang))}`,
    )
    return [
      ...titles,
      ...hosts.map((host) => `  ${visibleText(host)}`),
      ...(needs.length > 0 ? [`${words.needs[lang]}  ${needs.join('   ')}`] : []),
    ]
  }

  /** Whether lines must name their host. */
  get hasManyHosts(): boolean {
    return this.#state.hosts.length > 1
  }

  describe({ step, host }: OfStep): Described {
    const own = this.#state.outline.filter((each) => each.host === host)
    const index = own.findIndex((each) => each.step === step)
    const title = own[index]?.title ?? ''
    const isGiven = this.#options.runbooks.some((runbook) =>
      runbook.steps.some(
        (each) => givenTitle(each) === title && stepAddress(runbook, each) === step,
      ),
    )
    return { number: index + 1, title, given: isGiven ? title : undefined }
  }

  /** Number of steps that have ended on a host, including before a resume. */
  endedOn(host: string): number {
    return endedSteps(this.#state).filter((step) => step.host === host).length
  }

  /** Later steps on the same host. */
  next({ step, host }: OfStep): readonly string[] {
    const own = this.#state.outline.filter((each) => each.host === host)
    const index = own.findIndex((each) => each.step === step)
    return own.slice(index + 1).map((each) => each.step.replace(/^[^#]*#/, ''))
  }

  statusWord(end: StampedEvent & { readonly kind: 'step-ended' }): string {
    return statusWord({ ...end, isDeviation: end.deviation ?? false }, this.#options.lang)
  }

  /** The drawn failure of a step; `undefined` if the step did not fail. */
  failure({
    step: address,
    host,
  }: StampedEvent & { readonly kind: 'step-ended' }): string | undefined {
    const progress = this.#state.steps.get(`${address}@${host}`)
    const { runbooks, sources, lang, palette } = this.#options
    const outline = this.#state.outline.find((each) => each.step === address && each.host === host)
    const runbook = runbooks.find(({ file }) => file === outline?.file)
    const step = runbook?.steps.find(
      (each) =>
        each.id === address.split('#').at(-1) &&
        (each.variant?.label ?? null) === progress?.variant,
    )
    if (!progress || !['failed', 'lost', 'cancelled'].includes(progress.status)) return undefined
    const columns = this.#options.columns()
    const drawn = ([headline, details]: readonly (readonly string[])[]) =>
      [...(headline ?? []).map(palette.bad), ...(details ?? [])].join('\n')
    if (!runbook || !step)
      return drawn([
        wrapLabelled('error: ', visibleText(`${address}: ${progress.message}`), columns),
      ])
    const { headline, details } = renderFailure({
      progress,
      step,
      steps: runbook.steps,
      pageNeeds: runbook.needs,
      dirSpan: runbook.dirSpan,
      file: runbook.file,
      source: sources.get(runbook.file) ?? '',
      output: renderScreen(this.#outputs.lastOf(address, host)),
      lang,
      columns,
    })
    return drawn([headline, details])
  }

  summary({
    counts,
    status,
    at,
  }: StampedEvent & { readonly kind: 'run-ended' }): readonly string[] {
    const { lang, palette } = this.#options
    const assumed = [...this.#state.steps.values()].filter(
      ({ status: of, reason }) => of === 'confirmed' && reason === 'assumed',
    ).length
    const shownCounts = { ...counts, confirmed: counts.confirmed - assumed, assumed }
    const shown = (
      [
        'passed',
        'changed',
        'confirmed',
        'assumed',
        'skipped',
        'failed',
        'cancelled',
        'lost',
        'notRun',
      ] as const
    )
      .filter((key) => shownCounts[key] > 0)
      .map((key) => ({
        zh: `${statusWords[key].zh} ${shownCounts[key]}`,
        en: `${statusWords[key].en} ${shownCounts[key]}`,
      }))
    const took = renderDuration(Date.parse(at) - Date.parse(this.#startedAt))
    const text = words.tookOfRun(joined(shown), took, this.#state.run)[lang]
    const columns = this.#options.columns()
    const wrapped = (line: string) => wrapText(line, { columns, indent: 2 })
    const fleet = fleetSummary(this.#state, this.#digests, lang).flatMap(wrapped)
    const lines = [...this.#unmetNeeds(), ...this.#edited(), ...fleet]
    if (this.hasManyHosts) lines.push('')
    lines.push(...wrapped(text).map(status === 'passed' ? palette.good : palette.bad))
    if (status !== 'passed' && this.#state.steps.size > 0)
      lines.push(...this.#whatNext().flatMap(wrapped))
    return lines
  }

  /** Lists the commands that were run instead of the page's own. */
  #edited(): readonly string[] {
    const { lang, palette } = this.#options
    const edited = [...this.#state.steps.values()].filter(({ isDeviation }) => isDeviation)
    if (edited.length === 0) return []
    const names = edited.map(({ step, host }) => (this.hasManyHosts ? `${step}@${host}` : step))
    const label = words.labelled(statusWords.edited, names.join(', '))[lang]
    return [palette.note(visibleText(label))]
  }

  /** The first command that a person ran instead of the page's. */
  edited({ step, host }: OfStep): string | undefined {
    const progress = this.#state.steps.get(`${step}@${host}`)
    if (progress?.isDeviation !== true) return undefined
    const [first] = progress.commands
    const text = first?.text.split('\n')[0] ?? this.describe({ step, host }).title
    return words.labelled(statusWords.edited, text)[this.#options.lang]
  }

  /** What to type after an unfinished run. */
  #whatNext(): readonly string[] {
    const { lang, program, isWatched } = this.#options
    const resume = words.thenResume(`${program} resume ${this.#state.run}`)
    return [
      (isWatched === true ? words.thenSave : resume)[lang],
      words.allOutput(`${program} show ${this.#state.run}`)[lang],
    ]
  }

  /** Conditions that kept a run from its first step. */
  #unmetNeeds(): string[] {
    const { pageNeeds, palette, lang, sources, program } = this.#options
    const columns = this.#options.columns()
    return pageNeeds
      .filter(({ answer }) => !answer.holds)
      .flatMap(({ runbook, host, check, answer, requires }) => {
        const what = messages.precondition(unmetSentence(check, answer.actual, lang))[lang]
        const file = requires ?? runbook.file
        const { start, end } = check.span
        const margin = marginOf(check.span)
        const help = words.firstRun(`${program} exec ${requires ?? ''} --host ${host}`)[lang]
        return [
          ...wrapLabelled(labelled('error', lang, 'RB2003'), visibleText(what), columns).map(
            palette.bad,
          ),
          visibleText(`${margin}--> ${file}:${start.line}:${start.column}`),
          ...(start.offset === end.offset ? [] : drawSource(check.span, sources.get(file))),
          ...(requires === undefined
            ? []
            : wrapLabelled(`${margin} = ${labelled('help', lang)}`, visibleText(help), columns)),
          '',
        ]
      })
  }
}
