/** Finds what records still hold of pages and steps that are gone. */

import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { RunbookRecord } from '../model/record.ts'
import { named } from '../model/named.ts'
import type { Runbook } from '../model/runbook.ts'

/** A record of a page that is there, with steps that are not. */
export interface GoneSteps {
  readonly platform: string
  readonly steps: readonly string[]
  /** What is left; `undefined`: nothing. */
  readonly rest: RunbookRecord | undefined
}

/** Compares a page with one of its records; `undefined`: all its steps are there. */
export function goneSteps({ steps }: Runbook, record: RunbookRecord): GoneSteps | undefined {
  const ids = new Set(steps.map(({ id }) => id))
  const held = [...Object.keys(record.steps), ...Object.keys(record.deviations ?? {})]
  const gone = [...new Set(held)].filter((id) => !ids.has(id)).toSorted()
  if (gone.length === 0) return undefined
  const kept = Object.entries(record.steps).filter(([id]) => ids.has(id))
  const edited = Object.entries(record.deviations ?? {}).filter(([id]) => ids.has(id))
  const deviations = edited.length === 0 ? undefined : named(edited)
  const rest = kept.length === 0 ? undefined : { ...record, steps: named(kept), deviations }
  return { platform: record.platform, steps: gone, rest }
}

/** Record files below a folder that belong to no page, by name. */
export function orphanFiles(folder: string): readonly string[] {
  const found: string[] = []
  const visit = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name)
      if (!entry.isDirectory()) continue
      if (entry.name === '.records') found.push(...orphansIn(path))
      else if (!entry.name.startsWith('.') && entry.name !== 'node_modules') visit(path)
    }
  }
  visit(folder)
  return found.toSorted()
}

function orphansIn(records: string): readonly string[] {
  return readdirSync(records, { withFileTypes: true }).flatMap((entry) => {
    const folder = join(records, entry.name)
    if (!entry.isDirectory() || hasPage(join(dirname(records), entry.name))) return []
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(folder, name))
  })
}

function hasPage(path: string): boolean {
  return existsSync(`${path}.md`) || existsSync(`${path}.MD`)
}
