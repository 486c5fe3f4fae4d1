/** Validates images and links in a page's rendered Markdown. */

import { messages } from './messages.ts'
import type { Token } from './markdown-it.ts'
import { refuse } from './refuse-page.ts'
import { isSafeLink } from './safe-link.ts'
import { MissingFile, SiteError } from './site-error.ts'

export interface Place {
  readonly file: string
  /** Lines of the file before the tokens' text. */
  readonly above: number
}

/** @throws {SiteError} For `<<< file`, which VitePress would include. */
export function refuseSnippets(tokens: readonly Token[], { file, above }: Place): void {
  for (const token of tokens) {
    if (token.type === 'fence' && token.src !== undefined)
      refuse(file, above + (token.map?.[0] ?? 0) + 1, messages.includes('<<<'))
  }
}

/**
 * Rewrites every image to its address on the site.
 *
 * @param sourceOf - The `src` for an image's target; throws a `SiteError` without a position.
 * @throws {SiteError} For an image or a link that a page may not have.
 */
export function judgeTargets(
  tokens: readonly Token[],
  { file, above }: Place,
  sourceOf: (target: string) => string,
): void {
  // A table cell has the line of its row.
  let start = 0
  for (const { type, children, map } of tokens) {
    start = map?.[0] ?? start
    if (type !== 'inline') continue
    let line = above + start + 1
    for (const child of children ?? []) {
      if (child.type === 'softbreak' || child.type === 'hardbreak') line++
      const link = child.type === 'link_open' ? child.attrGet('href') : null
      if (link !== null && !isSafeLink(link)) refuse(file, line, messages.refusedScheme(link))
      if (child.type === 'image') {
        try {
          child.attrSet('src', sourceOf(child.attrGet('src') ?? ''))
        } catch (error) {
          // `site build` names it, as lint does.
          if (error instanceof MissingFile) asText(child)
          else if (error instanceof SiteError) refuse(file, line, error.text)
          else throw error
        }
      }
    }
  }
}

/** Draws an image as its text. */
export function asText(image: Token): void {
  image.type = 'text'
  image.tag = ''
}
