import { resolve } from 'node:path'
import * as z from 'zod/mini'
import type { Runbook } from '../model/runbook.ts'
import { UsageError } from '../diagnostic/usage-error.ts'
import { firstLine, lastLine } from './line-ends.ts'
import { foreignRuns } from './foreign-runs.ts'
import { journalFile, listRuns } from './read-journal.ts'
import { readRunRequest } from './run-request.ts'

const started = z.object({
  kind: z.literal('run-started'),
  hosts: z.array(z.object({ name: z.string() })),
})
const ended = z.object({ kind: z.literal('run-ended'), status: z.string() })

/**
 * Which pages have passed on which hosts, according to a project's journals.
 *
 * Ignores a run that is not ours, was cut off, or is unreadable: the page then counts as not
 * passed, which is the safe mistake.
 */
export function passedRuns(
  runsFolder: string,
): (page: Pick<Runbook, 'file'>, host: string) => boolean {
  let known: ReadonlySet<string> | undefined
  return ({ file }, host) => {
    known ??= readPassed(runsFolder)
    return known.has(`${resolve(file)} ${host}`)
  }
}

function readPassed(runsFolder: string): ReadonlySet<string> {
  const known = new Set<string>()
  const runs = listRuns(runsFolder)
  const foreign = foreignRuns(runsFolder)
  for (const run of runs) {
    if (foreign.has(run) || !hasPassed(runsFolder, run)) continue
    const first = started.safeParse(readLine(journalFile(runsFolder, run), firstLine))
    if (!first.success) continue
    for (const page of pagesOf(runsFolder, run)) {
      for (const { name } of first.data.hosts) known.add(`${page} ${name}`)
    }
  }
  return known
}

/**
 * Absolute paths of the pages that a run executed completely; empty for a run of single steps, an
 * undo, or an unreadable run.
 */
function pagesOf(runsFolder: string, run: string): readonly string[] {
  try {
    const { pages, selection, undoes } = readRunRequest(runsFolder, run)
    const { from, to, only, tags } = selection
    const isWhole = from === null && to === null && only.length === 0 && tags.length === 0
    return isWhole && undoes === undefined ? pages : []
  } catch (error) {
    if (error instanceof UsageError) return []
    throw error
  }
}

/** Whether a run ended and passed. */
export function hasPassed(runsFolder: string, run: string): boolean {
  const last = ended.safeParse(readLine(journalFile(runsFolder, run), lastLine))
  return last.success && last.data.status === 'passed'
}

function readLine(file: string, read: (file: string) => string): unknown {
  try {
    return JSON.parse(read(file))
  } catch {
    return undefined
  }
}
