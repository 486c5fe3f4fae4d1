/**
 * Restricts the development server to pages, the theme and its packages. Other requests are refused
 * before Vite sees them, because every user of this computer can send them.
 */

import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, resolve } from 'node:path'
import { contentType } from './content-type.ts'
import { isLocalHost } from './local-host.ts'
import { isBelow } from '../project-files/real-place.ts'

export interface GateOptions {
  /** The staged pages, served at `/`. */
  readonly pages: string
  readonly publicFolder: string
  /** Real paths that a browser may request by `/@fs/`. */
  readonly folders: readonly string[]
}

/**
 * The query keys that Vite itself adds. `raw`, `url`, `inline` and others would load files as text.
 */
const queryKeys = new Set([
  'import',
  't',
  'v',
  'vue',
  'type',
  'index',
  'src',
  'lang.css',
  'scoped',
  'direct',
  'html-proxy',
])

/** Vite's and VitePress's own modules. */
const ownModules =
  /^\/@(?:vite\/client|siteData|localSearchIndex\w*|id\/__x00__plugin-vue:export-helper|id\/__x00__\/@localSearchIndex\w*|id\/@localSearchIndex\w*)$/

type Gate = (request: IncomingMessage, response: ServerResponse, next: () => void) => void

export function devGate(options: GateOptions): Gate {
  return ({ url = '/', method, headers }, response, next) => {
    const path = pathOf(url)
    if (
      path === undefined ||
      !isLocalHost(headers.host) ||
      !(method === 'GET' || method === 'HEAD')
    ) {
      refuse(response)
    } else if (!path.startsWith('/@') && serve(options.publicFolder, path, response)) {
      // Already served.
    } else if (isAllowed(path, options)) next()
    else refuse(response)
  }
}

/** The path of an address; `undefined` if it is malformed or has another query. */
function pathOf(url: string): string | undefined {
  const [encoded = '', ...queries] = url.split('?')
  const keys = queries
    .join('&')
    .split('&')
    .map((part) => part.split('=')[0] ?? '')
  if (keys.some((key) => key !== '' && !queryKeys.has(key))) return undefined
  try {
    const path = decodeURIComponent(encoded)
    // The site writes no doubly encoded addresses and no `..`.
    return /[\0\\%#?]|^\/\/|(?:^|\/)\.\.?(?:\/|$)/.test(path) ? undefined : path
  } catch {
    return undefined
  }
}

function isAllowed(path: string, { pages, folders }: GateOptions): boolean {
  if (path.startsWith('/@fs/')) {
    const real = realOf(path.slice('/@fs'.length))
    return [pages, ...folders].some((folder) => isBelow(realOf(folder), real))
  }
  if (path.startsWith('/@')) return ownModules.test(path)
  if (path.startsWith('/__')) return false
  const end = extname(path)
  if (path.endsWith('/') || end === '' || end === '.html') return true
  // A page's name may contain a dot: `/release-1.0`.
  return existsSync(join(pages, end === '.md' ? path : `${path}.md`))
}

/** Vite writes some modules only when they are requested. */
function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}

/** Serves files of `public/` and images of pages; Vite's own list of them is fixed at its start. */
function serve(folder: string, path: string, response: ServerResponse): boolean {
  const file = join(folder, path)
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false
  if (!isBelow(realpathSync(folder), realpathSync(file))) return false
  response.writeHead(200, {
    'content-type': contentType(file),
    'x-content-type-options': 'nosniff',
  })
  response.end(readFileSync(file))
  return true
}

function refuse(response: ServerResponse): void {
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8' })
  response.end('not a part of the site\n')
}
