import { readPages } from './page/pages.ts'
import { alignRows } from '../text/align-rows.ts'
import { visibleText } from '../text/visible-text.ts'
import { ownCall } from './called-as.ts'
import { renderStatus, statusOf } from './page/status.ts'
import { chooseLang } from './lang.ts'
import { messages } from './messages.ts'
import { paletteOf } from './output.ts'
import { findProject, type Project } from './project.ts'

/** The output of `runbook` alone at a terminal: the pages, their state, what to type next. */
export function renderOverview(): string | undefined {
  const project = findProject(process.cwd())
  const pages = pagesOrNone(project)
  const [first] = pages
  if (!first) return undefined
  const lang = chooseLang({ flag: undefined, project })
  const { strong } = paletteOf(process.stdout)
  const page = visibleText(first.file)
  const program = ownCall()
  const hints = [
    [strong(`${program} plan ${page}`), messages.hintPlan[lang]],
    [strong(`${program} exec ${page}`), messages.hintExec[lang]],
    [strong(`${program} site dev`), messages.hintSite[lang]],
    [strong(`${program} --help`), messages.hintHelp[lang]],
  ]
  const lines = alignRows(hints).map((line) => `  ${line}\n`)
  return `${renderStatus(pages, lang)}\n${lines.join('')}`
}

function pagesOrNone(project: Project): ReturnType<typeof statusOf> {
  try {
    return statusOf(readPages([], project).pages)
  } catch {
    // No pages, or an unreadable record: the other commands report it.
    return []
  }
}
