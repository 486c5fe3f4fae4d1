/**
 * The Vite side: the project's first page where it has none, Vue for pages that lie outside of any
 * package, and a look at each page's raw text before VitePress reads it.
 */

import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, relative, sep } from 'node:path'
import type { UserConfig } from 'vitepress'
import { escapeMarkdown } from './escape-markdown.ts'
import { refuseIncludes } from './refuse-page.ts'

export interface SitePluginOptions {
  readonly root: string
  readonly pages: string
  /** `index.md` in the folder of the pages. */
  readonly first: string
  readonly title: string
}

type Plugin = Extract<
  NonNullable<NonNullable<UserConfig['vite']>['plugins']>[number],
  { name: string }
>

export function sitePlugin({ root, pages, first, title }: SitePluginOptions): Plugin {
  const isMissing = !existsSync(first)
  const check = (path: string, source: string) => {
    if (path.endsWith('.md')) refuseIncludes(relative(root, path).split(sep).join('/'), source)
  }
  return {
    name: 'runbook',
    enforce: 'pre',
    config(_config, { command }) {
      if (!isMissing) return undefined
      addPage('index.md')
      return command === 'build'
        ? { build: { rollupOptions: { input: { 'index.md': first } } } }
        : undefined
    },
    configResolved(config) {
      // What VitePress would have made ready beforehand cannot be found from a folder beside it.
      const { include } = config.optimizeDeps
      if (include === undefined || findsVitePress(pages)) return
      include.splice(
        0,
        include.length,
        ...include.filter((name) => !name.startsWith('vitepress >')),
      )
    },
    transformIndexHtml() {
      const attrs = { rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' }
      return [{ tag: 'link', attrs, injectTo: 'head' }]
    },
    resolveId(source, _importer, { ssr }) {
      if (isMissing && (source === first || source === '/index.md')) return first
      // Node finds Vue from where the server bundle is written; a page's folder need not.
      if (ssr === true && (source === 'vue' || source === 'vue/server-renderer')) {
        return { id: source, external: true }
      }
      return undefined
    },
    load(id) {
      return isMissing && id === first
        ? `---\ntitle: ${JSON.stringify(title)}\naside: false\n---\n\n# ${escapeMarkdown(title)}\n`
        : undefined
    },
    transform(source, id) {
      check(id, source)
      return undefined
    },
    async handleHotUpdate({ file, read }) {
      if (file.endsWith('.md')) check(file, await read())
    },
  }
}

function findsVitePress(folder: string): boolean {
  try {
    createRequire(join(folder, 'index.js')).resolve('vitepress/package.json')
    return true
  } catch {
    return false
  }
}

/** VitePress lists the pages once, from the disk, and hands the list on by this global. */
function addPage(name: string): void {
  const site: unknown = Reflect.get(globalThis, 'VITEPRESS_CONFIG')
  if (typeof site !== 'object' || site === null || !('pages' in site) || !Array.isArray(site.pages))
    return
  if (!site.pages.includes(name)) site.pages.push(name)
}
