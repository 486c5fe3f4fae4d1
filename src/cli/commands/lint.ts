import { Command, Option } from '@commander-js/extra-typings'
import { diagnosticToJson, isError } from '../../diagnostic/diagnostic.ts'
import { exitCode } from '../exit-code.ts'
import { countDiagnostics, print, renderDiagnostics } from '../output.ts'
import { readPages } from '../pages.ts'
import { findProject } from '../project.ts'
import { readRequired } from '../requires.ts'

export const lint = new Command('lint')
  .summary('everything that is wrong with pages')
  .description(
    'Says what is wrong with pages, without touching a host. Exits 1 if there is an error.',
  )
  .argument('[path...]', 'pages or folders (default: the pages of the project)')
  .addOption(
    new Option('--format <name>', 'shape of the answer')
      .choices(['human', 'json'] as const)
      .default('human' as const),
  )
  .option('--json', 'is `--format json`')
  .action((paths, { format, json }) => {
    const { pages } = readPages(paths, findProject(process.cwd()))
    const { problems, read } = readRequired(pages)
    const diagnostics = [...read.flatMap((page) => page.diagnostics), ...problems]
    if (json || format === 'json') {
      print(
        `${JSON.stringify({ v: 1, diagnostics: diagnostics.map(diagnosticToJson) }, undefined, 2)}\n`,
      )
    } else {
      const sources = new Map(read.map(({ file, source }) => [file, source]))
      const drawn = renderDiagnostics(diagnostics, sources)
      print(`${drawn}${drawn === '' ? '' : '\n'}${countDiagnostics(diagnostics, read.length)}\n`)
    }
    process.exitCode = diagnostics.some(isError) ? exitCode.failed : exitCode.ok
  })
