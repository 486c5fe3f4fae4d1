import type { CheckAnswer } from '../model/check.ts'
import type { PlannedStep } from '../plan/plan-run.ts'
import type { Asking } from './ask.ts'
import type { OpenStep } from './earlier-life.ts'
import type { BackgroundProcess, HostSession } from './ports.ts'
import type { RunOptions, RunPorts } from './run-options.ts'
import type { StepEnd } from './step-end.ts'
import type { RunVariables } from './variables.ts'

/** One step with all that its work needs. */
export interface StepContext {
  readonly planned: PlannedStep
  /** What an earlier life of the run left of it. */
  readonly open: OpenStep | undefined
  /** An earlier life of the run has lost how the step ended, and nobody said that it may run again. */
  readonly wasLost: boolean
  readonly session: HostSession
  readonly variables: RunVariables
  readonly options: RunOptions
  readonly ports: RunPorts
  /** Ids and addresses of steps that have passed on this host. */
  readonly passedSteps: ReadonlySet<string>
  /** The run's id, which names the files that it leaves on a host. */
  readonly run: string
  /**
   * Called with every process that is to be stopped at the end of the run.
   *
   * @returns Forgets it, where it has been stopped before.
   */
  readonly onBackground: (process: BackgroundProcess, stop: string) => () => void
  /** Takes the shell to where the page starts, once a page. */
  readonly enter: () => Promise<StepEnd | undefined>
  /** Finds the step's shell again where an earlier life of the run had come to, once a shell. */
  readonly findShell: () => Promise<void>
  /** Whether another lane may use the shell in between. */
  readonly sharesHost: boolean
}

/** The user that a step needs sudo for; `undefined` is the one that is logged in. */
export function sudoUser({
  planned,
  session,
}: Pick<StepContext, 'planned' | 'session'>): string | undefined {
  const { user } = planned.step
  return user === session.facts.user ? undefined : user
}

/** Tells what a host answered to a step's checks. */
export async function emitAnswers(
  answers: readonly CheckAnswer[],
  { planned: { address: step, host }, ports }: StepContext,
): Promise<void> {
  for (const answer of answers) await ports.emit({ kind: 'check-answered', step, host, ...answer })
}

/** Who asks the checks of a step. */
export function askingOf(context: StepContext): Asking {
  return {
    user: sudoUser(context),
    values: context.variables.ofPage(context.planned.runbook),
    known: { passedSteps: context.passedSteps },
  }
}
