/**
 * Decides which requests the server answers. Checks the Host header, then the Origin, then the token,
 * all before routing.
 *
 * A loopback address proves nothing: other users of this computer, pages on other ports and foreign
 * sites can all reach it. Cookies and CORS headers are not used.
 */

import { createHash, timingSafeEqual } from 'node:crypto'

export interface Asking {
  readonly method: string
  /** Without query. */
  readonly path: string
  readonly host: string | undefined
  readonly origin: string | undefined
  /** `Sec-Fetch-Site`. */
  readonly site: string | undefined
  readonly authorization: string | undefined
}

export interface Refusal {
  readonly status: 401 | 403 | 421
  readonly text: string
}

/** The prefix of the server's own routes; all other paths are files of the site. */
export const apiPrefix = '/_runbook/'

const assetPaths: ReadonlySet<string> = new Set(
  ['page.js', 'page.css', 'runs.html', 'runs.js', 'runs.css'].map((name) => `/_runbook/${name}`),
)

/** Whether a path is one of the server's own static files; they need no token. */
export function isAsset(path: string): boolean {
  return assetPaths.has(path) || path.startsWith('/_runbook/parts/')
}

const hostNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** @returns Why the request is refused; `undefined` if it may be routed. */
export function refusalOf(asking: Asking, token: string): Refusal | undefined {
  const { method, path, host = '', origin, site, authorization } = asking
  if (!hostNames.has(nameOf(host))) return { status: 421, text: 'not a name of this server' }
  if (origin !== undefined && origin !== `http://${host}`)
    return { status: 403, text: 'another origin' }
  const isRead = method === 'GET' || method === 'HEAD'
  if (isRead && (isAsset(path) || !path.startsWith(apiPrefix))) return undefined
  if (site !== undefined && site !== 'same-origin') return { status: 403, text: 'another site' }
  return hasToken(authorization, token) ? undefined : { status: 401, text: 'no token' }
}

/** A Host header without its port. */
function nameOf(host: string): string {
  return host.replace(/:\d{1,5}$/, '').toLowerCase()
}

/** Compares in constant time. */
function hasToken(authorization: string | undefined, token: string): boolean {
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
