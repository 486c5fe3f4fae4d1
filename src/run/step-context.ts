import type { CheckAnswer } from '../model/check.ts'
import type { PlannedStep } from '../plan/plan-run.ts'
import type { Asking } from './ask.ts'
import type { OpenStep } from './earlier-life.ts'
import type { BackgroundProcess, HostSession } from './ports.ts'
import type { RunOptions, RunPorts } from './run-options.ts'
import type { StepEnd } from './step-end.ts'
import type { RunVariables } from './variables.ts'

/** One step with everything its execution needs. */
export interface StepContext {
  readonly planned: PlannedStep
  /** Its unfinished state from before a resume. */
  readonly open: OpenStep | undefined
  /** Its result was lost before a resume, and nobody has allowed to run it again. */
  readonly wasLost: boolean
  readonly session: HostSession
  readonly variables: RunVariables
  readonly options: RunOptions
  readonly ports: RunPorts
  /** Ids and addresses of steps that have passed on this host. */
  readonly passedSteps: ReadonlySet<string>
  /** The run's id, used in names of files on a host. */
  readonly run: string
  /**
   * Registers a process to stop at the end of the run.
   *
   * @returns A function that unregisters it.
   */
  readonly onBackground: (process: BackgroundProcess, stop: string) => () => void
  /** Changes the shell to the page's starting folder, once per page. */
  readonly enter: () => Promise<StepEnd | undefined>
  /** Attaches the step's shell to its position before a resume, once per shell. */
  readonly findShell: () => Promise<void>
  /** Whether another lane may use the shell in between. */
  readonly sharesHost: boolean
}

/** The user to become with sudo; `undefined`: the login user. */
export function sudoUser({
  planned,
  session,
}: Pick<StepContext, 'planned' | 'session'>): string | undefined {
  const { user } = planned.step
  return user === session.facts.user ? undefined : user
}

/** Emits a host's answers to a step's checks. */
export async function emitAnswers(
  answers: readonly CheckAnswer[],
  { planned: { address: step, host }, ports }: StepContext,
): Promise<void> {
  for (const answer of answers) await ports.emit({ kind: 'check-answered', step, host, ...answer })
}

/** How to ask the checks of a step. */
export function askingOf(context: StepContext): Asking {
  return {
    user: sudoUser(context),
    values: context.variables.ofPage(context.planned.runbook),
    known: { passedSteps: context.passedSteps },
  }
}
