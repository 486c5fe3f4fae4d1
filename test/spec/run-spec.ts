/**
 * Literate tests: a Markdown file whose sections hold a page, or an expected and a printed output,
 * and the exact result. The same files are the language reference.
 */

import { renderDiagnostic } from '../../src/diagnostic/render-diagnostic.ts'
import { applyFixes } from '../../src/lint/apply-fixes.ts'
import { lintRunbook } from '../../src/lint/lint-runbook.ts'
import { diffOutput } from '../../src/match/diff-output.ts'
import { matchOutput } from '../../src/match/match-output.ts'
import { commandsOf, expectedOf, type Step } from '../../src/model/step.ts'
import type { ExpectedOutput } from '../../src/model/expected.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'

export interface Section {
  readonly title: string
  readonly text: string
}

/** The `##` sections of a spec file. */
export function sectionsOf(spec: string): readonly Section[] {
  return spec
    .split(/^(?=## )/m)
    .filter((part) => part.startsWith('## '))
    .map((text) => ({ title: /^## (.*)/.exec(text)?.[1] ?? '', text }))
}

/** A section with the results as they are now. */
export function fillSection(text: string): string {
  const page = blockOf(text, 'markdown')
  if (page !== undefined) {
    const { runbook, diagnostics } = parseRunbook('page.md', page)
    const steps = runbook.steps.map(renderStep).join('\n')
    const drawn = diagnostics.map((each) => renderDiagnostic(each, page)).join('\n\n')
    const doubtful = lintRunbook('page.md', page)
    const lint = doubtful.map((each) => renderDiagnostic(each, page, { showsLeft: true })).join('\n\n')
    const results = [
      ['steps', steps],
      ['diagnostics', drawn],
      ['lint', lint],
      ['fixed', applyFixes(page, doubtful).text],
    ] as const
    return results.reduce((filled, [name, result]) => replaceBlock(filled, name, result), text)
  }
  const expected = blockOf(text, 'expected')
  const printed = blockOf(text, 'printed')
  if (expected === undefined || printed === undefined) return text
  const result = judge(expected, JSON.parse(`"${printed.replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`), text)
  return replaceBlock(text, 'result', result)
}

function judge(expectedText: string, printed: string, section: string): string {
  const [, match = 'lines'] = /^```+expected \{match=(\w+)\}/m.exec(section) ?? []
  const expected: ExpectedOutput = {
    text: expectedText,
    match: match === 'json' || match === 'contains' ? match : 'lines',
    stream: 'merged',
    compare: true,
    span: { start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 1, offset: 0 } },
    fence: undefined,
  }
  const names = { names: new Set(['NAME', 'PORT', 'VERSION']), values: { PORT: '3306' } }
  const { matched, captures } = matchOutput(expected, printed, names)
  if (!matched) return `differs\n${diffOutput(expected, printed, names).text}`
  const kept = Object.entries(captures).map(([name, value]) => `${name} = ${value}`)
  return ['matches', ...kept].join('\n')
}

function renderStep(step: Step): string {
  const { line } = step.span.start
  const attributes = Object.entries(step.attributes).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  const variant = step.variant === undefined ? [] : [`[${step.variant.label}]`]
  const head = [`${line}-${step.span.end.line}`, step.kind, `#${step.id}`, ...variant, ...attributes].join(' ')
  const commands = commandsOf(step).flatMap(({ text, expects, dialog, span }) => [
    `  ${span.start.line}:${span.start.column} ${JSON.stringify(text)}`,
    ...dialog.map(({ prompt, answer }) => `    at ${JSON.stringify(prompt)} types ${JSON.stringify(answer)}`),
    ...(expects ? [`    prints ${JSON.stringify(expects.text)}`] : []),
  ])
  const expected = expectedOf(step)
  const path = step.kind === 'file' || step.kind === 'patch' ? [`  file ${step.path}`] : []
  const text = step.kind === 'manual' ? [`  confirm ${JSON.stringify(step.text)}`] : []
  const prints = expected ? [`  prints ${JSON.stringify(expected.text)}`] : []
  return [head, ...path, ...text, ...commands, ...prints].join('\n')
}

/** The content of the section's first block of a language. */
function blockOf(text: string, language: string): string | undefined {
  return blockPattern(language).exec(text)?.[3]?.replace(/\n$/, '')
}

function replaceBlock(text: string, language: string, content: string): string {
  const block = content === '' ? '' : `${content}\n`
  return text.replace(blockPattern(language), (_, open: string, mark: string) => `${open}${block}${mark}`)
}

function blockPattern(language: string): RegExp {
  return new RegExp(`^((\`{3,})${language}(?: [^\\n]*)?\\n)([\\s\\S]*?)^\\2$`, 'm')
}
