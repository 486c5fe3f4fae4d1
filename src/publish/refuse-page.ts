/**
 * What a page may not contain: errors, and what VitePress would run or take other files in by.
 *
 * `refuseIncludes` works on the raw text, before any other code reads it.
 */

import { codes } from '../diagnostic/codes.ts'
import { isError } from '../diagnostic/diagnostic.ts'
import type { PageView } from './page-view.ts'
import { SiteError } from './site-error.ts'

/** @throws {SiteError} `file:line: …` */
export function refuseIncludes(file: string, source: string): void {
  const include = /<!--\s*@include\b[^\n>]*>?/i.exec(source)
  if (include)
    refuse(file, lineAt(source, include.index), `\`${include[0]}\` takes in another file`)
  // VitePress's own marks: it would take what stands between them for data and code of its own.
  const mark = /__VP_(?:PARAMS|STATIC)_|__VITE_(?:PUBLIC_)?ASSET__/.exec(source)
  if (mark)
    refuse(file, lineAt(source, mark.index), `\`${mark[0]}\` is a mark of the site's builder`)
  const language = /^\uFEFF?---[^\S\n]*([^\s-][^\n]*)/.exec(source)?.[1]
  if (language !== undefined && !/^ya?ml\s*$/.test(language)) {
    refuse(file, 1, `front matter in \`${language.trim()}\` would be run: write YAML`)
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
        return `${place}: ${codes[code].severity}[${code}]: ${message.en}${help === undefined ? '' : ` (${help.en})`}`
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
