/**
 * A step: what one block of a page does, as plain data.
 *
 * The CLI, the site build and tests use the same value. It holds no handle, class or function, so
 * it survives `JSON.stringify`.
 */

import type { Check } from './check.ts'
import type { ExpectedOutput } from './expected.ts'
import type { Fence } from './fence.ts'
import type { Span } from './span.ts'

/** One complete command, by the shell's grammar. */
export interface Command {
  /** The exact text to run and to copy: no prompt, no container indent, lines joined by LF. */
  readonly text: string
  readonly span: Span
  /** Set in a transcript; elsewhere the step's `expects` covers all its commands together. */
  readonly expects: ExpectedOutput | undefined
  /** In a transcript: input for the command's own prompts. */
  readonly dialog: readonly DialogTurn[]
  /** The allowed statuses, if the step's `exit` names its program; otherwise the step's. */
  readonly exit?: readonly number[]
}

/** The answer to type at another program's prompt. */
export interface DialogTurn {
  readonly prompt: string
  readonly answer: string
  readonly span: Span
}

/** The page's advice for a known failure. */
export interface OnError {
  /** RE2 syntax. */
  readonly pattern: string
  /** A page, an anchor, or both. */
  readonly target: string
}

export interface Variant {
  /** Counts the page's code groups from 1. */
  readonly group: number
  /** The block's `[label]`, or its position in the group. */
  readonly label: string
}

interface StepBase {
  /** Unique in its page, except that variants of one code group share it. */
  readonly id: string
  /** Whether the author wrote the id; a generated one changes with the page. */
  readonly idGiven: boolean
  readonly title: string
  /** From the opening mark to the closing one. */
  readonly span: Span
  /** As written, for `list --json` and for people: name to value, bare words to `true`. */
  readonly attributes: Readonly<Record<string, string>>
  /** `undefined`: the page's first role, or the only host. */
  readonly role: string | undefined
  /** `undefined`: the login user of the connection. */
  readonly user: string | undefined
  readonly dir: string | undefined
  readonly variant: Variant | undefined
  readonly needs: readonly Check[]
  readonly when: readonly Check[]
  readonly unless: readonly Check[]
  readonly ensures: readonly Check[]
  readonly ready: readonly Check[]
  /** How long to poll `ensures` and `ready`. */
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
  /** Ids of the steps that this clean-up reverts; `*`: every step before it. */
  readonly reverts: '*' | readonly string[]
  readonly danger: string | undefined
  readonly captures: readonly string[]
  readonly secrets: readonly string[]
  readonly private: boolean
  readonly tags: readonly string[]
  readonly onError: readonly OnError[]
}

/** A step whose commands bash runs, one by one. */
export interface ShellStep extends StepBase {
  readonly kind: 'shell' | 'console'
  readonly language: string
  readonly fence: Fence
  readonly commands: readonly Command[]
  readonly expects: ExpectedOutput | undefined
  readonly dialog: readonly DialogTurn[]
}

/** A block that becomes the standard input of a command (`run=`). */
export interface ScriptStep extends StepBase {
  readonly kind: 'script'
  readonly language: string
  readonly fence: Fence
  readonly run: string
  readonly text: string
  readonly expand: boolean
  readonly expects: ExpectedOutput | undefined
}

/** A block that becomes a file on the host (`file=`). */
export interface FileStep extends StepBase {
  readonly kind: 'file'
  readonly language: string
  readonly fence: Fence
  readonly path: string
  readonly content: string
  /** Octal digits; `undefined` keeps the file's mode, 0644 for a new file. */
  readonly mode: string | undefined
  /** `undefined`: the block replaces the whole file. */
  readonly edit: 'section' | 'line' | 'block' | undefined
  readonly expand: boolean
}

/** A patch to apply to a file on the host. */
export interface PatchStep extends StepBase {
  readonly kind: 'patch'
  readonly language: string
  readonly fence: Fence
  readonly path: string
  readonly patch: string
}

/** An unticked task-list item that a person confirms. */
export interface ManualStep extends StepBase {
  readonly kind: 'manual'
  readonly text: string
}

export type Step = ShellStep | ScriptStep | FileStep | PatchStep | ManualStep

/** The commands that bash runs for a step; empty for other kinds of steps. */
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

/** The expected output of the step as a whole. */
export function expectedOf(step: Step): ExpectedOutput | undefined {
  return step.kind === 'shell' || step.kind === 'console' || step.kind === 'script'
    ? step.expects
    : undefined
}

/** Every expectation of a step: those of its commands, then its own. */
export function expectationsOf(step: Step): readonly ExpectedOutput[] {
  if (!('expects' in step)) return []
  const each = 'commands' in step ? step.commands.flatMap(({ expects }) => expects ?? []) : []
  return step.expects ? [...each, step.expects] : each
}
