import { createHash } from 'node:crypto'
import type { Check } from '../model/check.ts'
import type { Runbook } from '../model/runbook.ts'
import { commandsOf, type Step } from '../model/step.ts'

/** Cached: steps are immutable, and a run needs each hash several times. */
const known = new WeakMap<Step, string>()

/**
 * Hashes what a step runs and what is checked before it: commands, file texts, standard input,
 * attributes that affect either, defaults of the variables that it names. Prose, expected output
 * and timeouts do not count.
 *
 * @returns `sha256:…`
 */
export function stepHash(runbook: Pick<Runbook, 'variables'>, step: Step): string {
  const hash = known.get(step) ?? hashOf(runbook, step)
  known.set(step, hash)
  return hash
}

function hashOf({ variables }: Pick<Runbook, 'variables'>, step: Step): string {
  const content = contentOf(step)
  const checks = [step.needs, step.when, step.unless, step.ensures, step.ready].map(texts)
  const { kind, role, user, dir, exit, background, stop, reboot, always, undo, captures, secrets } =
    step
  const judged = {
    kind,
    role,
    user,
    dir,
    exit,
    background,
    stop,
    reboot,
    always,
    undo,
    captures,
    secrets,
  }
  const used = namesIn([content, checks, judged])
  const defaults = variables
    .filter((variable) => variable.default !== undefined && used.has(variable.name))
    .map((variable) => [variable.name, variable.default])
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))
  const whole = JSON.stringify([content, defaults, checks, judged])
  return `sha256:${createHash('sha256').update(whole).digest('hex')}`
}

/** Every word in the texts of `value` that could be a variable's name, in comments and quotes too. */
function namesIn(value: unknown): ReadonlySet<string> {
  const names = new Set<string>()
  JSON.stringify(value, (_, each: unknown) => {
    if (typeof each === 'string') for (const [name] of each.matchAll(/\w+/g)) names.add(name)
    return each
  })
  return names
}

function texts(checks: readonly Check[]): readonly string[] {
  return checks.map(({ text }) => text)
}

function contentOf(step: Step): readonly unknown[] {
  switch (step.kind) {
    case 'shell':
    case 'console':
      return [
        ...commandsOf(step).map(({ text, dialog, exit }) => [
          text,
          dialogOf(dialog),
          ...(exit ? [exit] : []),
        ]),
        dialogOf(step.dialog),
      ]
    case 'script':
      return [step.run, step.text, step.expand]
    case 'file':
      return [step.path, step.content, step.mode, step.edit, step.expand]
    case 'patch':
      return [step.path, step.patch]
    case 'manual':
      return [step.text]
    default:
      return step satisfies never
  }
}

function dialogOf(
  turns: readonly { readonly prompt: string; readonly answer: string }[],
): readonly unknown[] {
  return turns.map(({ prompt, answer }) => [prompt, answer])
}
