/** `lint --fix` over every page in `test/fixtures` and of the tutorial, and over what people do to such pages. */

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Diagnostic } from '../../src/diagnostic/diagnostic.ts'
import { isError } from '../../src/diagnostic/diagnostic.ts'
import { applyFixes } from '../../src/lint/apply-fixes.ts'
import { lintRunbook } from '../../src/lint/lint-runbook.ts'
import { commandsOf, type Step } from '../../src/model/step.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const pages = ['test/fixtures', 'runbook', 'test/spec']
  .flatMap((folder) =>
    readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name}`,
    ),
  )
  .filter((name) => name.endsWith('.md'))
  .toSorted()
  .map((file) => [file, readFileSync(`${root}${file}`, 'utf8')] as const)

interface Placed {
  readonly text: string
  readonly step: Step
}

const commandsIn = (text: string): readonly Placed[] =>
  parseRunbook('page.md', text).runbook.steps.flatMap((step) =>
    commandsOf(step).map((command) => ({ text: command.text, step })),
  )
const errorsIn = (text: string): number =>
  parseRunbook('page.md', text).diagnostics.filter(isError).length

/** Whether a change that was named stands in the block of a command. */
const isNamed = ({ step: { span } }: Placed, fixed: readonly Diagnostic[]): boolean =>
  fixed.some(({ fix }) =>
    fix?.edits.some(({ start, end }) => start <= span.end.offset && end >= span.start.offset),
  )

function fixAll(text: string): string {
  let page = text
  for (let round = 0; round < 10; round++) {
    const { text: next, fixed } = applyFixes(page, lintRunbook('page.md', page))
    expect(errorsIn(next)).toBeLessThanOrEqual(errorsIn(page))
    const after = new Set(commandsIn(next).map((command) => command.text))
    for (const command of commandsIn(page))
      expect({
        text: command.text,
        isKept: after.has(command.text) || isNamed(command, fixed),
      }).toEqual({ text: command.text, isKept: true })
    if (fixed.length === 0) return page
    page = next
  }
  throw new Error('unreachable: there is always another fix')
}

/** What makes a page one that a person has pasted together. */
const harms: readonly ((page: string) => string)[] = [
  (page) => page.replaceAll(/^(```bash[^\n]*\n)/gm, '$1sudo '),
  (page) =>
    page.replaceAll(
      /^(```(?:bash|sh)[^\n]*\n)((?:(?!```)[^\n]*\n)*)/gm,
      (_, open: string, body: string) => open + body.replaceAll(/^(?=\S)/gm, '$ '),
    ),
  (page) => page.replaceAll(/^```output/gm, '```outptu'),
  (page) => page.replaceAll(/^```bash/gm, '```bahs'),
  (page) => page.replaceAll(/ \\\n/g, ' \\ \n'),
  (page) => page.replaceAll(/ -y /g, ' '),
  (page) => page.replaceAll(/^(```bash) \{([^{}\n]*)\}$/gm, '$1 $2'),
  (page) => page.replaceAll(/\{#([\w-]+)/g, '{name=$1'),
  (page) => page.replaceAll(/^(```bash[^\n]*\n[^`]*?) /gm, '$1\u00a0'),
  (page) => page.replaceAll('\n', '\r\n'),
  (page) =>
    page.replaceAll(
      /^```(?:ini|nginx|conf) \{[^}\n]*file=(\S+?)(?: [^}\n]*)?\}/gm,
      '```bash\nvi $1\n```\n\n```ini',
    ),
]

describe('fixes', () => {
  test.each(pages)('%s keeps the text of every command, or names the change', (_, text) => {
    const fixed = fixAll(text)
    expect(applyFixes(fixed, lintRunbook('page.md', fixed)).fixed).toEqual([])
  })

  test('so does a page that somebody has pasted together', () => {
    const page = fc.constantFrom(...pages.map(([, text]) => text))
    const done = fc.subarray([...harms], { minLength: 1 })
    fc.assert(
      fc.property(page, done, (text, some) => {
        const harmed = some.reduce((result, harm) => harm(result), text)
        const fixed = fixAll(harmed)
        // A block that is opened in an editor goes, with its lines.
        const kept = /\bvi /.test(harmed) ? /\r/ : /\r?\n/g
        expect(fixed.match(kept)?.slice()).toEqual(harmed.match(kept)?.slice())
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  test('what is fixable is fixed', () => {
    for (const [, text] of pages) {
      for (const harm of harms) {
        const harmed = harm(text)
        const fixable = lintRunbook('page.md', harmed).filter(({ fix }) => fix)
        const { fixed } = applyFixes(harmed, fixable)
        expect(fixed.length > 0).toBe(fixable.length > 0)
      }
    }
  }, 60_000)
})
