import { chooseLang, langOption } from '../lang.ts'
import { counts } from '../../diagnostic/messages.ts'
import { clauses, type Lang, type Message } from '../../model/message.ts'
import { messages } from './messages.ts'
import { Command, Option } from '@commander-js/extra-typings'
import { type Diagnostic, diagnosticToJson, isError } from '../../diagnostic/diagnostic.ts'
import { renderGithub } from '../../diagnostic/render-github.ts'
import { sarifOf } from '../../diagnostic/render-sarif.ts'
import { visibleJson } from '../../text/visible-text.ts'
import { exitCode } from '../exit-code.ts'
import { fixPages } from './fix-pages.ts'
import { lintPages } from './lint-pages.ts'
import { countDiagnostics, print, renderDiagnostics, say } from '../output.ts'
import { readPages } from './pages.ts'
import { findProject } from '../project.ts'
import { version } from '../version.ts'

const formats = ['human', 'json', 'sarif', 'github'] as const

export const lint = new Command('lint')
  .summary('find errors and doubtful commands in pages')
  .description(
    'Reports errors and doubtful commands in pages, without contacting a host. Exits 1 if there is an error.',
  )
  .argument('[path...]', 'pages or folders (default: the pages of the project)')
  .option('--fix', 'repair what is certain; every other byte stays')
  .addOption(
    new Option('--format <name>', 'format of the output')
      .choices(formats)
      .default('human' as const),
  )
  .option('--json', 'same as `--format json`')
  .addOption(langOption)
  .action(async (paths, { fix, format, json, lang: flag }) => {
    const project = findProject(process.cwd())
    const given = readPages(paths, project).pages
    const lang = chooseLang({ flag, pages: given, project })
    const found = lintPages(given, project)
    const linted = fix === true ? await fixPages(given, found, project) : { ...found, fixed: [] }
    const { pages, diagnostics, fixed } = linted
    for (const each of fixed) say(`${fixedLine(each)[lang]}\n`)
    const sources = new Map(pages.map(({ file, source }) => [file, source]))
    print(
      renderFor(json === true ? 'json' : format, {
        diagnostics,
        sources,
        fixed,
        lang,
        isFixed: fix === true,
      }),
    )
    process.exitCode = diagnostics.some(isError) ? exitCode.failed : exitCode.ok
  })

interface Answer {
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: ReadonlyMap<string, string>
  readonly fixed: readonly Diagnostic[]
  /** Whether `--fix` was given: then what it left says why. */
  readonly isFixed: boolean
  readonly lang: Lang
}

function renderFor(
  format: (typeof formats)[number],
  { diagnostics, sources, fixed, lang, isFixed }: Answer,
) {
  switch (format) {
    case 'json':
      return document({
        v: 1,
        diagnostics: diagnostics.map(diagnosticToJson),
        ...(isFixed ? { fixed: fixed.map(diagnosticToJson) } : {}),
      })
    case 'sarif':
      return document(sarifOf(diagnostics, sources, version))
    case 'github':
      return diagnostics.map((each) => `${renderGithub(each, lang)}\n`).join('')
    case 'human': {
      const drawn = renderDiagnostics(diagnostics, sources, {
        lang,
        stream: process.stdout,
        showsLeft: isFixed,
      })
      const found = countDiagnostics(diagnostics, sources.size)
      const closing = fixed.length === 0 ? found : counts.fixed(found, fixed.length)
      return `${drawn}${drawn === '' ? '' : '\n'}${closing[lang]}\n`
    }
    default:
      return format satisfies never
  }
}

/** What was changed, where it stood, and how. */
function fixedLine({ code, message, help, file, span }: Diagnostic): Message {
  const { line, column } = span.start
  const said = help ? clauses([message, help]) : message
  return messages.fixedAt(`${file}:${line}:${column}`, code, said)
}

function document(value: object): string {
  return `${visibleJson(value, 2)}\n`
}
