/**
 * Exports a page as a plain bash script for machines without this program, with the same steps,
 * conditions and comparisons as far as plain bash supports them. The script asks a person to do the
 * rest.
 */

import { checkSentence } from '../check/check-sentence.ts'
import { listed, type Lang, type Message } from '../model/message.ts'
import type { Runbook, Variable } from '../model/runbook.ts'
import { isUndoOnly } from '../plan/used-variables.ts'
import { bashCheck } from './bash-check.ts'
import { bashRuntime } from './bash-runtime.ts'
import { bashStep } from './bash-step.ts'
import { ereOf, oneLine, quoted } from './bash-words.ts'
import { handReason, isCompared, unaskable } from './by-hand.ts'
import { messages } from './messages.ts'
import { secretNames } from './secret-names.ts'

export interface BashScript {
  readonly text: string
  /** What the script leaves to a person, or does not compare. */
  readonly notes: readonly ScriptNote[]
}

export interface ScriptNote {
  readonly line: number
  /** The step; `undefined`: the page. */
  readonly step: string | undefined
  readonly message: Message
}

export interface ScriptOptions {
  readonly lang: Lang
  /** `runbook 0.1.0`. */
  readonly tool: string
  /** The project's values for variables. */
  readonly values: ReadonlyMap<string, string>
}

export function bashScript(runbook: Runbook, { lang, tool, values }: ScriptOptions): BashScript {
  const steps = runbook.steps.filter((step) => !isUndoOnly(runbook, step))
  const body = [
    ...runbook.variables.flatMap((variable) => valueLines(variable, values)),
    ...(runbook.dir === undefined ? [] : [`cd -- ${quoted(runbook.dir)} || exit 2`]),
    ...runbook.needs.flatMap((check) => {
      const asked = bashCheck(check)
      const sentence = checkSentence(check, lang)
      const says = quoted(messages.notHeld(sentence)[lang])
      // A person answers checks that plain bash cannot ask.
      const holds = asked ?? `rb_by_hand ${quoted(sentence)}`
      return [`${holds} || { printf '%s\\n' ${says} >&2; exit 1; }`]
    }),
    ...steps.map((step) => `\n${bashStep(runbook, step, lang)}`),
  ].join('\n')
  const secrets = secretNames(runbook)
  const about = [
    runbook.title,
    messages.origin(runbook.file, tool)[lang],
    messages.oneShell[lang],
    messages.values[lang],
    ...(secrets.length > 0 ? [messages.secretsOf(listed(secrets))[lang]] : []),
    messages.noLimits[lang],
    ...(runbook.requires.length > 0 ? [messages.needsPages(listed(runbook.requires))[lang]] : []),
  ]
  const head = about.map((line) => `# ${oneLine(line)}`).join('\n')
  return {
    text: `#!/usr/bin/env bash\n${head}\n\n${bashRuntime(body, { lang, secrets })}\n\n${body}\n\nrb_finish\n`,
    notes: notesOf(runbook),
  }
}

function valueLines(
  { name, default: own, pattern, address }: Variable,
  values: ReadonlyMap<string, string>,
): readonly string[] {
  const value = values.get(name) ?? own ?? (address === undefined ? undefined : 'localhost')
  const ere = pattern === undefined ? undefined : ereOf(pattern)
  return [
    `rb_value ${name}${value === undefined ? '' : ` ${quoted(value)}`}`,
    ...(ere === undefined ? [] : [`rb_matches ${name} ${quoted(`^(${ere})$`)}`]),
  ]
}

function notesOf(runbook: Runbook): readonly ScriptNote[] {
  const check = unaskable(runbook.needs)
  const ofPage = check
    ? [{ line: check.span.start.line, step: undefined, message: messages.check(check.text) }]
    : []
  return [
    ...ofPage,
    ...runbook.steps.flatMap((step): readonly ScriptNote[] => {
      if (isUndoOnly(runbook, step) || step.kind === 'manual') return []
      const place = { line: step.span.start.line, step: step.id }
      const reason = handReason(runbook, step)
      if (reason) return [{ ...place, message: messages.byHand(reason) }]
      return isCompared(runbook, step) ? [] : [{ ...place, message: messages.notCompared }]
    }),
  ]
}
