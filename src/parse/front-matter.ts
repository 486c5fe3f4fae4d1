/**
 * Parses a page's YAML front matter into typed values; reports each error at its position.
 *
 * Keys of other tools (VitePress, Jekyll) are ignored. A near miss of one of our keys is an error,
 * because a misspelt `requires` would otherwise be lost silently.
 */

import { type Lang, langNamed } from '../model/message.ts'
import { yamlProblem } from './library-messages.ts'
import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { LineCounter, isScalar, parseDocument, visit, type Document } from 'yaml'
import * as z from 'zod/mini'
import { deepYamlAt } from './nesting.ts'
import { nearest } from '../text/nearest.ts'
import type { Check } from '../model/check.ts'
import type { Role, Variable } from '../model/runbook.ts'
import type { Span } from '../model/span.ts'
import { readCheckValue } from './check-value.ts'
import { reportKeys } from './front-matter-keys.ts'
import { type Locate, locator } from './front-matter-places.ts'
import { shape, type Shape, type Texts } from './front-matter-shape.ts'
import { frontMatterTable, frontMatterKeys, keysIn } from './front-matter-table.ts'
import { readVariable, reportAddresses } from './front-matter-variables.ts'
import type { PageSource } from './page-source.ts'
import type { Report } from './report.ts'

export interface FrontMatter {
  readonly title: string | undefined
  readonly lang: Lang | undefined
  readonly requires: readonly string[]
  readonly provides: readonly Check[]
  readonly needs: readonly Check[]
  readonly roles: readonly Role[]
  readonly variables: readonly Variable[]
  readonly dir: string | undefined
  readonly dirSpan: Span | undefined
  readonly tags: readonly string[]
}

export const emptyFrontMatter: FrontMatter = {
  title: undefined,
  lang: undefined,
  requires: [],
  provides: [],
  needs: [],
  roles: [],
  variables: [],
  dir: undefined,
  dirSpan: undefined,
  tags: [],
}

/** @param offset - Where the YAML starts in the page. */
export function readFrontMatter(
  yaml: string,
  offset: number,
  source: PageSource,
  report: Report,
): FrontMatter {
  const deep = deepYamlAt(yaml)
  const document = deep === undefined ? documentOf(yaml) : undefined
  if (!document) {
    const at = source.span(offset + (deep ?? 0), offset + (deep ?? 0) + 1)
    report.add('RB0702', at, messages.frontMatterTooDeep, messages.writeFlatter)
    return emptyFrontMatter
  }
  for (const error of document.errors) {
    const [from, to] = error.pos
    const span = source.span(offset + from, offset + Math.max(to, from + 1))
    report.add('RB0201', span, yamlProblem(error.code, error.message))
  }
  const repeated = repeatedKeys(document)
  for (const at of repeated)
    report.add(
      'RB0201',
      source.span(offset + at, offset + at + 1),
      yamlProblem('DUPLICATE_KEY', 'duplicate key'),
    )
  if (document.errors.length > 0 || repeated.length > 0) return emptyFrontMatter

  const locate = locator(document, offset, source)
  const value = valueOf(document)
  if (value instanceof Error) {
    report.add(
      'RB0201',
      source.span(offset, offset + yaml.length),
      yamlProblem('BAD_ALIAS', value.message),
    )
    return emptyFrontMatter
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const span = source.span(offset, offset + yaml.length)
    report.add('RB0201', span, messages.notAMap, messages.writeKeyValue)
    return emptyFrontMatter
  }
  reportKeys(Object.keys(value), locate, report)
  // An empty `tags:` counts as absent.
  for (const [key, each] of Object.entries(value))
    if (each === null) Reflect.deleteProperty(value, key)
  reportPrototypes(value, locate, report)
  const result = shape.safeParse(value)
  if (result.success) return readValues(result.data, locate, report)
  for (const issue of result.error.issues) reportIssue(issue, locate, report)
  // Still read the valid values, so that one error does not cause many.
  for (const { path } of result.error.issues) removeAt(value, path.slice(0, 2))
  const rest = shape.safeParse(value)
  return rest.success ? readValues(rest.data, locate, report) : emptyFrontMatter
}

/** Offsets of repeated keys. */
function repeatedKeys(document: Document): readonly number[] {
  const found: number[] = []
  visit(document, {
    Map(_, map) {
      const seen = new Set<unknown>()
      for (const { key } of map.items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value) && key.range) found.push(key.range[0])
        seen.add(key.value)
      }
    },
  })
  return found
}

