/** The page of all runs: filters, and a line for each run that follows it while it runs. */

import type { Lang } from '../../src/model/message.ts'
import type { Api, ListedRun } from './api.ts'
import { button, element } from './elements.ts'
import { moment, stateBadge, stateOf, stateWord, tookText } from './run-facts.ts'
import { compareHref, runHref } from './run-links.ts'
import { runsWords as words } from './runs-words.ts'

/** What a run is filtered by: the values that it has, and the word for one. */
const filters = {
  page: ({ pages }: ListedRun) => pages,
  host: ({ hosts }: ListedRun) => hosts,
  state: (run: ListedRun) => [stateOf(run)],
  person: ({ by }: ListedRun) => (by === null ? [] : [by]),
} as const

type Filter = keyof typeof filters

const names = ['page', 'host', 'state', 'person'] as const satisfies readonly Filter[]

export class RunsList {
  readonly element: HTMLElement
  readonly #lang: Lang
  readonly #runs = new Map<string, ListedRun>()
  readonly #rows = new Map<string, { readonly row: HTMLElement; readonly text: string }>()
  readonly #selects: Readonly<Record<Filter, HTMLSelectElement>>
  readonly #body = element('tbody', {})
  readonly #count = element('p', { class: 'rb-runs-count', role: 'status' })
  readonly #compare: HTMLButtonElement
  readonly #chosen = new Set<string>()
  #isAll = false

