/**
 * What the development server answers: pages, the theme and its packages. All else is refused before
 * Vite sees it, as every user of this computer can ask.
 */

import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, join, resolve } from 'node:path'
import { contentType } from './content-type.ts'
import { isLocalHost } from './local-host.ts'
import { isBelow } from '../project-files/real-place.ts'

export interface GateOptions {
  /** The staged pages: what `/` is. */
  readonly pages: string
  readonly publicFolder: string
  /** Real paths whose files a browser may ask for by `/@fs/`. */
  readonly folders: readonly string[]
}

/** Vite adds these to the addresses that it writes; `raw`, `url`, `inline` and others load files as text. */
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
      // Answered.
    } else if (isAllowed(path, options)) next()
    else refuse(response)
  }
}

/** The path that an address means; `undefined` where it is none, or asks for more than the file. */
function pathOf(url: string): string | undefined {
  const [encoded = '', ...queries] = url.split('?')
  const keys = queries
    .join('&')
    .split('&')
    .map((part) => part.split('=')[0] ?? '')
  if (keys.some((key) => key !== '' && !queryKeys.has(key))) return undefined
  try {
    const path = decodeURIComponent(encoded)
    // What is encoded twice, or climbs, is no address that the site writes.
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
  // A page's name may hold a dot: `/release-1.0`.
  return existsSync(join(pages, end === '.md' ? path : `${path}.md`))
}

/** Vite writes some modules only once they are asked for. */
function realOf(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return resolve(path)
  }
}

/** Files of `public/` and the images of pages; Vite would look at a list that it made at its start. */
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
