import { createHash } from 'node:crypto'

/** SHA-256 of a page's text, in hex: names exactly what somebody looked at. */
export function hashOfPage(source: string): string {
  return createHash('sha256').update(source).digest('hex')
}
