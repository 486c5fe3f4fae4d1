/**
 * Applies text edits to a file's bytes. Bytes outside the edits are copied without decoding, so
 * invalid UTF-8 is kept.
 */

import type { TextEdit } from '../text/apply-edits.ts'

/**
 * @param bytes - The file.
 * @param text - The same bytes, decoded as UTF-8.
 * @param edits - In any order, without overlaps.
 * @throws If an edit starts inside a character.
 */
export function spliceBytes(bytes: Buffer, text: string, edits: readonly TextEdit[]): Buffer {
  const placeOf = byteOffsets(bytes, text)
  const parts: Buffer[] = []
  let at = 0
  for (const { start, end, text: next } of edits.toSorted((a, b) => a.start - b.start)) {
    const from = placeOf(start)
    if (from < at) throw new Error('unreachable: edits overlap')
    parts.push(bytes.subarray(at, from), Buffer.from(next))
    at = placeOf(end)
  }
  return Buffer.concat([...parts, bytes.subarray(at)])
}

function byteOffsets(bytes: Buffer, text: string): (offset: number) => number {
  if (bytes.equals(Buffer.from(text))) return (offset) => Buffer.byteLength(text.slice(0, offset))
  // Lines can be decoded one by one: a line feed is never part of a longer sequence.
  return (offset) => {
    const lineStart = text.lastIndexOf('\n', offset - 1) + 1
    const before = text.slice(0, lineStart).split('\n').length - 1
    let from = 0
    for (let line = 0; line < before; line++) from = bytes.indexOf(10, from) + 1
    const wanted = text.slice(lineStart, offset)
    for (let to = from; to <= bytes.length; to++) {
      if (bytes.subarray(from, to).toString() !== wanted) continue
      // An incomplete sequence may decode to the same text as a complete one: choose the end at
      // which the rest matches too.
      const nextEnd = text.indexOf('\n', offset)
      const rest = text.slice(offset, nextEnd === -1 ? undefined : nextEnd)
      const end = bytes.indexOf(10, to)
      if (bytes.subarray(to, end === -1 ? undefined : end).toString() === rest) return to
    }
    throw new Error('unreachable: the text is not that of the bytes')
  }
}
