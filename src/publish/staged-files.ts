/**
 * The files of a project that make up the site: pages, their records, and `public/`. Each is named
 * by its real path inside the project.
 */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { recordsFolder } from '../record/record-store.ts'
import { imageTypes } from './images.ts'
import { packageFolder } from './package-folder.ts'
import { isBelow } from '../project-files/real-place.ts'
import { realFileIn, realPathIn, refuseIrregular } from './project-files.ts'
import { SiteError, siteErrors } from './site-error.ts'
import { skippedFolders } from './site-pages.ts'

/** The folders of a site's project; all absolute. */
export interface SitePlace {
  readonly root: string
  readonly pages: string
  /** The output folder; files in it are not pages. */
  readonly out: string
}

/** One file: its source, and its target below the staged root or the public folder. */
export interface StagedFile {
  readonly real: string
  readonly to: 'root' | 'public'
  readonly path: string
}

const pageTypes = new Set(['.md'])
const recordTypes = new Set(['.json'])

/** @throws {SiteError} One line for each file that the site may not have. */
export function stagedFiles(place: SitePlace): readonly StagedFile[] {
  const problems: Message[] = []
  const files = collect(place, (error) => {
    if (!(error instanceof SiteError)) throw error
    problems.push(error.text)
  })
  if (problems.length > 0) throw siteErrors(problems)
  return files
}

/** The public files of a site whose project has no `public/`. */
export function ownPublicFiles(): readonly StagedFile[] {
  const folder = join(packageFolder(), 'site', 'public')
  return readdirSync(folder).map((path) => ({
    real: realpathSync(join(folder, path)),
    to: 'public',
    path,
  }))
}

function collect(place: SitePlace, onProblem: (error: unknown) => void): readonly StagedFile[] {
  const { root, pages } = place
  const files: StagedFile[] = []
  const attempt = (task: () => void) => {
    try {
      task()
    } catch (error) {
      onProblem(error)
    }
  }
  const named = (path: string) => messages.theFile(relative(root, path))
  const add = (path: string, types: ReadonlySet<string>) => {
    attempt(() => {
      const real = realFileIn(root, path, named(path), types)
      files.push({ real, to: 'root', path: relative(root, path) })
    })
  }
  const visit = (folder: string, above: ReadonlySet<string>): void => {
    const real = realPathIn(root, folder, named(folder))
    if (above.has(real)) return
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      if (name.startsWith('.') || skippedFolders.has(name) || path === place.out) continue
      if (name.endsWith('.md') && !isFolder(path)) {
        refuseName(relative(pages, path), named(path), onProblem)
        add(path, pageTypes)
        for (const record of recordsOf(path)) add(record, recordTypes)
      } else if (isFolder(path) && path !== join(pages, 'public')) {
        attempt(() => visit(path, new Set([...above, real])))
      }
    }
  }
  attempt(() => visit(pages, new Set()))
  attempt(() => files.push(...publicFiles(place, onProblem)))
  return files
}

/**
 * VitePress runs `[id].paths.js` for a page of such a name; the other characters would end an
 * address.
 */
function refuseName(inPages: string, name: Message, onProblem: (error: unknown) => void): void {
  // oxlint-disable-next-line no-control-regex -- a name may hold any of them
  if (/\[\w+\]|[<>"\\\u0000-\u001f\u007f]/.test(inPages))
    onProblem(new SiteError(messages.wrongPageName(name)))
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function recordsOf(page: string): readonly string[] {
  const folder = recordsFolder(page)
  if (!isFolder(folder)) return []
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => join(folder, name))
}

/** Publishes files of `public/` unchanged; a link only if it leads to an image. */
function publicFiles(
  { root, pages }: SitePlace,
  onProblem: (error: unknown) => void,
): readonly StagedFile[] {
  const top = join(pages, 'public')
  if (lstatSync(top, { throwIfNoEntry: false }) === undefined) return []
  const files: StagedFile[] = []
  const plain = join(realpathSync(pages), 'public')
  const visit = (folder: string, above: ReadonlySet<string>): void => {
    const realFolder = realPathIn(root, folder, messages.theFile(relative(root, folder)))
    if (above.has(realFolder)) return
    for (const name of readdirSync(folder)) {
      const path = join(folder, name)
      const shown = messages.theFile(relative(root, path))
      try {
        if (isFolder(path)) visit(path, new Set([...above, realFolder]))
        else {
          const real = realPathIn(root, path, shown)
          if (isBelow(plain, real)) refuseIrregular(real, shown)
          else realFileIn(root, path, shown, imageTypes)
          files.push({ real, to: 'public', path: relative(top, path) })
        }
      } catch (error) {
        onProblem(error)
      }
    }
  }
  if (isFolder(top)) visit(top, new Set())
  else throw new SiteError(messages.notAFolder(relative(root, top), dirname(relative(root, top))))
  return files
}
