/**
 * Decides which checks a plan may ask. Most checks only read; others run a program or open a
 * connection, and making a plan is not consent to that.
 */

import { messages } from '../run/messages.ts'
import { actingKind } from '../../check/acting-check.ts'
import { visibleText } from '../../text/visible-text.ts'
import { isLocalHost } from '../../inventory/resolve-host.ts'
import { upFrontChecks } from '../../plan/plan-run.ts'
import type { MayAsk } from '../run/plan-lanes.ts'
import type { PreparedRun } from '../run/prepare-run.ts'
import type { TerminalPrompt } from '../terminal/terminal-prompt.ts'

/**
 * Lists commands that hosts would run for checks and asks once. On this computer, such a check
 * requires `isAllowed`.
 */
export async function askAboutChecks(
  prepared: PreparedRun,
  prompt: Pick<TerminalPrompt, 'ask'>,
  isAllowed: boolean,
): Promise<MayAsk> {
  if (isAllowed) return () => true
  const commands = remoteCommands(prepared)
  const mayRun =
    commands.length > 0 && (await prompt.ask(question(commands, prepared), { hidden: false }))
  const isYes = typeof mayRun === 'string' && mayRun.trim() === 'yes'
  return ({ question: asked }, host) => {
    if (isLocalHost(host)) return actingKind(asked) === undefined
    return asked.kind !== 'sh' || isYes
  }
}

/** One line per command and host, without repetitions. */
function remoteCommands(prepared: PreparedRun): readonly string[] {
  const lines = prepared.lanes.flatMap((bindings) =>
    [...upFrontChecks({ ...prepared, bindings })].flatMap(([host, checks]) =>
      isLocalHost(host)
        ? []
        : checks.flatMap(({ question: asked }) =>
            asked.kind === 'sh' ? [`  ${visibleText(host)}: ${visibleText(asked.command)}`] : [],
          ),
    ),
  )
  return [...new Set(lines)]
}

function question(commands: readonly string[], { lang }: PreparedRun): string {
  return messages.askChecks(commands.join('\n'))[lang]
}
