import { dirname, extname, join } from 'node:path'
import { Command, Option } from '@commander-js/extra-typings'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { bashScript } from '../../export/bash-script.ts'
import { filledPage } from '../../export/filled-page.ts'
import { messages as exportMessages } from '../../export/messages.ts'
import type { Lang } from '../../model/message.ts'
import { type ParsedPage, parsePage } from '../../parse/parse-runbook.ts'
import { readInside } from '../../project-files/read-file.ts'
import { writeWhole } from '../../project-files/write-whole.ts'
import { isSafeLink } from '../../publish/safe-link.ts'
import { readRecords } from '../../record/record-store.ts'
import { visibleJson } from '../../text/visible-text.ts'
import { chooseLang, langOption } from '../lang.ts'
import { print, say } from '../output.ts'
import { listDocument } from '../page/list.ts'
import { refuseNoSteps } from '../page/no-steps.ts'
import { PageErrors } from '../page/page-errors.ts'
import { errorsOf, type Page, readPages } from '../page/pages.ts'
import { findProject, type Project } from '../project.ts'
import { toolName } from '../version.ts'
import { messages } from './messages.ts'
import { printedOutputs, type PrintedPage } from './printed-outputs.ts'

const forms = ['bash', 'markdown', 'json', 'html'] as const

export const exportPage = new Command('export')
  .summary('export a page as a plain script, Markdown, JSON or one HTML file')
  .description(
    'Writes a page for use without runbook: a plain bash script with the same checks, Markdown with its recorded output, its model as JSON, or one self-contained HTML file.',
  )
  .argument('<page>', 'a page')
  .addOption(new Option('--to <form>', 'what to write').choices(forms).makeOptionMandatory())
  .option('--out <file>', 'the file to write (default: standard output)')
  .addOption(langOption)
  .action(async (path, { to, out, lang: flag }) => {
    const project = findProject(process.cwd())
    const page = onePage(path, project)
    if (errorsOf([page]).length > 0) throw new PageErrors([page])
    const lang = chooseLang({ flag, pages: [page], project })
    const text = await exported(to, page, project, lang)
    if (out === undefined) print(text)
    else await writeWhole(out, text, to === 'bash' ? 0o755 : 0o644)
  })

function onePage(path: string, project: Project): Page {
  const { pages, steps } = readPages([path], project)
  const [page, ...others] = pages
  if (!page || others.length > 0) throw new UsageError(messages.onePage)
  if (steps.length > 0) throw new UsageError(messages.wholePage)
  return page
}

async function exported(
  form: (typeof forms)[number],
  page: Page,
  project: Project,
  lang: Lang,
): Promise<string> {
  switch (form) {
    case 'bash': {
      refuseNoSteps([page])
      const { text, notes } = bashScript(page.runbook, {
        lang,
        tool: toolName,
        values: project.vars,
      })
      for (const { line, step, message } of notes) {
        const problem = step === undefined ? message : messages.ofStep(step, message)
        say(`${messages.note(`${page.file}:${line}`, problem)[lang]}\n`)
      }
      return text
    }
    case 'json':
      return `${visibleJson(
        listDocument([page], () => true),
        2,
      )}\n`
    case 'markdown': {
      const { parsed, printed } = parsedWithOutputs(page)
      return filledPage(
        parsed,
        {
          ofFence: new Map([...printed.ofFence].map(([fence, { text }]) => [fence, text])),
          ofSpan: new Map([...printed.ofSpan].map(([span, { text }]) => [span, text])),
        },
        lang,
      )
    }
    case 'html':
      return exportedHtml(page, project, lang)
    default:
      return form satisfies never
  }
}

function parsedWithOutputs({ file, source }: Page): {
  readonly parsed: ParsedPage
  readonly printed: PrintedPage
} {
  const parsed = parsePage(file, source)
  const records = file === '-' ? [] : readRecords(file)
  return { parsed, printed: printedOutputs(parsed.runbook, records) }
}

async function exportedHtml(page: Page, project: Project, lang: Lang): Promise<string> {
  const { htmlPage } = await import('../../export/html-page.ts')
  const { parsed, printed } = parsedWithOutputs(page)
  return htmlPage(parsed, {
    lang,
    printed: new Map(
      [...printed.ofFence].map(([fence, { text, platform, day }]) => [
        fence,
        { text, caption: exportMessages.outputOf(platform, day)[lang] },
      ]),
    ),
    printedAt: new Map([...printed.ofSpan].map(([span, { text }]) => [span, text])),
    isSafeLink,
    imageData: (target) => imageData(target, page.file, project.root),
  })
}

const imageTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
}

/** A picture of the project as a `data:` address; other pictures are not loaded. */
function imageData(target: string, page: string, root: string): string | undefined {
  const type = imageTypes[extname(target).toLowerCase()]
  if (type === undefined || /^[a-z][a-z\d+.-]*:|^[\\/]/i.test(target)) return undefined
  try {
    const bytes = readInside(root, join(dirname(page), decodeURI(target)))
    return `data:${type};base64,${bytes.toString('base64')}`
  } catch {
    // Missing, or not in the project: its text replaces it.
    return undefined
  }
}
