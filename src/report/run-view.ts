/**
 * What the terminal's reporters show of a run, as text without layout: one place for the words.
 */

import { checkSentence, type Lang } from '../check/check-sentence.ts'
import { visibleText } from '../diagnostic/visible-text.ts'
import { renderScreen } from '../match/render-screen.ts'
import { renderDuration } from '../model/duration.ts'
import type { StampedEvent, StepStatus } from '../model/run-event.ts'
import { commandsOf, type Step } from '../model/step.ts'
import type { Plan, PlannedStep } from '../plan/plan-run.ts'
import { messages } from '../run/messages.ts'
import { KeptOutput } from '../run/kept-output.ts'
import { initialState, reduce, type RunState } from '../run/reduce.ts'
import { renderFailure } from './failure.ts'
import { type Palette } from './style.ts'

export interface RunViewOptions {
  readonly plan: Plan
  /** The text of each page, by its file. */
  readonly sources: ReadonlyMap<string, string>
  readonly palette: Palette
  readonly lang: Lang
  /** Where all output of the run is kept. */
  readonly journalFile: string
}

export interface Described {
  /** Its place in the plan, from 1. */
  readonly number: number
  readonly title: string
}

const words: Readonly<Record<Lang, Readonly<Record<StepStatus | 'notRun', string>>>> = {
  zh: {
    passed: '通过',
    changed: '已修改',
    skipped: '跳过',
    failed: '失败',
    confirmed: '已确认',
    cancelled: '中断',
    lost: '结果不明',
    unknown: '没有回答',
    notRun: '未运行',
  },
  en: {
    passed: 'passed',
    changed: 'changed',
    skipped: 'skipped',
    failed: 'failed',
    confirmed: 'confirmed',
    cancelled: 'cancelled',
    lost: 'lost',
    unknown: 'unknown',
    notRun: 'not run',
  },
}

export class RunView {
  readonly #options: RunViewOptions
  #state: RunState = initialState
  #output = new KeptOutput()
  #startedAt = ''

  constructor(options: RunViewOptions) {
    this.#options = options
  }

  take(event: StampedEvent): void {
    this.#state = reduce(this.#state, event)
    if (event.kind === 'run-started') this.#startedAt = event.at
    if (event.kind === 'command-started' || event.kind === 'step-started')
      this.#output = new KeptOutput()
    if (event.kind === 'output') this.#output.push(event.text)
  }

  header(): readonly string[] {
    const { plan, palette, lang } = this.#options
    const titles = plan.runbooks.map(
      ({ file, title }) => `${palette.strong(visibleText(file))} · ${visibleText(title)}`,
    )
    const hosts = plan.hosts.map(
      ({ name, address, platform }) => `${name} → ${address} · ${platform}`,
    )
    const needs = plan.pageNeeds.map(
      ({ check, answer }) =>
        `${answer.holds ? palette.good('✔') : palette.bad('✘')} ${visibleText(checkSentence(check, lang))}`,
    )
    const label = lang === 'zh' ? '需要' : 'needs'
    return [
      ...titles,
      ...hosts.map((host) => `  ${visibleText(host)}`),
      ...(needs.length > 0 ? [`${label}  ${needs.join('   ')}`] : []),
    ]
  }

  planned(address: string): PlannedStep | undefined {
    return this.#options.plan.steps.find((step) => step.address === address)
  }

  describe({ step: address }: { readonly step: string }): Described {
    const number = this.#options.plan.steps.findIndex((step) => step.address === address) + 1
    const step = this.planned(address)?.step
    return { number, title: step ? titleOf(step) : '' }
  }

  statusWord(status: StepStatus): string {
    return words[this.#options.lang][status]
  }

  /** The failure of a step that ended badly, drawn; `undefined` for any other end. */
  failure({
    step: address,
    host,
  }: StampedEvent & { readonly kind: 'step-ended' }): string | undefined {
    const progress = this.#state.steps.get(`${address}@${host}`)
    const planned = this.planned(address)
    if (!progress || !planned || !['failed', 'lost', 'cancelled'].includes(progress.status))
      return undefined
    const { file } = planned.runbook
    const source = this.#options.sources.get(file) ?? ''
    const output = renderScreen(this.#output.text())
    const text = renderFailure({
      progress,
      step: planned.step,
      file,
      source,
      output,
      lang: this.#options.lang,
    })
    const [first = '', ...rest] = text.split('\n')
    return [this.#options.palette.bad(first), ...rest].join('\n')
  }

  summary({
    counts,
    status,
    at,
  }: StampedEvent & { readonly kind: 'run-ended' }): readonly string[] {
    const { lang, palette, journalFile } = this.#options
    const shown = (
      [
        'passed',
        'changed',
        'confirmed',
        'skipped',
        'failed',
        'cancelled',
        'lost',
        'notRun',
      ] as const
    )
      .filter((key) => counts[key] > 0)
      .map((key) => `${words[lang][key]} ${counts[key]}`)
    const took = renderDuration(Date.parse(at) - Date.parse(this.#startedAt))
    const text = `${shown.join(lang === 'zh' ? '，' : ', ')} · ${took} · run ${this.#state.run}`
    const lines = this.#unmetNeeds()
    lines.push(status === 'passed' ? palette.good(text) : palette.bad(text))
    if (status !== 'passed')
      lines.push(`${lang === 'zh' ? '全部输出' : 'all output'}: ${visibleText(journalFile)}`)
    return lines
  }

  /** What kept a run from its first step. */
  #unmetNeeds(): string[] {
    const { plan, palette, lang } = this.#options
    return plan.pageNeeds
      .filter(({ answer }) => !answer.holds)
      .flatMap(({ runbook, host, check, answer, requires }) => {
        const what = messages.precondition[lang](checkSentence(check, lang), answer.actual)
        const { line, column } = check.span.start
        const first = `runbook exec ${requires ?? ''} --host ${host}`
        const help = lang === 'zh' ? `先运行 \`${first}\`` : `first run \`${first}\``
        return [
          palette.bad(`error[RB2003]: ${visibleText(what)}`),
          visibleText(` --> ${requires ?? runbook.file}:${line}:${column}`),
          ...(requires === undefined ? [] : [`  = help: ${visibleText(help)}`]),
          '',
        ]
      })
  }
}

/** What tells a step in a list: its own title, its first command, its file. */
export function titleOf(step: Step): string {
  if (step.kind === 'manual') return step.text
  if (step.kind === 'file' || step.kind === 'patch') return step.path
  if (step.kind === 'script') return step.run
  const [first, ...others] = commandsOf(step)
  const line = first?.text.split('\n')[0] ?? step.title
  return others.length > 0 || first?.text.includes('\n') === true ? `${line} …` : line
}
