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

const words = {
  zh: {
    done: (run: string, by: string) => `${run}：已由 ${by} 撤销，没有要做的了`,
    unchanged: (run: string) => `${run}：没有改动什么，没有要撤销的`,
    none: (run: string) => `${run}：没有可以撤销的：执行过的步骤都没有写 \`undo=\`，也没有改动文件`,
  },
  en: {
    done: (run: string, by: string) => `${run}: undone already by ${by}; nothing is left to do`,
    unchanged: (run: string) => `${run}: changed nothing; nothing is left to do`,
    none: (run: string) =>
      `${run}: nothing can be undone: no step that it did names \`undo=\`, and it changed no file`,
  },
} as const

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
    const run = text === undefined ? newestToUndo(project) : findOwnRun(folder, text)
    const lang = chooseLang({ flag: given.lang, project })
    const by = undoneBy(folder, run)
    if (by !== undefined) return say(`${words[lang].done(run, by)}\n`)
    const request = readRunRequest(folder, run)
    if (request.pages.includes('-')) {
      throw new UsageError('a page from standard input cannot be undone')
    }
    const effects = effectsOf(folder, run)
    if (effects.doneKeys.length === 0 && effects.backups.size === 0)
      return say(`${words[lang].unchanged(run)}\n`)
    const flags = { ...flagsAgain(request, given, project), record: undefined }
    const prepared = prepareTakeBack(request.pages, flags, effects)
    if (!canBeUndone(effects, prepared.runbooks)) {
      process.exitCode = exitCode.failed
      return say(`${words[lang].none(run)}\n`)
    }
    if (text === undefined) say(`${runLine(run, readJournal(folder, run))}\n`)
    const life = { run: newRunId(new Date()), before: [], machines: request.machines }
    await takeBack(run, { effects, prepared, flags, life })
  })
