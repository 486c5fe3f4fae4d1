/**
 * The public API, described in docs/LIBRARY.md. Exports only the pure core: I/O goes through the ports
 * that `executePlan` takes.
 */

export { checkSentence } from './check/check-sentence.ts'
export type { Lang } from './model/message.ts'
export { codes, type Code } from './diagnostic/codes.ts'
export type { Diagnostic } from './diagnostic/diagnostic.ts'
export { renderDiagnostic } from './diagnostic/render-diagnostic.ts'
export type { MatchNames } from './match/line-matcher.ts'
export { matchOutput } from './match/match-output.ts'
export type { Check, CheckAnswer, Question } from './model/check.ts'
export type { ExpectedOutput } from './model/expected.ts'
export type { HostFacts } from './model/host.ts'
export type { RunbookRecord, StepRecord, StepState } from './model/record.ts'
export type { Message } from './model/message.ts'
export type { RunEvent, StampedEvent } from './model/run-event.ts'
export type { Role, Runbook, Variable } from './model/runbook.ts'
export type { Point, Span } from './model/span.ts'
export type { Command, Step } from './model/step.ts'
export { type ParsedRunbook, parseRunbook } from './parse/parse-runbook.ts'
export { bindLanes, readHostFlag } from './plan/bind-roles.ts'
export { type Plan, type PlanInput, planRun, upFrontChecks } from './plan/plan-run.ts'
export { type ResolvedVariables, resolveVariables } from './plan/resolve-variables.ts'
export { UsageError } from './diagnostic/usage-error.ts'
export { askChecks } from './run/ask.ts'
export { executePlan } from './run/execute-plan.ts'
export type { Lane } from './run/run-lane.ts'
export type {
  Clock,
  CommandEvent,
  CommandRequest,
  HostSession,
  ProbeRequest,
  ProbeResult,
  Prompt,
} from './run/ports.ts'
export { initialState, reduce, type RunState } from './run/reduce.ts'
export { oneByOne, type RunOptions, type RunPorts } from './run/run-options.ts'
