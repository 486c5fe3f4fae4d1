import { messages } from './messages.ts'
import { Option } from '@commander-js/extra-typings'
import { unfinishedOr } from '../../journal/default-run.ts'
import { refuseForeignRun } from '../../journal/foreign-runs.ts'
import { readJournal } from '../../journal/read-journal.ts'
import { readRunRequest } from '../../journal/run-request.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { runSomewhere } from './execute.ts'
import { chooseLang } from '../lang.ts'
import { say } from '../output.ts'
import { runLine } from '../runs/run-line.ts'
import { prepareRun } from './prepare-run.ts'
import { findProject, runsFolder } from '../project.ts'
import { withAgainFlags } from './run-flags.ts'
import { flagsAgain } from './kept-request.ts'
import { prepareTakeBack, takeBack } from '../undo/take-back.ts'
import { effectsOf } from '../undo/undo-effects.ts'

export const resume = withAgainFlags('resume', 'the newest run that is not over')
  .addOption(
    new Option(
      '--lost <what>',
      'a step with an unknown result: run it again, or count it as done',
    ).choices(['again', 'done'] as const),
  )
  .option('--workers', 'a run of the database of workers, also from another machine')
  .summary('continue an interrupted or failed run')
  .description(
    'Continues at the first step that has not passed, or whose content has changed. A command that was running\nwhen the program ended is found again and does not run twice. Secrets must be given again.',
  )
  .action(async (text, given) => {
    const project = findProject(process.cwd())
    const folder = runsFolder(project)
    if (given.workers) {
      const { mirrorFor } = await import('../fleet/mirror-run.ts')
      await mirrorFor(text, project, given)
    }
    const run = unfinishedOr(folder, text)
    refuseForeignRun(folder, run)
    const before = readJournal(folder, run)
    const last = before.at(-1)
    const lang = chooseLang({ flag: given.lang, project })
    if (last?.kind === 'run-ended' && last.status === 'passed') {
      say(`${messages.hasPassed(run)[lang]}\n`)
      return
    }
    const request = readRunRequest(folder, run)
    if (request.pages.includes('-')) {
      throw new UsageError(messages.noResumeOfInput)
    }
    const flags = flagsAgain(request, given, project)
    const { machines } = request
    if (text === undefined) say(`${runLine(run, before, lang)}\n`)
    const life = { run, before, machines, lost: given.lost }
    if (request.undoes === undefined) {
      await runSomewhere(prepareRun(request.pages, flags), flags, life)
      return
    }
    const effects = effectsOf(folder, request.undoes)
    const prepared = prepareTakeBack(request.pages, flags, effects)
    await takeBack(request.undoes, { effects, prepared, flags, life })
  })
