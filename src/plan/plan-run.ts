/** Plans a run from runbooks, hosts and answers: what would happen, step by step. Runs nothing. */

import type { Check, CheckAnswer } from '../model/check.ts'
import { platformOf, type HostFacts } from '../model/host.ts'
import { type Runbook, stepAddress } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import type { FileBackup, Reason, RunHost } from '../model/run-event.ts'
import { type Bindings, type HostName, hostOf } from './bind-roles.ts'
import { type Wait, waitsOf } from './waits-of.ts'

export type Verdict = 'run' | 'done' | 'skip' | 'blocked' | 'manual'

export interface PlannedStep {
  /** `PAGE#ID`. */
  readonly address: string
  readonly runbook: Runbook
  /** In a code group, the variant that the host would take, as far as is known now. */
  readonly step: Step
  /** All variants of the group, in order; otherwise only the step. */
  readonly variants: readonly Step[]
  readonly host: HostName
  /** `debian-12`. */
  readonly platform: string
  readonly verdict: Verdict
  readonly reason: Reason | undefined
  /** The check that decided the verdict. */
  readonly decidedBy: CheckAnswer | undefined
  /** Whether a person replaced the page's content. */
  readonly isDeviation: boolean
  /** The page's own conditions, if earlier pages may bring them about. */
  readonly pageNeeds: readonly Check[]
  readonly answers: readonly CheckAnswer[]
  /** Conditions that do not hold now but that earlier steps may bring about. */
  readonly waitsFor: readonly Wait[]
  /** For `undo`: the file to restore; the step's own action is not run. */
  readonly restores?: FileBackup
}

/** A condition of a whole page; if it does not hold, nothing runs. */
export interface PageNeed {
  readonly runbook: Runbook
  readonly host: HostName
  readonly check: Check
  readonly answer: CheckAnswer
  /** The required page whose `provides` this is. */
  readonly requires: string | undefined
}

export interface Plan {
  readonly runbooks: readonly Runbook[]
  readonly hosts: readonly RunHost[]
  readonly steps: readonly PlannedStep[]
  /** The pages' own conditions, with the answers. */
  readonly pageNeeds: readonly PageNeed[]
}

/**
 * All checks of the selected steps that can be asked before the run, by host: one round trip each.
 */
export function upFrontChecks({
  runbooks,
  bindings,
  required,
  onlyIfMissing,
  isSelected,
}: Pick<
  PlanInput,
  'runbooks' | 'bindings' | 'required' | 'onlyIfMissing' | 'isSelected'
>): ReadonlyMap<HostName, readonly Check[]> {
  const checks = new Map<HostName, Check[]>()
  const add = (host: HostName, more: readonly Check[]) => {
    checks.set(host, [...(checks.get(host) ?? []), ...more])
  }
  for (const runbook of runbooks) {
    const bound = bindings.get(runbook) ?? new Map()
    const first = bound.get(runbook.roles[0]?.name ?? '')
    if (first !== undefined) {
      add(first, runbook.needs)
      if (onlyIfMissing.has(runbook)) add(first, runbook.provides)
      for (const { provides } of required.get(runbook) ?? []) add(first, provides)
    }
    for (const step of runbook.steps.filter((each) => isSelected(runbook, each))) {
      add(hostOf(runbook, step, bound), [...step.when, ...step.unless, ...step.needs])
    }
  }
  return checks
}

export interface PlanInput {
  readonly runbooks: readonly Runbook[]
  readonly bindings: ReadonlyMap<Runbook, Bindings>
  readonly hosts: ReadonlyMap<HostName, { readonly address: string; readonly facts: HostFacts }>
  /** Pages that a page requires and that are not part of the run. */
  readonly required: ReadonlyMap<Runbook, readonly Runbook[]>
  /** Pages that run only if what they provide is missing. */
  readonly onlyIfMissing: ReadonlySet<Runbook>
  /** Whether this project has a passed run of the page on the host. */
  readonly hasPassed: (page: Runbook, host: HostName) => boolean
  /** The answers to `upFrontChecks`. */
  readonly answers: ReadonlyMap<HostName, ReadonlyMap<Check, CheckAnswer>>
  readonly isSelected: (runbook: Runbook, step: Step) => boolean
}

export function planRun(input: PlanInput): Plan {
  const steps: PlannedStep[] = []
  const pageNeeds: PageNeed[] = []
  /** By host: planned steps that may change it. */
  const taken = new Map<HostName, PlannedStep[]>()
  for (const runbook of input.runbooks) {
    const bindings = input.bindings.get(runbook) ?? new Map()
    const first = bindings.get(runbook.roles[0]?.name ?? '')
    const need = (check: Check, requires: string | undefined) => {
      const answer = input.answers.get(first)?.get(check)
      if (answer) pageNeeds.push({ runbook, host: first, check, answer, requires })
    }
    if (isMetAlready(runbook, first, input)) continue
    const isLater = taken.has(first)
    const before = [...(taken.get(first) ?? [])]
    if (!isLater) for (const check of runbook.needs) need(check, undefined)
    for (const page of input.required.get(runbook) ?? []) {
      for (const check of page.provides) need(check, page.file)
      if (page.provides.length > 0) continue
      const { check, answer } = passedBefore(page, input.hasPassed(page, first))
      pageNeeds.push({ runbook, host: first, check, answer, requires: page.file })
    }
    const [begin, ...others] = planPage(runbook, bindings, input, taken)
    if (!begin) continue
    const later = isLater ? runbook.needs : []
    const answerOf = (check: Check) => input.answers.get(first)?.get(check)
    const waitsFor = [...waitsOf(later, { answerOf, before, runbook }), ...begin.waitsFor]
    steps.push({ ...begin, pageNeeds: later, waitsFor }, ...others)
  }
  return { runbooks: input.runbooks, hosts: planHosts(input), steps, pageNeeds }
}

