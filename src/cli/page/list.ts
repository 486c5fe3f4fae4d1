import { messages } from './messages.ts'
import { chooseLang, langOption } from '../lang.ts'
import type { Lang } from '../../model/message.ts'
import { Command } from '@commander-js/extra-typings'
import { diagnosticToJson } from '../../diagnostic/diagnostic.ts'
import { visibleText } from '../../text/visible-text.ts'
import { alignRows } from '../../text/align-rows.ts'
import type { Runbook } from '../../model/runbook.ts'
import {
  type Command as ShellCommand,
  commandsOf,
  expectedOf,
  type Step,
} from '../../model/step.ts'
import { stepTitle } from '../../model/step-title.ts'
import { inOrder, type Page, readPages } from './pages.ts'
import { findProject } from '../project.ts'
import { paletteOf, print, printJson, renderDiagnostics, say } from '../output.ts'

export const list = new Command('list')
  .summary('list the steps of pages, or the pages of a folder')
  .description('Lists the steps of pages: id, line, role, title, commands. Contacts no host.')
  .argument('[path...]', 'pages or folders (default: the pages of the project)')
  .option('--json', 'one JSON document')
  .addOption(langOption)
  .action((paths, { json, lang: flag }) => {
    const project = findProject(process.cwd())
    const { pages, steps } = readPages(paths, project)
    const lang = chooseLang({ flag, pages, project })
    const ordered = inOrder(pages)
    const isListed = ({ file }: Runbook, { id }: Step) =>
      steps.length === 0 ||
      steps.some((named) => named.id === id && (named.file === undefined || named.file === file))
    if (json) printJson(listDocument(ordered, isListed))
    else for (const page of ordered) print(renderPage(page, isListed, lang))
  })

/** The document of `list --json` (CLI.md). */
export function listDocument(
  pages: readonly Page[],
  isListed: (runbook: Runbook, step: Step) => boolean,
): object {
  return {
    v: 1,
    runbooks: pages.map(({ runbook }) => runbookToJson(runbook, isListed)),
    diagnostics: pages.flatMap(({ diagnostics }) => diagnostics.map(diagnosticToJson)),
  }
}

function runbookToJson(
  runbook: Runbook,
  isListed: (runbook: Runbook, step: Step) => boolean,
): object {
  const { file, title, requires, provides, needs, roles, variables, tags } = runbook
  return {
    file,
    title,
    requires,
    provides: provides.map(({ text }) => text),
    needs: needs.map(({ text }) => text),
    tags,
    vars: variables.map(({ name, secret, ask, pattern, address, default: value }) => ({
      name,
      secret,
      default: value ?? null,
      ask: ask ?? null,
      pattern: pattern ?? null,
      address: address ?? null,
    })),
    roles: Object.fromEntries(
      roles.map(({ name, title: roleTitle, host }) => [
        name,
        { title: roleTitle, host: host ?? null },
      ]),
    ),
    steps: runbook.steps
      .filter((step) => isListed(runbook, step))
      .map((step) => stepToJson(runbook, step)),
  }
}

function stepToJson({ roles }: Runbook, step: Step): object {
  const { id, kind, title, span, role, user, variant, attributes } = step
  return {
    id,
    kind,
    language: 'language' in step ? step.language : null,
    title,
    line: span.start.line,
    endLine: span.end.line,
    role: role ?? roles[0]?.name ?? null,
    user: user ?? null,
    variant: variant?.label ?? null,
    commands: commandsOf(step).map((command) => commandToJson(step, command)),
    ...(step.kind === 'script' ? { run: step.run } : {}),
    ...(step.kind === 'file' ? { path: step.path, content: step.content } : {}),
    ...(step.kind === 'patch' ? { path: step.path, content: step.patch } : {}),
    ...(step.kind === 'manual' ? { text: step.text } : {}),
    expects: expectedOf(step)?.text ?? null,
    attributes,
  }
}

function commandToJson(step: Step, { text, span, expects }: ShellCommand): object {
  return {
    text,
    line: span.start.line,
    column: span.start.column,
    endLine: span.end.line,
    endColumn: span.end.column,
    ...(step.kind === 'console' ? { expects: expects?.text ?? null } : {}),
  }
}

function renderPage(
  { file, source, runbook, diagnostics }: Page,
  isListed: (runbook: Runbook, step: Step) => boolean,
  lang: Lang,
): string {
  const palette = paletteOf(process.stdout)
  const steps = runbook.steps.filter((step) => isListed(runbook, step))
  const rows = steps.map((step) => {
    const where = [
      step.role ?? runbook.roles[0]?.name ?? '',
      step.user === undefined ? '' : messages.asUser(step.user)[lang],
      step.variant?.label ?? '',
    ]
    const place = where.filter((text) => text !== '').join(', ')
    return [
      palette.strong(visibleText(step.id)),
      palette.dim(`:${step.span.start.line}`),
      visibleText(stepTitle(step)) +
        (place === '' ? '' : palette.dim(messages.where(visibleText(place))[lang])),
    ]
  })
  const lines = alignRows(rows, [4, 5]).map((line) => `  ${line}\n`)
  if (diagnostics.length > 0)
    say(`${renderDiagnostics(diagnostics, new Map([[file, source]]), { lang })}\n`)
  return `${palette.strong(visibleText(file))} · ${visibleText(runbook.title)}\n${lines.join('')}`
}
