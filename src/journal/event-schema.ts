/**
 * What a line of a journal must be, kind by kind. Fields that a later version adds are kept.
 */

import * as z from 'zod/mini'

const ofStep = { step: z.string(), host: z.string() }
const ofHost = { host: z.string(), address: z.string(), platform: z.string() }
const stamp = { v: z.literal(1), seq: z.number(), at: z.string() }
const status = z.enum([
  'passed',
  'changed',
  'skipped',
  'failed',
  'confirmed',
  'cancelled',
  'lost',
  'unknown',
])

const outline = z.looseObject({
  ...ofStep,
  title: z.string(),
  file: z.string(),
  line: z.number(),
  hash: z.string(),
  reverts: z.optional(z.array(z.string())),
})

const runHost = z.looseObject({
  name: z.string(),
  role: z.nullable(z.string()),
  address: z.string(),
  platform: z.string(),
})

const counts = z.looseObject({
  passed: z.number(),
  changed: z.number(),
  skipped: z.number(),
  failed: z.number(),
  confirmed: z.number(),
  cancelled: z.number(),
  lost: z.number(),
  notRun: z.number(),
})

export const eventSchema = z.discriminatedUnion('kind', [
  z.looseObject({
    ...stamp,
    kind: z.literal('run-started'),
    run: z.string(),
    tool: z.string(),
    runbooks: z.array(z.string()),
    hosts: z.array(runHost),
    steps: z.array(outline),
  }),
  z.looseObject({ ...stamp, ...ofHost, kind: z.literal('host-connected') }),
  z.looseObject({ ...stamp, ...ofHost, kind: z.literal('host-lost') }),
  z.looseObject({ ...stamp, ...ofHost, kind: z.literal('host-back') }),
  z.looseObject({
    ...stamp,
    ...ofStep,
    kind: z.literal('check-answered'),
    check: z.string(),
    holds: z.boolean(),
    actual: z.string(),
  }),
  z.looseObject({ ...stamp, ...ofStep, kind: z.literal('step-started'), user: z.string() }),
  z.looseObject({
    ...stamp,
    ...ofStep,
    kind: z.literal('command-started'),
    index: z.number(),
    text: z.string(),
    frame: z.nullable(
      z.looseObject({
        user: z.nullable(z.string()),
        number: z.number(),
        out: z.number(),
        err: z.number(),
      }),
    ),
  }),
  z.looseObject({
    ...stamp,
    ...ofStep,
    kind: z.literal('output'),
    index: z.number(),
    stream: z.enum(['merged', 'stdout', 'stderr', 'tty']),
    text: z.string(),
  }),
  z.looseObject({
    ...stamp,
    ...ofStep,
    kind: z.literal('command-silent'),
    index: z.number(),
    prompt: z.string(),
  }),
  z.looseObject({
    ...stamp,
    ...ofStep,
    kind: z.literal('command-ended'),
    index: z.number(),
    exit: z.number(),
    durationMs: z.number(),
  }),
  z.looseObject({
    ...stamp,
    ...ofStep,
    kind: z.literal('step-ended'),
    status,
    reason: z.nullable(z.string()),
    message: z.string(),
    durationMs: z.number(),
    deviation: z.optional(z.literal(true)),
    backup: z.optional(
      z.looseObject({ file: z.string(), kept: z.nullable(z.string()), sha256: z.string() }),
    ),
  }),
  z.looseObject({
    ...stamp,
    kind: z.literal('run-ended'),
    status: z.enum(['passed', 'failed', 'cancelled', 'lost']),
    counts,
    exit: z.number(),
  }),
])
