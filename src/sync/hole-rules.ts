/**
 * Finds the parts of a printed line that vary from run to run, by their form.
 *
 * Each rule has a pattern and the hole that replaces a match. Rules for text that nearly always
 * varies apply by default; the others apply if selected.
 */

export interface HoleRule {
  readonly name: string
  /** Whether it applies by default. */
  readonly always: boolean
  /** Global expressions for the varying text. */
  readonly find: RegExp
  readonly hole: string
}

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}'
const weekday = '(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? +)'
const day = String.raw`(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/ ]${month}[-/ ]\d{4}|${month} +\d{1,2}(?:,? +\d{4}\b)?)`
const clock = String.raw`\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?`
const zone = String.raw`(?: ?(?:AM|PM))?(?: ?(?:Z|[A-Z]{3,4}|[+-]\d\d:?\d\d)\b)?`

export const holeRules: readonly HoleRule[] = [
  {
    name: 'date',
    always: true,
    find: new RegExp(
      String.raw`\b${weekday}?${day}(?:(?:[T:]|,? +)${clock}${zone}(?: \d{4}\b)?)?(?![\w])`,
      'g',
    ),
    hole: '<...>',
  },
  { name: 'date', always: true, find: /\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日/g, hole: '<...>' },
  {
    name: 'time',
    always: true,
    find: /(?<![\d.:])\d{1,2}:\d\d:\d\d(?:[.,]\d+)?(?![\d:])/g,
    hole: '<:[\\d:.,]+>',
  },
  // The shell's `time`: `0m0.003s`.
  {
    name: 'duration',
    always: true,
    find: /(?<![\w.])\d+m\d+[.,]\d+(?=s\b)/g,
    hole: '<:[\\dm.,]+>',
  },
  {
    name: 'duration',
    always: true,
    find: /(?<![\w.:/-])\d+(?:\.\d+)?(?= ?(?:[nuµm]?s|secs?|seconds?|mins?|minutes?|hours?|h)\b| ?(?:毫秒|秒|分钟|小时))/g,
    hole: '<:[\\d.]+>',
  },
  {
    name: 'rate',
    always: true,
    find: /(?<![\w.])\d+(?:[.,]\d+)* ?[kKMGT]?i?B\/s\b/g,
    hole: '<:[\\d.,]+ ?\\w*B/s>',
  },
  {
    name: 'pid',
    always: true,
    find: /(?<=(?:\b[Pp]id|PID|\b[Pp]rocess|进程号?)(?: ?[:=#] ?| ))\d+/g,
    hole: '<:\\d+>',
  },
  { name: 'pid', always: true, find: /(?<=[A-Za-z_)]\[)\d+(?=\]:)/g, hole: '<:\\d+>' },
  // A background job of the shell: `[1] 4711`.
  { name: 'pid', always: true, find: /(?<=^\[\d+\][+-]? )\d{2,}$/g, hole: '<:\\d+>' },
  {
    name: 'memory-address',
    always: true,
    find: /(?<=\b0x)[0-9a-f]{6,16}\b/gi,
    hole: '<:[0-9a-fA-F]+>',
  },
  {
    name: 'uuid',
    always: true,
    find: /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi,
    hole: '<:[0-9a-fA-F-]+>',
  },
  // `mktemp` and similar: `/tmp/tmp.Xw3kQ9aZ1b`.
  {
    name: 'temporary-name',
    always: true,
    find: /(?<=\/(?:var\/)?tmp\/[\w-]*\.?)(?=[A-Za-z]*[A-Z0-9])[A-Za-z0-9_]{6,12}\b/g,
    hole: '<:\\w+>',
  },
  {
    name: 'address',
    always: false,
    find: /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g,
    hole: '<:[\\d.]+>',
  },
  {
    name: 'port',
    always: false,
    find: /(?<=[\w.\]*]:|\bport ?[:=]? ?)\d{2,5}\b(?![.:])/gi,
    hole: '<:\\d+>',
  },
  {
    name: 'size',
    always: false,
    find: /(?<![\w.])\d+(?:[.,]\d+)*(?= ?(?:[KMGTP](?:i?B)?|[kmg]B|bytes?|字节)\b| ?字节)/g,
    hole: '<:[\\d.,]+>',
  },
  {
    name: 'hash',
    always: false,
    find: /\b(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,128}\b/g,
    hole: '<:[0-9a-f]+>',
  },
  {
    name: 'version',
    always: false,
    find: /(?<![\w.])v?\d+(?:\.\d+){1,3}(?:[-+~][\w.+~-]*\w)?(?![\d.]*\w)/g,
    hole: '<:[\\w.+~-]+>',
  },
]

/** Every name once, in the order of the table. */
export const holeRuleNames: readonly string[] = [...new Set(holeRules.map(({ name }) => name))]

/** The rules that apply by default. */
export const usualHoleRules: readonly string[] = [
  ...new Set(holeRules.filter(({ always }) => always).map(({ name }) => name)),
]

/** A range of a printed line, in UTF-16 units, and the text that replaces it in an expectation. */
export interface LineHole {
  readonly start: number
  readonly end: number
  readonly hole: string
  /** The rule that proposes it; `undefined`: the author wrote it. */
  readonly rule: string | undefined
}

/** The matches of the named rules in a line, without overlaps; earlier rules win. */
export function ruleHoles(line: string, names: readonly string[]): readonly LineHole[] {
  const found: LineHole[] = []
  for (const { name, find, hole } of holeRules) {
    if (!names.includes(name)) continue
    for (const match of line.slice(0, maxLength).matchAll(find)) {
      const start = match.index
      const end = start + match[0].length
      if (found.every((other) => other.end <= start || end <= other.start))
        found.push({ start, end, hole, rule: name })
    }
  }
  return found.toSorted((a, b) => a.start - b.start)
}

/** The rest of a longer line stays literal. */
const maxLength = 2000
