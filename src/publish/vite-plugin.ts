/**
 * The Vite plugin: checks each page's raw text before VitePress reads it, resolves Vue for pages
 * outside any package, and restricts the development server.
 */

import { messages } from './messages.ts'
import { relative, sep } from 'node:path'
import type { UserConfig } from 'vitepress'
import { browserFolders } from './browser-folders.ts'
import { devGate } from './dev-gate.ts'
import { refuseIncludes } from './refuse-page.ts'
import { SiteError } from './site-error.ts'

export interface SitePluginOptions {
  /** The staged project. */
  readonly root: string
  /** The staged pages: Vite's root. */
  readonly pages: string
  readonly publicFolder: string
  /** The folder of the theme's entry module, beside the staged pages. */
  readonly theme: string
}

type Plugin = Extract<
  NonNullable<NonNullable<UserConfig['vite']>['plugins']>[number],
  { name: string }
>

export function sitePlugin({ root, pages, publicFolder, theme }: SitePluginOptions): Plugin {
  const fileOf = (path: string) => relative(root, path).split(sep).join('/')
  const check = (path: string, source: string) => {
    if (path.endsWith('.md')) refuseIncludes(fileOf(path), source)
  }
  return {
    name: 'runbook',
    enforce: 'pre',
    configResolved(config) {
      // Packages that VitePress would prebundle cannot be found from a folder beside it.
      const include = config.optimizeDeps.include ?? []
      include.splice(
        0,
        include.length,
        ...include.filter((name) => !name.startsWith('vitepress >')),
      )
      // Removes folders that Vite adds because it assumes a workspace.
      const { allow } = config.server.fs
      allow.splice(0, allow.length, pages, config.cacheDir, theme, ...browserFolders())
    },
    configureServer(server) {
      const folders = [server.config.cacheDir, theme, ...browserFolders()]
      server.middlewares.use(devGate({ pages, publicFolder, folders }))
    },
    transformIndexHtml() {
      const attrs = { rel: 'icon', type: 'image/svg+xml', href: '/favicon.svg' }
      return [{ tag: 'link', attrs, injectTo: 'head' }]
    },
    resolveId(source, _importer, { ssr }) {
      // Node resolves Vue from the server bundle's folder; a page's folder may not find it.
      if (ssr === true && (source === 'vue' || source === 'vue/server-renderer')) {
        return { id: source, external: true }
      }
      return undefined
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

/**
 * Checks each page after VitePress has compiled it.
 *
 * VitePress finds its own marks by text at the end of a build; a mark written by a page or a host
 * would end a string there.
 */
export function marksPlugin({ root }: Pick<SitePluginOptions, 'root'>): Plugin {
  return {
    name: 'runbook-marks',
    enforce: 'post',
    transform(code, id) {
      const mark = id.endsWith('.md') ? /__VP_STATIC_|__VITE_(?:PUBLIC_)?ASSET__/.exec(code) : null
      if (mark) {
        const file = relative(root, id).split(sep).join('/')
        throw new SiteError(messages.at(`${file}:1`, messages.markOfBuilder(mark[0])))
      }
      return undefined
    },
  }
}
