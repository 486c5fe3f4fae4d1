/**
 * Builds, serves and previews the site of any project: `runbook site`.
 *
 * VitePress runs in its own process, so that its global state starts clean and does not affect
 * ours. It reads a staged copy of the pages and writes beside it; no code of the project runs.
 */

import { langOfPages } from './pages-lang.ts'
import { verbatim } from '../model/message.ts'
import { messages } from './messages.ts'
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, resolve } from 'node:path'
import { followProject } from './follow-project.ts'
import { packageFolder } from './package-folder.ts'
import { readPage } from './page-view.ts'
import { type Preview, servePreview } from './preview-server.ts'
import { isBelow } from '../project-files/real-place.ts'
import { realPathIn } from './project-files.ts'
import { refuseErrors, refuseIncludes } from './refuse-page.ts'
import { SiteError, siteErrors } from './site-error.ts'
import { checkOut, defaultOut, writeOut } from './site-folder.ts'
import { listPages } from './site-pages.ts'
import { openStage, type Stage, writeConfiguration } from './stage.ts'
import { ownPublicFiles, stagedFiles } from './staged-files.ts'
import { checkPort } from './taken-port.ts'
import type { SiteLang } from './words.ts'

export interface SiteProject {
  /** The project's folder. */
  readonly root: string
  /** The folder of its pages; relative to `root`. Default: `runbook` if there is one, else `.`. */
  readonly pages?: string | undefined
  /**
   * The output folder, relative to the current folder. Default: the project's `.runbook/site/dist`.
   */
  readonly out?: string | undefined
  /** Default: the pages' language. */
  readonly lang?: SiteLang | undefined
  /** The site's title. Default: the title of the first page, else the folder's name. */
  readonly title?: string | undefined
}

interface ServeOptions extends SiteProject {
  /** Default: 5173 for `dev`, 4173 for `preview`, or the next free port. */
  readonly port?: number | undefined
}

/** A project with its defaults filled in; folders are absolute. */
interface Site {
  readonly root: string
  readonly pages: string
  readonly out: string
  readonly lang: SiteLang
  readonly title: string | undefined
}

/**
 * Builds the site.
 *
 * @returns The folder that was written.
 * @throws {SiteError} If a page cannot be published, or the folder contains other files.
 */
export async function buildSite(project: SiteProject): Promise<string> {
  const site = siteOf(project)
  const stage = openStage(site)
  try {
    if (!putPages(stage, site)) {
      throw new SiteError(messages.noPages(site.pages))
    }
    checkPages(stage)
    checkOut(site)
    configure(stage, site)
    const { code, output } = await finished(runVitePress(stage.home, ['build'], 'pipe'))
    if (code !== 0) throw new SiteError(verbatim(reasonOf(output, stage)))
    writeOut(stage.out, site)
    return site.out
  } finally {
    stage.remove()
  }
}

/**
 * Serves the site and follows edits of the pages until `signal` aborts.
 *
 * @throws {SiteError} If the port is in use, or the server exits with an error.
 */
export async function devSite(options: ServeOptions, signal?: AbortSignal): Promise<void> {
  const site = siteOf(options)
  if (options.port !== undefined) await checkPort(options.port)
  const stage = openStage(site)
  try {
    putPages(stage, site)
    configure(stage, site)
    const port = String(options.port ?? 5173)
    const strict = options.port === undefined ? [] : ['--strictPort']
    const child = runVitePress(
      stage.home,
      ['dev', '--host', '127.0.0.1', '--port', port, ...strict],
      'inherit',
    )
    // At SIGTERM, Vite would first wait for its own work, which does not always end. It has no state to keep.
    const end = () => child.kill('SIGKILL')
    if (signal?.aborted === true) end()
    else signal?.addEventListener('abort', end, { once: true })
    const stop = followProject(stage, site, filesOf)
    const { code } = await finished(child).finally(stop)
    if (code !== 0 && signal?.aborted !== true)
      throw new SiteError(messages.serverEnded(code === null ? messages.aSignal : String(code)))
  } finally {
    stage.remove()
  }
}

