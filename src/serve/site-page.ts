/** A page of the built site on its way out: the module that runs it, and what it may load. */

import { createHash } from 'node:crypto'

const added =
  '<link rel="stylesheet" href="/_runbook/page.css">' +
  '<script type="module" src="/_runbook/page.js"></script>'

export interface ServedPage {
  readonly html: string
  readonly policy: string
}

/** The published page's own inline scripts are allowed by what they are; no other is. */
export function servedPage(html: string): ServedPage {
  const at = html.indexOf('</head>')
  const whole = at === -1 ? html : html.slice(0, at) + added + html.slice(at)
  const hashes = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([^]*?)<\/script>/g)].map(
    ([, text = '']) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`,
  )
  return { html: whole, policy: contentPolicy([...new Set(hashes)]) }
}

/** Styles may stand in the page: what a page shows is text, and no style of a host reaches it. */
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
