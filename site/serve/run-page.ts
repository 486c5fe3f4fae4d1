/** The page of one run: what it did and does, its timeline, its steps, and what can be done with it. */

import { type Lang, type Message, verbatim } from '../../src/model/message.ts'
import { initialState, reduce, type RunState } from '../../src/run/reduce.ts'
import type { ReportForm } from '../../src/serve/run-archive.ts'
import { TimelineNotes } from '../../src/timeline/timeline.ts'
import { type Api, ApiError, type RunDetails, type RunLine } from './api.ts'
import { button, element } from './elements.ts'
import { hostShellCard } from './host-shell.ts'
import { QuestionCards } from './question-cards.ts'
import { RecordForm } from './record-form.ts'
import { moment, stateBadge, tookText } from './run-facts.ts'
import { compareHref, runHref } from './run-links.ts'
import { runsWords as words } from './runs-words.ts'
import { saveText } from './save-text.ts'
import { StepRows } from './step-rows.ts'
import { TimelineView } from './timeline-view.ts'
import { runWords } from './words.ts'

const reports: readonly (readonly [form: ReportForm, ending: string, label: Message])[] = [
  ['markdown', 'md', verbatim('Markdown')],
  ['junit', 'xml', verbatim('JUnit')],
  ['html', 'html', verbatim('HTML')],
  ['plain', 'txt', words.plainText],
]

/** A flood of events is drawn this often. */
const drawEveryMs = 80

export class RunPage {
  readonly element: HTMLElement
  readonly #api: Api
  readonly #run: string
  readonly #lang: Lang
  readonly #me: Awaited<ReturnType<Api['me']>>
  readonly #head = element('header', { class: 'rb-run-head' })
  readonly #notice = element('div', { class: 'rb-notice', role: 'alert' })
  readonly #asked = element('div', { class: 'rb-asked' })
  readonly #form = element('div', {})
  readonly #timeline: TimelineView
  readonly #steps: StepRows
  readonly #times = new TimelineNotes()
  readonly #cards: QuestionCards
  /** Aborted when the page is left: shells end with it. */
  readonly #left = new AbortController()
  #state: RunState = initialState
  #next = 0
  #isOver = false
  #isDrawing = false
  /** Output moves no bar. */
  #isTimelineOld = true