/**
 * Serves the result of `buildSite`, on this computer only.
 *
 * @throws {SiteError} If there is no built site, or the port is in use.
 */
export async function previewSite(options: ServeOptions): Promise<Preview> {
  const { out } = siteOf(options)
  if (!existsSync(join(out, 'index.html'))) {
    throw new SiteError(messages.notBuilt(out))
  }
  return servePreview(out, options.port)
}

function siteOf(project: SiteProject): Site {
  const root = resolve(project.root)
  const pages = resolve(
    root,
    project.pages ?? (existsSync(join(root, 'runbook')) ? 'runbook' : '.'),
  )
  if (statSync(pages, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new SiteError(messages.noFolder(pages))
  if (!isBelow(root, pages)) throw new SiteError(messages.pagesOutside(pages, root))
  realPathIn(root, pages, messages.thePages(pages))
  const out = project.out === undefined ? defaultOut(root) : resolve(project.out)
  const lang = project.lang ?? langOfPages(pages, out)
  return { root, pages, out, lang, title: project.title }
}

function filesOf(site: Site) {
  const files = stagedFiles(site)
  return files.some(({ to }) => to === 'public') ? files : [...files, ...ownPublicFiles()]
}

/** Returns whether the project has a page. */
function putPages(stage: Stage, site: Site): boolean {
  const files = filesOf(site)
  stage.put(files)
  stage.putFirst(titleOf(site, stage))
  return files.some(({ to, path }) => to === 'root' && path.endsWith('.md'))
}

function configure(stage: Stage, site: Site): void {
  const { root, pages, publicFolder, out } = stage
  const title = titleOf(site, stage)
  writeConfiguration(stage, {
    root,
    pages,
    source: site.root,
    publicFolder,
    theme: join(stage.home, '.vitepress', 'theme'),
    out,
    lang: site.lang,
    title,
  })
}

/** The first page's title is the site's title. */
function titleOf({ root, title }: Site, stage: Stage): string {
  if (title !== undefined) return title
  const first = join(stage.pages, 'index.md')
  const { runbook } = existsSync(first) ? readPage(stage.root, first) : { runbook: undefined }
  return runbook === undefined || runbook.title === 'index' ? basename(root) : runbook.title
}

/** Reports all errors of all pages before the build starts. */
function checkPages({ root, pages, out }: Stage): void {
  const problems = listPages(pages, out).flatMap((path) => {
    try {
      const page = readPage(root, path)
      refuseIncludes(page.runbook.file, page.source)
      if (page.isRunbook) refuseErrors(page)
      return []
    } catch (error) {
      if (error instanceof SiteError) return [error.text]
      throw error
    }
  })
  if (problems.length > 0) throw siteErrors(problems)
}

function runVitePress(
  home: string,
  args: readonly string[],
  stdio: 'pipe' | 'inherit',
): ChildProcess {
  const { resolve: find } = createRequire(join(packageFolder(), 'package.json'))
  const bin = join(dirname(find('vitepress/package.json')), 'bin', 'vitepress.js')
  const [command = '', ...flags] = args
  return spawn(process.execPath, [bin, command, home, ...flags], {
    cwd: home,
    stdio: stdio === 'pipe' ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  })
}

async function finished(child: ChildProcess): Promise<{ code: number | null; output: string }> {
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  return new Promise((settle, fail) => {
    child.on('error', fail)
    child.on('close', (code) => settle({ code, output }))
  })
}

/** The error message in VitePress's output, without stack and spinner. */
function reasonOf(output: string, { root }: Stage): string {
  const lines = output
    .replaceAll(`${root}/`, '')
    // oxlint-disable-next-line no-control-regex -- escape sequences of a terminal
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
  const start = lines.findIndex((line) => /^(?:build error|.*Error:)/.test(line))
  const told = lines
    .slice(Math.max(start, 0))
    .filter((line) => line !== '' && !/^\s+at |^(?:file|id): /.test(line))
    .map((line) => line.replace(/^build error:\s*/, '').replace(/^(?:\[[\w:-]+\]\s*)+/, ''))
  return [...new Set(told)].filter((line) => line !== '').join('\n')
}
