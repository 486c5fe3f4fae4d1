/**
 * Updates expected JSON after a run. Members and elements that still match keep their text, holes
 * and layout; the others get the printed values.
 */

import { matchesJson } from '../match/match-json.ts'
import {
  type JsonEntry,
  type JsonPattern,
  parseJson,
  readJsonPattern,
} from '../match/read-json-pattern.ts'
import { declaredNames, type Runbook } from '../model/runbook.ts'
import { ruleHoles } from './hole-rules.ts'
import { mask } from './line-holes.ts'
import { defaultValues } from '../record/judge-step.ts'

type Values = Readonly<Record<string, string>>

interface Printed {
  readonly output: string
  readonly again: string | undefined
  readonly rules: readonly string[]
}

/** @returns The new expected text; the printed text unchanged, if either is not JSON. */
export function syncedJson(runbook: Runbook, expected: string, printed: Printed): string {
  const { output, again, rules } = printed
  const pattern = readJsonPattern(expected, declaredNames(runbook))
  const value = parseJson(output)
  if ('problem' in pattern || value === undefined) return output
  const other = again === undefined ? value : parseJson(again)
  const merged = new Merge(expected, rules, defaultValues(runbook)).value(pattern, value, other)
  return `${expected.slice(0, pattern.at)}${merged}${expected.slice(pattern.end)}`
}

/** Merges the author's JSON with the printed value, and with the value of a second run. */
class Merge {
  readonly #text: string
  readonly #rules: readonly string[]
  readonly #values: Values

  constructor(text: string, rules: readonly string[], values: Values) {
    this.#text = text
    this.#rules = rules
    this.#values = values
  }

  #fits(pattern: JsonPattern, value: unknown): boolean {
    return matchesJson(pattern, value, this.#values)
  }

