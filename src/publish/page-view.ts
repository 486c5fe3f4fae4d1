/** A page with its records, as plain values for drawing. */

import { readFileSync } from 'node:fs'
import { basename, relative, sep } from 'node:path'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import type { RunbookRecord } from '../model/record.ts'
import type { Runbook } from '../model/runbook.ts'
import { anchorsOf } from '../parse/anchors.ts'
import { parsePage } from '../parse/parse-runbook.ts'
import { readRecords } from '../record/record-store.ts'
import { type StepView, viewSteps } from './step-view.ts'

export interface PageView {
  /** Absolute path on this disk. */
  readonly path: string
  /** The whole text with LF line ends, front matter included. */
  readonly source: string
  readonly runbook: Runbook
  readonly diagnostics: readonly Diagnostic[]
  /** Anchors as written, by their letters and digits. */
  readonly anchors: ReadonlyMap<string, string>
  /** Whether its blocks are steps; an `index.md` or a README is prose unless it says otherwise. */
  readonly isRunbook: boolean
  /** Newest first. */
  readonly records: readonly RunbookRecord[]
  readonly steps: readonly StepView[]
}

/** @throws {RecordError} If a record of the page cannot be read. */
export function readPage(root: string, path: string): PageView {
  return viewPage(root, path, readFileSync(path, 'utf8'), readRecords(path))
}

function viewPage(
  root: string,
  path: string,
  text: string,
  records: readonly RunbookRecord[],
): PageView {
  const source = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  const file = relative(root, path).split(sep).join('/')
  const { runbook, diagnostics, anchors } = readingOf(file, source)
  const isRunbook = runbook.steps.length > 0 && (!isProseName(file) || declaresSteps(runbook))
  return {
    path,
    source,
    runbook,
    diagnostics,
    anchors,
    isRunbook,
    records: records.toSorted(
      (a, b) => b.at.localeCompare(a.at) || a.platform.localeCompare(b.platform),
    ),
    steps: isRunbook ? viewSteps(runbook, records) : [],
  }
}

type Reading = Pick<PageView, 'source' | 'runbook' | 'diagnostics' | 'anchors'>

/** A build reads each page several times, so the last reading is cached. */
const readings = new Map<string, Reading>()

function readingOf(file: string, source: string): Reading {
  const last = readings.get(file)
  if (last?.source === source) return last
  const page = parsePage(file, source)
  const { runbook, diagnostics } = page
  const reading = { source, runbook, diagnostics, anchors: anchorsOf(page) }
  readings.set(file, reading)
  return reading
}

function isProseName(file: string): boolean {
  return /^(?:index|readme)\.md$/i.test(basename(file))
}

function declaresSteps({ steps, roles, variables, needs, provides, requires }: Runbook): boolean {
  const declared =
    roles.length + variables.length + needs.length + provides.length + requires.length
  return declared > 0 || steps.some(({ idGiven }) => idGiven)
}
