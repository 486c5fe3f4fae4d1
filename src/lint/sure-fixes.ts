import { type Diagnostic, isError } from '../diagnostic/diagnostic.ts'
import { parseRunbook } from '../parse/parse-runbook.ts'
import { applyFixes } from './apply-fixes.ts'
import { messages } from './messages.ts'

/**
 * Findings with the fixes that leave the page without a new error. The others say why they have
 * none.
 *
 * @param text - Of the page, without a byte order mark.
 */
export function withSureFixes(
  file: string,
  text: string,
  found: readonly Diagnostic[],
): readonly Diagnostic[] {
  if (found.every(({ fix }) => fix === undefined)) return found
  const errorsWith = (fixes: readonly Diagnostic[]) =>
    parseRunbook(file, applyFixes(text, fixes).text).diagnostics.filter(isError).length
  const before = errorsWith([])
  if (errorsWith(found) <= before) return found
  const kept = new Set<Diagnostic>()
  let errors = before
  let tries = maxTries
  const take = (some: readonly Diagnostic[]): void => {
    if (some.length === 0 || tries-- <= 0) return
    const after = errorsWith([...kept, ...some])
    if (after <= errors) {
      for (const each of some) kept.add(each)
      errors = after
    } else if (some.length > 1) {
      const half = Math.ceil(some.length / 2)
      take(some.slice(0, half))
      take(some.slice(half))
    }
  }
  take(found.filter(({ fix }) => fix !== undefined))
  return found.map((each) => {
    if (!each.fix || kept.has(each)) return each
    const { fix: _, ...rest } = each
    return { ...rest, left: messages.fixBreaks }
  })
}

/** Times that a page is read; a page that needs more is mended by hand. */
const maxTries = 64
