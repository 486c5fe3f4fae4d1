/** Edits of a fence's first line: its word, and the attributes between its braces. */

import type { Edit } from '../diagnostic/diagnostic.ts'
import type { Fence } from '../model/fence.ts'
import type { PageSource } from './page-source.ts'

/** `name=value`, quoted where the value needs it. */
export function attributeText(name: string, value: string): string {
  if (value !== '' && !/[\s"'{}\\]/.test(value)) return `${name}=${value}`
  return `${name}="${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`
}

/** Adds an attribute behind the others, or in braces of its own. */
export function addAttribute(fence: Fence, source: PageSource, text: string): Edit {
  const last = fence.attributes.at(-1)
  if (last) return { start: last.span.end.offset, end: last.span.end.offset, text: ` ${text}` }
  const info = source.text.slice(fence.infoSpan.start.offset, fence.infoSpan.end.offset)
  const at = fence.infoSpan.start.offset + info.trimEnd().length
  return { start: at, end: at, text: ` {${text}}` }
}

/** Names the block anew; a block without a name gets one. */
export function renameFence({ infoSpan, language }: Fence, source: PageSource, word: string): Edit {
  const info = source.text.slice(infoSpan.start.offset, infoSpan.end.offset)
  const start = infoSpan.start.offset + Math.max(0, info.toLowerCase().indexOf(language))
  return { start, end: start + language.length, text: word }
}
