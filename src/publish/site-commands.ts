/**
 * Builds, serves and previews the site of any project: what `runbook site` does.
 *
 * VitePress runs in a process of its own, so that it finds its own state clean and ours stays so.
 * What it needs besides the pages is written to `.runbook/site/` of the project.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageFolder } from './package-folder.ts'
import { readPage } from './page-view.ts'
import { type Preview, servePreview } from './preview-server.ts'
import { refuseErrors, refuseIncludes } from './refuse-page.ts'
import { SiteError } from './site-error.ts'
import { listPages } from './site-pages.ts'
import type { SiteLang } from './words.ts'

export interface SiteProject {
  /** The project's folder. */
  readonly root: string
  /** The folder of its pages; relative to `root`. Default: `runbook` if there is one, else `.`. */
  readonly pages?: string | undefined
  /** The folder to write; relative to the current folder. Default: `.runbook/site/dist` of the project. */
  readonly out?: string | undefined
  readonly lang?: SiteLang | undefined
  /** The site's title. Default: the title of the first page, else the folder's name. */
  readonly title?: string | undefined
}

interface ServeOptions extends SiteProject {
  /** Default: 5173 for `dev`, 4173 for `preview`, or the next that is free. */
  readonly port?: number | undefined
}

/** What is known of a project once its defaults are filled in; folders are absolute. */
interface Site {
  readonly root: string
  readonly pages: string
  readonly out: string
  readonly lang: SiteLang
  readonly title: string
}

/**
 * Writes the site.
 *
 * @returns The folder that was written.
 * @throws {SiteError} Where a page cannot be published, or the folder is not ours to write.
 */
export async function buildSite(project: SiteProject): Promise<string> {
  const site = siteOf(project)
  checkPages(site)
  checkOut(site)
  const home = prepare(site)
  const { code, output } = await finished(runVitePress(home, ['build', home], 'pipe'))
  if (code !== 0) throw new SiteError(reasonOf(output))
  return site.out
}

/**
 * Serves the site and follows the pages as they are written, until `signal` aborts.
 *
 * @throws {SiteError} Where the server ends by itself with an error.
 */
export async function devSite(options: ServeOptions, signal?: AbortSignal): Promise<void> {
  const site = siteOf(options)
  const home = prepare(site)
  const port = String(options.port ?? 5173)
  const strict = options.port === undefined ? [] : ['--strictPort']
  const child = runVitePress(
    home,
    ['dev', home, '--host', '127.0.0.1', '--port', port, ...strict],
    'inherit',
  )
  signal?.addEventListener('abort', () => child.kill('SIGTERM'), { once: true })
  const { code } = await finished(child)
  if (code !== 0 && signal?.aborted !== true)
    throw new SiteError(`the server ended with ${code ?? 'a signal'}`)
}

/**
 * Serves what `buildSite` wrote, on this computer only.
 *
 * @throws {SiteError} Where nothing was built yet.
 */
export async function previewSite(options: ServeOptions): Promise<Preview> {
  const { out } = siteOf(options)
  if (!existsSync(join(out, 'index.html'))) {
    throw new SiteError(
      `there is no site in \`${out}\` yet: build it first with \`runbook site build\``,
    )
  }
  return servePreview(out, options.port)
}

function siteOf(project: SiteProject): Site {
  const root = resolve(project.root)
  const pages = resolve(
    root,
    project.pages ?? (existsSync(join(root, 'runbook')) ? 'runbook' : '.'),
  )
  if (!existsSync(pages)) throw new SiteError(`there is no folder \`${pages}\``)
  const out =
    project.out === undefined ? join(root, '.runbook', 'site', 'dist') : resolve(project.out)
  const lang = project.lang ?? 'zh'
  return { root, pages, out, lang, title: project.title ?? titleOf(root, pages) }
}

/** The first page names the site. */
function titleOf(root: string, pages: string): string {
  const first = join(pages, 'index.md')
  const { runbook } = existsSync(first) ? readPage(root, first) : { runbook: undefined }
  return runbook === undefined || runbook.title === 'index' ? basename(root) : runbook.title
}

/** All errors of all pages at once, before anything is built. */
function checkPages({ root, pages, out }: Site): void {
  const problems = listPages(pages, out).flatMap((path) => {
    try {
      const page = readPage(root, path)
      refuseIncludes(page.runbook.file, page.source)
      if (page.isRunbook) refuseErrors(page)
      return []
    } catch (error) {
      if (error instanceof SiteError) return [error.message]
      throw error
    }
  })
  if (problems.length > 0) throw new SiteError(problems.join('\n'))
}

/** A build empties the folder that it writes. */
function checkOut({ root, pages, out }: Site): void {
  const holds = [root, pages].some((folder) => !relative(out, folder).startsWith('..'))
  if (holds) throw new SiteError(`a site cannot be written to \`${out}\`: the project is in it`)
  if (!existsSync(out)) return
  const names = readdirSync(out)
  if (names.length > 0 && !names.includes('hashmap.json')) {
    throw new SiteError(
      `\`${out}\` is not empty and holds no site: name another folder, or empty it`,
    )
  }
}

/** Writes what VitePress reads: a configuration, the theme's place, and where Vue is. */
function prepare(site: Site): string {
  const home = join(site.root, '.runbook', 'site')
  const config = join(home, '.vitepress')
  mkdirSync(join(config, 'theme'), { recursive: true })
  mkdirSync(join(home, 'node_modules'), { recursive: true })
  writeFileSync(join(home, '.gitignore'), '*\n')
  writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }\n')
  const module = JSON.stringify(configModule())
  writeFileSync(
    join(config, 'config.mjs'),
    `import { siteConfig } from ${module}\n\nexport default siteConfig(${JSON.stringify(site, undefined, 2)})\n`,
  )
  const theme = JSON.stringify(join(packageFolder(), 'site', 'theme', 'index.ts'))
  writeFileSync(join(config, 'theme', 'index.js'), `export { default } from ${theme}\n`)
  const { resolve: find } = createRequire(join(packageFolder(), 'package.json'))
  const link = join(home, 'node_modules', 'vue')
  rmSync(link, { force: true, recursive: true })
  symlinkSync(dirname(find('vue/package.json')), link, 'junction')
  return home
}

/** Beside this module, or below it where the command line is one file. */
function configModule(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const places = ['site-config.ts', 'site-config.js', 'publish/site-config.js'].map((name) =>
    join(here, name),
  )
  const found = places.find((place) => existsSync(place))
  if (found === undefined) throw new Error(`unreachable: no site configuration below ${here}`)
  return found
}

function runVitePress(
  home: string,
  args: readonly string[],
  stdio: 'pipe' | 'inherit',
): ChildProcess {
  const { resolve: find } = createRequire(join(packageFolder(), 'package.json'))
  const bin = join(dirname(find('vitepress/package.json')), 'bin', 'vitepress.js')
  return spawn(process.execPath, [bin, ...args], {
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

/** What a person needs of VitePress's output: the message, no stack and no spinner. */
function reasonOf(output: string): string {
  const lines = output
    // oxlint-disable-next-line no-control-regex -- escape sequences of a terminal
    .replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
  const start = lines.findIndex((line) => /^(?:build error|.*Error:)/.test(line))
  const told = lines
    .slice(Math.max(start, 0))
    .filter((line) => line !== '' && !/^\s+at /.test(line))
  return told.join('\n').replace(/^build error:\s*/, '')
}
