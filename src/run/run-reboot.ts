/** A step that reboots its host: runs its commands, then waits for a new boot. */

import { renderDuration } from '../model/duration.ts'
import type { ScriptStep, ShellStep } from '../model/step.ts'
import { messages } from './messages.ts'
import { runCommands } from './run-commands.ts'
import type { StepContext } from './step-context.ts'
import { failed, interrupted, type StepEnd } from './step-end.ts'

/** Grace period for shutting down, after the host killed our command by a signal. */
const goingDownMs = 60_000

export async function runReboot(
  step: ShellStep | ScriptStep,
  context: StepContext,
): Promise<StepEnd> {
  const { session, planned, options, ports } = context
  const { lang } = options
  if (session.hostKey === null) return failed('unsupported', messages.rebootHere[lang])
  const end = await runCommands(step, context)
  if (end.reason === 'rebooted') return { ...end, status: 'passed', reason: null }
  const byRestart = end.status === 'lost' || (end.reason === 'exit-status' && (end.exit ?? 0) > 128)
  if (end.status !== 'passed' && !byRestart) return end
  const limitMs = options.timeoutMs ?? step.timeoutMs
  const timeoutMs = end.reason === 'exit-status' ? Math.min(limitMs, goingDownMs) : limitMs
  const at = { host: planned.host, address: session.address, platform: planned.platform }
  for await (const event of session.awaitReboot({ timeoutMs, signal: ports.signal })) {
    switch (event.kind) {
      case 'lost':
        await ports.emit({ kind: 'host-lost', ...at, reason: event.cause[lang] })
        break
      case 'back':
        await ports.emit({ kind: 'host-back', ...at, reason: null })
        return { status: 'passed', reason: null, message: '', exit: end.exit }
      case 'away':
        return failed('host-lost', messages.neverBack(renderDuration(timeoutMs), event.cause)[lang])
      case 'up':
        if (end.status !== 'passed') return end
        return failed('reboot', messages.neverDown(renderDuration(timeoutMs))[lang])
      default:
        throw new Error(`unreachable: ${JSON.stringify(event satisfies never)}`)
    }
    if (ports.signal.aborted) break
  }
  return interrupted(messages.cancelled[lang])
}
