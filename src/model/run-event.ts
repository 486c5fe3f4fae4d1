/**
 * The events of a run: journal, terminal, reports and site all read them, and only them.
 *
 * CLI.md's table is the contract of these names. Each kind is written once, as the shape that a
 * journal's line is checked against; the types are read from the shapes.
 */

import * as z from 'zod/mini'
import type { Immutable } from './immutable.ts'
import { runStatuses, stepStatuses, type StepStatus } from './step-status.ts'

/** Why a step ended as it did. */
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

/** An object to which later versions may add fields. */
function open<Shape extends z.core.$ZodShape>(shape: Shape): z.ZodMiniObject<Shape> {
  return z.looseObject(shape)
}

/** A later version may have other reasons. */
const reason = z.nullable(z.custom<Reason>((value) => typeof value === 'string'))

/** A field that the first journals do not have. */
function orNull<T extends z.core.$ZodType>(type: T) {
  return z._default(z.nullable(type), null)
}

const runHost = open({
  name: z.string(),
  role: z.nullable(z.string()),
  address: z.string(),
  platform: z.string(),
})

/** One step of a run as a list shows it. */
const stepOutline = open({
  /** `PAGE#ID`. */
  step: z.string(),
  host: z.string(),
  title: z.string(),
  file: z.string(),
  /** Of the step's opening mark. */
  line: z.number(),
  /** Of what it runs: a step whose content changed since is run again by `resume`. */
  hash: z.string(),
  /** Addresses of the steps whose work this clean-up takes back. */
  reverts: z.exactOptional(z.array(z.string())),
})

/** Position of the host's shell when a command was sent, so that it can be found again. */
const framePlace = open({
  user: z.nullable(z.string()),
  number: z.number(),
  /** Bytes of each output before it. */
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
  /** Planned and never started. */
  notRun: z.number(),
} satisfies Record<Exclude<StepStatus, 'unknown'> | 'notRun', z.ZodMiniNumber>)

/** A file that a step has changed, so that `undo` can put it back. */
const fileBackup = open({
  /** On the host, with every symbolic link resolved. */
  file: z.string(),
  /** Path of the old file's copy on the host; `null`: there was no file. */
  kept: z.nullable(z.string()),
  /** Of the file as the step left it; `missing` where it removed it. */
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
    runbooks: z.array(z.string()),
    hosts: z.array(runHost),
    /** The planned steps, in order, so that a journal can be read without its pages. */
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
  /** A command is silent at a line that looks like a question; it goes on. */
  'command-silent': { ...ofStep, index: z.number(), prompt: z.string() },
  'step-started': {
    ...ofStep,
    user: z.string(),
    /** The label of the variant that the host takes. */
    variant: orNull(z.string()),
  },
  'command-started': {
    ...ofStep,
    index: z.number(),
    text: z.string(),
    /** `null` for a command without a place in a shell. */
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
    /** Position of the shell after it; `null` for a command without a place in a shell. */
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
    /** A person edited the step before it ran. */
    deviation: z.exactOptional(z.literal(true)),
    /** Expected against actual, line by line, where the output did not match. */
    diff: z.exactOptional(z.string()),
    /** Line of the expected text, from 1, at which the output differs first. */
    expectedLine: z.exactOptional(z.number()),
    backup: z.exactOptional(fileBackup),
  },
  'run-ended': {
    status: z.enum(runStatuses),
    counts,
    /** The exit code of the program. */
    exit: z.number(),
  },
}

type Shapes = typeof eventShapes
type EventOf<Kind extends keyof Shapes> = { kind: Kind } & z.infer<z.ZodMiniObject<Shapes[Kind]>>

export type RunEvent = { [Kind in keyof Shapes]: Immutable<EventOf<Kind>> }[keyof Shapes]

/** An event as it is written: one JSON a line. */
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
