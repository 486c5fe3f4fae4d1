/**
 * From flags to everything that a plan or a run needs before a host is touched.
 */

import { parse as parseYaml } from 'yaml'
import * as z from 'zod/mini'
import type { Lang } from '../../check/check-sentence.ts'
import type { Diagnostic } from '../../diagnostic/diagnostic.ts'
import { named } from '../../model/named.ts'
import { type Runbook, stepAddress } from '../../model/runbook.ts'
import type { Step } from '../../model/step.ts'
import { bindLanes, type HostFlag, type LaneBindings } from '../../plan/bind-roles.ts'
import { deepYamlAt } from '../../parse/nesting.ts'
import { namePages } from '../../plan/name-pages.ts'
import {
  checkValue,
  resolveVariables,
  type ResolvedVariables,
  type Values,
} from '../../plan/resolve-variables.ts'
import { selectSteps } from '../../plan/select-steps.ts'
import { UsageError } from '../../plan/usage-error.ts'
import { isUndoOnly } from '../../plan/used-variables.ts'
import { readNamed } from '../../project-files/read-file.ts'
import { langOf } from '../lang.ts'
import { countDiagnostics, renderDiagnostics } from '../output.ts'
import { refuseNoSteps } from '../page/no-steps.ts'
import { errorsOf, inOrder, type Page, readPages } from '../page/pages.ts'
import { findProject, type Project } from '../project.ts'
import { readSecret } from './secret-command.ts'
import { requireTrust } from '../trust/ask-trust.ts'
import { readRequired } from '../page/requires.ts'
import type { TerminalPrompt } from '../terminal/terminal-prompt.ts'

export interface RunFlags {
  readonly host: readonly HostFlag[]
  readonly var: readonly (readonly [string, string])[]
  readonly varsFile?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly only: readonly string[]
  readonly tag: readonly string[]
  readonly withRequires?: true | undefined
  readonly lang?: Lang | undefined
}

export interface PreparedRun {
  readonly project: Project
  readonly pages: readonly Page[]
  readonly runbooks: readonly Runbook[]
  /** One a host where a page runs on several. */
  readonly lanes: readonly LaneBindings[]
  /** Pages that are run only where what they provide is missing (`--with-requires`). */
  readonly onlyIfMissing: ReadonlySet<Runbook>
  /** What a page requires and is not run with it. */
  readonly required: ReadonlyMap<Runbook, readonly Runbook[]>
  /** Of each lane. */
  readonly variables: readonly ResolvedVariables[]
  readonly isSelected: (runbook: Runbook, step: Step) => boolean
  readonly lang: Lang
}

/** Pages with errors: nothing is run. `drawn` is what to show. */
export class PageErrors extends Error {
  override readonly name = 'PageErrors'
  readonly drawn: string

  constructor(pages: readonly Page[], others: readonly Diagnostic[] = []) {
    const errors = [...errorsOf(pages), ...others]
    super('pages have errors')
    const sources = new Map(pages.map(({ file, source }) => [file, source]))
    this.drawn = `${renderDiagnostics(errors, sources)}\n${countDiagnostics(errors, pages.length)}; nothing was run\n`
  }
}

/**
 * @param isTaken - Which steps are run, where that is not what the flags choose (`undo`): values are
 * asked for these.
 * @throws {UsageError | PageErrors}
 */
