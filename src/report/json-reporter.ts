import { visibleJson } from '../text/visible-text.ts'
import type { Reporter } from './reporter.ts'

/** One event a line, as the journal has them (CLI.md). */
export function jsonReporter(write: (text: string) => void): Reporter {
  return { take: (event) => write(`${visibleJson(event)}\n`) }
}
