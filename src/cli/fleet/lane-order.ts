/**
 * What a worker needs to run a lane: pages by their hash, the roles' hosts, the selected steps, public
 * values and options. A worker reads the pages itself, asks the host again and plans again, as a
 * resumed run does. The order has no secrets; their names tell the worker which to get by itself.
 */

import * as z from 'zod/mini'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { parseRunbook } from '../../parse/parse-runbook.ts'
import type { LaneBindings } from '../../plan/bind-roles.ts'
import type { ResolvedVariables } from '../../plan/resolve-variables.ts'
import type { RunOptions } from '../../run/run-options.ts'
import { hashOfPage } from '../page/page-hash.ts'
import type { Page } from '../page/pages.ts'
import type { Project } from '../project.ts'
import type { PreparedRun } from '../run/prepare-run.ts'
import { messages } from './messages.ts'

const page = z.object({
  file: z.string(),
  name: z.string(),
  /** Of its text. */
  hash: z.string(),
  /** Role name to host name. */
  hosts: z.record(z.string(), z.string()),
  steps: z.array(z.string()),
  onlyIfMissing: z.boolean(),
})

const shape = z.object({
  v: z.literal(1),
  pages: z.array(page),
  values: z.record(z.string(), z.string()),
  secrets: z.array(z.string()),
  /** Variables whose values the worker gets by a command of its own configuration. */
  missing: z.array(z.string()),
  options: z.object({
    lang: z.enum(['zh', 'en']),
    yes: z.boolean(),
    allowDanger: z.boolean(),
    keepGoing: z.boolean(),
    update: z.boolean(),
    timeoutMs: z.nullable(z.number()),
    lost: z.nullable(z.enum(['again', 'done'])),
  }),
  /** The host as it was when the run began. */
  machines: z.record(
    z.string(),
    z.object({ machineId: z.string(), hostKey: z.nullable(z.string()) }),
  ),
})

export type LaneOrder = z.infer<typeof shape>

interface Ordered {
  readonly prepared: PreparedRun
  readonly bindings: LaneBindings
  readonly variables: ResolvedVariables
  readonly options: RunOptions
  readonly machines: LaneOrder['machines']
}

/** @returns The order, and the texts of its pages by hash. */
export function orderOf(ordered: Ordered): {
  readonly order: LaneOrder
  readonly pages: ReadonlyMap<string, string>
} {
  const { prepared, bindings, variables, options, machines } = ordered
  const texts = new Map<string, string>()
  const kept = (text: string): string => {
    const hash = hashOfPage(text)
    texts.set(hash, text)
    return hash
  }
  const pages = prepared.pages.map(({ file, source, runbook }) => {
    const hosts = bindings.get(runbook) ?? new Map<string, string>()
    const steps = runbook.steps.filter((step) => prepared.isSelected(runbook, step))
    return {
      file,
      name: runbook.name,
      hash: kept(source),
      hosts: Object.fromEntries(hosts),
      steps: [...new Set(steps.map(({ id }) => id))],
      onlyIfMissing: prepared.onlyIfMissing.has(runbook),
    }
  })
  const { values, secrets, missing } = variables
  const { lang, yes, allowDanger, keepGoing, update, timeoutMs = null, lost = null } = options
  const order: LaneOrder = {
    v: 1,
    pages,
    values: { ...values },
    secrets: [...secrets],
    missing: missing.map(({ name }) => name),
    options: { lang, yes, allowDanger, keepGoing, update, timeoutMs, lost },
    machines,
  }
  return { order, pages: texts }
}

/** @throws {UsageError} If another version wrote it. */
export function readOrder(value: unknown): LaneOrder {
  const { data } = shape.safeParse(value)
  if (data) return data
  throw new UsageError(messages.otherOrder, messages.sameVersion)
}

export function hashesOf({ pages }: LaneOrder): readonly string[] {
  return [...new Set(pages.map(({ hash }) => hash))]
}

/**
 * The run that an order asks for, as `prepareRun` makes it from flags. The coordinator has already
 * checked what the pages require.
 *
 * @param texts - The pages by hash.
 * @param project - The worker's own, with its commands for secrets and hosts.
 */
export function preparedBy(
  order: LaneOrder,
  texts: ReadonlyMap<string, string>,
  project: Project,
): PreparedRun {
  const read = ({ file, name, hash }: LaneOrder['pages'][number]): Page => {
    const source = texts.get(hash) ?? ''
    const parsed = parseRunbook(file, source)
    return { file, source, ...parsed, runbook: { ...parsed.runbook, name } }
  }
  const ordered = order.pages.map((each) => ({ ...each, page: read(each) }))
  const steps = new Map(ordered.map((each) => [each.page.runbook, new Set(each.steps)]))
  const secrets = new Set(order.secrets)
  const pages = ordered.map((each) => each.page)
  const missing = pages
    .flatMap(({ runbook }) => runbook.variables)
    .filter(({ name }) => order.missing.includes(name))
    .map((variable) => ({ ...variable, secret: secrets.has(variable.name) }))
  return {
    project,
    pages,
    runbooks: pages.map(({ runbook }) => runbook),
    lanes: [
      new Map(
        ordered.map(({ page: { runbook }, hosts }) => [runbook, new Map(Object.entries(hosts))]),
      ),
    ],
    onlyIfMissing: new Set(
      ordered.flatMap((each) => (each.onlyIfMissing ? [each.page.runbook] : [])),
    ),
    required: new Map(),
    variables: [{ values: order.values, secrets, missing, used: [] }],
    only: [],
    isSelected: (runbook, { id }) => steps.get(runbook)?.has(id) === true,
    lang: order.options.lang,
  }
}
