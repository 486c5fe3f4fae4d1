/**
 * The attributes of one fence as typed values; what is wrong with one is reported at its place.
 */

import { named } from '../model/named.ts'
import { nearest } from '../text/nearest.ts'
import type { Check } from '../model/check.ts'
import { parseDuration } from '../model/duration.ts'
import type { Attribute, Fence } from '../model/fence.ts'
import type { OnError } from '../model/step.ts'
import {
  attributeInfo,
  type AttributeName,
  attributeTable,
  type FenceKind,
  isAttributeName,
} from './attribute-table.ts'
import { readCheckValue } from './check-value.ts'
import { isExample } from './fence-kind.ts'
import { foreignAttribute } from './foreign-attributes.ts'
import { patternProblem } from './pattern-problem.ts'
import type { Report } from './report.ts'

export class AttributeReader {
  readonly #attributes: ReadonlyMap<AttributeName, readonly Attribute[]>
  readonly #report: Report
  readonly #isExample: boolean

  constructor(fence: Fence, kind: FenceKind, report: Report) {
    this.#report = report
    this.#isExample = isExample(fence)
    const found = new Map<AttributeName, Attribute[]>()
    for (const attribute of fence.attributes) {
      const { name } = attribute
      // Pandoc's classes are for looks: they are the page's, and mean nothing to a run.
      if (name.startsWith('.')) continue
      if (!isAttributeName(name)) {
        if (kind !== 'prose' || (isOurs(name) && !foreignAttribute(name)))
          this.#reportUnknown(attribute)
        continue
      }
      if (!attributeInfo(name).on.includes(kind)) {
        this.#reportMisplaced(attribute, name, kind)
        continue
      }
      const before = found.get(name) ?? []
      if (before.length > 0 && attributeInfo(name).type !== 'checks' && name !== 'on-error') {
        const help = 'only checks and `on-error` may stand several times'
        report.add('RB0106', attribute.span, `\`${name}\` stands twice`, help)
        continue
      }
      found.set(name, [...before, attribute])
    }
    this.#attributes = found
  }

  /** As written, for people and for `list --json`. */
  written(): Readonly<Record<string, string>> {
    const entries = [...this.#attributes]
      .filter(([name]) => name !== 'id')
      .map(([name, all]) => [name, all.map(({ value }) => value ?? 'true').join(' ')] as const)
    return named(entries)
  }

  has(name: AttributeName): boolean {
    return this.#attributes.has(name)
  }

  attribute(name: AttributeName): Attribute | undefined {
    return this.#attributes.get(name)?.[0]
  }

  /** A flag takes no value. */
  flag(name: AttributeName): boolean {
    const attribute = this.attribute(name)
    if (!attribute) return false
    if (attribute.value !== undefined && attribute.value !== 'true') {
      this.#wrong(attribute, `\`${name}\` takes no value`, `write \`${name}\` alone`)
    }
    return true
  }

  text(name: AttributeName): string | undefined {
    return this.#read(name, /^[^\0]+$/s, 'a text')
  }

  /** A name that reaches a command line as one word. */
  word(name: AttributeName): string | undefined {
    return this.#read(name, /^[A-Za-z0-9_][\w.-]*$/, 'a name of letters, digits, `_`, `.` and `-`')
  }

  /** Without `SIG`. */
  signal(name: AttributeName): string | undefined {
    const attribute = this.attribute(name)
    const signal = this.word(name)?.replace(/^SIG/, '')
    if (!attribute || signal === undefined || signals.includes(signal)) return signal
    const meant = nearest(signal, signals)
    const help =
      meant === undefined
        ? 'write a name as in `kill -l`: `TERM`, `INT`, `HUP`'
        : `did you mean \`${meant}\`?`
    this.#report.add('RB0103', attribute.valueSpan, `unknown signal \`${signal}\``, help)
    return undefined
  }

  mode(name: AttributeName): string | undefined {
    return this.#read(name, /^[0-7]{3,4}$/, 'an octal mode such as `0644`')
  }

  oneOf<const T extends string>(name: AttributeName, values: readonly T[]): T | undefined {
    const attribute = this.attribute(name)
    if (!attribute) return undefined
    const found = values.find((value) => value === attribute.value)
    if (found === undefined) {
      const known = values.map((value) => `\`${value}\``).join(', ')
      this.#wrong(
        attribute,
        `\`${name}=${attribute.value ?? ''}\` is not known`,
        `write one of ${known}`,
      )
    }
    return found
  }

