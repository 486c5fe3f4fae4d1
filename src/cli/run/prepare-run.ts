/** Turns flags into everything that a plan or a run needs before it contacts a host. */

import type { Lang } from '../../model/message.ts'
import { type Runbook, stepAddress } from '../../model/runbook.ts'
import type { Step } from '../../model/step.ts'
import { bindLanes, type LaneBindings } from '../../plan/bind-roles.ts'
import { namePages } from '../../plan/name-pages.ts'
import { resolveVariables, type ResolvedVariables } from '../../plan/resolve-variables.ts'
import { selectSteps } from '../../plan/select-steps.ts'
import { isUndoOnly } from '../../plan/used-variables.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { messages as controlMessages } from '../control/messages.ts'
import { chooseLang } from '../lang.ts'
import { hashOfPage } from '../page/page-hash.ts'
import { refuseNoSteps } from '../page/no-steps.ts'
import { PageErrors } from '../page/page-errors.ts'
import { errorsOf, inOrder, type Page, readPages } from '../page/pages.ts'
import { readRequired } from '../page/requires.ts'
import { findProject, pathIn, type Project } from '../project.ts'
import type { RunFlags } from './run-flags.ts'
import { environmentValues, hostValues, readVarsFile } from './run-values.ts'

/** The flags that choose pages, hosts, steps and values. */
type ChoosingFlags = Pick<
  RunFlags,
  'host' | 'var' | 'varsFile' | 'from' | 'to' | 'only' | 'tag' | 'withRequires' | 'lang' | 'json'
> &
  Partial<Pick<RunFlags, 'pageHash'>>

export interface PreparedRun {
  readonly project: Project
  readonly pages: readonly Page[]
  readonly runbooks: readonly Runbook[]
  /** One lane per host if a page runs on several hosts. */
  readonly lanes: readonly LaneBindings[]
  /** Pages that run only if what they provide is missing (`--with-requires`). */
  readonly onlyIfMissing: ReadonlySet<Runbook>
  /** Required pages that are not part of the run. */
  readonly required: ReadonlyMap<Runbook, readonly Runbook[]>
  /** One entry per lane. */
  readonly variables: readonly ResolvedVariables[]
  /** Steps named by `--only` and `page.md#step`. */
  readonly only: readonly string[]
  readonly isSelected: (runbook: Runbook, step: Step) => boolean
  readonly lang: Lang
}

/**
 * @param isTaken - Selects steps in place of the flags (`undo`); only their values are asked for.
 * @throws {UsageError | PageErrors}
 */
export function prepareRun(
  paths: readonly string[],
  flags: ChoosingFlags,
  isTaken?: PreparedRun['isSelected'],
): PreparedRun {
  const project = findProject(process.cwd())
  const { pages: given, steps } = readPages(paths, project)
  const lang = chooseLang({ flag: flags.lang, json: flags.json, pages: given, project })
  const { problems, read, direct: required } = readRequired(given, project)
  if (errorsOf(read).length > 0 || problems.length > 0) throw new PageErrors(read, problems)
  refuseNoSteps(given)
  const all = namePages(read, pathIn(project))
  const renamed = (page: Page): readonly Page[] => all.filter(({ file }) => file === page.file)
  const namedPages = given.flatMap(renamed)
  const pages = inOrder(flags.withRequires ? all : namedPages)
  refuseOtherPage(pages, flags.pageHash)
  const runbooks = pages.map(({ runbook }) => runbook)
  const lanes = bindLanes(runbooks, flags.host, Object.fromEntries(project.groups))
  const fromFile = flags.varsFile === undefined ? {} : readVarsFile(flags.varsFile)
  const only = [...flags.only, ...steps.map((step) => addressOf(step, namedPages))]
  const isSelected = selectSteps(runbooks, {
    from: flags.from,
    to: flags.to,
    only,
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
    only,
    isSelected,
    lang,
  }
}

/** A page that somebody looked at is run as it was seen, or not at all. */
function refuseOtherPage(pages: readonly Page[], hash: string | undefined): void {
  const other =
    hash === undefined ? undefined : pages.find((each) => hashOfPage(each.source) !== hash)
  if (other)
    throw new UsageError(controlMessages.pageChanged(other.file), controlMessages.planAgain)
}

/** `page.md#step` means that page's step, even if other pages have a step of the same name. */
function addressOf(
  { file, id }: { readonly file: string | undefined; readonly id: string },
  pages: readonly Page[],
): string {
  const page = pages.find((each) => each.file === file)
  return page ? stepAddress(page.runbook, { id }) : id
}
