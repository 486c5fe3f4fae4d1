/**
 * The VitePress configuration of a project's site. It reads a staged copy of the pages, never the
 * project itself.
 */

import { SiteError } from './site-error.ts'
import { existsSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { DefaultTheme, MarkdownOptions, UserConfig } from 'vitepress'
import {
  codeThemes,
  type Highlight,
  highlighterOf,
  plainText,
  type TokenSource,
} from './highlight.ts'
import { imageSource } from './images.ts'
import { runbookMarkdown } from './markdown-plugin.ts'
import type { MarkdownIt, PageEnv } from './markdown-it.ts'
import { ownFolder } from './package-folder.ts'
import { type PageView, readPage } from './page-view.ts'
import { publishedMatter } from './published-matter.ts'
import { refuseIncludes } from './refuse-page.ts'
import { renderIndex } from './render-index.ts'
import { searchSections } from './search-sections.ts'
import { linkOf, listPages, sidebarOf } from './site-pages.ts'
import { themeWords } from './theme-words.ts'
import { marksPlugin, sitePlugin } from './vite-plugin.ts'
import { type SiteLang, words } from './words.ts'

/** As the HTML `lang` attribute. */
const htmlLangs: Readonly<Record<SiteLang, string>> = { zh: 'zh-CN', en: 'en' }

export interface SiteOptions {
  /** The staged project; files are named relative to it. */
  readonly root: string
  /** The folder of the staged pages. */
  readonly pages: string
  /** The project's own folder, for images. */
  readonly source: string
  /** Files that the site serves from `/`. */
  readonly publicFolder: string
  /** The folder of the theme's entry module. */
  readonly theme: string
  /** The output folder of a build. */
  readonly out: string
  readonly lang: SiteLang
  readonly title: string
}

export function siteConfig(options: SiteOptions): UserConfig<DefaultTheme.Config> {
  const { root, pages, out, lang, publicFolder } = options
  const first = join(pages, 'index.md')
  const views = listPages(pages, out).map((path) => readPage(root, path))
  const theme = themeWords(lang)
  SiteError.lang = lang
  const title = inertText(options.title)
  return {
    lang: htmlLangs[lang],
    title,
    description: title,
    srcDir: pages,
    outDir: out,
    cleanUrls: true,
    lastUpdated: false,
    ignoreDeadLinks: true,
    // With more, pages would enter the search index in a random order.
    buildConcurrency: 1,
    // Makes scripts files of the site, except two that are the same on every page.
    metaChunk: true,
    head: existsSync(join(publicFolder, 'favicon.svg'))
      ? [['link', { rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' }]]
      : [],
    // VitePress writes its own description unescaped, and omits it if there is one already.
    transformHead: ({ description }) => [['meta', { name: 'description', content: description }]],
    markdown: siteMarkdown({ ...options, first }),
    transformPageData: (page) => {
      const path = join(pages, page.relativePath)
      const file = relative(root, path).split(sep).join('/')
      const matter = publishedMatter(file, readPage(root, path).source, page.frontmatter)
      return {
        title: inertText(page.title),
        titleTemplate:
          matter['titleTemplate'] === false ? false : inertLeaf(matter['titleTemplate']),
        description: inertLeaf(matter['description']) ?? '',
        frontmatter: { ...matter },
        headers: [],
        params: undefined,
      }
    },
    // Vite must not load files for addresses in a page.
    vue: { template: { transformAssetUrls: false } },
    vite: viteConfig(options),
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

/**
 * Makes text safe in VitePress's data: VitePress runs a string that begins with `_vp-fn_`, and
 * `</script>` would end the enclosing script.
 */
function inertText(text: string): string {
  return text.replaceAll('_vp-fn_', '_vp_fn_').replace(/<(?=\/?script|!--)/gi, '＜')
}

function inertLeaf(value: unknown): string | undefined {
  return typeof value === 'string' ? inertText(value) : undefined
}

/** Vite ignores everything outside the stage: configuration, environment, CSS plugins. */
function viteConfig(options: SiteOptions): NonNullable<UserConfig['vite']> {
  const { root, publicFolder } = options
  return {
    configFile: false,
    envDir: join(root, '.env-of-nobody'),
    publicDir: publicFolder,
    plugins: [sitePlugin(options), marksPlugin({ root })],
    css: { postcss: { plugins: [] } },
    resolve: { alias: [{ find: '@runbook/publish', replacement: ownFolder() }] },
    build: { chunkSizeWarningLimit: 4000 },
  }
}

interface MarkdownPlace {
  readonly root: string
  readonly pages: string
  readonly out: string
  readonly lang: SiteLang
  /** `index.md` in the folder of the pages; it may be missing. */
  readonly first: string
  /** The project's own folder, if `root` is a copy of it. */
  readonly source?: string
  /** The folder for images; `undefined`: write none. */
  readonly publicFolder?: string
}

/** VitePress's Markdown options with our plugins; tests build a renderer from these alone. */
export function siteMarkdown(place: MarkdownPlace): MarkdownOptions {
  const { root, lang, first, source = root, publicFolder } = place
  const ownPath = (path: string) => resolve(source, relative(root, path))
  // If the project has no first page, we generate one.
  const isMade = (path: string) => path === first && !existsSync(ownPath(path))
  let highlight: Highlight = plainText
  const view = (path: string): PageView | undefined =>
    existsSync(path) && !isMade(path) ? readPage(root, path) : undefined
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
        imageSource: (target, path) =>
          imageSource(target, {
            root: source,
            path: ownPath(path),
            publicFolder,
          }),
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

/** Disables gray-matter's engines that execute front matter as code. */
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
