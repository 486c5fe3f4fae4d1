import { visibleJson } from '../text/visible-text.ts'
import type { Reporter } from './reporter.ts'

/** Writes one event a line, in the journal's format (CLI.md). */
export function jsonReporter(write: (text: string) => void): Reporter {
  return { handle: (event) => write(`${visibleJson(event)}\n`) }
}
