/**
 * Who may ask the server for what. The order is the rule: the name that was asked for, then the page
 * that asks, then the token; only after all three is a route looked up.
 *
 * No cookie, no CORS header and no address is trusted: other users of this computer, other programs'
 * pages on another port and foreign sites can all reach a port on the loopback interface.
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

/** What is asked of the server itself; everything else is a file of the site. */
export const apiPrefix = '/_runbook/'

/** The server's own files, as public as the program. */
export const assetPaths: ReadonlySet<string> = new Set(['/_runbook/page.js', '/_runbook/page.css'])

const hostNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]'])

/** @returns `undefined`: it may be answered. */
export function refusalOf(asking: Asking, token: string): Refusal | undefined {
  const { method, path, host = '', origin, site, authorization } = asking
  if (!hostNames.has(nameOf(host))) return { status: 421, text: 'not a name of this server' }
  if (origin !== undefined && origin !== `http://${host}`)
    return { status: 403, text: 'another origin' }
  const isRead = method === 'GET' || method === 'HEAD'
  if (isRead && (assetPaths.has(path) || !path.startsWith(apiPrefix))) return undefined
  if (site !== undefined && site !== 'same-origin') return { status: 403, text: 'another site' }
  return hasToken(authorization, token) ? undefined : { status: 401, text: 'no token' }
}

/** A host without its port. */
function nameOf(host: string): string {
  return host.replace(/:\d{1,5}$/, '').toLowerCase()
}

/** The time that it takes says nothing of the token. */
function hasToken(authorization: string | undefined, token: string): boolean {
  return timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