export function prepareRun(
  paths: readonly string[],
  flags: RunFlags,
  isTaken?: PreparedRun['isSelected'],
): PreparedRun {
  const project = findProject(process.cwd())
  const { pages: given, steps } = readPages(paths, project)
  const { problems, read, direct: required } = readRequired(given, project)
  if (errorsOf(read).length > 0 || problems.length > 0) throw new PageErrors(read, problems)
  refuseNoSteps(given)
  const all = namePages(read)
  const renamed = (page: Page): readonly Page[] => all.filter(({ file }) => file === page.file)
  const namedPages = given.flatMap(renamed)
  const pages = inOrder(flags.withRequires ? all : namedPages)
  const runbooks = pages.map(({ runbook }) => runbook)
  const lanes = bindLanes(runbooks, flags.host, Object.fromEntries(project.groups))
  const fromFile = flags.varsFile === undefined ? {} : readVarsFile(flags.varsFile)
  const isSelected = selectSteps(runbooks, {
    from: flags.from,
    to: flags.to,
    only: [...flags.only, ...steps.map((step) => addressOf(step, namedPages))],
    tags: flags.tag,
  })
  const variables = lanes.map((lane) =>
    resolveVariables(
      runbooks,
      {
        project: Object.fromEntries([...project.vars, ...hostValues(lane, project)]),
        commands: new Set(project.secretCommands.keys()),
        varsFile: fromFile,
        environment: environmentValues(),
        flags: Object.fromEntries(flags.var),
      },
      isTaken ?? ((runbook, step) => isSelected(runbook, step) && !isUndoOnly(runbook, step)),
    ),
  )
  const elsewhere = new Map(
    read.flatMap((page) =>
      renamed(page).map(({ runbook }) => [
        runbook,
        (required.get(page) ?? [])
          .flatMap(renamed)
          .filter((each) => !pages.includes(each))
          .map((each) => each.runbook),
      ]),
    ),
  )
  return {
    project,
    pages,
    runbooks,
    lanes,
    required: elsewhere,
    onlyIfMissing: new Set(
      pages.filter((page) => !namedPages.includes(page)).map(({ runbook }) => runbook),
    ),
    variables,
    isSelected,
    lang: langOf(flags.lang, project.lang),
  }
}

/** `page.md#step` is that page's step, whatever steps of other pages are called. */
function addressOf(
  { file, id }: { readonly file: string | undefined; readonly id: string },
  pages: readonly Page[],
): string {
  const page = pages.find((each) => each.file === file)
  return page ? stepAddress(page.runbook, { id }) : id
}

/** What `runbook.yml` says of the hosts of a lane; the first host that says something wins. */
function hostValues(
  lane: LaneBindings,
  { hostVars }: Project,
): readonly (readonly [string, string])[] {
  const hosts = new Set([...lane.values()].flatMap((bound) => [...bound.values()]))
  return [...hosts].toReversed().flatMap((host) => [...(hostVars.get(host) ?? [])])
}

/** `RUNBOOK_VAR_NAME` gives the variable `NAME` its value. */
function environmentValues(): Values {
  const prefix = 'RUNBOOK_VAR_'
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      name.startsWith(prefix) && value !== undefined ? [[name.slice(prefix.length), value]] : [],
    ),
  )
}

const varsFile = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

function readVarsFile(file: string): Values {
  let value: unknown
  try {
    const text = readNamed(file).toString()
    if (deepYamlAt(text) !== undefined) throw new Error('it nests too deep')
    value = parseYaml(text)
  } catch (error) {
    throw new UsageError(
      `\`--vars-file ${file}\`: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
    )
  }
  const result = varsFile.safeParse(value)
  if (!result.success)
    throw new UsageError(`\`--vars-file ${file}\` is not a list of \`NAME: value\``)
  return Object.fromEntries(Object.entries(result.data).map(([name, each]) => [name, String(each)]))
}

/**
 * Asks for what no source gave: a command of the configuration, else a person.
 *
 * @throws {UsageError} Where nobody is there to be asked, and where the project is not trusted.
 */
export async function askMissing(
  { variables, lang, project }: PreparedRun,
  prompt: TerminalPrompt,
): Promise<readonly ResolvedVariables[]> {
  const missing = variables.flatMap((lane) => lane.missing)
  const entries = missing.flatMap(({ name }) => project.secretCommands.get(name) ?? [])
  await requireTrust(project, entries, { prompt, lang })
  const asked = new Map<string, string>()
  for (const variable of missing) {
    const { name, ask, secret } = variable
    if (asked.has(name)) continue
    const entry = project.secretCommands.get(name)
    const question = `${ask ?? (lang === 'zh' ? '变量' : 'variable')} (${name}): `
    const value = entry
      ? await readSecret(entry, project.root)
      : await prompt.ask(question, { hidden: secret })
    if (value === undefined) {
      throw new UsageError(
        `the variable \`${name}\` has no value`,
        `set \`RUNBOOK_VAR_${name}\` in the environment${secret ? '' : `, or give \`--var ${name}=…\``}`,
      )
    }
    checkValue(variable, value)
    asked.set(name, value)
  }
  return variables.map((lane) => ({
    ...lane,
    values: named([...asked, ...Object.entries(lane.values)]),
    missing: [],
  }))
}
