/**
 * Markers in a stream of bytes: `RS RB:nonce:kind:field… RS`, RS being 0x1e.
 *
 * The nonce is 128 random bits, so that no output is taken for a marker. A marker needs no line of
 * its own: output that ends without a newline stays as it is.
 */

import { randomBytes } from 'node:crypto'

const rs = 0x1e
/** No marker of ours is longer; what is, is output that began like one. */
const maxBytes = 8192

export interface Mark {
  readonly kind: string
  readonly fields: readonly string[]
  /** How long it is in the stream. */
  readonly bytes: number
}

export interface Scanner {
  /** The output and the markers in `bytes`, in their order; keeps back what may become a marker. */
  push(bytes: Buffer): readonly (Buffer | Mark)[]
  /** What was kept back, which is output after all. */
  flush(): Buffer
}

export function newNonce(): string {
  return randomBytes(16).toString('hex')
}

export function createScanner(nonce: string): Scanner {
  const prefix = Buffer.from(`\x1eRB:${nonce}:`)
  let kept: Buffer = Buffer.alloc(0)

  const push = (bytes: Buffer): readonly (Buffer | Mark)[] => {
    const all = kept.length === 0 ? bytes : Buffer.concat([kept, bytes])
    kept = Buffer.alloc(0)
    const found: (Buffer | Mark)[] = []
    let from = 0
    for (;;) {
      const at = all.indexOf(prefix, from)
      const end = at < 0 ? -1 : all.indexOf(rs, at + prefix.length)
      if (end >= 0) {
        if (at > from) found.push(all.subarray(from, at))
        const [kind = '', ...fields] = all
          .subarray(at + prefix.length, end)
          .toString()
          .split(':')
        found.push({ kind, fields, bytes: end + 1 - at })
        from = end + 1
        continue
      }
      const cut = at >= 0 && all.length - at < maxBytes ? at : startOfPrefix(all, from, prefix)
      if (cut > from) found.push(all.subarray(from, cut))
      // A copy: the chunk it came in is bigger than what is kept of it.
      kept = Buffer.from(all.subarray(cut))
      return found
    }
  }
  return {
    push,
    flush() {
      const rest = kept
      kept = Buffer.alloc(0)
      return rest
    },
  }
}

/** Where the tail begins that could be the first bytes of a prefix; the length if none does. */
function startOfPrefix(bytes: Buffer, from: number, prefix: Buffer): number {
  const at = bytes.lastIndexOf(rs)
  const length = bytes.length - at
  const isStart =
    at >= from && length < prefix.length && prefix.subarray(0, length).equals(bytes.subarray(at))
  return isStart ? at : bytes.length
}