  constructor(lang: Lang) {
    this.#lang = lang
    const query = new URLSearchParams(location.search)
    const select = (name: Filter) => {
      const made = element('select', { name }, element('option', { value: '' }, words.all[lang]))
      const wanted = query.get(name) ?? ''
      // Its option may arrive later.
      if (wanted !== '') made.append(this.#option(name, wanted))
      made.value = wanted
      made.addEventListener('change', () => this.#filter())
      return made
    }
    this.#selects = {
      page: select('page'),
      host: select('host'),
      state: select('state'),
      person: select('person'),
    }
    this.#compare = button(words.compareTwo[lang], () => this.#openCompare(), {
      title: words.compareChoose[lang],
      disabled: '',
      'data-runs-do': 'compare',
    })
    this.element = this.#layout()
  }

  /** Follows the list until `signal`; throws on a lost connection. */
  async follow(api: Api, signal: AbortSignal): Promise<void> {
    const timer = setInterval(() => this.#drawTimes(), 1000)
    try {
      this.#isAll = false
      const present = new Set<string>()
      for await (const { run, gone, isAll } of api.followList(signal)) {
        if (run) this.#runs.set(run.run, run)
        if (run) present.add(run.run)
        if (gone !== undefined) this.#runs.delete(gone)
        if (isAll === true) {
          for (const id of this.#runs.keys()) if (!present.has(id)) this.#runs.delete(id)
          this.#isAll = true
        }
        if (this.#isAll) this.#draw()
      }
    } finally {
      clearInterval(timer)
    }
  }

  #layout(): HTMLElement {
    const lang = this.#lang
    const labels = names.map((name) =>
      element('label', {}, element('span', {}, words[name][lang]), this.#selects[name]),
    )
    const heads = [words.state, words.page, words.host, words.person, words.began, words.steps]
    const head = [...heads, words.took].map((word) => element('th', { scope: 'col' }, word[lang]))
    return element(
      'main',
      { class: 'rb-runs' },
      element('h1', {}, words.runs[lang]),
      element('div', { class: 'rb-runs-filters' }, ...labels, this.#compare),
      this.#count,
      element(
        'table',
        { class: 'rb-runs-table' },
        element('thead', {}, element('tr', {}, element('td', {}), ...head)),
        this.#body,
      ),
    )
  }

  #filter(): void {
    const query = new URLSearchParams()
    for (const name of names)
      if (this.#selects[name].value !== '') query.set(name, this.#selects[name].value)
    const text = query.toString()
    history.replaceState(history.state, '', location.pathname + (text === '' ? '' : `?${text}`))
    this.#draw()
  }

  #draw(): void {
    for (const name of names) this.#drawOptions(name)
    const all = [...this.#runs.values()].toSorted((a, b) => (a.at < b.at ? 1 : -1))
    const shown = all.filter((run) => this.#fits(run))
    const rows = shown.map((run) => this.#row(run))
    for (const [index, row] of rows.entries())
      if (this.#body.children[index] !== row)
        this.#body.insertBefore(row, this.#body.children[index] ?? null)
    while (this.#body.children.length > rows.length) this.#body.lastElementChild?.remove()
    const none = all.length === 0 ? words.none : words.noneFits
    const text = shown.length === 0 ? none : words.count(shown.length, all.length)
    if (this.#count.textContent !== text[this.#lang]) this.#count.textContent = text[this.#lang]
  }

  #fits(run: ListedRun): boolean {
    return names.every((name) => {
      const wanted = this.#selects[name].value
      return wanted === '' || filters[name](run).includes(wanted)
    })
  }

  #option(name: Filter, value: string): HTMLOptionElement {
    const text = name === 'state' ? stateWord(value, this.#lang) : value
    return element('option', { value }, text)
  }

  #drawOptions(name: Filter): void {
    const select = this.#selects[name]
    const known = new Set([...select.options].map(({ value }) => value))
    const values = new Set([...this.#runs.values()].flatMap((run) => filters[name](run)))
    for (const value of [...values].toSorted())
      if (!known.has(value)) select.append(this.#option(name, value))
  }

  /** The row of a run; the same element as long as nothing on it changes. */
  #row(run: ListedRun): HTMLElement {
    const text = JSON.stringify(run)
    const known = this.#rows.get(run.run)
    if (known?.text === text) return known.row
    const row = this.#newRow(run)
    if (known?.row.contains(document.activeElement) === true) {
      const name = document.activeElement?.tagName.toLowerCase() ?? 'a'
      requestAnimationFrame(() => row.querySelector<HTMLElement>(name)?.focus())
    }
    known?.row.replaceWith(row)
    this.#rows.set(run.run, { row, text })
    return row
  }

  #newRow(run: ListedRun): HTMLElement {
    const lang = this.#lang
    const { pages, hosts, by, at, steps, undoneBy } = run
    const choice = element('input', {
      type: 'checkbox',
      'aria-label': words.chooseRun(run.run)[lang],
    })
    choice.checked = this.#chosen.has(run.run)
    choice.addEventListener('change', () => this.#choose(run.run, choice.checked))
    const link = element('a', { href: runHref(run.run) }, pages.join(' ') || run.run)
    const undone = undoneBy === null ? undefined : words.undone(undoneBy)[lang]
    return element(
      'tr',
      { 'data-run': run.run },
      cell('choice', choice),
      cell('state', stateBadge(run, lang)),
      cell('page', link, element('small', {}, run.run, undone === undefined ? '' : ` · ${undone}`)),
      cell('host', hosts.join(', ')),
      cell('person', by ?? '–'),
      cell('began', moment(at)),
      cell('steps', progress(steps), ` ${steps.ended}/${steps.total}`),
      cell('took', tookText(run)),
    )
  }

  #drawTimes(): void {
    for (const [id, { row }] of this.#rows) {
      const run = this.#runs.get(id)
      const took = row.querySelector('[data-cell=took]')
      if (run && took && run.status === 'unfinished') took.textContent = tookText(run)
    }
  }

  #choose(run: string, isChosen: boolean): void {
    if (isChosen) this.#chosen.add(run)
    else this.#chosen.delete(run)
    this.#compare.disabled = this.#chosen.size !== 2
  }

  #openCompare(): void {
    const at = (run: string) => this.#runs.get(run)?.at ?? ''
    const [older, newer] = [...this.#chosen].toSorted((a, b) => (at(a) < at(b) ? -1 : 1))
    if (older !== undefined && newer !== undefined) location.assign(compareHref(newer, older))
  }
}

function progress({ ended, total }: ListedRun['steps']): HTMLElement {
  return element('progress', {
    value: String(ended),
    max: String(Math.max(1, total)),
    'aria-hidden': 'true',
  })
}

function cell(name: string, ...children: readonly (Node | string)[]): HTMLElement {
  return element('td', { 'data-cell': name }, ...children)
}
