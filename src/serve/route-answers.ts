/** What the routes share: reading a body, refusing, and answers that stay open. */

import type { Context } from 'hono'
import { stream } from 'hono/streaming'

/** The largest accepted request body, in bytes. */
const maxBody = 1024 * 1024

/** A JSON body; `undefined` if it is too large or not JSON. */
export async function bodyOf(context: Context): Promise<unknown> {
  if (Number(context.req.header('content-length') ?? 0) > maxBody) return undefined
  try {
    const text = await context.req.text()
    return text.length > maxBody ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

export function missing(context: Context, what: string) {
  return context.json({ v: 1, error: `no such ${what}` }, 404)
}

export function wrong(context: Context, where: string) {
  return context.json({ v: 1, error: `the request is wrong at ${where || 'its beginning'}` }, 400)
}

interface Streamed {
  readonly type: string
  /** Follows each part. */
  readonly end: string
  /** Called when the answer begins; returns what to call at its end. */
  readonly onStream: () => () => void
}

/** An answer that is written part by part, until it ends or the reader leaves. */
export function streamed(
  context: Context,
  partsOf: (signal: AbortSignal) => AsyncIterable<string | Uint8Array>,
  { type, end, onStream }: Streamed,
): Response {
  context.header('content-type', type)
  return stream(context, async (out) => {
    const stop = new AbortController()
    out.onAbort(() => stop.abort())
    const done = onStream()
    try {
      for await (const part of partsOf(stop.signal))
        await out.write(typeof part === 'string' ? part + end : part)
    } finally {
      done()
      stop.abort()
    }
  })
}
