/** "Make this the record": what is recorded, and each line that a page would change, to accept. */

import type { Lang } from '../../src/model/message.ts'
import { type Api, ApiError, type OfferedLine, type OfferedPage, type RecordOffer } from './api.ts'
import { button, element } from './elements.ts'
import { runsWords as words } from './runs-words.ts'

export class RecordForm {
  readonly element: HTMLElement
  readonly #api: Api
  readonly #run: string
  readonly #lang: Lang
  readonly #notice = element('div', { class: 'rb-notice', role: 'alert' })

  constructor(api: Api, run: string, lang: Lang) {
    this.#api = api
    this.#run = run
    this.#lang = lang
    this.element = element('section', {
      class: 'rb-record',
      tabindex: '-1',
      'aria-label': words.record[lang],
    })
  }

  /** @throws {ApiError} If the run cannot be recorded. */
  async load(): Promise<void> {
    const offer = await this.#api.offeredRecord(this.#run)
    const lang = this.#lang
    this.#notice.textContent = ''
    const isEmpty = offer.pages.every(
      ({ records, changed }) => records.length + changed.length === 0,
    )
    const write = button(words.writeRecord[lang], () => void this.#write(offer), {
      class: 'rb-run-button rb-primary',
      'data-runs-do': 'write-record',
    })
    write.disabled = offer.pages.every((page) => page.records.length === 0 || isEdited(page))
    this.element.replaceChildren(
      element('h2', {}, words.record[lang]),
      ...(offer.isWhole ? [] : [element('p', { class: 'rb-warning' }, words.recordPart[lang])]),
      ...(isEmpty ? [element('p', {}, words.nothingToRecord[lang])] : []),
      ...offer.pages.map((page) => this.#page(page)),
      this.#notice,
      element(
        'div',
        { class: 'rb-run-actions' },
        write,
        button(words.cancel[lang], () => this.element.remove()),
      ),
    )
  }

  #page(page: OfferedPage): HTMLElement {
    const lang = this.#lang
    const records = page.records.map(({ platform, host, steps }) =>
      element('li', {}, words.recordOf(platform, host, steps)[lang]),
    )
    const head = element('h3', {}, page.title, ' ', element('code', {}, page.page))
    const about = { class: 'rb-record-page', 'data-record-page': page.page }
    if (isEdited(page)) {
      const steps = page.changed.join(', ')
      const why = element('p', { class: 'rb-warning' }, words.pageChanged(steps)[lang])
      return element('section', about, head, why)
    }
    const changes = page.changes.map((change) => this.#change(change))
    const fits = page.changes.length === 0 ? words.pageFits : words.linesToAccept
    return element(
      'section',
      about,
      head,
      element('ul', {}, ...records),
      element('p', {}, fits[lang]),
      page.changes.length === 0 ? undefined : this.#acceptButtons(page.page),
      ...changes,
      ...page.problems.map((problem) => element('p', { class: 'rb-warning' }, problem)),
    )
  }

  #acceptButtons(page: string): HTMLElement {
    const set = (isAccepted: boolean) => () => {
      for (const box of this.#boxes(page)) box.checked = isAccepted
    }
    return element(
      'div',
      { class: 'rb-run-actions' },
      button(words.acceptAll[this.#lang], set(true)),
      button(words.acceptNone[this.#lang], set(false)),
    )
  }

  #change({ step, line, platform, rules, lines }: OfferedPage['changes'][number]): HTMLElement {
    const holes = rules.length === 0 ? '' : ` · ${words.holes(rules.join(', '))[this.#lang]}`
    return element(
      'fieldset',
      { class: 'rb-record-change' },
      element('legend', {}, element('code', {}, step), ` :${line} · ${platform}${holes}`),
      ...lines.map(offeredLine),
    )
  }

  #boxes(page: string): readonly HTMLInputElement[] {
    const part = [...this.element.querySelectorAll<HTMLElement>('[data-record-page]')].find(
      (each) => each.dataset['recordPage'] === page,
    )
    return [...(part?.querySelectorAll<HTMLInputElement>('input[type=checkbox]') ?? [])]
  }

  async #write({ recordHash, pages }: RecordOffer): Promise<void> {
    const accept = Object.fromEntries(
      pages.map(({ page }) => [
        page,
        this.#boxes(page).flatMap((box) => (box.checked ? [box.value] : [])),
      ]),
    )
    const lang = this.#lang
    try {
      const { records, changed } = await this.#api.keepRecord(this.#run, recordHash, accept)
      const files = [...records, ...changed].join(', ')
      this.element.replaceChildren(
        element('p', { class: 'rb-good', role: 'status' }, words.written(files)[lang]),
      )
    } catch (error) {
      const isStale = error instanceof ApiError && error.status === 409
      const text = error instanceof Error ? error.message : String(error)
      this.#notice.replaceChildren(
        element('p', {}, isStale ? words.recordStale[lang] : text),
        ...(isStale ? [button(words.lookAgain[lang], () => void this.load())] : []),
      )
    }
  }
}

/** A page that no longer has the steps that ran. */
function isEdited({ changed }: OfferedPage): boolean {
  return changed.length > 0
}

function offeredLine({ id, removed, added }: OfferedLine): HTMLElement {
  const box = element('input', { type: 'checkbox', value: id })
  box.checked = true
  return element(
    'label',
    { class: 'rb-record-line' },
    box,
    element('span', {}, changedText('del', removed), changedText('ins', added)),
  )
}

function changedText(name: 'del' | 'ins', text: string | null): HTMLElement | undefined {
  return text === null ? undefined : element(name, {}, text === '' ? ' ' : text)
}
