/**
 * The program's two streams: results go to stdout, messages to stderr. Only `cli/` writes to them.
 */

import { joined, type Lang, type Message, verbatim } from '../model/message.ts'
import { counts } from '../diagnostic/messages.ts'
import { labelled } from '../diagnostic/labelled.ts'
import { codes } from '../diagnostic/codes.ts'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { renderDiagnostic } from '../diagnostic/render-diagnostic.ts'
import { visibleJson, visibleLines, visibleText } from '../text/visible-text.ts'
import { wrapLabelled } from '../text/wrap-text.ts'
import { Utf8Buffers } from '../journal/utf8-buffers.ts'
import { type Palette, paletteFor } from '../report/style.ts'
import { asCalled, ownCall } from './called-as.ts'

const buffers = new Utf8Buffers()

export function print(text: string): void {
  const { bytes, release } = buffers.encode(text)
  process.stdout.write(bytes, release)
}

/** Prints one JSON document to stdout. */
export function printJson(value: unknown): void {
  print(`${visibleJson(value, 2)}\n`)
}

/**
 * Prints a message without colours and control sequences, so that foreign text in it cannot have
 * any.
 */
export function say(text: string): void {
  process.stderr.write(visibleLines(text))
}

/** Prints a usage or system error: one sentence, and what to do. */
export function sayError(lang: Lang, message: string, help?: string): void {
  const columns = columnsOf(process.stderr)
  const program = ownCall()
  const sentence = (label: string, text: string) =>
    wrapLabelled(label, visibleText(asCalled(text, program)), columns).join('\n')
  say(`${sentence(labelled('error', lang), message)}\n`)
  if (help !== undefined) say(`${sentence(`  = ${labelled('help', lang)}`, help)}\n`)
}

/** The terminal's width; `Infinity` for other streams. */
export function columnsOf(stream: NodeJS.WriteStream): number {
  return stream.isTTY ? stream.columns || 100 : Infinity
}

/** No colour with `NO_COLOR`, `TERM=dumb` or a pipe; marks only in a UTF-8 locale. */
export function paletteOf(stream: NodeJS.WriteStream): Palette {
  const { env } = process
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0'
  const refused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb'
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'C.UTF-8'
  return paletteFor({
    colour: !refused && (forced || stream.isTTY),
    hostColours: !refused && stream.isTTY,
    unicode: /utf-?8/i.test(locale),
  })
}

/** Draws diagnostics over the pages' text, in the style of the target stream. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  {
    lang,
    stream = process.stderr,
    showsLeft = false,
  }: {
    readonly lang: Lang
    readonly stream?: NodeJS.WriteStream
    /** Says why `lint --fix` left a finding. */
    readonly showsLeft?: boolean
  },
): string {
  const columns = columnsOf(stream)
  const program = ownCall()
  const drawn = diagnostics.map((each) => {
    const help = each.help && verbatim(asCalled(each.help[lang], program))
    return `${renderDiagnostic({ ...each, help }, sources.get(each.file), { lang, columns, showsLeft })}\n`
  })
  return drawn.join('\n')
}

/** `2 errors, 1 warning in 3 pages (1 can be fixed with --fix)`. */
export function countDiagnostics(diagnostics: readonly Diagnostic[], pages: number): Message {
  const count = (severity: string) =>
    diagnostics.filter(({ code }) => codes[code].severity === severity).length
  const hints = count('hint')
  const fixable = diagnostics.filter(({ fix }) => fix !== undefined).length
  const found = joined([
    counts.errors(count('error')),
    counts.warnings(count('warning')),
    ...(hints > 0 ? [counts.hints(hints)] : []),
  ])
  const all = counts.inPages(found, pages)
  return fixable === 0 ? all : counts.fixable(all, fixable)
}
