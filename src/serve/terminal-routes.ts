/** The routes of terminals. What is typed is bytes for a terminal that was opened before. */

import type { Context, Hono } from 'hono'
import { stream } from 'hono/streaming'
import * as z from 'zod/mini'
import type { Terminals } from './terminals.ts'

const openShape = z.object({
  host: z.string(),
  columns: z.number().check(z.int(), z.minimum(20), z.maximum(500)),
  rows: z.number().check(z.int(), z.minimum(5), z.maximum(200)),
})

/** The largest input of one request, in bytes: a pasted text. */
const maxInput = 1024 * 1024

/** @param onStream - Called with 1 when an output begins to be read, with -1 at its end. */
export function terminalRoutes(
  app: Hono,
  terminals: Terminals,
  onStream: (change: 1 | -1) => void,
): void {
  app.post('/_runbook/runs/:id/terminals', async (context) => {
    const wish = openShape.safeParse(await context.req.json().catch(() => undefined))
    if (!wish.success)
      return context.json({ v: 1, error: 'write {"host", "columns", "rows"}' }, 400)
    const { host, ...size } = wish.data
    const terminal = terminals.open(context.req.param('id'), host, size)
    return terminal === undefined ? missing(context) : context.json({ v: 1, terminal }, 201)
  })
  app.get('/_runbook/terminals/:id/output', (context) => {
    const id = context.req.param('id')
    const output = terminals.read(id)
    if (output === undefined) return missing(context)
    context.header('content-type', 'application/octet-stream')
    return stream(context, async (out) => {
      onStream(1)
      out.onAbort(() => terminals.end(id))
      try {
        for await (const bytes of output) await out.write(bytes)
      } finally {
        terminals.end(id)
        onStream(-1)
      }
    })
  })
  app.post('/_runbook/terminals/:id/input', async (context) => {
    const bytes = new Uint8Array(await context.req.arrayBuffer())
    if (bytes.length > maxInput) return context.json({ v: 1, error: 'too long' }, 413)
    return terminals.type(context.req.param('id'), bytes)
      ? context.json({ v: 1 })
      : missing(context)
  })
}

function missing(context: Context) {
  return context.json({ v: 1, error: 'no such terminal' }, 404)
}
