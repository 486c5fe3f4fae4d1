/** Reads the attributes of one fence as typed values; reports each error at its position. */

import { listed, type Message } from '../model/message.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { named } from '../model/named.ts'
import type { Edit } from '../diagnostic/diagnostic.ts'
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
import { foreignEquivalent } from './foreign-equivalents.ts'
import { patternProblem } from './pattern-problem.ts'
import type { Report } from './report.ts'

export class AttributeReader {
  readonly #attributes: ReadonlyMap<AttributeName, readonly Attribute[]>
  readonly #all: readonly Attribute[]
  readonly #report: Report
  readonly #isExample: boolean

  constructor(fence: Fence, kind: FenceKind, report: Report) {
    this.#all = fence.attributes
    this.#report = report
    this.#isExample = isExample(fence)
    const found = new Map<AttributeName, Attribute[]>()
    for (const attribute of fence.attributes) {
      const { name } = attribute
      // Pandoc's classes are for styling; a run ignores them.
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
        report.add('RB0106', attribute.span, messages.duplicateAttribute(name), messages.repeatable)
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

  /** An attribute without a value. */
  flag(name: AttributeName): boolean {
    const attribute = this.attribute(name)
    if (!attribute) return false
    if (attribute.value !== undefined && attribute.value !== 'true') {
      this.#wrong(attribute, messages.takesNoValue(name), messages.writeAlone(name))
    }
    return true
  }

  text(name: AttributeName): string | undefined {
    return this.#read(name, /^[^\0]+$/s, messages.aText)
  }

  /** A name that is safe as one word of a command line. */
  word(name: AttributeName): string | undefined {
    return this.#read(name, /^[A-Za-z0-9_][\w.-]*$/, messages.aWord)
  }

  /** Without `SIG`. */
  signal(name: AttributeName): string | undefined {
    const attribute = this.attribute(name)
    const signal = this.word(name)?.replace(/^SIG/, '')
    if (!attribute || signal === undefined || signals.includes(signal)) return signal
    const meant = nearest(signal, signals)
    const help = meant === undefined ? messages.signalNames : shared.didYouMean(meant)
    this.#report.add('RB0103', attribute.valueSpan, messages.unknownSignal(signal), help)
    return undefined
  }

  mode(name: AttributeName): string | undefined {
    return this.#read(name, /^[0-7]{3,4}$/, messages.anOctalMode)
  }

  oneOf<const T extends string>(name: AttributeName, values: readonly T[]): T | undefined {
    const attribute = this.attribute(name)
    if (!attribute) return undefined
    const found = values.find((value) => value === attribute.value)
    if (found === undefined) {
      this.#wrong(
        attribute,
        messages.unknownValue(`${name}=${attribute.value ?? ''}`),
        messages.writeOneOf(listed(values)),
      )
    }
    return found
  }

  /** Names separated by commas. */
  names(name: AttributeName): readonly string[] {
    const text = this.#read(
      name,
      /^(?!(?:.*,)?__proto__(?:,|$))[A-Za-z_]\w*(?:,[A-Za-z_]\w*)*$/,
      messages.aListOfNames,
    )
    return text?.split(',') ?? []
  }

