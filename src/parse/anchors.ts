/** The anchors of a page, and which of them a link means. */

import type { ParsedPage } from './parse-runbook.ts'

/**
 * The anchors of a page: headings, steps, `id=` and `name=` in HTML. Compared by letters and digits
 * only, because GitHub and VitePress slug headings differently.
 */
export function anchorsOf({ blocks, runbook, source }: ParsedPage): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const add = (anchor: string) => {
    const key = anchorKey(anchor)
    if (!found.has(key)) found.set(key, anchor)
  }
  for (const block of blocks) {
    if (block.kind !== 'heading') continue
    const raw = source.text.slice(block.span.start.offset, block.span.end.offset)
    const own = headingId(raw)
    if (own !== undefined) add(own)
    const words = block.text
      .replace(/\{#[^}]*\}/, '')
      .trim()
      .toLowerCase()
    add(words.replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-'))
  }
  for (const { id } of runbook.steps) add(id)
  for (const [, id = ''] of source.text.matchAll(/\s(?:id|name)\s?=\s?["']([^"'\n]{1,200})["']/g))
    add(id)
  return found
}

/** The explicit id of a heading: `## Title {#id}`. */
export function headingId(heading: string): string | undefined {
  return /\{#([^}\s]{1,200})\}\s*#*\s*$/.exec(heading.slice(-300))?.[1]
}

/** The anchor that a link means, in the page's spelling; GitHub numbers repeated headings. */
export function anchorNamed(
  anchors: ReadonlyMap<string, string>,
  anchor: string,
): string | undefined {
  const wanted = anchorKey(decodedAnchor(anchor))
  return anchors.get(wanted) ?? anchors.get(wanted.replace(/\d+$/, ''))
}

/** The letters and digits of an anchor or a heading. */
export function anchorKey(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

export function decodedAnchor(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
