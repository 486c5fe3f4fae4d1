import { codeDocs } from './code-doc.ts'
import { type Code, codes } from './codes.ts'
import type { Diagnostic } from './diagnostic.ts'

const levels = { error: 'error', warning: 'warning', hint: 'note' } as const

/**
 * Diagnostics as a SARIF 2.1.0 log, in English, for code scanning services.
 *
 * @param sources - The pages' texts, which give the length of a fix's region.
 */
export function sarifOf(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string>,
  version: string,
): object {
  const used = [...new Set(diagnostics.map(({ code }) => code))].toSorted()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'runbook', version, rules: used.map(ruleOf) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map((each) => resultOf(each, used, sources)),
      },
    ],
  }
}

function ruleOf(code: Code): object {
  const { name, severity } = codes[code]
  const { title, why, fix } = codeDocs[code].en
  return {
    id: code,
    name,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: fix },
    defaultConfiguration: { level: levels[severity] },
  }
}

function resultOf(
  { code, message, help, file, span, fix }: Diagnostic,
  used: readonly Code[],
  sources: ReadonlyMap<string, string>,
): object {
  const uri = file === '-' ? 'stdin' : file.split('/').map(encodeURIComponent).join('/')
  const artifactLocation = { uri }
  const { start, end } = span
  const mark = sources.get(file)?.startsWith('\uFEFF') === true ? 1 : 0
  return {
    ruleId: code,
    ruleIndex: used.indexOf(code),
    level: levels[codes[code].severity],
    message: { text: help === undefined ? message.en : `${message.en}\n${help.en}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation,
          region: {
            startLine: start.line,
            startColumn: start.column,
            endLine: end.line,
            endColumn: Math.max(end.column, end.line === start.line ? start.column : 1),
          },
        },
      },
    ],
    ...(fix
      ? {
          fixes: [
            {
              artifactChanges: [
                {
                  artifactLocation,
                  replacements: fix.edits.map((edit) => ({
                    deletedRegion: {
                      charOffset: edit.start + mark,
                      charLength: edit.end - edit.start,
                    },
                    insertedContent: { text: edit.text },
                  })),
                },
              ],
            },
          ],
        }
      : {}),
  }
}
