import { findOwnRun } from '../../journal/foreign-runs.ts'
import { readJournal } from '../../journal/read-journal.ts'
import { newRunId } from '../../journal/run-id.ts'
import { readRunRequest } from '../../journal/run-request.ts'
import { planUndo } from '../../plan/plan-undo.ts'
import { UsageError } from '../../plan/usage-error.ts'
import { earlierLife } from '../../run/earlier-life.ts'
import { changedFiles } from '../../run/run-effects.ts'
import { runPrepared } from '../execute.ts'
import { forgetRun } from '../forget-run.ts'
import { prepareRun } from '../prepare-run.ts'
import { findProject, runsFolder } from '../project.ts'
import { withAgainFlags } from '../run-flags.ts'
import { flagsAgain } from '../run-flags-again.ts'

export const undo = withAgainFlags(
  'undo',
  'the newest run that changed something and was not undone',
)
  .summary('take a run back')
  .description(
    'Puts back the files that a run changed and runs the steps that take back what it did, those that `undo=ID`\nnames, in reverse. What the run skipped because it was there before is not touched.',
  )
  .action(async (text, given) => {
    const project = findProject(process.cwd())
    const folder = runsFolder(project)
    const run = findOwnRun(folder, text)
    const events = readJournal(folder, run)
    const { done } = earlierLife(events)
    const backups = changedFiles(events)
    const request = readRunRequest(folder, run)
    if (request.pages.includes('-')) {
      throw new UsageError('a page from standard input cannot be undone')
    }
    const did = (key: string) => {
      const status = done.get(key)?.end.status
      return status === 'passed' || status === 'changed' || status === 'confirmed'
    }
    const flags = { ...flagsAgain(request, given, project), record: undefined }
    const prepared = prepareRun(request.pages, {
      ...flags,
      only: [],
      from: undefined,
      to: undefined,
      tag: [],
    })
    await runPrepared(prepared, flags, {
      run: newRunId(new Date()),
      before: [],
      machines: request.machines,
      changePlan: (plan) => planUndo(plan, { did, backups }),
    })
    if (process.exitCode === 0) await forgetRun(project, run, { keepJournal: true })
  })