  tags(): readonly string[] {
    return this.#read('tags', /^[^\s,]+(?:,[^\s,]+)*$/, messages.aListOfWords)?.split(',') ?? []
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
        messages.notTries(`retry=${attribute.value ?? ''}`),
        shared.write('retry=3/5s'),
      )
      return undefined
    }
    const delayMs = delay === undefined ? 1000 : this.#durationMs(attribute, delay)
    return delayMs === undefined ? undefined : { times: Number(times), delayMs }
  }

  /** Of commands that `exit` does not name. */
  exit(): 'any' | readonly number[] {
    const text = this.#read('exit', exitForm, messages.exitStatuses)
    if (text === undefined) return [0]
    if (text === 'any') return text
    const all = exitEntries(text)
    const attribute = this.attribute('exit')
    if (attribute && all.some(({ status }) => status > 255)) {
      this.#wrong(attribute, messages.exitTooLarge)
    }
    const own = all.filter(({ program }) => program === undefined)
    return own.length === 0 ? [0] : own.map(({ status }) => status)
  }

  /** The allowed statuses of programs that `exit` names: `grep:1`. */
  exitByProgram(): ReadonlyMap<string, readonly number[]> {
    const value = this.attribute('exit')?.value ?? ''
    const found = new Map<string, readonly number[]>()
    for (const { program, status } of exitForm.test(value) ? exitEntries(value) : []) {
      if (program !== undefined) found.set(program, [...(found.get(program) ?? []), status])
    }
    return found
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
        this.#wrong(attribute, messages.onErrorForm)
        return []
      }
      const problem = patternProblem(pattern)
      if (problem === undefined) return [{ pattern, target }]
      this.#report.add(
        'RB0402',
        attribute.valueSpan,
        messages.wrongPattern(problem),
        messages.patternSyntax,
      )
      return []
    })
  }

  #read(name: AttributeName, form: RegExp, wanted: Message): string | undefined {
    const attribute = this.attribute(name)
    if (!attribute) return undefined
    if (attribute.value !== undefined && form.test(attribute.value)) return attribute.value
    const { example } = attributeInfo(name)
    const text =
      attribute.value === undefined
        ? messages.hasNoValue(name)
        : messages.isNot(`${name}=${attribute.value}`, wanted)
    this.#wrong(attribute, text, messages.writeLike(example))
    return undefined
  }

  #durationMs(attribute: Attribute, text: string): number | undefined {
    const ms = parseDuration(text)
    if (ms !== undefined && ms > 0) return ms
    const help = messages.durationForm
    if (/^\d+(?:\.\d+)?$/.test(text)) {
      this.#report.add('RB0104', attribute.span, messages.noUnit(text), help)
    } else this.#wrong(attribute, messages.notDuration(text), help)
    return undefined
  }

  #wrong(attribute: Attribute, message: Message, help?: Message): void {
    this.#report.add('RB0103', attribute.span, message, help)
  }

  #reportUnknown(attribute: Attribute): void {
    const { name, value, span } = attribute
    const place = { start: span.start.offset, end: span.end.offset }
    const foreign = foreignAttribute(name)
    if (foreign) {
      const message = messages.attributeOf(name, foreign.tool)
      const ours = foreignEquivalent(name, value)
      const edit = ours === '' ? this.#withoutBlanks(attribute) : { ...place, text: ours ?? '' }
      const fix = ours === undefined ? undefined : { edits: [edit] }
      this.#report.add('RB0107', span, message, foreign.help ?? messages.moveOutside, fix)
      return
    }
    const meant = nearest(name, Object.keys(attributeTable))
    const help =
      meant === undefined
        ? messages.wordsOfOtherTools
        : shared.didYouMean(meant === 'id' ? '#id' : meant)
    const sure = value === undefined ? undefined : nearest(name, namesWithValue, 1)
    const fix =
      sure !== undefined && sure === meant
        ? { edits: [{ start: place.start, end: place.start + name.length, text: sure }] }
        : undefined
    this.#report.add('RB0101', span, messages.unknownAttribute(name), help, fix)
  }

  /** Removes an attribute with the blanks on its one side. */
  #withoutBlanks(attribute: Attribute): Edit {
    const at = this.#all.indexOf(attribute)
    const start = this.#all[at - 1]?.span.end ?? attribute.span.start
    const end = at === 0 ? this.#all[1]?.span.start : undefined
    return { start: start.offset, end: (end ?? attribute.span.end).offset, text: '' }
  }

  #reportMisplaced({ span }: Attribute, name: AttributeName, kind: FenceKind): void {
    const message =
      kind === 'prose' ? messages.noEffectUnrun(name) : messages.noEffectOn(name, kind)
    const help = this.#isExample
      ? messages.exampleNeverRuns
      : kind === 'prose'
        ? messages.howABlockRuns
        : messages.belongsOn(listed(attributeInfo(name).on))
    this.#report.add('RB0105', span, message, help)
  }
}

const namesWithValue = Object.keys(attributeTable).filter((name) => name !== 'id')

// Signals that stop a service. Numbers differ between systems, so only names are accepted.
const signals = ['TERM', 'INT', 'HUP', 'QUIT', 'KILL', 'USR1', 'USR2', 'ABRT', 'ALRM', 'WINCH']

/** Whether an unknown attribute of a prose block looks like one of ours; it is then reported. */
function isOurs(name: string): boolean {
  return nearest(name, Object.keys(attributeTable)) !== undefined
}

const exitForm = /^(?:any|(?:[\w./+-]+:)?\d{1,3}(?:,(?:[\w./+-]+:)?\d{1,3})*)$/

function exitEntries(
  text: string,
): readonly { readonly program: string | undefined; readonly status: number }[] {
  return text.split(',').flatMap((entry) => {
    const [, program, status] = /^(?:(.+):)?(\d+)$/.exec(entry) ?? []
    return status === undefined ? [] : [{ program, status: Number(status) }]
  })
}
