/** The pages of a project, and their addresses on the site. */

import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { escapeHtml } from './escape-html.ts'
import type { PageView } from './page-view.ts'

/** Folders that are not searched for pages. */
export const skippedFolders = new Set(['node_modules', 'dist'])

/**
 * Markdown files below a folder, sorted by path; skips hidden folders, `node_modules` and `dist`.
 */
export function listPages(pages: string, out: string): readonly string[] {
  const found: string[] = []
  const visit = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.name.startsWith('.') || skippedFolders.has(entry.name) || path === out) continue
      if (entry.isDirectory()) visit(path)
      else if (entry.isFile() && entry.name.endsWith('.md')) found.push(path)
    }
  }
  visit(pages)
  return found.toSorted()
}

/** `03-python/index.md` as `03-python/`, `04-mysql.md` as `04-mysql`; from the site's root. */
export function linkOf(pages: string, path: string): string {
  return relative(pages, path)
    .split(sep)
    .join('/')
    .replace(/(^|\/)index\.md$/, '$1')
    .replace(/\.md$/, '')
}

export interface SidebarItem {
  text: string
  link?: string
  items?: SidebarItem[]
}

/**
 * The pages in order, grouped by folder under the title of its `index.md`; without the site's first
 * page.
 */
export function sidebarOf(pages: string, views: readonly PageView[], label: string): SidebarItem[] {
  const groups = new Map<string, SidebarItem[]>()
  const titles = new Map<string, string>()
  for (const { path, runbook } of views) {
    const link = linkOf(pages, path)
    if (link === '') continue
    const folder = link.includes('/') ? link.slice(0, link.lastIndexOf('/')) : ''
    if (link.endsWith('/')) titles.set(folder, runbook.title)
    const items = groups.get(folder) ?? []
    groups.set(folder, items)
    items.push({ text: sidebarText(runbook.title), link: `/${link}` })
  }
  return [...groups].map(([folder, items]) => ({
    text: folder === '' ? label : sidebarText(titles.get(folder) ?? folder),
    items,
  }))
}

/** VitePress renders the text as HTML, and runs a string that begins with `_vp-fn_`. */
function sidebarText(title: string): string {
  return escapeHtml(title).replaceAll('_vp-fn_', '_vp&#45;fn_')
}
