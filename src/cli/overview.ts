import { padDisplay, widest } from '../text/display-width.ts'
import { visibleText } from '../text/visible-text.ts'
import { ownCall } from './called-as.ts'
import { renderStatus, statusOf } from './page/status.ts'
import { chooseLang } from './lang.ts'
import { messages } from './messages.ts'
import { paletteOf } from './output.ts'
import { findProject, type Project } from './project.ts'

/** What `runbook` alone says at a terminal: the pages, their state, what to type next. */
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
    [`${program} plan ${page}`, messages.hintPlan[lang]],
    [`${program} exec ${page}`, messages.hintExec[lang]],
    [`${program} site dev`, messages.hintSite[lang]],
    [`${program} --help`, messages.hintHelp[lang]],
  ]
  const width = widest(hints.map(([command = '']) => command))
  const lines = hints.map(
    ([command = '', what = '']) => `  ${strong(padDisplay(command, width))}  ${what}\n`,
  )
  return `${renderStatus(pages, lang)}\n${lines.join('')}`
}

function pagesOrNone(project: Project): ReturnType<typeof statusOf> {
  try {
    return statusOf([], project)
  } catch {
    // A folder without pages, or with a record that cannot be read: the commands say it.
    return []
  }
}
