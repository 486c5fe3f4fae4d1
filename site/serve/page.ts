/** Adds run buttons to a page of the site. Only `runbook serve` loads this module. */

import './page.css'
import { Api, ApiError, type PageModel, takeToken, type Wish } from './api.ts'
import { button, element } from './elements.ts'
import { RunBar } from './run-bar.ts'
import { RunView } from './run-view.ts'
import { type RunWords, runWords } from './words.ts'

const retryMs = 1000

class RunnablePage {
  readonly #api: Api
  readonly #root: HTMLElement
  readonly #model: PageModel
  readonly #words: RunWords
  readonly #bar: RunBar
  readonly #gone = new AbortController()
  #following = new AbortController()
  #run: string | undefined
  #view: RunView | undefined
  #isDrawing = false

  constructor(api: Api, root: HTMLElement, model: PageModel, me: Awaited<ReturnType<Api['me']>>) {
    this.#api = api
    this.#root = root
    this.#model = model
    this.#words = runWords()
    this.#bar = new RunBar(model, me, this.#words, {
      run: () => this.#start({}),
      stop: () => this.#do(() => this.#api.stop(this.#run ?? '')),
      resume: () => this.#do(async () => this.#show(await this.#api.resume(this.#run ?? ''))),
    })
    document.body.append(this.#bar.element)
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
    void this.#do(async () => {
      const { file, hash } = this.#model
      const wish: Wish = {
        page: file,
        pageHash: hash,
        hosts: this.#bar.hosts,
        values: this.#values(),
        select,
        ...(this.#bar.isStepwise ? { stepwise: true } : {}),
      }
      this.#show(await this.#api.start(wish))
    })
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
    this.#view?.clear()
    this.#following = new AbortController()
    this.#run = run
    sessionStorage.setItem(this.#storageKey, run)
    const view = new RunView({
      words: this.#words,
      bar: this.#bar.element,
      answer: (question, answer) => void this.#do(() => this.#api.answer(run, question, answer)),
      stepElement: (address, variant) => this.#stepElement(address, variant),
    })
    this.#view = view
    this.#draw()
    void this.#follow(run, view, this.#following.signal)
  }

  /** Follows the run, and reconnects after a lost connection until the page is left. */
  async #follow(run: string, view: RunView, signal: AbortSignal): Promise<void> {
    while (!view.isOver && !signal.aborted) {
      try {
        for await (const line of this.#api.follow(run, view.next, signal)) {
          this.#bar.notice('')
          view.take(line)
          this.#draw()
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

  /** Draws at most once per frame. */
  #draw(): void {
    if (this.#isDrawing) return
    this.#isDrawing = true
    requestAnimationFrame(() => {
      this.#isDrawing = false
      this.#view?.draw()
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

/** VitePress changes pages without a reload: sets up each page when its content element appears. */
function watchPages(api: Api): void {
  let shown:
    | { readonly root: Element; readonly page: Promise<RunnablePage | undefined> }
    | undefined
  const look = () => {
    const root = document.querySelector<HTMLElement>('[data-runbook-page]')
    if (root === (shown?.root ?? null)) return
    void shown?.page.then((page) => page?.leave())
    shown = root ? { root, page: openPage(api, root) } : undefined
  }
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  look()
}

async function openPage(api: Api, root: HTMLElement): Promise<RunnablePage | undefined> {
  try {
    const file = root.dataset['runbookPage'] ?? ''
    const [me, model] = await Promise.all([api.me(), api.page(file)])
    const page = new RunnablePage(api, root, model, me)
    await page.showKnown()
    return page
  } catch (error) {
    document.body.append(
      element('aside', { class: 'rb-bar' }, error instanceof Error ? error.message : String(error)),
    )
    return undefined
  }
}

/** Waits until Vue has hydrated the page; elements added earlier would break hydration. */
async function pageIsReady(): Promise<void> {
  while (!isReady()) await new Promise((next) => requestAnimationFrame(next))
}

function isReady(): boolean {
  const app = document.querySelector('#app')
  return app !== null && '__vue_app__' in app
}

// Opening a new server's address in a tab of the old server changes only the fragment.
addEventListener('hashchange', () => {
  if (!location.hash.includes('token=')) return
  takeToken()
  location.reload()
})
const token = takeToken()
await pageIsReady()
if (token === undefined)
  document.body.append(element('aside', { class: 'rb-bar' }, runWords().noToken))
else watchPages(new Api(token))