  value(pattern: JsonPattern, value: unknown, other: unknown): string {
    if (this.#fits(pattern, value) && this.#fits(pattern, other))
      return this.#text.slice(pattern.at, pattern.end)
    if (pattern.kind === 'object' && isObject(value)) return this.#object(pattern, value, other)
    if (pattern.kind === 'array' && Array.isArray(value)) return this.#array(pattern, value, other)
    return this.#fresh(value, other, indentAt(this.#text, pattern.at))
  }

  #object(
    pattern: JsonPattern & { readonly kind: 'object' },
    value: Readonly<Record<string, unknown>>,
    other: unknown,
  ): string {
    const given = new Map(Object.entries(value))
    const otherOf = (name: string) =>
      isObject(other) ? new Map(Object.entries(other)).get(name) : undefined
    const kept: Slot[] = pattern.entries.flatMap((entry) => {
      if (entry.value === 'rest') return [{ entry, text: '...' }]
      if (entry.name === undefined || !given.has(entry.name)) return []
      const name = this.#text.slice(entry.at, entry.value.at)
      const own = this.value(entry.value, given.get(entry.name), otherOf(entry.name))
      return [{ entry, text: `${name}${own}` }]
    })
    if (!pattern.open) {
      let before = -1
      for (const [name, own] of given) {
        const at = kept.findIndex(({ entry }) => entry?.name === name)
        if (at !== -1) {
          before = at
          continue
        }
        const indent = indentAt(this.#text, pattern.entries[0]?.at ?? pattern.at)
        const text = `${JSON.stringify(name)}: ${this.#fresh(own, otherOf(name), indent)}`
        kept.splice(++before, 0, { entry: undefined, text })
      }
    }
    return this.#joined(pattern, kept)
  }

  #array(
    pattern: JsonPattern & { readonly kind: 'array' },
    value: readonly unknown[],
    other: unknown,
  ): string {
    const others = Array.isArray(other) && other.length === value.length ? other : value
    const indent = indentAt(this.#text, pattern.entries[0]?.at ?? pattern.at)
    const slots = alignElements(pattern.entries, value, (each, own) => this.#fits(each, own)).map(
      ({ entry, index }): Slot => {
        if (index === undefined) return { entry, text: '...' }
        const own: unknown = value[index]
        const otherOwn: unknown = others[index]
        return entry && entry.value !== 'rest'
          ? { entry, text: this.value(entry.value, own, otherOwn) }
          : { entry: undefined, text: this.#fresh(own, otherOwn, indent) }
      },
    )
    return this.#joined(pattern, slots)
  }

  /** Keeps the text between entries; a new entry gets that of its neighbours. */
  #joined(
    { at, end, entries }: JsonPattern & { readonly kind: 'object' | 'array' },
    slots: readonly Slot[],
  ): string {
    const [open = '', close = ''] = [this.#text[at], this.#text[end - 1]]
    const [first, second] = entries
    const last = entries.at(-1)
    if (slots.length === 0) return `${open}${close}`
    if (!first || !last) return `${open}${slots.map(({ text }) => text).join(', ')}${close}`
    const lead = this.#text.slice(at + 1, first.at)
    const between = second
      ? this.#text.slice(first.end, second.at)
      : lead.includes('\n')
        ? `,${lead}`
        : ', '
    const gap = (left: Slot, right: Slot) => {
      const index = left.entry ? entries.indexOf(left.entry) : -1
      const isNext = left.entry && right.entry && entries[index + 1] === right.entry
      return isNext ? this.#text.slice(left.entry.end, right.entry.at) : between
    }
    const body = slots.map((slot, index) => {
      const before = slots[index - 1]
      return `${before ? gap(before, slot) : ''}${slot.text}`
    })
    return `${open}${lead}${body.join('')}${this.#text.slice(last.end, end - 1)}${close}`
  }

  /** The text of a new value; a hole if it varies or is masked. */
  #fresh(value: unknown, other: unknown, indent: string): string {
    const isSame = JSON.stringify(value) === JSON.stringify(other)
    const isPlain = typeof value !== 'object' || value === null
    const varies =
      typeof value === 'string' &&
      (value.includes(mask) || ruleHoles(value, this.#rules).length > 0)
    if (varies || (!isSame && isPlain)) return '<...>'
    if (!isSame && isObject(value) && isObject(other)) {
      const members = Object.entries(value).map(([name, own]) => {
        const otherOwn = new Map(Object.entries(other)).get(name)
        return `${indent}  ${JSON.stringify(name)}: ${this.#fresh(own, otherOwn, `${indent}  `)}`
      })
      return `{\n${members.join(',\n')}\n${indent}}`
    }
    if (!isSame) return '<...>'
    return JSON.stringify(value, undefined, 2).replaceAll('\n', `\n${indent}`)
  }
}

interface Slot {
  readonly entry: JsonEntry | undefined
  readonly text: string
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The blanks at the start of the line. */
function indentAt(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1
  return /^[ \t]*/.exec(text.slice(start))?.[0] ?? ''
}

interface Aligned {
  readonly entry: JsonEntry | undefined
  /** Index of the printed element; `undefined`: a `...`, whatever it matches. */
  readonly index: number | undefined
}

/** Aligns the author's elements that still match with the printed ones. */
function alignElements(
  entries: readonly JsonEntry[],
  value: readonly unknown[],
  matches: (pattern: JsonPattern, value: unknown) => boolean,
): readonly Aligned[] {
  if (entries.length * value.length > maxCells)
    return value.map((_, index) => ({ entry: undefined, index }))
  const fits = (entry: JsonEntry, element: unknown) =>
    entry.value !== 'rest' && matches(entry.value, element)
  // The least cost of the rest, by entry and element.
  const costs = Array.from({ length: entries.length + 1 }, () => new Float64Array(value.length + 1))
  const at = (row: number, column: number) => costs[row]?.[column] ?? Number.POSITIVE_INFINITY
  const moves = (row: number, column: number) => {
    const entry = entries[row]
    const isMore = column < value.length
    const isRest = entry?.value === 'rest'
    return [
      ...(entry && isMore && !isRest
        ? [
            {
              cost: (fits(entry, value[column]) ? 0 : 3) + at(row + 1, column + 1),
              rows: 1,
              columns: 1,
            },
          ]
        : []),
      ...(entry ? [{ cost: (isRest ? 0 : 4) + at(row + 1, column), rows: 1, columns: 0 }] : []),
      ...(isMore ? [{ cost: (isRest ? 0 : 1) + at(row, column + 1), rows: 0, columns: 1 }] : []),
    ].toSorted((a, b) => a.cost - b.cost)[0]
  }
  for (let row = entries.length; row >= 0; row--) {
    const costsOfRow = costs[row]
    if (!costsOfRow) continue
    for (let column = value.length; column >= 0; column--)
      costsOfRow[column] = moves(row, column)?.cost ?? 0
  }
  const aligned: Aligned[] = []
  let row = 0
  let column = 0
  for (let move = moves(row, column); move; move = moves(row, column)) {
    const entry = entries[row]
    const isRest = entry?.value === 'rest'
    if (move.rows === 1 && isRest) aligned.push({ entry, index: undefined })
    else if (move.rows === 1 && move.columns === 1) aligned.push({ entry, index: column })
    else if (move.columns === 1 && !isRest) aligned.push({ entry: undefined, index: column })
    row += move.rows
    column += move.columns
  }
  return aligned
}

const maxCells = 100_000
