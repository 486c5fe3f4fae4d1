/**
 * The events of a run, and the only input of journal, terminal, reports and site.
 *
 * CLI.md's table defines the names. Each kind is written once, as the zod shape that validates a
 * journal line; the types are inferred from the shapes.
 */

import * as z from 'zod/mini'
import type { Immutable } from './immutable.ts'
import { runStatuses, stepStatuses, type StepStatus } from './step-status.ts'

/** The reason for a step's result. */
export type Reason =
  | 'exit-status'
  | 'output'
  | 'precondition'
  | 'postcondition'
  | 'not-ready'
  | 'timeout'
  | 'waiting-for-input'
  | 'dialog'
  | 'not-for-this-host'
  | 'already-done'
  | 'equal'
  | 'not-confirmed'
  | 'assumed'
  | 'not-captured'
  | 'output-limit'
  | 'disk-full'
  | 'command-lost'
  | 'reboot'
  | 'rebooted'
  | 'interrupted'
  | 'by-hand'
  | 'host-lost'
  | 'no-shell'
  /** The folder of the page's `dir:` cannot be entered. */
  | 'no-folder'
  | 'undo-only'
  | 'file'
  | 'unsupported'

/** An object that accepts unknown fields, for later versions. */
function open<Shape extends z.core.$ZodShape>(shape: Shape): z.ZodMiniObject<Shape> {
  return z.looseObject(shape)
}

/** Any string, because later versions may add reasons. */
const reason = z.nullable(z.custom<Reason>((value) => typeof value === 'string'))

/** A field that journals of the first version lack. */
function orNull<T extends z.core.$ZodType>(type: T) {
  return z._default(z.nullable(type), null)
}

const runHost = open({
  name: z.string(),
  role: z.nullable(z.string()),
  address: z.string(),
  platform: z.string(),
})

/** One step of a run, as a list shows it. */
const stepOutline = open({
  /** `PAGE#ID`. */
  step: z.string(),
  host: z.string(),
  title: z.string(),
  file: z.string(),
  /** Line of the step's opening mark. */
  line: z.number(),
  /** Hash of the step's content: `resume` runs a step again if its content changed. */
  hash: z.string(),
  /** Addresses of the steps that this clean-up reverts. */
  reverts: z.exactOptional(z.array(z.string())),
})

/** Position in the host's shell when the command was sent; used to find the frame again. */
const framePlace = open({
  user: z.nullable(z.string()),
  number: z.number(),
  /** Byte offset in each output stream. */
  out: z.number(),
  err: z.number(),
})

const counts = open({
  passed: z.number(),
  changed: z.number(),
  skipped: z.number(),
  failed: z.number(),
  confirmed: z.number(),
  cancelled: z.number(),
  lost: z.number(),
  /** Planned but never started. */
  notRun: z.number(),
} satisfies Record<Exclude<StepStatus, 'unknown'> | 'notRun', z.ZodMiniNumber>)

/** A file that a step changed, with what `undo` needs to restore it. */
const fileBackup = open({
  /** Path on the host, with every symbolic link resolved. */
  file: z.string(),
  /** Path of the backup on the host; `null` if the file did not exist. */
  kept: z.nullable(z.string()),
  /** Hash of the file after the step; `missing` if the step removed it. */
  sha256: z.string(),
})

const stream = z.enum(['merged', 'stdout', 'stderr', 'tty'])

const ofHost = { host: z.string(), address: z.string(), platform: z.string() }

const ofStep = {
  /** `PAGE#ID`. */
  step: z.string(),
  host: z.string(),
}

/** The fields of each kind of event. */
export const eventShapes = {
  'run-started': {
    run: z.string(),
    tool: z.string(),
    /** The login name of the person who started or resumed the run. */
    by: z.exactOptional(z.string()),
    runbooks: z.array(z.string()),
    hosts: z.array(runHost),
    /** The planned steps, in order, so that readers of a journal do not need its pages. */
    steps: z.array(stepOutline),
  },
  'host-connected': { ...ofHost, reason: orNull(z.string()) },
  'host-lost': { ...ofHost, reason: z._default(z.string(), '') },
  'host-back': { ...ofHost, reason: orNull(z.string()) },
  'check-answered': {
    ...ofStep,
    check: z.string(),
    holds: z.boolean(),
    actual: z.string(),
  },
  /** A command is silent after a line that looks like a question; the command goes on. */
  'command-silent': { ...ofStep, index: z.number(), prompt: z.string() },
  'step-started': {
    ...ofStep,
    user: z.string(),
    /** The label of the host's variant. */
    variant: orNull(z.string()),
  },
  'command-started': {
    ...ofStep,
    index: z.number(),
    text: z.string(),
    /** `null` for a command that does not run in a shell. */
    frame: z.nullable(framePlace),
  },
  output: {
    ...ofStep,
    index: z.number(),
    stream,
    text: z.string(),
    truncated: z.exactOptional(z.literal(true)),
  },
  'command-ended': {
    ...ofStep,
    index: z.number(),
    exit: z.number(),
    durationMs: z.number(),
    /**
     * Position in the shell after the command; `null` for a command that does not run in a shell.
     */
    next: orNull(framePlace),
  },
  'step-ended': {
    ...ofStep,
    status: z.enum(stepStatuses),
    reason,
    /** One sentence for a person. */
    message: z.string(),
    exit: orNull(z.number()),
    durationMs: z.number(),
    /** A person edited the step before running it. */
    deviation: z.exactOptional(z.literal(true)),
    /** Expected and actual output, line by line, if the output did not match. */
    diff: z.exactOptional(z.string()),
    /** First differing line of the expected text, from 1. */
    expectedLine: z.exactOptional(z.number()),
    backup: z.exactOptional(fileBackup),
  },
  'run-ended': {
    status: z.enum(runStatuses),
    counts,
    /** The program's exit code. */
    exit: z.number(),
  },
}

type Shapes = typeof eventShapes
type EventOf<Kind extends keyof Shapes> = { kind: Kind } & z.infer<z.ZodMiniObject<Shapes[Kind]>>

export type RunEvent = { [Kind in keyof Shapes]: Immutable<EventOf<Kind>> }[keyof Shapes]

/** An event as a journal stores it: one JSON object a line. */
export type StampedEvent = RunEvent & {
  readonly v: 1
  readonly seq: number
  /** ISO 8601, UTC. */
  readonly at: string
}

export type Counts = Immutable<z.infer<typeof counts>>
export type FileBackup = Immutable<z.infer<typeof fileBackup>>
export type FramePlace = Immutable<z.infer<typeof framePlace>>
export type RunHost = Immutable<z.infer<typeof runHost>>
export type StepOutline = Immutable<z.infer<typeof stepOutline>>
export type Stream = z.infer<typeof stream>