  constructor(api: Api, run: string, me: Awaited<ReturnType<Api['me']>>, lang: Lang) {
    this.#api = api
    this.#run = run
    this.#me = me
    this.#lang = lang
    this.#timeline = new TimelineView(lang, 'run')
    this.#steps = new StepRows(api, run, lang)
    this.#cards = new QuestionCards({
      words: runWords(),
      answer: (id, answer) => void this.#do(() => this.#api.answer(this.#run, id, answer)),
      openShell: (host, near) => near.after(this.#shell(host)),
      place: (card) => {
        this.#asked.append(card)
        card.querySelector<HTMLElement>('[data-runbook-first]')?.focus()
      },
    })
    const all = (isOpen: boolean) => () => this.#steps.openAll(isOpen)
    this.element = element(
      'main',
      { class: 'rb-runs rb-run-page' },
      this.#head,
      this.#notice,
      this.#asked,
      this.#form,
      element('h2', {}, words.timeline[lang]),
      this.#timeline.element,
      element(
        'div',
        { class: 'rb-steps-head' },
        element('h2', {}, words.steps[lang]),
        button(words.openAll[lang], all(true)),
        button(words.closeAll[lang], all(false)),
      ),
      this.#steps.element,
    )
    addEventListener('hashchange', () => this.#openAnchor())
    addEventListener('pagehide', () => this.#left.abort())
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** Follows the run to its end; throws on a lost connection. */
  async follow(signal: AbortSignal): Promise<void> {
    await this.#drawHead().catch(unlessMissing)
    const timer = setInterval(() => this.#drawTimeline(), 1000)
    try {
      for await (const line of this.#api.follow(this.#run, this.#next, signal)) this.#take(line)
    } finally {
      clearInterval(timer)
    }
    this.#draw()
    await this.#drawHead()
  }

  #take({ event, questions, isOver }: RunLine): void {
    if (event) {
      this.#next = event.seq + 1
      this.#state = reduce(this.#state, event)
      this.#times.take(event)
      this.#steps.take(event)
      this.#isTimelineOld ||= event.kind !== 'output'
      // Until then the run had no journal to tell of.
      if (event.kind === 'run-started' && this.#head.childElementCount === 0)
        void this.#do(() => this.#drawHead())
    }
    if (questions) this.#cards.draw(questions)
    if (isOver === true) this.#isOver = true
    this.#draw()
  }

  #draw(): void {
    if (this.#isDrawing) return
    this.#isDrawing = true
    const isFirst = this.#next <= 1 || this.#steps.element.childElementCount === 0
    setTimeout(() => {
      this.#isDrawing = false
      this.#steps.draw(this.#state)
      if (this.#isTimelineOld) this.#drawTimeline()
      if (isFirst) this.#openAnchor()
    }, drawEveryMs)
  }

  #drawTimeline(): void {
    this.#isTimelineOld = false
    const isOpen = !this.#isOver && this.#state.ended === undefined
    this.#timeline.draw(this.#times.timeline(isOpen ? Date.now() : undefined))
  }

  #openAnchor(): void {
    const key = decodeURIComponent(location.hash.slice(1))
    if (key !== '') this.#steps.open(key)
  }

  async #drawHead(): Promise<void> {
    const [details, history, all] = await Promise.all([
      this.#api.run(this.#run),
      this.#api.history(this.#run),
      this.#api.runs(),
    ])
    this.#steps.showHistory(history)
    this.#steps.draw(this.#state)
    const lang = this.#lang
    const { pages, hosts, by, at, undoneBy, undoes, steps } = details
    document.title = `${pages.join(' ')} · ${this.#run}`
    const titles = pages.map((page, index) => {
      const address = details.addresses[index]
      return typeof address === 'string' ? element('a', { href: address }, page) : page
    })
    const facts = [
      stateBadge(details, lang),
      moment(at),
      tookText(details),
      hosts.join(', '),
      by ?? undefined,
      `${words.steps[lang]} ${steps.ended}/${steps.total}`,
      undoneBy === null ? undefined : relation(words.undone(undoneBy)[lang], undoneBy),
      undoes === null ? undefined : relation(words.undoes(undoes)[lang], undoes),
    ]
    const items = facts
      .filter((fact) => fact !== undefined && fact !== '')
      .map((fact) => element('li', {}, fact))
    this.#head.replaceChildren(
      element(
        'h1',
        {},
        ...titles.flatMap((title, index) => (index === 0 ? [title] : [' ', title])),
      ),
      element('p', { class: 'rb-run-id' }, this.#run),
      element('ul', { class: 'rb-run-facts' }, ...items),
      this.#actions(details, all),
    )
  }

  #actions(details: RunDetails, all: Awaited<ReturnType<Api['runs']>>): HTMLElement {
    const lang = this.#lang
    const { status, isHeld, undoneBy, undoes } = details
    const api = this.#api
    const run = this.#run
    const may = !this.#me.isReadOnly
    const act = (name: string, label: string, action: () => Promise<unknown>) =>
      button(label, () => void this.#do(action), { 'data-runs-do': name })
    const hasEnded = !isHeld && status !== 'unfinished'
    const parts = [
      may && isHeld ? act('stop', words.stop[lang], () => api.stop(run)) : undefined,
      may && !isHeld && status !== 'passed'
        ? act('resume', words.resume[lang], async () => {
            await api.resume(run)
            location.reload()
          })
        : undefined,
      may && hasEnded && undoneBy === null
        ? act('undo', words.undo[lang], async () => {
            if (!confirm(words.undoSure[lang])) return
            location.assign(runHref(await api.undo(run)))
          })
        : undefined,
      may && hasEnded && undoes === null
        ? act('record', words.record[lang], () => this.#offerRecord())
        : undefined,
      this.#compareChoice(all),
      element(
        'span',
        { class: 'rb-reports', role: 'group', 'aria-label': words.report[lang] },
        element('span', {}, words.report[lang]),
        ...reports.map(([form, ending, label]) =>
          act(`report-${form}`, label[lang], async () =>
            saveText(`${run}.${ending}`, await api.report(run, form)),
          ),
        ),
      ),
    ]
    return element('div', { class: 'rb-run-actions' }, ...parts)
  }

  /** Other runs of the same pages. */
  #compareChoice(all: Awaited<ReturnType<Api['runs']>>): HTMLElement | undefined {
    const own = all.find(({ run }) => run === this.#run)
    const same = all.filter(
      ({ run, pages }) => run !== this.#run && pages.some((page) => own?.pages.includes(page)),
    )
    if (same.length === 0) return undefined
    const label = words.compareWith[this.#lang]
    const select = element(
      'select',
      { 'aria-label': label, 'data-runs-do': 'compare' },
      element('option', { value: '' }, label),
      ...same.map(({ run, at }) =>
        element('option', { value: run }, `${at.slice(0, 16).replace('T', ' ')} · ${run}`),
      ),
    )
    select.addEventListener('change', () => {
      if (select.value !== '') location.assign(compareHref(this.#run, select.value))
    })
    return select
  }

  async #offerRecord(): Promise<void> {
    const form = new RecordForm(this.#api, this.#run, this.#lang)
    await form.load()
    this.#form.replaceChildren(form.element)
    form.element.focus()
  }

  async #do(action: () => Promise<unknown>): Promise<void> {
    this.#notice.textContent = ''
    try {
      await action()
    } catch (error) {
      this.#notice.textContent = error instanceof Error ? error.message : String(error)
    }
  }

  #shell(host: string): HTMLElement {
    const { signal } = this.#left
    return hostShellCard({ api: this.#api, run: this.#run, host, words: runWords(), signal })
  }
}

function relation(text: string, run: string): HTMLElement {
  return element('a', { href: runHref(run) }, text)
}

/** A run may ask for a password before it has a journal. */
function unlessMissing(error: unknown): void {
  if (!(error instanceof ApiError) || error.status !== 404) throw error
}
