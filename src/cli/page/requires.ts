/** Reads the pages that other pages require; reports missing pages and cycles. */

import { messages } from './messages.ts'
import { shared } from '../../diagnostic/messages.ts'
import { existsSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { nearest } from '../../text/nearest.ts'
import type { Span } from '../../model/span.ts'
import { PageSource } from '../../parse/page-source.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { rootAround } from '../../project-files/project-root.ts'
import { realInside } from '../../project-files/real-place.ts'
import { type Page, pagesIn, readPage } from './pages.ts'
import type { Project } from '../project.ts'

export interface RequiredPages {
  readonly problems: readonly Diagnostic[]
  /** The pages and all that they require, each once. */
  readonly read: readonly Page[]
  /** The direct requirements of each page. */
  readonly direct: ReadonlyMap<Page, readonly Page[]>
}

export function readRequired(
  pages: readonly Page[],
  project: Pick<Project, 'root'>,
): RequiredPages {
  const problems: Diagnostic[] = []
  const read = new Map(pages.map((page) => [page.file, page]))
  const direct = new Map<Page, readonly Page[]>()
  const visit = (page: Page, path: readonly string[]): void => {
    if (direct.has(page)) return
    const required: Page[] = []
    direct.set(page, required)
    for (const name of page.runbook.requires) {
      const file = join(dirname(page.file), name)
      const root = rootAround(project.root, page.file)
      const problem =
        outside(page, name, file, root) ?? problemOf(page, name, file, [...path, page.file])
      if (problem) {
        problems.push(problem)
        continue
      }
      const found = read.get(file) ?? readPage(file, project, root)
      read.set(file, found)
      required.push(found)
      visit(found, [...path, page.file])
    }
  }
  for (const page of pages) visit(page, [])
  return { problems, read: [...read.values()], direct }
}

/** A page may require only pages of its own project. */
function outside(page: Page, name: string, file: string, root: string): Diagnostic | undefined {
  try {
    realInside(root, file)
    return undefined
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return {
      code: 'RB0608',
      message: messages.requiresOutside(name),
      help: messages.requireOwnPage,
      file: page.file,
      span: placeOf(page, name),
    }
  }
}

function problemOf(
  page: Page,
  name: string,
  file: string,
  path: readonly string[],
): Diagnostic | undefined {
  const at = { file: page.file, span: placeOf(page, name) }
  if (!existsSync(file)) {
    const folder = dirname(page.file)
    const meant = existsSync(folder)
      ? nearest(
          name,
          pagesIn(folder).map((each) => relative(folder, each)),
        )
      : undefined
    const help = meant === undefined ? undefined : shared.didYouMean(meant)
    return { code: 'RB0603', message: messages.requiresMissing(name), help, ...at }
  }
  if (!path.includes(file)) return undefined
  const message = messages.requiresCycle(name)
  return { code: 'RB0604', message, help: messages.notBeforeItself, ...at }
}

function placeOf({ file, source }: Page, name: string): Span {
  const text = new PageSource(file, source)
  const at = Math.max(0, text.text.indexOf(name))
  return text.span(at, at + name.length)
}
