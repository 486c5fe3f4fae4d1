import { chooseLang, langOption } from '../lang.ts'
import { counts } from '../../diagnostic/messages.ts'
import type { Lang } from '../../model/message.ts'
import { Command, Option } from '@commander-js/extra-typings'
import { type Diagnostic, diagnosticToJson, isError } from '../../diagnostic/diagnostic.ts'
import { renderGithub } from '../../diagnostic/render-github.ts'
import { sarifOf } from '../../diagnostic/render-sarif.ts'
import { visibleJson } from '../../text/visible-text.ts'
import { exitCode } from '../exit-code.ts'
import { fixPages } from './fix-pages.ts'
import { lintPages } from './lint-pages.ts'
import { countDiagnostics, print, renderDiagnostics } from '../output.ts'
import { readPage, readPages } from './pages.ts'
import { findProject } from '../project.ts'
import { version } from '../version.ts'

const formats = ['human', 'json', 'sarif', 'github'] as const

export const lint = new Command('lint')
  .summary('everything that is wrong or doubtful about pages')
  .description(
    'Says what is wrong or doubtful about pages, without touching a host. Exits 1 if there is an error.',
  )
  .argument('[path...]', 'pages or folders (default: the pages of the project)')
  .option('--fix', 'repair what is certain; every other byte stays')
  .addOption(
    new Option('--format <name>', 'shape of the answer').choices(formats).default('human' as const),
  )
  .option('--json', 'is `--format json`')
  .addOption(langOption)
  .action(async (paths, { fix, format, json, lang: flag }) => {
    const project = findProject(process.cwd())
    const given = readPages(paths, project).pages
    const lang = chooseLang({ flag, pages: given, project })
    const first = lintPages(given, project)
    // Pages that are only required by these are judged, and left as they are.
    const fixed = fix === true ? await fixPages(given, first.diagnostics, project) : 0
    const again = () =>
      given.map((page) => (page.file === '-' ? page : readPage(page.file, project, undefined)))
    const { pages, diagnostics } = fixed === 0 ? first : lintPages(again(), project)
    const sources = new Map(pages.map(({ file, source }) => [file, source]))
    print(renderFor(json === true ? 'json' : format, { diagnostics, sources, fixed, lang }))
    process.exitCode = diagnostics.some(isError) ? exitCode.failed : exitCode.ok
  })

interface Answer {
  readonly diagnostics: readonly Diagnostic[]
  readonly sources: ReadonlyMap<string, string>
  readonly fixed: number
  readonly lang: Lang
}

function renderFor(
  format: (typeof formats)[number],
  { diagnostics, sources, fixed, lang }: Answer,
) {
  switch (format) {
    case 'json':
      return document({ v: 1, diagnostics: diagnostics.map(diagnosticToJson) })
    case 'sarif':
      return document(sarifOf(diagnostics, sources, version))
    case 'github':
      return diagnostics.map((each) => `${renderGithub(each, lang)}\n`).join('')
    case 'human': {
      const drawn = renderDiagnostics(diagnostics, sources, { lang, stream: process.stdout })
      const found = countDiagnostics(diagnostics, sources.size)
      const closing = fixed === 0 ? found : counts.fixed(found, fixed)
      return `${drawn}${drawn === '' ? '' : '\n'}${closing[lang]}\n`
    }
    default:
      return format satisfies never
  }
}

function document(value: object): string {
  return `${visibleJson(value, 2)}\n`
}
