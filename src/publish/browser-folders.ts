/**
 * The folders whose modules a browser may load: the theme, VitePress's client, and its packages.
 */

import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ownFolder, packageFolder } from './package-folder.ts'

/** Packages that VitePress's client imports; their dependencies are added. */
const clientPackages = [
  '@docsearch/css',
  '@vue/devtools-api',
  '@vueuse/core',
  '@vueuse/integrations',
  'focus-trap',
  'mark.js',
  'minisearch',
  'vue',
]

/** Our modules that the theme imports. */
const ownModules = ['tokenize', 'quote-value']

let found: readonly string[] | undefined

/** Real paths of folders and files. */
export function browserFolders(): readonly string[] {
  found ??= findFolders()
  return found
}

function findFolders(): readonly string[] {
  const vitepress = folderOf('vitepress', packageFolder()) ?? ''
  const vite = folderOf('vite', vitepress) ?? ''
  const packages = new Set<string>()
  for (const name of clientPackages) addPackage(name, vitepress, packages)
  return [
    join(packageFolder(), 'site', 'theme'),
    ...ownModules.flatMap((name) =>
      ['ts', 'js'].map((end) => join(ownFolder(), `${name}.${end}`)).filter(existsSync),
    ),
    join(vitepress, 'dist', 'client'),
    join(vite, 'dist', 'client'),
    ...packages,
  ].map((path) => realpathSync(path))
}

function addPackage(name: string, from: string, packages: Set<string>): void {
  const folder = folderOf(name, from)
  if (folder === undefined || packages.has(folder)) return
  packages.add(folder)
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  if (typeof manifest !== 'object' || manifest === null || !('dependencies' in manifest)) return
  for (const each of Object.keys(manifest.dependencies ?? {})) addPackage(each, folder, packages)
}

/** Searches as Node does: `node_modules` of each parent folder. */
function folderOf(name: string, from: string): string | undefined {
  const places = createRequire(join(from, 'package.json')).resolve.paths(name) ?? []
  const place = places
    .map((folder) => join(folder, name))
    .find((folder) => existsSync(join(folder, 'package.json')))
  return place === undefined ? undefined : realpathSync(place)
}
