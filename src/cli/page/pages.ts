/** Reads the pages that a person names: files, folders or `-`, with an optional `#step`. */

import { reasonOf } from '../../diagnostic/reason-of.ts'
import { shared } from '../../diagnostic/messages.ts'
import { messages } from './messages.ts'
import { existsSync, readdirSync } from 'node:fs'
import { join, posix, relative, sep } from 'node:path'
import { type Diagnostic, isError } from '../../diagnostic/diagnostic.ts'
import { nearest } from '../../text/nearest.ts'
import type { Runbook } from '../../model/runbook.ts'
import { parseRunbook } from '../../parse/parse-runbook.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { rootAround } from '../../project-files/project-root.ts'
import { realInside } from '../../project-files/real-place.ts'
import { readFor, readInside, readNamed } from '../../project-files/read-file.ts'
import { isFolder, type Project } from '../project.ts'

export interface Page {
  /** Relative to the current folder, with `/`; `-` for standard input. */
  readonly file: string
  readonly source: string
  readonly runbook: Runbook
  readonly diagnostics: readonly Diagnostic[]
}

export interface PageArguments {
  readonly pages: readonly Page[]
  /** Steps named after `#`; without a file, the step may be on any page of the folder. */
  readonly steps: readonly { readonly file: string | undefined; readonly id: string }[]
}

/** @throws {UsageError} For a path that does not exist. */
export function readPages(paths: readonly string[], project: Project): PageArguments {
  /** With the folder that must contain the file; `undefined` for files that a person named. */
  const files = new Map<string, string | undefined>()
  const steps: { readonly file: string | undefined; readonly id: string }[] = []
  for (const path of paths.length === 0 ? [project.pages] : paths) {
    const { place, step } = locate(path, project)
    const isOne = !isFolder(place)
    if (step !== undefined) steps.push({ file: isOne ? shownPath(place) : undefined, id: step })
    for (const file of isOne ? [place] : pagesIn(place)) {
      // A person chose the page or folder, but not the files inside the folder.
      if (!files.has(file)) files.set(file, isOne ? undefined : rootAround(project.root, file))
    }
  }
  const pages = [...files].map(([file, root]) => readPage(file, project, root))
  if (pages.length === 0)
    throw new UsageError(messages.noPages(shownPath(project.pages)), messages.whatIsAPage)
  return { pages, steps }
}

function locate(
  path: string,
  project: Project,
): { readonly place: string; readonly step: string | undefined } {
  if (path === '-') return { place: '-', step: undefined }
  const [, name = path, step] = /^(.*)#([^#]+)$/.exec(path) ?? []
  const whole = [path, join(project.pages, path)].find((each) => existsSync(each))
  if (whole !== undefined) return { place: whole, step: undefined }
  const found = [
    name,
    join(project.pages, name),
    `${name}.md`,
    join(project.pages, `${name}.md`),
  ].find((each) => existsSync(each))
  if (found !== undefined) return { place: found, step }
  const known = isFolder(project.pages)
    ? pagesIn(project.pages).map((file) => relative(project.pages, file))
    : []
  const meant = nearest(name, known)
  const other = known.length === 0 ? messages.whatIsAPage : messages.givePage
  const help = meant === undefined ? other : shared.didYouMean(meant)
  throw new UsageError(messages.noSuchPage(name, shownPath(project.pages)), help)
}

/** All Markdown files below a folder, by name, except those of tools and records. */
export function pagesIn(folder: string): readonly string[] {
  const found: string[] = []
  const visit = (at: string) => {
    const entries = readdirSync(at, { withFileTypes: true }).toSorted((a, b) =>
      a.name < b.name ? -1 : 1,
    )
    for (const entry of entries) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue
      const path = join(at, entry.name)
      if (entry.isDirectory()) visit(path)
      else if (isPageName(entry.name)) found.push(path)
    }
  }
  visit(folder)
  return found
}

/**
 * @param root - The folder that must contain the page; `undefined`: a person named it.
 * @throws {UsageError} If it is unreadable, or its real path leads elsewhere.
 */
export function readPage(
  place: string,
  project: Pick<Project, 'root'>,
  root: string | undefined,
): Page {
  const file = place === '-' ? '-' : shownPath(place)
  let source: string
  try {
    source = bytesOf(place, project, root).toString()
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(messages.unreadable(file, reasonOf(error)))
  }
  return { file, source, ...parseRunbook(file, source) }
}

function isPageName(name: string): boolean {
  return /\.md$/i.test(name)
}

function bytesOf(place: string, project: Pick<Project, 'root'>, root: string | undefined): Buffer {
  if (place === '-') return readNamed(0)
  if (root === undefined) return readFor(project.root, place)
  const real = realInside(root, place)
  // A link with a page's name must not turn any other file into a page.
  if (!isPageName(real)) {
    throw new UsageError(messages.leadsToNoPage(shownPath(place), shownPath(real)))
  }
  return readInside(root, real)
}

export function shownPath(path: string): string {
  const shown = relative(process.cwd(), path)
  return (shown === '' ? '.' : shown).split(sep).join('/')
}

/** Orders a folder's pages by `requires`, then by name; a cycle keeps the order of names. */
export function inOrder(pages: readonly Page[]): readonly Page[] {
  const ordered: Page[] = []
  const seen = new Set<Page>()
  const visit = (page: Page) => {
    if (seen.has(page)) return
    seen.add(page)
    for (const name of page.runbook.requires) {
      const required = pages.find(({ file }) => file === posix.join(posix.dirname(page.file), name))
      if (required) visit(required)
    }
    ordered.push(page)
  }
  for (const page of pages) visit(page)
  return ordered
}

/** The pages' first errors, which prevent a run. */
export function errorsOf(pages: readonly Page[]): readonly Diagnostic[] {
  return pages.flatMap(({ diagnostics }) => diagnostics.filter(isError))
}