/** Whether a page that runs only for others' `requires` has been done already. */
function isMetAlready(runbook: Runbook, host: HostName, input: PlanInput): boolean {
  if (!input.onlyIfMissing.has(runbook)) return false
  if (runbook.provides.length === 0) return input.hasPassed(runbook, host)
  return runbook.provides.every((check) => input.answers.get(host)?.get(check)?.holds === true)
}

/** A page without `provides` counts as done after a passed run. */
function passedBefore(
  { file }: Runbook,
  holds: boolean,
): { readonly check: Check; readonly answer: CheckAnswer } {
  const start = { line: 1, column: 1, offset: 0 }
  const text = `step:${file}`
  return {
    check: {
      question: { kind: 'step', id: file },
      negated: false,
      text,
      span: { start, end: start },
    },
    answer: { check: text, holds, actual: holds ? 'passed' : 'not run' },
  }
}

function planHosts({ hosts, runbooks, bindings }: PlanInput): readonly RunHost[] {
  return [...hosts].map(([name, { address, facts }]) => {
    const roles = runbooks.flatMap((runbook) => [...(bindings.get(runbook) ?? [])])
    const role = roles.find(([roleName, host]) => host === name && roleName !== '')?.[0] ?? null
    return { name, role, address, platform: platformOf(facts) }
  })
}

function planPage(
  runbook: Runbook,
  bindings: Bindings,
  input: PlanInput,
  taken: Map<HostName, PlannedStep[]>,
): readonly PlannedStep[] {
  const undoing = new Set(runbook.steps.flatMap(({ undo }) => undo ?? []))
  const wanted = runbook.steps.filter((step) => input.isSelected(runbook, step))
  return groupVariants(wanted).map((variants) => {
    const decided = variants.map((step): PlannedStep => {
      const host = hostOf(runbook, step, bindings)
      const answerOf = (check: Check) => input.answers.get(host)?.get(check)
      const decision = decide(step, {
        isUndo: undoing.has(step.id),
        changesBefore: taken.has(host),
        answerOf,
      })
      const answers = [...step.when, ...step.unless, ...step.needs].flatMap(
        (check) => answerOf(check) ?? [],
      )
      return {
        address: stepAddress(runbook, step),
        runbook,
        step,
        variants,
        host,
        platform: platformOf(input.hosts.get(host)?.facts ?? { osId: '', osVersion: '' }),
        isDeviation: false,
        pageNeeds: [],
        answers,
        waitsFor:
          decision.verdict === 'run' || decision.verdict === 'manual'
            ? waitsOf([...step.when, ...step.needs], {
                answerOf,
                before: taken.get(host) ?? [],
                runbook,
              })
            : [],
        ...decision,
      }
    })
    const [first, ...others] = decided
    if (!first) throw new Error('unreachable: a group has a variant')
    const chosen = [first, ...others].find(({ reason }) => reason !== 'not-for-this-host') ?? first
    if (chosen.verdict === 'run' || chosen.verdict === 'manual')
      taken
        .set(chosen.host, taken.get(chosen.host) ?? [])
        .get(chosen.host)
        ?.push(chosen)
    return chosen
  })
}

/** Single steps, except that the variants of a code group stay together. */
function groupVariants(steps: readonly Step[]): readonly (readonly Step[])[] {
  const groups: Step[][] = []
  for (const step of steps) {
    const last = groups.at(-1)
    const isVariant = step.variant !== undefined && last?.[0]?.variant?.group === step.variant.group
    if (isVariant && last[0]?.id === step.id) last.push(step)
    else groups.push([step])
  }
  return groups
}

interface Situation {
  readonly isUndo: boolean
  /** Whether an earlier step may change the checks' answers. */
  readonly changesBefore: boolean
  readonly answerOf: (check: Check) => CheckAnswer | undefined
}

type Decision = Pick<PlannedStep, 'verdict' | 'reason' | 'decidedBy'>

function decide(step: Step, situation: Situation): Decision {
  const { answerOf } = situation
  const failing = (checks: readonly Check[]) =>
    checks
      .map(answerOf)
      .find((answer) => answer !== undefined && !answer.holds && !answer.isUnasked)
  if (situation.isUndo) return { verdict: 'skip', reason: 'undo-only', decidedBy: undefined }
  const notHere = failing(step.when)
  if (notHere && !(situation.changesBefore && isChangeable(step.when, notHere))) {
    return { verdict: 'skip', reason: 'not-for-this-host', decidedBy: notHere }
  }
  const isDone = step.unless.every((check) => answerOf(check)?.holds === true)
  if (step.unless.length > 0 && isDone) {
    return { verdict: 'done', reason: 'already-done', decidedBy: step.unless.map(answerOf)[0] }
  }
  const missing = failing(step.needs)
  if (missing && !situation.changesBefore) {
    return { verdict: 'blocked', reason: 'precondition', decidedBy: missing }
  }
  return {
    verdict: step.kind === 'manual' ? 'manual' : 'run',
    reason: undefined,
    decidedBy: undefined,
  }
}

/** Whether steps can change an answer; facts about the system never change. */
function isChangeable(checks: readonly Check[], answer: CheckAnswer): boolean {
  const kind = checks.find(({ text }) => text === answer.check)?.question.kind
  return kind !== 'os' && kind !== 'arch'
}