  /** Names separated by commas. */
  names(name: AttributeName): readonly string[] {
    const text = this.#read(
      name,
      /^(?!(?:.*,)?__proto__(?:,|$))[A-Za-z_]\w*(?:,[A-Za-z_]\w*)*$/,
      'a list of names such as `A,B`',
    )
    return text?.split(',') ?? []
  }

  tags(): readonly string[] {
    return (
      this.#read('tags', /^[^\s,]+(?:,[^\s,]+)*$/, 'a list of words such as `a,b`')?.split(',') ??
      []
    )
  }

  durationMs(name: AttributeName): number | undefined {
    const attribute = this.attribute(name)
    return attribute && this.#durationMs(attribute, attribute.value ?? '')
  }

  retry(): { readonly times: number; readonly delayMs: number } | undefined {
    const attribute = this.attribute('retry')
    if (!attribute) return undefined
    const [, times = '', delay] = /^(\d+)(?:\/(.*))?$/.exec(attribute.value ?? '') ?? []
    if (times === '' || Number(times) < 1) {
      this.#wrong(
        attribute,
        `\`retry=${attribute.value ?? ''}\` is not a number of tries`,
        'write `retry=3/5s`',
      )
      return undefined
    }
    const delayMs = delay === undefined ? 1000 : this.#durationMs(attribute, delay)
    return delayMs === undefined ? undefined : { times: Number(times), delayMs }
  }

  exit(): 'any' | readonly number[] {
    const text = this.#read(
      'exit',
      /^(?:any|\d{1,3}(?:,\d{1,3})*)$/,
      'exit statuses such as `0,1`, or `any`',
    )
    if (text === undefined) return [0]
    const statuses = text === 'any' ? [] : text.split(',').map(Number)
    const attribute = this.attribute('exit')
    if (attribute && statuses.some((status) => status > 255)) {
      this.#wrong(attribute, 'an exit status is at most 255')
    }
    return text === 'any' ? 'any' : statuses
  }

  checks(name: AttributeName): readonly Check[] {
    return (this.#attributes.get(name) ?? []).flatMap((attribute) => {
      const { value = '', valueSpan } = attribute
      const length = valueSpan.end.offset - valueSpan.start.offset
      return readCheckValue(
        { value, span: valueSpan, exact: length === value.length },
        this.#report,
      )
    })
  }

  onError(): readonly OnError[] {
    return (this.#attributes.get('on-error') ?? []).flatMap((attribute) => {
      const [, pattern = '', target = ''] =
        /^\/(.+)\/\s*->\s*(\S+)$/.exec(attribute.value ?? '') ?? []
      if (target === '') {
        this.#wrong(attribute, '`on-error` is not of the form `/REGEX/ -> page.md#anchor`')
        return []
      }
      const problem = patternProblem(pattern)
      if (problem === undefined) return [{ pattern, target }]
      this.#report.add(
        'RB0402',
        attribute.valueSpan,
        `wrong pattern: ${problem}`,
        'patterns are in RE2 syntax',
      )
      return []
    })
  }

  #read(name: AttributeName, form: RegExp, wanted: string): string | undefined {
    const attribute = this.attribute(name)
    if (!attribute) return undefined
    if (attribute.value !== undefined && form.test(attribute.value)) return attribute.value
    const { example } = attributeInfo(name)
    const text =
      attribute.value === undefined
        ? `\`${name}\` has no value`
        : `\`${name}=${attribute.value}\` is not ${wanted}`
    this.#wrong(attribute, text, `write it like \`${example}\``)
    return undefined
  }

  #durationMs(attribute: Attribute, text: string): number | undefined {
    const ms = parseDuration(text)
    if (ms !== undefined && ms > 0) return ms
    const help = 'write a number and a unit: `500ms`, `30s`, `5m`, `1h`'
    if (/^\d+(?:\.\d+)?$/.test(text)) {
      this.#report.add('RB0104', attribute.span, `duration \`${text}\` has no unit`, help)
    } else this.#wrong(attribute, `\`${text}\` is not a duration`, help)
    return undefined
  }

  #wrong(attribute: Attribute, message: string, help?: string): void {
    this.#report.add('RB0103', attribute.span, message, help)
  }

  #reportUnknown({ name, span }: Attribute): void {
    const foreign = foreignAttribute(name)
    if (foreign) {
      const message = `\`${name}\` is an attribute of ${foreign.tool} and says nothing here`
      this.#report.add('RB0107', span, message, foreign.help ?? 'leave it outside of `{…}`')
      return
    }
    const meant = nearest(name, Object.keys(attributeTable))
    const help =
      meant === undefined
        ? 'words of other tools stand outside `{…}`'
        : `did you mean \`${meant === 'id' ? '#id' : meant}\`?`
    this.#report.add('RB0101', span, `unknown attribute \`${name}\``, help)
  }

  #reportMisplaced({ span }: Attribute, name: AttributeName, kind: FenceKind): void {
    const on = attributeInfo(name)
      .on.map((each) => `\`${each}\``)
      .join(', ')
    const here = kind === 'prose' ? 'a block that is never run' : `a \`${kind}\` block`
    const help = this.#isExample
      ? 'an `{example}` is never run: leave out one of the two'
      : kind === 'prose'
        ? 'a block runs with `run=`, `file=` or a shell language'
        : `it belongs on: ${on}`
    this.#report.add('RB0105', span, `\`${name}\` means nothing on ${here}`, help)
  }
}

// What a service is stopped with; numbers differ between systems, so only names are taken.
const signals = ['TERM', 'INT', 'HUP', 'QUIT', 'KILL', 'USR1', 'USR2', 'ABRT', 'ALRM', 'WINCH']

/** Whether an unknown word on a block of prose is meant for us: then it must not be lost. */
function isOurs(name: string): boolean {
  return nearest(name, Object.keys(attributeTable)) !== undefined
}
