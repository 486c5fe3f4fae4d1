/**
 * The copy of a project's pages that VitePress reads, in a fresh folder outside the project. It
 * contains no configuration, package or program of the project.
 */

import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { escapeMarkdown } from './escape-markdown.ts'
import { ownFolder, packageFolder } from './package-folder.ts'
import { readReal } from './project-files.ts'
import type { SitePlace, StagedFile } from './staged-files.ts'

export interface Stage {
  /** VitePress's root. */
  readonly home: string
  /** The project's folder as VitePress sees it. */
  readonly root: string
  readonly pages: string
  readonly publicFolder: string
  /** The folder that a build writes first. */
  readonly out: string
  /** Makes the copy equal to these files. */
  put(files: readonly StagedFile[]): void
  /** Writes a first page if the project has none. */
  putFirst(title: string): void
  remove(): void
}

export function openStage(place: SitePlace): Stage {
  const home = mkdtempSync(join(ownCache(), 'site-'))
  const root = join(home, 'project')
  const pages = join(root, relative(place.root, place.pages))
  const publicFolder = join(home, 'public')
  for (const folder of [pages, publicFolder]) mkdirSync(folder, { recursive: true })
  // Stops tools that search parent folders for these files.
  writeFileSync(join(home, 'package.json'), '{ "private": true, "type": "module" }\n')
  writeFileSync(join(home, 'tsconfig.json'), '{}\n')
  const copied = new Map<string, string>()
  let first: string | undefined
  const targetOf = ({ to, path }: StagedFile) => join(to === 'root' ? root : publicFolder, path)
  return {
    home,
    root,
    pages,
    publicFolder,
    out: join(home, 'dist'),
    put(files) {
      const wanted = new Set(files.map(targetOf))
      for (const target of copied.keys()) {
        if (wanted.has(target)) continue
        rmSync(target, { force: true })
        copied.delete(target)
      }
      for (const file of files) copyChanged(file.real, targetOf(file), copied)
      const index = join(pages, 'index.md')
      if (first !== undefined && !wanted.has(index) && !copied.has(index)) writeOnce(index, first)
    },
    putFirst(title) {
      first = `---\naside: false\n---\n\n# ${escapeMarkdown(title.replace(/\s+/g, ' '))}\n`
      const index = join(pages, 'index.md')
      if (!copied.has(index)) writeFileSync(index, first)
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  }
}

function writeOnce(path: string, text: string): void {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) writeFileSync(path, text)
}

function copyChanged(real: string, target: string, copied: Map<string, string>): void {
  const { size, mtimeMs, ino } = statSync(real)
  const stamp = `${real} ${size} ${mtimeMs} ${ino}`
  if (copied.get(target) === stamp) return
  mkdirSync(dirname(target), { recursive: true })
  writeFileSync(target, readReal(real))
  copied.set(target, stamp)
}

/** A folder private to this user; in the temporary folder if the home folder is not writable. */
function ownCache(): string {
  const { XDG_CACHE_HOME: given = '' } = process.env
  const folder = join(isAbsolute(given) ? given : join(homedir(), '.cache'), 'runbook')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    rmSync(mkdtempSync(join(folder, 'try-')), { recursive: true })
    return folder
  } catch {
    return tmpdir()
  }
}

/**
 * Writes the files that VitePress reads beside the pages: its configuration, and the places of the
 * theme and of Vue.
 *
 * @param options - The argument of `siteConfig`.
 */
export function writeConfiguration({ home }: Pick<Stage, 'home'>, options: object): void {
  const config = join(home, '.vitepress')
  mkdirSync(join(config, 'theme'), { recursive: true })
  mkdirSync(join(home, 'node_modules'), { recursive: true })
  writeFileSync(
    join(config, 'config.mjs'),
    `import { siteConfig } from ${JSON.stringify(configModule())}\n\nexport default siteConfig(${JSON.stringify(options, undefined, 2)})\n`,
  )
  const theme = JSON.stringify(join(packageFolder(), 'site', 'theme', 'index.ts'))
  writeFileSync(join(config, 'theme', 'index.js'), `export { default } from ${theme}\n`)
  const { resolve: find } = createRequire(join(packageFolder(), 'package.json'))
  symlinkSync(dirname(find('vue/package.json')), join(home, 'node_modules', 'vue'), 'junction')
}

/** Beside this module, or below it if the command line is bundled into one file. */
function configModule(): string {
  const places = ['site-config.ts', 'site-config.js', 'publish/site-config.js'].map((name) =>
    join(ownFolder(), name),
  )
  const found = places.find((path) => statSync(path, { throwIfNoEntry: false }) !== undefined)
  if (found === undefined)
    throw new Error(`unreachable: no site configuration below ${ownFolder()}`)
  return found
}
