import type { StoredRun } from '../../fleet/lane-store.ts'
import type { Lang } from '../../model/message.ts'
import { print, printJson, say } from '../output.ts'
import type { Project } from '../project.ts'
import { terminalPrompt } from '../terminal/terminal-prompt.ts'
import { openDatabase } from './database.ts'
import { messages } from './messages.ts'
import { countStates, renderRuns } from './render-runs.ts'

const maxRuns = 1000

interface Listing {
  readonly json: boolean
  readonly lang: Lang
  /** Only runs that are not over, with their lanes. */
  readonly onlyOpen: boolean
}

/** Prints the runs of the workers' database. */
export async function listStored(
  project: Project,
  { json, lang, onlyOpen }: Listing,
): Promise<void> {
  const prompt = terminalPrompt({ lang, noInput: false })
  const store = await openDatabase(project, { prompt, lang })
  try {
    const all = await store.runs(maxRuns)
    const runs = onlyOpen ? all.filter(isOpen) : all
    if (json) {
      printJson({ v: 1, counts: countStates(runs), runs: runs.map(publicRun) })
      return
    }
    print(renderRuns(runs, lang, { lanes: onlyOpen }))
    const { waiting, running, ended } = countStates(runs)
    if (onlyOpen) say(`${messages.counts(waiting, running, ended)[lang]}\n`)
  } finally {
    await store.close()
  }
}

function isOpen({ lanes }: StoredRun): boolean {
  return lanes.some(({ state }) => state !== 'ended')
}

/** Without what only a coordinator reads. */
function publicRun({ run, at, by, isCancelled, lanes }: StoredRun): object {
  return { run, at, by, isCancelled, lanes }
}
