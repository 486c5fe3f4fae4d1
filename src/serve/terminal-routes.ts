/** The routes of terminals. What is typed is bytes for a terminal that was opened before. */

import type { Hono } from 'hono'
import * as z from 'zod/mini'
import { bodyOf, missing, streamed } from './route-answers.ts'
import type { Terminals } from './terminals.ts'

const openShape = z.object({
  host: z.string(),
  columns: z.number().check(z.int(), z.minimum(20), z.maximum(500)),
  rows: z.number().check(z.int(), z.minimum(5), z.maximum(200)),
})

/** The largest input of one request, in bytes: a pasted text. */
const maxInput = 1024 * 1024

/** @param onStream - Called when an output begins to be read; returns what to call at its end. */
export function terminalRoutes(app: Hono, terminals: Terminals, onStream: () => () => void): void {
  app.post('/_runbook/runs/:id/terminals', async (context) => {
    const wish = openShape.safeParse(await bodyOf(context))
    if (!wish.success)
      return context.json({ v: 1, error: 'write {"host", "columns", "rows"}' }, 400)
    const { host, ...size } = wish.data
    const terminal = terminals.open(context.req.param('id'), host, size)
    return terminal === undefined
      ? missing(context, 'terminal')
      : context.json({ v: 1, terminal }, 201)
  })
  app.get('/_runbook/terminals/:id/output', (context) => {
    const id = context.req.param('id')
    const output = terminals.read(id)
    if (output === undefined) return missing(context, 'terminal')
    return streamed(context, (signal) => untilLeft(terminals, { id, output, signal }), {
      type: 'application/octet-stream',
      end: '',
      onStream,
    })
  })
  app.post('/_runbook/terminals/:id/input', async (context) => {
    const bytes = new Uint8Array(await context.req.arrayBuffer())
    if (bytes.length > maxInput) return context.json({ v: 1, error: 'too long' }, 413)
    return terminals.type(context.req.param('id'), bytes)
      ? context.json({ v: 1 })
      : missing(context, 'terminal')
  })
}

/** Ends the terminal with its output, or when the reader leaves. */
async function* untilLeft(
  terminals: Terminals,
  {
    id,
    output,
    signal,
  }: {
    readonly id: string
    readonly output: AsyncIterable<Uint8Array>
    readonly signal: AbortSignal
  },
): AsyncGenerator<Uint8Array> {
  signal.addEventListener('abort', () => terminals.end(id))
  try {
    yield* output
  } finally {
    terminals.end(id)
  }
}
