/** A page of the site with run buttons: starts, follows and shows its runs. */

import { type Api, ApiError, type Me, type PageModel, type Wish } from './api.ts'
import { button, element } from './elements.ts'
import { hostShellCard } from './host-shell.ts'
import { PlanView } from './plan-view.ts'
import { RunBar } from './run-bar.ts'
import { RunView } from './run-view.ts'
import { type RunWords, runWords } from './words.ts'

const retryMs = 1000

/** How long events are taken before the browser gets its turn. */
const turnMs = 8

export class RunnablePage {
  readonly #api: Api
  readonly #root: HTMLElement
  readonly #model: PageModel
  readonly #words: RunWords
  readonly #bar: RunBar
  readonly #gone = new AbortController()
  #following = new AbortController()
  #run: string | undefined
  #view: RunView | undefined
  #plan: PlanView | undefined
  #isDrawing = false

  constructor(api: Api, root: HTMLElement, model: PageModel, me: Me) {
    this.#api = api
    this.#root = root
    this.#model = model
    this.#words = runWords()
    this.#bar = new RunBar(model, me, this.#words, {
      run: () => this.#start({}),
      plan: () => this.#showPlan(),
      stop: () => this.#do(() => this.#api.stop(this.#run ?? '')),
      shell: () => this.#openShells(),
      resume: () => this.#do(async () => this.#show(await this.#api.resume(this.#run ?? ''))),
    })
    document.body.append(this.#bar.element)
    // A plan is of the hosts that were chosen.
    this.#bar.element.addEventListener('change', () => this.#closePlan())
    if (model.problems.length > 0) {
      const list = model.problems.map((problem) => element('li', {}, problem))
      this.#bar.notice(this.#words.pageErrors, element('ul', {}, ...list))
    }
    if (me.isReadOnly) this.#bar.element.inert = true
    else this.#addButtons()
    const timer = setInterval(() => this.#bar.draw(this.#view), 1000)
    this.#gone.signal.addEventListener('abort', () => clearInterval(timer))
  }

  /** Shows the page's newest active run, or else the run that this tab showed last. */
  async showKnown(): Promise<void> {
    const runs = await this.#api.runs()
    const own = runs.filter(({ pages }) => pages.includes(this.#model.file))
    const kept = sessionStorage.getItem(this.#storageKey)
    const found = own.find(({ isHeld }) => isHeld) ?? own.find(({ run }) => run === kept)
    if (found) this.#show(found.run)
  }

  leave(): void {
    this.#gone.abort()
    this.#following.abort()
    this.#closePlan()
    this.#bar.element.remove()
  }

  get #storageKey(): string {
    return `runbook-run:${this.#model.file}`
  }

  #addButtons(): void {
    for (const step of this.#root.querySelectorAll<HTMLElement>('[data-runbook-step]')) {
      const id = step.dataset['runbookStep'] ?? ''
      if (step.dataset['runbookState'] === 'manual') continue
      step.querySelector('.rb-head')?.append(
        element(
          'span',
          { class: 'rb-step-actions' },
          button('▶', () => this.#start({ only: [id] }), {
            'aria-label': `${this.#words.runThis}: ${id}`,
            title: this.#words.runThis,
            'data-runbook-do': 'step',
          }),
          button('▶⋯', () => this.#start({ from: id }), {
            'aria-label': `${this.#words.fromHere}: ${id}`,
            title: this.#words.fromHere,
            'data-runbook-do': 'from',
          }),
        ),
      )
    }
  }

  #start(select: NonNullable<Wish['select']>): void {
    void this.#do(async () => this.#show(await this.#api.start(this.#wish(select))))
  }

  #showPlan(): void {
    void this.#do(async () => {
      const wish = this.#wish({})
      this.#closePlan()
      this.#bar.say(this.#words.planning)
      const { planHash, verdicts } = await this.#api.plan(wish).finally(() => this.#bar.say(''))
      this.#closePlan()
      this.#plan = new PlanView({
        document: verdicts,
        wish,
        words: this.#words,
        stepElement: (address) => this.#stepElement(address, null),
        run: () => void this.#do(async () => this.#show(await this.#api.startPlan(planHash))),
        close: () => this.#closePlan(),
      })
      this.#bar.element.prepend(this.#plan.element)
    })
  }

  #closePlan(): void {
    this.#plan?.clear()
    this.#plan = undefined
  }

  #wish(select: NonNullable<Wish['select']>): Wish {
    const { file, hash } = this.#model
    return {
      page: file,
      pageHash: hash,
      hosts: this.#bar.hosts,
      values: this.#values(),
      select,
      ...(this.#bar.isStepwise ? { stepwise: true } : {}),
    }
  }

  /** The values form without secrets; the run itself asks for those. */
  #values(): Readonly<Record<string, string>> {
    const secrets = new Set(this.#model.vars.filter(({ secret }) => secret).map(({ name }) => name))
    const fields = document.querySelectorAll<HTMLInputElement>('input[data-runbook-var]')
    return Object.fromEntries(
      [...fields]
        .map((field) => [field.dataset['runbookVar'] ?? '', field.value] as const)
        .filter(([name, value]) => value !== '' && !secrets.has(name)),
    )
  }

  async #do(action: () => Promise<unknown>): Promise<void> {
    this.#bar.notice('')
    try {
      await action()
    } catch (error) {
      this.#tell(error)
    }
  }

  #tell(error: unknown): void {
    const isChanged = error instanceof ApiError && error.body['problem'] === 'page-changed'
    if (isChanged)
      this.#bar.notice(
        this.#words.pageChanged,
        button(this.#words.reload, () => location.reload()),
      )
    else this.#bar.notice(error instanceof Error ? error.message : String(error))
  }

  #show(run: string): void {
    this.#following.abort()
    this.#closePlan()
    this.#view?.clear()
    this.#following = new AbortController()
    this.#run = run
    sessionStorage.setItem(this.#storageKey, run)
    const view = new RunView({
      words: this.#words,
      bar: this.#bar.element,
      answer: (question, answer) => void this.#do(() => this.#api.answer(run, question, answer)),
      openShell: (host, card) => this.#openShell(run, host, card),
      stepElement: (address, variant) => this.#stepElement(address, variant),
      answersOf: (address) =>
        this.#model.steps.find(({ id }) => address.endsWith(`#${id}`))?.onError ?? [],
    })
    this.#view = view
    this.#draw()
    void this.#follow(run, view, this.#following.signal)
  }

  /** Follows the run, and reconnects after a lost connection until the page is left. */
  async #follow(run: string, view: RunView, signal: AbortSignal): Promise<void> {
    while (!view.isOver && !signal.aborted) {
      try {
        let until = performance.now() + turnMs
        for await (const line of this.#api.follow(run, view.next, signal)) {
          this.#bar.notice('')
          view.take(line)
          this.#draw()
          if (performance.now() < until) continue
          await new Promise((next) => setTimeout(next))
          until = performance.now() + turnMs
        }
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof ApiError) {
          this.#tell(error)
          return
        }
        this.#bar.notice(this.#words.lostLink)
      }
      if (!view.isOver) await new Promise((next) => setTimeout(next, retryMs))
    }
  }

  #openShell(run: string, host: string, near: HTMLElement): void {
    near.after(this.#shellCard(run, host))
  }

  /** A card for each host of the run. */
  #openShells(): void {
    for (const { name } of this.#view?.state.hosts ?? [])
      this.#bar.element.append(this.#shellCard(this.#run ?? '', name))
  }

  #shellCard(run: string, host: string): HTMLElement {
    const { signal } = this.#following
    return hostShellCard({ api: this.#api, run, host, words: this.#words, signal })
  }

  /** Draws at most once per frame. */
  #draw(): void {
    if (this.#isDrawing) return
    this.#isDrawing = true
    requestAnimationFrame(() => {
      this.#isDrawing = false
      if (this.#view?.draw() === false) this.#draw()
      this.#bar.draw(this.#view)
    })
  }

  #stepElement(address: string, variant: string | null): HTMLElement | undefined {
    const at = address.lastIndexOf('#')
    const name = this.#model.file.split('/').at(-1)?.replace(/\.md$/, '') ?? ''
    const page = address.slice(0, at).split('/').at(-1)
    if (page !== name) return undefined
    const id = address.slice(at + 1)
    const steps = [...this.#root.querySelectorAll<HTMLElement>('[data-runbook-step]')].filter(
      (step) => step.dataset['runbookStep'] === id,
    )
    return (
      steps.find((step) => step.dataset['runbookVariant'] === (variant ?? undefined)) ?? steps[0]
    )
  }
}
