/**
 * The VitePress configuration of a project's site.
 *
 * `.vitepress/config.mts` of this repository and the one that `runbook site` writes for any other
 * project are both one call of `siteConfig`.
 */

import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { DefaultTheme, MarkdownOptions, UserConfig } from 'vitepress'
import {
  codeThemes,
  type Highlight,
  highlighterOf,
  plainText,
  type TokenSource,
} from './highlight.ts'
import { runbookMarkdown } from './markdown-plugin.ts'
import type { MarkdownIt, PageEnv } from './markdown-it.ts'
import { ownFolder, packageFolder } from './package-folder.ts'
import { type PageView, readPage } from './page-view.ts'
import { publishedKeys, refuseIncludes } from './refuse-page.ts'
import { renderIndex } from './render-index.ts'
import { searchSections } from './search-sections.ts'
import { linkOf, listPages, sidebarOf } from './site-pages.ts'
import { themeWords } from './theme-words.ts'
import { sitePlugin } from './vite-plugin.ts'
import { type SiteLang, words } from './words.ts'

export interface SiteOptions {
  /** The project's folder. */
  readonly root: string
  /** The folder of its pages; relative to `root`. */
  readonly pages: string
  /** The folder that a build writes; relative to `root`. */
  readonly out: string
  readonly lang: SiteLang
  readonly title: string
}

export function siteConfig(options: SiteOptions): UserConfig<DefaultTheme.Config> {
  const root = resolve(options.root)
  const pages = resolve(root, options.pages)
  const out = resolve(root, options.out)
  const { lang, title } = options
  const views = listPages(pages, out).map((path) => readPage(root, path))
  const theme = themeWords(lang)
  const first = join(pages, 'index.md')
  const publicFolder = existsSync(join(pages, 'public')) ? join(pages, 'public') : ownPublicFolder()
  return {
    lang: lang === 'zh' ? 'zh-CN' : 'en',
    title,
    description: title,
    srcDir: pages,
    srcExclude: excluded(pages, out),
    outDir: out,
    cleanUrls: true,
    lastUpdated: false,
    ignoreDeadLinks: true,
    // More at a time would put pages into the search index in the order in which they were read.
    buildConcurrency: 1,
    // Scripts are then files of the site's own, but for two that are the same on every page.
    metaChunk: true,
    head: existsSync(join(publicFolder, 'favicon.svg'))
      ? [['link', { rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' }]]
      : [],
    markdown: siteMarkdown({ root, pages, out, lang, first }),
    transformPageData: (page) => ({
      title: page.title.replaceAll('<', '＜'),
      description: page.description.replaceAll('&', '&amp;').replaceAll('"', '&quot;'),
      frontmatter: Object.fromEntries(
        publishedKeys.flatMap((key) =>
          page.frontmatter[key] === undefined ? [] : [[key, page.frontmatter[key]]],
        ),
      ),
    }),
    vite: {
      publicDir: publicFolder,
      plugins: [sitePlugin({ root, pages, first, title })],
      resolve: { alias: [{ find: '@runbook/publish', replacement: ownFolder() }] },
      server: { fs: { allow: [root, packageFolder(), ...dependencyFolders()] } },
      build: { chunkSizeWarningLimit: 4000 },
    },
    themeConfig: {
      ...theme.config,
      sidebar: sidebarOf(pages, views, words[lang].pages),
      search: {
        provider: 'local',
        options: {
          translations: theme.search,
          _render: (source: string, env: PageEnv, md: unknown) =>
            renderForSearch(source, env, md, root),
          miniSearch: { _splitIntoSections: searchSections },
        },
      },
    },
  }
}

interface MarkdownPlace {
  readonly root: string
  readonly pages: string
  readonly out: string
  readonly lang: SiteLang
  /** `index.md` in the folder of the pages, whether it is there or not. */
  readonly first: string
}

/** What VitePress's Markdown needs to be ours; tests make a renderer of it alone. */
export function siteMarkdown(place: MarkdownPlace): MarkdownOptions {
  const { root, lang, first } = place
  let highlight: Highlight = plainText
  const view = (path: string): PageView | undefined =>
    existsSync(path) ? readPage(root, path) : undefined
  return {
    theme: codeThemes,
    attrs: { disable: true },
    image: { lazyLoading: true },
    frontmatter: { grayMatterOptions: { engines: refusedEngines } },
    ...themeWords(lang).markdown,
    shikiSetup: (shiki) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- any language's name may come
      highlight = highlighterOf(shiki as unknown as TokenSource)
    },
    config: (md) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the part of it that we use
      runbookMarkdown(md as unknown as MarkdownIt, {
        root,
        lang,
        highlight: (code, language) => highlight(code, language),
        readPage: view,
        renderIndex: (path) => (path === first ? indexOf(place) : undefined),
      })
    },
  }
}

function indexOf({ root, pages, out, lang }: MarkdownPlace): string {
  const entries = listPages(pages, out).flatMap((path) => {
    const link = linkOf(pages, path)
    return link === '' ? [] : [{ page: readPage(root, path), href: `./${link}` }]
  })
  return renderIndex(entries, words[lang])
}

/** gray-matter would run front matter that says it is a program. */
const refusedEngines = Object.fromEntries(
  ['js', 'javascript', 'coffee', 'coffeescript', 'cson', 'json', 'toml'].map((name) => [
    name,
    {
      parse: () => {
        throw new Error(`front matter in \`${name}\` is refused: write YAML`)
      },
    },
  ]),
)

function renderForSearch(source: string, env: PageEnv, md: unknown, root: string): string {
  const file = env.path === undefined ? 'page' : relative(root, env.path).split(sep).join('/')
  refuseIncludes(file, source)
  env.search = true
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- VitePress types it as `any`
  const html = (md as MarkdownIt).render(source, env)
  return env.frontmatter?.['search'] === false ? '' : html
}

function excluded(pages: string, out: string): string[] {
  const inside = relative(pages, out)
  return inside === '' || inside.startsWith('..') ? [] : [`${inside.split(sep).join('/')}/**`]
}

function ownPublicFolder(): string {
  return join(packageFolder(), 'site', 'public')
}

/** VitePress and Vue may lie beside our package, not in it. */
function dependencyFolders(): string[] {
  const { resolve: find } = createRequire(pathToFileURL(join(packageFolder(), 'package.json')))
  return ['vitepress', 'vue'].map((name) => {
    const entry = find(`${name}/package.json`)
    return basename(dirname(dirname(entry))) === 'node_modules'
      ? dirname(dirname(entry))
      : dirname(entry)
  })
}
