import { padDisplay, widest } from '../text/display-width.ts'
import { visibleText } from '../text/visible-text.ts'
import { ownCall } from './called-as.ts'
import { renderStatus, statusOf } from './page/status.ts'
import { langOf } from './lang.ts'
import { paletteOf } from './output.ts'
import { findProject, type Project } from './project.ts'

/** What `runbook` alone says at a terminal: the pages, their state, what to type next. */
export function renderOverview(): string | undefined {
  const project = findProject(process.cwd())
  const pages = pagesOrNone(project)
  const [first] = pages
  if (!first) return undefined
  const isChinese = langOf(undefined, project.lang) === 'zh'
  const { strong } = paletteOf(process.stdout)
  const page = visibleText(first.file)
  const program = ownCall()
  const hints = isChinese
    ? [
        [`${program} plan ${page}`, '看看会做什么，一个步骤都不执行'],
        [`${program} exec ${page}`, '在这台电脑上执行；`--host 主机` 换一台'],
        [`${program} site dev`, '在浏览器里读'],
        [`${program} --help`, '全部命令'],
      ]
    : [
        [`${program} plan ${page}`, 'what would happen; runs no step'],
        [`${program} exec ${page}`, 'run it on this computer; `--host HOST` for another'],
        [`${program} site dev`, 'read it in a browser'],
        [`${program} --help`, 'all commands'],
      ]
  const width = widest(hints.map(([command = '']) => command))
  const lines = hints.map(
    ([command = '', what = '']) => `  ${strong(padDisplay(command, width))}  ${what}\n`,
  )
  return `${renderStatus(pages, isChinese ? 'zh' : 'en')}\n${lines.join('')}`
}

function pagesOrNone(project: Project): ReturnType<typeof statusOf> {
  try {
    return statusOf([], project)
  } catch {
    // A folder without pages, or with a record that cannot be read: the commands say it.
    return []
  }
}
