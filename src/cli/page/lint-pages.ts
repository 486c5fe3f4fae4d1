/**
 * Lints pages together with the pages they require; the only place that gives lint access to files.
 */

import { existsSync, readdirSync } from 'node:fs'
import { dirname, extname, join, resolve } from 'node:path'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import type { LinkTarget, Project as LintProject } from '../../lint/lint-page.ts'
import { lintParsed, namesSetBy } from '../../lint/lint-runbook.ts'
import { anchorsOf } from '../../parse/anchors.ts'
import { pageName } from '../../model/runbook.ts'
import { type ParsedPage, parsePage } from '../../parse/parse-runbook.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { kindOf } from '../../project-files/kind-of.ts'
import { rootAround } from '../../project-files/project-root.ts'
import { readInside } from '../../project-files/read-file.ts'
import { imageSource } from '../../publish/images.ts'
import { MissingFile, SiteError } from '../../publish/site-error.ts'
import { isBelow } from '../../project-files/real-place.ts'
import type { Message } from '../../model/message.ts'
import type { Page } from './pages.ts'
import type { Project } from '../project.ts'
import { readRequired } from './requires.ts'

export interface LintedPages {
  /** The pages and all that they require. */
  readonly pages: readonly Page[]
  /** Page by page, in the order of each page. */
  readonly diagnostics: readonly Diagnostic[]
}

export function lintPages(given: readonly Page[], project: Project): LintedPages {
  const { problems, read, direct } = readRequired(given, project)
  const parsed = new Map<string, ParsedPage>()
  const parse = (page: Pick<Page, 'file' | 'source'>) => {
    const key = resolve(page.file)
    const found = parsed.get(key) ?? parsePage(page.file, page.source)
    parsed.set(key, found)
    return found
  }
  const inherited = (page: Page, seen: Set<Page>): readonly string[] => {
    if (seen.has(page)) return []
    seen.add(page)
    return (direct.get(page) ?? []).flatMap((each) => [
      ...namesSetBy(parse(each)),
      ...inherited(each, seen),
    ])
  }
  const diagnostics = read.flatMap((page) => {
    const find: LintProject['find'] = (path) =>
      findTarget(path, page.file, {
        root: rootAround(project.root, page.file),
        publicFolder: join(project.pages, 'public'),
        parse,
      })
    const around: LintProject = {
      inherited: new Set([...project.vars.keys(), ...inherited(page, new Set())]),
      hasRecord: existsSync(join(dirname(page.file), '.records', pageName(page.file))),
      find,
      refusedImage: (target) => refusedImage(target, page.file, { project, find }),
    }
    const own = problems.filter(({ file }) => file === page.file)
    return [...lintParsed(parse(page), around), ...own].toSorted(
      (a, b) => a.span.start.offset - b.span.start.offset,
    )
  })
  return { pages: read, diagnostics }
}

/** The file or folder of a link; sites also accept a page's name without extension. */
function findTarget(
  path: string,
  from: string,
  {
    root,
    publicFolder,
    parse,
  }: {
    readonly root: string
    /** What the site serves from `/`. */
    readonly publicFolder: string
    readonly parse: (page: Pick<Page, 'file' | 'source'>) => ParsedPage
  },
): LinkTarget | 'unknown' | undefined {
  if (from === '-') return 'unknown'
  if (path.startsWith('/'))
    return existsSync(join(publicFolder, path)) ? { anchors: undefined } : undefined
  const place = join(dirname(from), path)
  const bare = place.replace(/\.html$|\/$/, '')
  const file = [place, `${bare}.md`, join(bare, 'index.md'), join(bare, 'README.md')].find(
    (each) => kindOf(each) === 'file',
  )
  if (file !== undefined && extname(file).toLowerCase() === '.md') {
    const source = sourceInside(root, file)
    return source === undefined ? 'unknown' : { anchors: anchorsOf(parse({ file, source })) }
  }
  if (file !== undefined || existsSync(place)) return { anchors: undefined }
  return isOutside(place) ? 'unknown' : undefined
}

function decoded(target: string): string {
  try {
    return decodeURIComponent(target)
  } catch {
    return target
  }
}

/** A page that is read without its project has no site. */
function refusedImage(
  target: string,
  from: string,
  { project, find }: { readonly project: Project; readonly find: LintProject['find'] },
): Message | undefined {
  const path = resolve(from)
  if (from === '-' || !isBelow(project.root, path)) return undefined
  const publicFolder = target.startsWith('/') ? join(project.pages, 'public') : undefined
  try {
    imageSource(target, { root: project.root, path, publicFolder })
    return undefined
  } catch (error) {
    if (!(error instanceof SiteError)) throw error
    // What is surely missing is a dead link already.
    const isNamed = error instanceof MissingFile && find(decoded(target)) === undefined
    return isNamed ? undefined : error.text
  }
}

/** Reads no file outside the project. */
function sourceInside(root: string, file: string): string | undefined {
  try {
    return readInside(root, file).toString()
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

/** If even the folder is missing, the page is read without its project. */
function isOutside(place: string): boolean {
  const folder = dirname(place)
  return kindOf(folder) !== 'folder' || readdirSync(folder).length === 0
}
