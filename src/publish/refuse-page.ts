/**
 * What a page may not contain: errors, and what VitePress would run or take other files in by.
 *
 * `refuseIncludes` works on the raw text, before any other code reads it.
 */

import { codes } from '../diagnostic/codes.ts'
import { isError } from '../diagnostic/diagnostic.ts'
import type { PageView } from './page-view.ts'
import { SiteError } from './site-error.ts'

/** Keys of front matter that go to the site; all others are left out. */
export const publishedKeys = [
  'title',
  'titleTemplate',
  'description',
  'layout',
  'hero',
  'features',
  'outline',
  'aside',
  'sidebar',
  'navbar',
  'footer',
  'prev',
  'next',
  'search',
  'pageClass',
  'lastUpdated',
  'editLink',
] as const

/** @throws {SiteError} `file:line: …` */
export function refuseIncludes(file: string, source: string): void {
  const include = /<!--\s*@include:.*?-->/.exec(source)
  if (include)
    refuse(file, lineAt(source, include.index), `\`${include[0]}\` takes in another file`)
  const language = /^\uFEFF?---[^\S\n]*([^\s-][^\n]*)/.exec(source)?.[1]
  if (language !== undefined && !/^ya?ml\s*$/.test(language)) {
    refuse(file, 1, `front matter in \`${language.trim()}\` would be run: write YAML`)
  }
}

/** @throws {SiteError} Where a published value of the front matter is markup or runs code. */
export function refuseMarkup(
  file: string,
  source: string,
  matter: Readonly<Record<string, unknown>>,
): void {
  for (const key of publishedKeys) {
    const text = textsOf(matter[key]).find((value) =>
      /[<>]|^\s*(?:javascript|data|vbscript):/i.test(value),
    )
    if (text === undefined) continue
    const line = source.split('\n').findIndex((one) => one.startsWith(`${key}:`)) + 1
    refuse(
      file,
      Math.max(line, 1),
      `front matter is plain text: \`${text}\` in \`${key}\` is markup`,
    )
  }
}

/** @throws {SiteError} Every error of the page, a line each. */
export function refuseErrors({ diagnostics, runbook }: PageView): void {
  const errors = diagnostics.filter(isError)
  if (errors.length === 0) return
  throw new SiteError(
    errors
      .map(({ code, message, help, span }) => {
        const place = `${runbook.file}:${span.start.line}:${span.start.column}`
        return `${place}: ${codes[code].severity}[${code}]: ${message}${help === undefined ? '' : ` (${help})`}`
      })
      .join('\n'),
  )
}

export function refuse(file: string, line: number, message: string): never {
  throw new SiteError(`${file}:${line}: ${message}`)
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsOf)
}
