import { messages } from './messages.ts'
import { findOwnRun } from '../../journal/foreign-runs.ts'
import { readJournal } from '../../journal/read-journal.ts'
import { newRunId } from '../../journal/run-id.ts'
import { readRunRequest } from '../../journal/run-request.ts'
import { undoneBy } from '../../journal/undone.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { exitCode } from '../exit-code.ts'
import { chooseLang } from '../lang.ts'
import { say } from '../output.ts'
import { findProject, runsFolder } from '../project.ts'
import { withAgainFlags } from '../run/run-flags.ts'
import { flagsAgain } from '../run/kept-request.ts'
import { runLine } from '../runs/run-line.ts'
import { prepareTakeBack, takeBack } from './take-back.ts'
import { canBeUndone, effectsOf, newestToUndo } from './undo-effects.ts'

export const undo = withAgainFlags(
  'undo',
  'the newest run that changed something and was not undone',
)
  .summary('undo a run')
  .description(
    'Restores the files that a run changed and runs the steps that `undo=ID` names, in reverse order. Steps that\nthe run skipped because they were already done are not undone.',
  )
  .action(async (text, given) => {
    const project = findProject(process.cwd())
    const folder = runsFolder(project)
    const run = text === undefined ? newestToUndo(project) : findOwnRun(folder, text)
    const lang = chooseLang({ flag: given.lang, project })
    const by = undoneBy(folder, run)
    if (by !== undefined) return say(`${messages.done(run, by)[lang]}\n`)
    const request = readRunRequest(folder, run)
    if (request.pages.includes('-')) {
      throw new UsageError(messages.noUndoOfInput)
    }
    const effects = effectsOf(folder, run)
    if (effects.doneKeys.length === 0 && effects.backups.size === 0)
      return say(`${messages.unchanged(run)[lang]}\n`)
    const flags = { ...flagsAgain(request, given, project), record: undefined }
    const prepared = prepareTakeBack(request.pages, flags, effects)
    if (!canBeUndone(effects, prepared.runbooks)) {
      process.exitCode = exitCode.failed
      return say(`${messages.none(run)[lang]}\n`)
    }
    if (text === undefined) say(`${runLine(run, readJournal(folder, run), lang)}\n`)
    const life = { run: newRunId(new Date()), before: [], machines: request.machines }
    await takeBack(run, { effects, prepared, flags, life })
  })