/** `undefined` if it nests too deep for the library's stack. */
function documentOf(yaml: string): Document | undefined {
  try {
    return parseDocument(yaml, {
      lineCounter: new LineCounter(),
      prettyErrors: false,
      logLevel: 'error',
      // We check this ourselves: the library compares each key with all earlier ones.
      uniqueKeys: false,
    })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Only now does the library detect an alias without an anchor, or one that expands without end. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS() ?? {}
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function removeAt(value: object, [key, nested]: readonly PropertyKey[]): void {
  if (key === undefined) return
  const child: unknown = Reflect.get(value, key)
  if (
    nested !== undefined &&
    typeof child === 'object' &&
    child !== null &&
    !Array.isArray(child)
  ) {
    Reflect.set(child, nested, null)
  } else Reflect.deleteProperty(value, key)
}

/** `__proto__` is special in JavaScript: tools that read our JSON would lose its value. */
function reportPrototypes(value: object, locate: Locate, report: Report): void {
  for (const key of ['vars', 'roles']) {
    const child: unknown = Reflect.get(value, key)
    if (typeof child !== 'object' || child === null || !Object.hasOwn(child, '__proto__')) continue
    report.add(
      'RB0203',
      locate([key, '__proto__'], true),
      messages.notAName(key),
      messages.chooseAnotherName,
    )
    Reflect.deleteProperty(child, '__proto__')
  }
}

function reportIssue(issue: z.core.$ZodIssue, locate: Locate, report: Report): void {
  const where = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) {
      const meant = nearest(key, keysIn(issue.path[0] === 'roles' ? 'roles' : 'vars'))
      const help = meant === undefined ? undefined : shared.didYouMean(meant)
      report.add(
        'RB0202',
        locate([...issue.path, key], true),
        messages.unknownKeyIn(key, where),
        help,
      )
    }
    return
  }
  if (issue.code === 'invalid_union') {
    const nested = issue.errors.flat().find((error) => error.code === 'unrecognized_keys')
    if (nested)
      return reportIssue({ ...nested, path: [...issue.path, ...nested.path] }, locate, report)
  }
  const key = frontMatterKeys.find((each) => each === issue.path[0])
  const wanted = key === undefined ? messages.whatItShouldBe : frontMatterTable[key].usage
  const help = key === undefined ? undefined : shared.write(frontMatterTable[key].example)
  report.add('RB0203', locate(issue.path), messages.wrongValue(where, wanted), help)
}

function readValues(data: Shape, locate: Locate, report: Report): FrontMatter {
  const title = data.title === undefined ? undefined : String(data.title)
  if (title !== undefined && /[<>]/.test(title)) {
    report.add('RB0203', locate(['title']), messages.titleIsPlain)
  }
  const variables = Object.entries(data.vars ?? {}).map(([variable, value]) =>
    readVariable(variable, value, locate, report),
  )
  reportAddresses(variables, Object.keys(data.roles ?? {}), locate, report)
  return {
    title,
    lang: data.lang === undefined ? undefined : langNamed(data.lang),
    requires: list(data.requires),
    provides: readCheckList('provides', data.provides, locate, report),
    needs: readCheckList('needs', data.needs, locate, report),
    roles: Object.entries(data.roles ?? {}).map(([role, value]) => {
      if (typeof value === 'string' || value === null)
        return { name: role, title: value ?? role, host: undefined }
      return { name: role, title: value.title ?? role, host: value.host }
    }),
    variables,
    dir: data.dir,
    dirSpan: data.dir === undefined ? undefined : locate(['dir']),
    tags: list(data.tags).flatMap((text) => text.split(/[,\s]+/).filter((tag) => tag !== '')),
  }
}

function list(value: Texts | undefined): readonly string[] {
  if (value === undefined) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

function readCheckList(
  key: 'needs' | 'provides',
  value: Texts | undefined,
  locate: Locate,
  report: Report,
): readonly Check[] {
  const isList = Array.isArray(value)
  return list(value).flatMap((text, index) => {
    const span = locate(isList ? [key, index] : [key])
    // A plain scalar equals its source text, so a message can point at one check in it.
    const exact = span.end.offset - span.start.offset === text.length
    return readCheckValue({ value: text, span, exact }, report)
  })
}
