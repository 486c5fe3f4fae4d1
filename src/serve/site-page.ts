/** Adds the run module and a content security policy to a page of the built site. */

import { createHash } from 'node:crypto'

const added =
  '<link rel="stylesheet" href="/_runbook/page.css">' +
  '<script type="module" src="/_runbook/page.js"></script>'

export interface ServedPage {
  readonly html: string
  readonly policy: string
}

/** The policy allows the page's own inline scripts by their hashes, and no other inline script. */
export function servedPage(html: string): ServedPage {
  const at = html.indexOf('</head>')
  const whole = at === -1 ? html : html.slice(0, at) + added + html.slice(at)
  const hashes = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )
  return { html: whole, policy: contentPolicy([...new Set(hashes)]) }
}

/** Inline styles are allowed: a host's output is only ever shown as text. */
export function contentPolicy(scripts: readonly string[] = []): string {
  return [
    "default-src 'self'",
    `script-src ${["'self'", ...scripts].join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
