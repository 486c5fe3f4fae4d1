/**
 * Every entry of every catalogue, read from the source: both languages take the same values, use all
 * of them, and render. And no sentence stands outside of a catalogue.
 */

import { readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { catalogue, verbatim } from '../../src/model/message.ts'

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `src/${name}`)
const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))

interface Phrase {
  readonly names: readonly string[]
  readonly types: readonly string[]
  readonly body: string
  readonly text: string
}

interface Entry {
  readonly key: string
  readonly en: Phrase
  readonly zh: Phrase
}

/** The entries of the calls of `catalogue` in a source. */
function entriesIn(file: string, text: string): readonly Entry[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true)
  const found: Entry[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.getText() === 'catalogue') {
      const [given] = node.arguments
      if (given && ts.isObjectLiteralExpression(given))
        for (const property of given.properties) found.push(entryOf(file, property))
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

function entryOf(file: string, property: ts.ObjectLiteralElementLike): Entry {
  const key = `${file} ${property.name?.getText() ?? ''}`
  if (!ts.isPropertyAssignment(property) || !ts.isObjectLiteralExpression(property.initializer))
    throw new Error(`${key} is not an entry`)
  const languages = new Map(
    property.initializer.properties.map((each) => [
      each.name?.getText(),
      ts.isPropertyAssignment(each) ? each.initializer : undefined,
    ]),
  )
  return { key, en: phraseOf(languages.get('en'), key), zh: phraseOf(languages.get('zh'), key) }
}

function phraseOf(node: ts.Expression | undefined, key: string): Phrase {
  if (!node) throw new Error(`${key} lacks a language`)
  if (!ts.isArrowFunction(node)) return { names: [], types: [], body: '', text: node.getText() }
  return {
    names: node.parameters.map(({ name }) => name.getText()),
    types: node.parameters.map(({ type }) => type?.getText() ?? ''),
    body: node.body.getText(),
    text: node.getText(),
  }
}

const samples: Readonly<Record<string, readonly unknown[]>> = {
  string: ['VALUE'],
  number: [1, 7],
  boolean: [true, false],
  'string | null': ['VALUE', null],
}

/** What a phrase says, for each kind of value that it may be given. */
function said({ names, types, text }: Phrase): readonly string[] {
  const { outputText } = ts.transpileModule(`(${text})`, {
    compilerOptions: { target: ts.ScriptTarget.ESNext },
  })
  // oxlint-disable-next-line no-eval -- a source of this repository
  const phrase: unknown = (0, eval)(outputText)
  if (typeof phrase === 'string') return [phrase]
  if (typeof phrase !== 'function') throw new Error(`not a phrase: ${text}`)
  const most = Math.max(1, ...types.map((type) => samples[type]?.length ?? 0))
  return Array.from({ length: most }, (_, round) =>
    String(
      phrase(
        ...names.map((_name, at) => {
          const values = samples[types[at] ?? ''] ?? []
          return values[Math.min(round, values.length - 1)]
        }),
      ),
    ),
  )
}

const entries = [...sources].flatMap(([file, text]) => entriesIn(file, text))
const han = /\p{Script=Han}/u

describe('a catalogue', () => {
  test('contains most sentences', () => {
    expect(entries.length).toBeGreaterThan(700)
  })

  test.each(entries.map((entry) => [entry.key, entry] as const))('%s', (_, { en, zh }) => {
    expect(zh.names).toEqual(en.names)
    expect(zh.types).toEqual(en.types)
    expect(en.types.filter((type) => samples[type] === undefined)).toEqual([])
    for (const { names, body } of [en, zh]) {
      for (const name of names) expect(body).toMatch(new RegExp(`\\b${name}\\b`))
    }
    for (const text of said(en)) {
      expect(text).not.toMatch(/undefined|\[object|NaN/)
      expect(text).not.toMatch(han)
    }
    for (const text of said(zh)) expect(wrongInChinese(text)).toBeUndefined()
  })

  test('shows a nested message in the language of the outer one', () => {
    const made = catalogue({
      outer: {
        en: (inner: string) => `outer: ${inner}`,
        zh: (inner: string) => `外：${inner}`,
      },
    })
    const inner = { en: 'inner', zh: '内' }
    expect(made.outer(inner)).toEqual({ en: 'outer: inner', zh: '外：内' })
    expect(made.outer(verbatim('x'))).toEqual(made.outer('x'))
  })
})

/** Half-width punctuation between Chinese words, in words of ours. */
function wrongInChinese(text: string): string | undefined {
  if (/undefined|\[object|NaN/.test(text)) return text
  const ours = text.replaceAll(/`[^`]*`/g, '')
  return /\p{Script=Han}[,;!?]|(?<=\S)[,;!?]\s*\p{Script=Han}|\p{Script=Han}:(?! $)/u.exec(
    ours,
  )?.[0]
}

/** Files that may hold Chinese: catalogues, tables whose rows have both languages, grammar. */
const chinese = [
  /\/messages\.ts$/,
  /^src\/diagnostic\/code-docs\//,
  // Rows with `zh` and `en`.
  /^src\/(?:parse\/(?:attribute-table|front-matter-table)|check\/read-checks|reference\/(?:config-table|terms))\.ts$/,
  // The words of libraries and of the system in Chinese.
  /^src\/(?:parse\/library-messages|diagnostic\/reason-of)\.ts$/,
  // The conditions of checks, and the words of the site: a type that both languages fill.
  /^src\/(?:check\/check-words-zh|publish\/words|publish\/theme-words)\.ts$/,
  // Chinese words that outputs hold.
  /^src\/sync\/hole-rules\.ts$/,
  // Marks between Chinese words, and Chinese words that lint looks for.
  /^src\/(?:model\/message|text\/wrap-text|lint\/(?:command-words|connectors|edit-words|remarks)|import\/page-words)\.ts$/,
]

/** What a source may not do outside of a catalogue: hold Chinese, or choose by the language. */
function strayWords(file: string, text: string): readonly string[] {
  const isTable = chinese.some((pattern) => pattern.test(file))
  return text.split('\n').flatMap((line, index) => {
    const isChoice = /[!=]==\s*'(?:zh|en)'|'(?:zh|en)'\s*[!=]==|\bis(?:Chinese|English)\b/.test(
      line,
    )
    const isWord = !isTable && han.test(line)
    return isChoice || isWord ? [`${file}:${index + 1}: ${line.trim()}`] : []
  })
}

describe('a sentence outside a catalogue', () => {
  test('is found', () => {
    const wrong = [
      "const text = lang === 'zh' ? a : b",
      "if ('en' !== lang) return",
      "const words = { zh: '通过', en: 'passed' }",
      'const isChinese = true',
    ]
    for (const line of wrong) expect(strayWords('src/cli/main.ts', line)).toHaveLength(1)
    expect(strayWords('src/cli/main.ts', 'const text = messages.passed[lang]')).toEqual([])
    expect(strayWords('src/cli/messages.ts', "zh: '通过'")).toEqual([])
  })

  test.each(files)('%s has none', (file) => {
    expect(strayWords(file, sources.get(file) ?? '')).toEqual([])
  })
})
