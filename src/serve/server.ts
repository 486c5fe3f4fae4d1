/**
 * The HTTP server of `runbook serve`: the site's files, and JSON routes under `/_runbook/`
 * (docs/SERVE.md). Requests carry ids and hashes, never the text of a command.
 */

import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import { readFileSync } from 'node:fs'
import { serve as listen } from '@hono/node-server'
import { type Context, Hono } from 'hono'
import * as z from 'zod/mini'
import { apiPrefix, isAsset, refusalOf } from './gate.ts'
import { contentPolicy, servedPage } from './site-page.ts'
import { planShape } from './plan-wish.ts'
import { bodyOf, missing, streamed, wrong } from './route-answers.ts'
import type { RunArchive } from './run-archive.ts'
import { addRunRoutes } from './run-routes.ts'
import type { Runs } from './runs.ts'
import { terminalRoutes } from './terminal-routes.ts'
import type { Terminals } from './terminals.ts'
import { runsPage } from './runs-page.ts'

export interface ServedFile {
  readonly path: string
  readonly type: string
}

/** What the caller provides. */
export interface ServeInput {
  /** From `newToken`. */
  readonly token: string
  /** 0 selects a free port. */
  readonly port: number
  /** The file of the built site for a URL path. */
  readonly fileOf: (path: string) => ServedFile | undefined
  /** The server's own static files, by URL path. */
  readonly assets: ReadonlyMap<string, ServedFile>
  /** The language of the pages of runs, as in `<html lang>`. */
  readonly langTag: string
  /** The body of `GET me`. */
  readonly me: () => object
  /** The body of `GET pages/FILE`; `undefined` if there is no such page. */
  readonly page: (file: string) => Promise<object | undefined>
  readonly runs: Runs
  readonly terminals: Terminals
  readonly archive: RunArchive
  /** Called for every request. */
  readonly onRequest: () => void
}

export interface Serving {
  readonly port: number
  /** The number of open `events` responses. */
  readonly openStreams: () => number
  close(): Promise<void>
}

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

const always = {
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cache-control': 'no-store',
} as const

/** @throws If the port is in use. */
export async function startServer(input: ServeInput): Promise<Serving> {
  let streams = 0
  const onStream = () => {
    streams++
    return () => void streams--
  }
  const app = new Hono()
  app.use('*', async (context, next) => {
    input.onRequest()
    for (const [name, value] of Object.entries(always)) context.header(name, value)
    context.header('content-security-policy', contentPolicy())
    const header = (name: string) => context.req.header(name)
    const refusal = refusalOf(
      {
        method: context.req.method,
        path: pathOf(context),
        host: header('host'),
        origin: header('origin'),
        site: header('sec-fetch-site'),
        authorization: header('authorization'),
      },
      input.token,
    )
    if (refusal) return context.text(`${refusal.text}\n`, refusal.status)
    await next()
    return undefined
  })
  app.get('/_runbook/runs.html', (context) => context.html(runsPage(input.langTag)))
  app.get('*', async (context, next) => (isAsset(pathOf(context)) ? asset(context, input) : next()))
  app.get('/_runbook/me', (context) => context.json({ v: 1, ...input.me() }))
  app.get('/_runbook/pages/:file{.+}', async (context) => {
    const page = await input.page(context.req.param('file'))
    return page ? context.json({ v: 1, ...page }) : missing(context, 'page')
  })
  app.post('/_runbook/plans', async (context) => {
    const wish = planShape.safeParse(await bodyOf(context))
    if (!wish.success) return wrong(context, wish.error.issues[0]?.path.join('.') ?? '')
    const planned = await input.runs.plan(wish.data)
    return 'problem' in planned
      ? context.json({ v: 1, ...planned }, planned.problem === 'page-changed' ? 409 : 422)
      : context.json({ v: 1, ...planned })
  })
  app.post('/_runbook/runs', async (context) => {
    const wish = runShape.safeParse(await bodyOf(context))
    if (!wish.success) return wrong(context, 'planHash')
    const started = await input.runs.start(wish.data.planHash)
    if (started === undefined) return missing(context, 'plan')
    return context.json({ v: 1, ...started }, 'run' in started ? 201 : 422)
  })
  addRunRoutes(app, { runs: input.runs, archive: input.archive, onStream })
  app.get('/_runbook/runs/:id/events', (context) => {
    const from = Number(context.req.query('from') ?? 0)
    if (!Number.isInteger(from) || from < 0) return wrong(context, 'from')
    const follow = input.runs.follow(context.req.param('id'), from)
    if (follow === undefined) return missing(context, 'run')
    return streamed(context, follow, { type: 'application/x-ndjson', end: '\n', onStream })
  })
  app.post('/_runbook/runs/:id/answers', async (context) => {
    const wish = answerShape.safeParse(await bodyOf(context))
    if (!wish.success) return wrong(context, 'question')
    const { question, answer } = wish.data
    const isOpen = input.runs.answer(context.req.param('id'), question, answer)
    return isOpen ? context.json({ v: 1 }) : missing(context, 'question')
  })
  app.post('/_runbook/runs/:id/stop', (context) =>
    input.runs.stop(context.req.param('id')) ? context.json({ v: 1 }) : missing(context, 'run'),
  )
  app.post('/_runbook/runs/:id/resume', async (context) => {
    const started = await input.runs.resume(context.req.param('id'))
    if (started === undefined) return missing(context, 'run')
    return context.json({ v: 1, ...started }, 'run' in started ? 200 : 422)
  })
  terminalRoutes(app, input.terminals, onStream)
  app.all(`${apiPrefix}*`, (context) => missing(context, 'route'))
  app.get('*', (context) => siteFile(context, input))
  app.all('*', (context) => context.text('only GET\n', 405))
  const { server, port } = await bound(app, input.port)
  // No route supports an upgrade.
  server.on('upgrade', (_request: IncomingMessage, socket) => socket.destroy())
  return {
    port,
    openStreams: () => streams,
    close: () =>
      new Promise((settle) => {
        input.terminals.close()
        input.runs.close()
        server.close(() => settle())
        server.closeAllConnections()
      }),
  }
}

const runShape = z.object({ planHash: z.string() })
const answerShape = z.object({ question: z.number(), answer: z.unknown() })

function pathOf(context: Context): string {
  return new URL(context.req.url).pathname
}

function asset(context: Context, { assets }: ServeInput) {
  const file = assets.get(pathOf(context))
  if (file === undefined) return context.text('not found\n', 404)
  return context.body(readFileSync(file.path, 'utf8'), 200, { 'content-type': file.type })
}

function siteFile(context: Context, { fileOf }: ServeInput) {
  const found = fileOf(pathOf(context))
  const file = found ?? fileOf('/404.html')
  if (file === undefined) return context.text('not found\n', 404)
  const status = found ? 200 : 404
  if (!file.type.startsWith('text/html'))
    return context.body(readFileSync(file.path), status, { 'content-type': file.type })
  const { html, policy } = servedPage(readFileSync(file.path, 'utf8'))
  return context.body(html, status, {
    'content-type': file.type,
    'content-security-policy': policy,
  })
}

function bound(app: Hono, port: number): Promise<{ server: Server; port: number }> {
  return new Promise((resolve, reject) => {
    // oxlint-disable-next-line no-unsafe-type-assertion -- without TLS it is a server of `node:http`
    const server = listen({ fetch: app.fetch, hostname: '127.0.0.1', port }, (address) =>
      resolve({ server, port: address.port }),
    ) as Server
    server.once('error', reject)
  })
}
