/**
 * Refuses pages with errors, and content through which VitePress would run code or include files.
 *
 * `refuseIncludes` works on the raw text, before other code reads it.
 */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { isError } from '../diagnostic/diagnostic.ts'
import type { PageView } from './page-view.ts'
import { SiteError, siteErrors } from './site-error.ts'
import { labelled } from '../diagnostic/labelled.ts'

/** @throws {SiteError} `file:line: …` */
export function refuseIncludes(file: string, source: string): void {
  const include = /<!--\s*@include\b[^\n>]*>?/i.exec(source)
  if (include) refuse(file, lineAt(source, include.index), messages.includes(include[0]))
  // VitePress's own marks: it would treat text between them as its own data and code.
  const mark = /__VP_(?:PARAMS|STATIC)_|__VITE_(?:PUBLIC_)?ASSET__/.exec(source)
  if (mark) refuse(file, lineAt(source, mark.index), messages.markOfBuilder(mark[0]))
  const language = /^\uFEFF?---[^\S\n]*([^\s-][^\n]*)/.exec(source)?.[1]
  if (language !== undefined && !/^ya?ml\s*$/.test(language)) {
    refuse(file, 1, messages.matterWouldRun(language.trim()))
  }
}

/** @throws {SiteError} With every error of the page, one a line. */
export function refuseErrors({ diagnostics, runbook }: PageView): void {
  const errors = diagnostics.filter(isError)
  if (errors.length === 0) return
  throw siteErrors(
    errors.map(({ code, message, help, span }) => {
      const place = `${runbook.file}:${span.start.line}:${span.start.column}`
      const label = { zh: labelled('error', 'zh', code), en: labelled('error', 'en', code) }
      const problem = messages.diagnostic(place, label, message)
      return help === undefined ? problem : messages.withHelp(problem, help)
    }),
  )
}

export function refuse(file: string, line: number, message: Message): never {
  throw new SiteError(messages.at(`${file}:${line}`, message))
}

function lineAt(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length
}
