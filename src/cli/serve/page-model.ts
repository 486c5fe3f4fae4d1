/** What the browser needs to know about a page and about the hosts it can run on. */

import { posix, join } from 'node:path'
import { isError } from '../../diagnostic/diagnostic.ts'
import { valueOf } from '../../model/named.ts'
import { parseRunbook } from '../../parse/parse-runbook.ts'
import { readInside } from '../../project-files/read-file.ts'
import { readRecordFiles } from '../../record/record-store.ts'
import { hashOfPage } from '../page/page-hash.ts'
import { pagesIn } from '../page/pages.ts'
import type { Project } from '../project.ts'

/**
 * The text of a page of the project; `undefined` if there is no such page.
 *
 * @param file - Relative to the project's folder, with `/`.
 */
export function pageSource({ root, pages }: Project, file: string): string | undefined {
  const known = pagesIn(pages).some((path) => posix.relative(root, path) === file)
  return known ? readInside(root, join(root, file)).toString() : undefined
}

/** The body of `GET pages/FILE`; `undefined` if the project has no such page. */
export function pageModel(project: Project, file: string): object | undefined {
  const source = pageSource(project, file)
  if (source === undefined) return undefined
  const { runbook, diagnostics } = parseRunbook(file, source)
  const { records } = readRecordFiles(join(project.root, file))
  const newest = records.toSorted((a, b) => (a.at < b.at ? 1 : -1))[0]
  return {
    file,
    hash: hashOfPage(source),
    title: runbook.title,
    roles: runbook.roles.map(({ name, host }) => ({ name, host: host ?? null })),
    vars: runbook.variables.map(({ name, secret }) => ({ name, secret })),
    steps: runbook.steps.map(({ id, onError }) => ({
      id,
      onError: onError.map(({ pattern }) => pattern),
      lastMs: (newest && valueOf(newest.steps, id)?.durationMs) ?? null,
    })),
    problems: diagnostics
      .filter(isError)
      .map(({ message, span }) => `${file}:${span.start.line}: ${message.en}`),
  }
}
