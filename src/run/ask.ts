import { askScript, type Known, readAnswers } from '../check/ask-checks.ts'
import type { Check, CheckAnswer } from '../model/check.ts'
import type { Values } from '../plan/resolve-variables.ts'
import type { HostSession } from './ports.ts'

/** Who asks, and with which variables. */
export interface Asking {
  readonly user: string | undefined
  readonly values: Values
  readonly known: Pick<Known, 'passedSteps'>
}

const timeoutMs = 60_000

/** Asks all checks in one round trip and gives the answers in their order. */
export async function askChecks(
  session: HostSession,
  checks: readonly Check[],
  { user, values, known }: Asking,
): Promise<readonly CheckAnswer[]> {
  if (checks.length === 0) return []
  const asked = askScript(checks)
  const output = asked
    ? (
        await session.probe({
          script: asked.script,
          stdin: undefined,
          user,
          env: { ...values, ...asked.env },
          timeoutMs,
        })
      ).stdout
    : ''
  const variables = new Set(Object.keys(values))
  return readAnswers(checks, output, { facts: session.facts, variables, ...known })
}
