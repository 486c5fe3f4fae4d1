/** The routes about earlier runs: their list, one run's steps, output, reports and record. */

import type { Context, Hono } from 'hono'
import { bodyOf, missing, streamed, wrong } from './route-answers.ts'
import { type ReportForm, reportForms, type RunArchive } from './run-archive.ts'
import type { Runs } from './runs.ts'

export interface RunRoutes {
  readonly runs: Runs
  readonly archive: RunArchive
  /** Called when a kept-open answer begins; returns what to call at its end. */
  readonly onStream: () => () => void
}

export function addRunRoutes(app: Hono, { runs, archive, onStream }: RunRoutes): void {
  app.get('/_runbook/runs', async (context) => context.json({ v: 1, runs: await archive.list() }))
  app.get('/_runbook/runs/live', (context) =>
    streamed(context, (signal) => archive.follow(signal), {
      type: 'application/x-ndjson',
      end: '\n',
      onStream,
    }),
  )
  app.get('/_runbook/runs/:id', async (context) =>
    answered(context, await archive.details(context.req.param('id'))),
  )
  app.get('/_runbook/runs/:id/history', (context) => {
    const steps = archive.history(context.req.param('id'))
    return answered(context, steps && { steps })
  })
  app.get('/_runbook/runs/:id/output', (context) => {
    const { step, host } = context.req.query()
    if (step === undefined || host === undefined) return wrong(context, 'step')
    const parts = archive.output(context.req.param('id'), { step, host })
    if (parts === undefined) return missing(context, 'run')
    return streamed(context, () => parts, { type: 'text/plain; charset=utf-8', end: '', onStream })
  })
  app.get('/_runbook/runs/:id/report', (context) => {
    const form = context.req.query('as') ?? ''
    if (!isForm(form)) return wrong(context, 'as')
    const report = archive.report(context.req.param('id'), form)
    if (report === undefined) return missing(context, 'run')
    return context.body(report.text, 200, { 'content-type': report.type })
  })
  app.get('/_runbook/runs/:id/record', async (context) =>
    answered(context, await archive.offeredRecord(context.req.param('id'))),
  )
  app.post('/_runbook/runs/:id/record', async (context) => {
    if (archive.isReadOnly) return context.json({ v: 1, problem: 'read-only' }, 422)
    return answered(
      context,
      await archive.keepRecord(context.req.param('id'), await bodyOf(context)),
    )
  })
  app.post('/_runbook/runs/:id/undo', async (context) => {
    const started = await runs.undo(context.req.param('id'))
    if (started === undefined) return missing(context, 'run')
    return context.json({ v: 1, ...started }, 'run' in started ? 201 : 422)
  })
}

function isForm(text: string): text is ReportForm {
  return reportForms.some((form) => form === text)
}

function answered(context: Context, body: object | undefined) {
  if (body === undefined) return missing(context, 'run')
  const problem = 'problem' in body ? body.problem : undefined
  if (problem === 'wrong-body') return wrong(context, 'accept')
  if (problem === 'changed') return context.json({ v: 1, ...body }, 409)
  return context.json({ v: 1, ...body }, problem === undefined ? 200 : 422)
}
