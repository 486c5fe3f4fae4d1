/** A step's commands in a plain script: runs them, judges their statuses, compares their output. */

import type { ExpectedOutput } from '../model/expected.ts'
import type { Lang } from '../model/message.ts'
import { declaredNames, type Runbook } from '../model/runbook.ts'
import {
  type Command,
  expectedOf,
  type ScriptStep,
  type ShellStep,
  type Step,
} from '../model/step.ts'
import { input } from './bash-input.ts'
import { type BashOutput, bashOutput } from './bash-output.ts'
import { quoted } from './bash-words.ts'
import { messages } from './messages.ts'
import { secretNames } from './secret-names.ts'

/** Leaves the block, or retries the step if it has `retry`. */
export function failure(step: Step, reason: string): string {
  const { retry } = step
  return retry
    ? `{ rb_fail ${reason} ${retry.times} ${retry.delayMs / 1000} && continue; break; }`
    : `{ rb_fail ${reason}; break; }`
}

/** Starts a background step; its process group is killed when the script ends. */
export function started(runbook: Runbook, step: ShellStep | ScriptStep): readonly string[] {
  const target = secretNames(runbook).length > 0 ? ' >/dev/null 2>&1' : ''

  const texts = step.kind === 'script' ? [] : step.commands.map(({ text }) => text)
  return [
    '  set -m',
    '  (',
    ...texts,
    `  ) </dev/null${target} &`,
    '  set +m',
    `  rb_keep_running $! ${step.stop}`,
  ]
}

export function ran(runbook: Runbook, step: ShellStep | ScriptStep, lang: Lang): readonly string[] {
  const names = declaredNames(runbook)
  const comparing = (expected: ExpectedOutput | undefined) =>
    expected?.compare === true ? bashOutput(expected, names) : undefined
  const expected = expectedOf(step)
  const whole = comparing(expected)
  const bad = failure(step, '"$rb_word_status $rb_status"')
  const wrong = failure(step, quoted(messages.badOutput[lang]))
  const hasSecrets = secretNames(runbook).length > 0
  // A value that the output itself sets is known, and masked, only after the comparison.
  const isHidden = step.private || step.secrets.length > 0
  const show = isHidden ? '' : 'rb_show; '
  const target = redirection(step, expected, { isCompared: whole !== undefined, hasSecrets })
  const isKept = whole !== undefined || (hasSecrets && !step.private)
  const showWhole = isKept && !isHidden ? ['  rb_show'] : []
  const showAfter = isKept && isHidden && !step.private ? ['  rb_show'] : []
  const commands = commandsOfStep(runbook, step)
  if (step.user !== undefined) {
    const script = commands
      .map((command) => {
        const exit = command.exit ?? step.exit
        return exit === 'any' ? command.text : `${command.text}\n${exitUnless(exit)}`
      })
      .join('\n')
    const exported = [...names].join(' ')
    return [
      `  rb_as ${quoted(step.user)} ${quoted(script)} ${exported} </dev/null${target}`,
      `  rb_ok $? ${allowedOfAll(step, commands)}; rb_all=$?`,
      ...showWhole,
      `  [ "$rb_all" = 0 ] || ${bad}`,
      ...judged(whole, wrong),
      ...showAfter,
    ]
  }
  const back = step.dir === undefined ? [] : ['  cd -- "$rb_back" || :']
  const lines = commands.flatMap((command) => {
    const { text, expects } = command
    const allowed = statusWords(command.exit ?? step.exit)
    const own = comparing(expects)
    const stdin = step.kind === 'script' ? '' : ' </dev/null'
    const before =
      step.kind === 'script' || own
        ? ['    {', text, `    }${stdin}${own ? ' >"$rb_out" 2>&1' : ''}`]
        : [text]
    return [
      ...before,
      own ? `    rb_ok $? ${allowed} || { ${show}break; }` : `    rb_ok $? ${allowed} || break`,
      ...(own ? [`    ${show}:`] : []),
      ...judged(own, '{ rb_status=output; break; }').map((line) => `  ${line}`),
    ]
  })
  return [
    ...(step.dir === undefined ? [] : [`  rb_back=$PWD; cd -- ${quoted(step.dir)} || ${bad}`]),
    '  rb_status=0; while :; do',
    ...lines,
    `    break; done </dev/null${target}`,
    ...back,
    ...showWhole,
    `  case $rb_status in (0) ;; (output) ${wrong} ;; (*) ${bad} ;; esac`,
    ...judged(whole, wrong),
    ...showAfter,
  ]
}

function judged(output: BashOutput | undefined, leave: string): readonly string[] {
  if (output === undefined) return []
  return [
    `  rb_prints ${output.words.join(' ')} || ${leave}`,
    ...output.captures.map(({ name, line, group, before }) => {
      const only = before === '' ? '' : ` ${quoted(before)}`
      return `  rb_capture ${name} ${line} ${group}${only} || ${leave}`
    }),
  ]
}

/** After a command in its own shell: exits with the shell's status. */
function exitUnless(exit: 'any' | readonly number[]): string {
  return `case $? in (${exit === 'any' ? '*' : exit.join(' | ')}) ;; (*) exit $? ;; esac`
}

/** Redirects the block's output while it runs. */
function redirection(
  step: Step,
  expected: ExpectedOutput | undefined,
  { isCompared, hasSecrets }: { readonly isCompared: boolean; readonly hasSecrets: boolean },
): string {
  if (!isCompared && step.private) return ' >/dev/null 2>&1'
  if (!isCompared) return hasSecrets ? ' >"$rb_out" 2>&1' : ''
  // What is not compared may hold a secret, too.
  const other = step.private || hasSecrets ? '/dev/null' : ''
  switch (expected?.stream) {
    case 'stdout':
      return ` >"$rb_out"${other && ` 2>${other}`}`
    case 'stderr':
      return ` 2>"$rb_out"${other && ` >${other}`}`
    case 'merged':
    case undefined:
      return ' >"$rb_out" 2>&1'
    default:
      throw new Error('unreachable: an output has a stream')
  }
}

function commandsOfStep(runbook: Runbook, step: ShellStep | ScriptStep): readonly Command[] {
  if (step.kind !== 'script') return step.commands
  const stdin = input(step.text, step.expand ? declaredNames(runbook) : undefined)
  return [
    { text: `{ ${step.run}\n} ${stdin}`, span: step.fence.span, expects: undefined, dialog: [] },
  ]
}

function statusWords(exit: Step['exit']): string {
  return exit === 'any' ? 'any' : exit.join(' ')
}

/** The statuses with which the shell of a whole block may end: those of each of its commands. */
function allowedOfAll(step: ShellStep | ScriptStep, commands: readonly Command[]): string {
  if (step.exit === 'any') return 'any'
  const own = commands.flatMap(({ exit }) => exit ?? [])
  return statusWords([...new Set([...step.exit, ...own])])
}
