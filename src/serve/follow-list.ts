/** Follows the list of runs: yields each run once, then again whenever its line changes. */

import { setTimeout as sleep } from 'node:timers/promises'
import type { ListedRun } from './run-archive.ts'

/** A run may begin in any terminal, so there is nothing to wait for. */
const lookEveryMs = 500

/** Yields `{"run":…}`, `{"gone":ID}`, and `{"isAll":true}` once all present runs were yielded. */
export async function* followList(
  list: () => Promise<readonly ListedRun[]>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const known = new Map<string, string>()
  for (let isFirst = true; !signal.aborted; isFirst = false) {
    const runs = await list()
    for (const run of runs) {
      const line = JSON.stringify({ run })
      if (known.get(run.run) === line) continue
      known.set(run.run, line)
      yield line
    }
    const present = new Set(runs.map(({ run }) => run))
    for (const run of known.keys()) {
      if (present.has(run)) continue
      known.delete(run)
      yield JSON.stringify({ gone: run })
    }
    if (isFirst) yield '{"isAll":true}'
    await sleep(lookEveryMs, undefined, { signal }).catch(() => {})
  }
}
