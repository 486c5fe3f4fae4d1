import { lstatSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { Command } from '@commander-js/extra-typings'
import { UsageError } from '../../diagnostic/usage-error.ts'
import type { Lang } from '../../model/message.ts'
import { realInside } from '../../project-files/real-place.ts'
import { alignRows } from '../../text/align-rows.ts'
import { visibleLines, visibleText } from '../../text/visible-text.ts'
import { ownCall, quotedPath } from '../called-as.ts'
import { chooseLang, langOption } from '../lang.ts'
import { print } from '../output.ts'
import { isFolder, readProject } from '../project.ts'
import { dependsOnUs } from './depends-on-us.ts'
import { messages } from './messages.ts'
import { newFiles, type NewFile } from './templates.ts'

export const init = new Command('init')
  .summary('create a small working project')
  .description(
    'Writes a small project: runbook.yml, a first page, and files for git, CI and agents. Existing files are not changed.',
  )
  .argument('[dir]', 'the folder of the project', '.')
  .option('--dry-run', 'show the files without writing them')
  .addOption(langOption)
  .action(async (dir, { dryRun, lang: flag }) => {
    const root = resolve(dir)
    const isThere = lstatSync(root, { throwIfNoEntry: false }) !== undefined
    if (isThere && !isFolder(root)) throw new UsageError(messages.notAFolder(dir))
    const project = readProject(isThere ? root : process.cwd())
    const lang = chooseLang({ flag, project })
    const pages = project.root === root ? pagesOf(project) : 'runbook'
    const files = newFiles(lang, pages).map((file) => ({ ...file, isKept: isTaken(root, file) }))
    if (dryRun) {
      print(files.map((file) => shown(file, lang)).join('\n'))
      return
    }
    await mkdir(root, { recursive: true })
    for (const file of files) if (!file.isKept) await write(root, file)
    const rows = files.map(({ path, isKept }) => [
      messages[isKept ? 'kept' : 'created'][lang],
      path,
    ])
    const [, page] = files
    const lines = [...alignRows(rows), '', ...nextLines(root, page?.path ?? '', lang)]
    print(lines.map((line) => `${line}\n`).join(''))
  })

type Planned = NewFile & { readonly isKept: boolean }

/** A project without `runbook.yml` gets one that says `runbook`. */
function pagesOf({ root, pages }: { readonly root: string; readonly pages: string }): string {
  if (!isTaken(root, { path: 'runbook.yml' })) return 'runbook'
  return relative(root, pages).split(sep).join('/') || '.'
}

/** A dangling link counts as taken. */
function isTaken(root: string, { path }: Pick<NewFile, 'path'>): boolean {
  return lstatSync(realInside(root, dirname(join(root, path))), { throwIfNoEntry: false })
    ? lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined
    : false
}

async function write(root: string, { path, text, mode }: NewFile): Promise<void> {
  const folder = realInside(root, dirname(join(root, path)))
  await mkdir(folder, { recursive: true })
  await writeFile(join(root, path), text, { flag: 'wx', mode })
}

function shown({ path, text, isKept }: Planned, lang: Lang): string {
  const head = `== ${messages[isKept ? 'kept' : 'wouldCreate'][lang]}: ${visibleText(path)}\n`
  return `${head}${visibleLines(text)}`
}

function nextLines(root: string, page: string, lang: Lang): readonly string[] {
  const program = ownCall()
  const way = relative(process.cwd(), root)
  const hints = [
    ...(way === '' ? [] : ([[`cd ${quotedPath(way)}`, messages.enter]] as const)),
    [`${program} lint`, messages.lint],
    [`${program} exec ${quotedPath(page)} --record`, messages.exec],
    [`${program} sync --write`, messages.sync],
    [`${program} site dev`, messages.site],
    ['git config core.hooksPath .githooks', messages.hook],
  ] as const
  const rows = hints.map(([typed, about]) => [visibleText(typed), about[lang]])
  const pin = dependsOnUs(root) ? [] : ['', messages.pin[lang]]
  return [messages.next[lang], ...alignRows(rows).map((line) => `  ${line}`), ...pin]
}
