/** A timeline on a page: drawn again as the run goes on, without losing zoom, place or focus. */

import type { Lang } from '../../src/model/message.ts'
import { drawTimeline } from '../../src/timeline/draw-timeline.ts'
import type { Timeline } from '../../src/timeline/timeline.ts'
import { drawnNode } from './drawn-element.ts'
import { element } from './elements.ts'
import { stepKey } from './run-links.ts'
import { runsWords as words } from './runs-words.ts'

/** The parts of a figure that change; its zoom buttons stay. */
const parts = ['svg', '.rb-timeline-legend', '.rb-timeline-waits']

export class TimelineView {
  readonly element = element('div', { class: 'rb-timeline-view' })
  readonly #lang: Lang
  readonly #name: string
  #rows: 'steps' | 'hosts' | undefined
  #timeline: Timeline | undefined

  /** @param name - Unique on the page. */
  constructor(lang: Lang, name: string) {
    this.#lang = lang
    this.#name = name
  }

  draw(timeline: Timeline): void {
    const hadChoice = (this.#timeline?.hosts.length ?? 0) > 1
    this.#timeline = timeline
    const drawn = drawTimeline(timeline, {
      lang: this.#lang,
      name: this.#name,
      hrefOf: (bar) => `#${encodeURIComponent(stepKey(bar))}`,
      ...(this.#rows ? { rows: this.#rows } : {}),
    })
    const figure = drawnNode(drawn)
    if (!(figure instanceof HTMLElement)) return
    const before = this.element.querySelector('figure')
    if (!before) this.element.append(figure)
    else this.#update(before, figure)
    if (timeline.hosts.length > 1 && !hadChoice) this.element.prepend(this.#choice())
  }

  #update(before: HTMLElement, figure: HTMLElement): void {
    const focused = document.activeElement?.getAttribute('href') ?? undefined
    const hadFocus = before.contains(document.activeElement)
    for (const selector of parts) {
      const old = before.querySelector(selector)
      const next = figure.querySelector(selector)
      if (old instanceof HTMLDetailsElement && next instanceof HTMLDetailsElement)
        next.open = old.open
      if (old && next) old.replaceWith(next)
      else if (next) before.append(next)
      else old?.remove()
    }
    if (!hadFocus || focused === undefined) return
    const link = [...before.querySelectorAll<SVGAElement>('svg a')].find(
      (each) => each.getAttribute('href') === focused,
    )
    link?.focus()
  }

  #choice(): HTMLElement {
    const select = element(
      'select',
      { 'aria-label': words.timeline[this.#lang] },
      element('option', { value: 'hosts' }, words.byHost[this.#lang]),
      element('option', { value: 'steps' }, words.byStep[this.#lang]),
    )
    select.addEventListener('change', () => {
      this.#rows = select.value === 'hosts' ? 'hosts' : 'steps'
      if (this.#timeline) this.draw(this.#timeline)
    })
    return element('div', { class: 'rb-timeline-rows' }, select)
  }
}
