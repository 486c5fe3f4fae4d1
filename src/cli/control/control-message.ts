/**
 * Messages between a run and the program that shows it (`--control`): JSON lines in both directions
 * over descriptor 3. Questions contain no secrets; answers may, and are not stored or logged.
 */

import * as z from 'zod/mini'
import type { ConfirmQuestion } from '../../run/ports.ts'
import type { StepQuestion } from '../../run/control.ts'

export type Question =
  | {
      readonly kind: 'confirm'
      /** `deviation`: an edited step is about to run. */
      readonly about: 'manual' | 'danger' | 'lost' | 'deviation'
      readonly question: Omit<ConfirmQuestion, 'kind'>
    }
  | {
      readonly kind: 'step'
      readonly question: StepQuestion
      /** Why the last answer could not be followed. */
      readonly problem?: string
    }
  | { readonly kind: 'failure'; readonly question: StepQuestion }
  /** A line of text; `hidden` input must not be echoed. */
  | { readonly kind: 'line'; readonly text: string; readonly hidden: boolean }

export type FromRun =
  /** The first message. */
  | { readonly kind: 'run'; readonly run: string }
  | { readonly kind: 'question'; readonly id: number; readonly question: Question }
  /** The question needs no answer any more. */
  | { readonly kind: 'withdrawn'; readonly id: number }

const stepChoice = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run') }),
  z.object({ kind: z.literal('skip') }),
  z.object({ kind: z.literal('edit'), text: z.string() }),
  z.object({ kind: z.literal('jump'), step: z.string() }),
  z.object({ kind: z.literal('quit') }),
])

/** The valid answers for each kind of question. */
export const answerShapes = {
  confirm: z.enum(['yes', 'skip', 'no']),
  step: stepChoice,
  failure: z.enum(['retry', 'skip', 'quit']),
  line: z.string(),
} as const

export type Consent = z.infer<typeof answerShapes.confirm>

export const toRun = z.object({ id: z.number(), answer: z.unknown() })
