/**
 * What one block of a page asks for, as plain data.
 *
 * A step is the same value in the CLI, in the site build and in a test: it holds no handle, no
 * class and no function, so it survives `JSON.stringify`.
 */

import type { Check } from './check.ts'
import type { ExpectedOutput } from './expected.ts'
import type { Fence } from './fence.ts'
import type { Span } from './span.ts'

/** One complete command as the shell reads it. */
export interface Command {
  /** Exactly what is run and copied: no prompt, no container indent, lines joined by LF. */
  readonly text: string
  readonly span: Span
  /** In a transcript; elsewhere the step's `expects` holds for all its commands together. */
  readonly expects: ExpectedOutput | undefined
  /** In a transcript: what is typed into the command at its own prompts. */
  readonly dialog: readonly DialogTurn[]
}

/** What to type when another program asks. */
export interface DialogTurn {
  readonly prompt: string
  readonly answer: string
  readonly span: Span
}

/** The page's own answer to a known failure. */
export interface OnError {
  /** RE2 syntax. */
  readonly pattern: string
  /** A page, an anchor, or both. */
  readonly target: string
}

export interface Variant {
  /** Counts the page's code groups from 1. */
  readonly group: number
  /** The block's `[label]`, or its place in the group. */
  readonly label: string
}

interface StepBase {
  /** Unique in its page, but for the variants of one code group. */
  readonly id: string
  /** Whether the author wrote the id; a derived one changes with the page. */
  readonly idGiven: boolean
  readonly title: string
  /** From the opening mark to the closing one. */
  readonly span: Span
  /** As written, for `list --json` and for people: name to value, bare words to `true`. */
  readonly attributes: Readonly<Record<string, string>>
  /** `undefined`: the page's first role, or the only host. */
  readonly role: string | undefined
  /** `undefined`: the user that the connection logs in as. */
  readonly user: string | undefined
  readonly dir: string | undefined
  readonly variant: Variant | undefined
  readonly needs: readonly Check[]
  readonly when: readonly Check[]
  readonly unless: readonly Check[]
  readonly ensures: readonly Check[]
  readonly ready: readonly Check[]
  /** How long `ensures` and `ready` are polled. */
  readonly withinMs: number
  readonly timeoutMs: number
  readonly retry: { readonly times: number; readonly delayMs: number } | undefined
  readonly exit: 'any' | readonly number[]
  readonly background: boolean
  /** Signal name without `SIG`. */
  readonly stop: string
  readonly reboot: boolean
  readonly always: boolean
  readonly undo: string | undefined
  /** Ids of the steps whose work this clean-up takes back; `*`: every step before it. */
  readonly reverts: '*' | readonly string[]
  readonly danger: string | undefined
  readonly captures: readonly string[]
  readonly secrets: readonly string[]
  readonly private: boolean
  readonly tags: readonly string[]
  readonly onError: readonly OnError[]
}

/** A step that bash runs, command by command. */
export interface ShellStep extends StepBase {
  readonly kind: 'shell' | 'console'
  readonly language: string
  readonly fence: Fence
  readonly commands: readonly Command[]
  readonly expects: ExpectedOutput | undefined
  readonly dialog: readonly DialogTurn[]
}

/** A block that is the standard input of a command (`run=`). */
export interface ScriptStep extends StepBase {
  readonly kind: 'script'
  readonly language: string
  readonly fence: Fence
  readonly run: string
  readonly text: string
  readonly expand: boolean
  readonly expects: ExpectedOutput | undefined
}

/** A block that a file of the host becomes (`file=`). */
export interface FileStep extends StepBase {
  readonly kind: 'file'
  readonly language: string
  readonly fence: Fence
  readonly path: string
  readonly content: string
  /** Octal digits; `undefined` keeps what the file has, 0644 for a new one. */
  readonly mode: string | undefined
  /** `undefined`: the whole file. */
  readonly edit: 'section' | 'line' | 'block' | undefined
  readonly expand: boolean
}

/** A patch that a file of the host takes. */
export interface PatchStep extends StepBase {
  readonly kind: 'patch'
  readonly language: string
  readonly fence: Fence
  readonly path: string
  readonly patch: string
}

/** An unticked task-list item: a person confirms it. */
export interface ManualStep extends StepBase {
  readonly kind: 'manual'
  readonly text: string
}

export type Step = ShellStep | ScriptStep | FileStep | PatchStep | ManualStep

/** What bash runs for a step; empty where the step is no command. */
export function commandsOf(step: Step): readonly Command[] {
  switch (step.kind) {
    case 'shell':
    case 'console':
      return step.commands
    case 'script':
      return [{ text: step.text, span: step.fence.span, expects: undefined, dialog: [] }]
    case 'file':
    case 'patch':
    case 'manual':
      return []
    default:
      return step satisfies never
  }
}

/** What a step as a whole must print. */
export function expectedOf(step: Step): ExpectedOutput | undefined {
  return step.kind === 'shell' || step.kind === 'console' || step.kind === 'script'
    ? step.expects
    : undefined
}

/** All that a step must print: its commands' own first, then its own as a whole. */
export function expectationsOf(step: Step): readonly ExpectedOutput[] {
  if (!('expects' in step)) return []
  const each = 'commands' in step ? step.commands.flatMap(({ expects }) => expects ?? []) : []
  return step.expects ? [...each, step.expects] : each
}
