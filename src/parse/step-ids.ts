import { messages } from './messages.ts'
import type { Attribute } from '../model/fence.ts'
import type { Span } from '../model/span.ts'
import type { Report } from './report.ts'

/**
 * Assigns step ids: the author's, or one generated from the heading and the position under it. Only
 * variants of one code group may share an id.
 */
export class StepIds {
  readonly #report: Report
  readonly #owners = new Map<string, number | undefined>()
  readonly #derivedOfGroup = new Map<number, string>()
  #slug = 'step'
  /** Number of ids generated per heading. */
  readonly #places = new Map<string, number>()

  constructor(report: Report) {
    this.#report = report
  }

  heading(text: string): void {
    this.#slug = slugOf(text)
  }

  assign(
    given: Attribute | undefined,
    span: Span,
    group: number | undefined,
  ): { readonly id: string; readonly idGiven: boolean } {
    if (given?.value === undefined) return { id: this.#derive(group), idGiven: false }
    const id = given.value
    if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.-]*$/u.test(id) || id === '__proto__') {
      this.#report.add('RB0103', given.span, messages.notAnId(given.value), messages.idForm)
      return { id: this.#derive(group), idGiven: false }
    }
    const taken = this.#owners.has(id)
    const owner = this.#owners.get(id)
    if (taken && (group === undefined || owner !== group)) {
      this.#report.add('RB0601', given.span, messages.duplicateId(id), messages.idIsUnique)
      return { id: this.#derive(group), idGiven: false }
    }
    this.#owners.set(id, group)
    return { id, idGiven: true }
  }

  #derive(group: number | undefined): string {
    const before = group === undefined ? undefined : this.#derivedOfGroup.get(group)
    if (before !== undefined) return before
    let place = this.#places.get(this.#slug) ?? 0
    let id: string
    do id = `${this.#slug}-${++place}`
    while (this.#owners.has(id))
    this.#places.set(this.#slug, place)
    this.#owners.set(id, group)
    if (group !== undefined) this.#derivedOfGroup.set(group, id)
    return id
  }
}

function slugOf(heading: string): string {
  const slug = heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return slug === '' ? 'step' : slug
}
