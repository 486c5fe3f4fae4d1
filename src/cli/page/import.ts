/**
 * `runbook import`: a new page from something else, and the list of what a person has to decide. It
 * runs nothing, and writes over nothing.
 */

import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { Command, Option } from '@commander-js/extra-typings'
import { reasonOf } from '../../diagnostic/reason-of.ts'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { importKinds } from '../../import/detect-kind.ts'
import type { Decision } from '../../import/finish-page.ts'
import { importPage } from '../../import/import-page.ts'
import { clauses, type Lang } from '../../model/message.ts'
import { parseRunbook } from '../../parse/parse-runbook.ts'
import { readFor, readNamed } from '../../project-files/read-file.ts'
import { visibleText } from '../../text/visible-text.ts'
import { ownCall, quotedPath } from '../called-as.ts'
import { chooseLang, langOption } from '../lang.ts'
import { print, printJson, say } from '../output.ts'
import { findProject, isFolder, type Project } from '../project.ts'
import { lintPages } from './lint-pages.ts'
import { kinds, messages } from './messages.ts'
import { readPages } from './pages.ts'

export const importCommand = new Command('import')
  .summary('a page from a tutorial, a script, a transcript or a history')
  .description(
    'Writes a new page from something else and lists what a person has to decide. Runs nothing, and writes over nothing.',
  )
  .argument('<file>', 'what to import, or `-` for standard input')
  .addOption(
    new Option('--as <kind>', 'what it is (default: by its name and text)').choices(importKinds),
  )
  .option('--out <page>', 'the new page (default: by the name, in the folder of the pages)')
  .option('--json', 'one JSON document')
  .addOption(langOption)
  .action(async (file, { as, out, json, lang: flag }) => {
    const project = findProject(process.cwd())
    const imported = importPage(nameOf(file), sourceOf(file, project), as)
    const { text, kind } = imported
    const page = out ?? freePlace(file, project)
    await writeNew(page, text)
    const shown = shownPath(page)
    const decisions = [...imported.decisions, ...deadLinks(shown, file, project)].toSorted(
      (a, b) => a.line - b.line,
    )
    const { runbook } = parseRunbook(shown, text)
    const steps = runbook.steps.length
    if (json) {
      printJson({ v: 1, page: shown, kind, steps, decisions: decisions.map(toJson) })
      return
    }
    const lang = chooseLang({ flag, pages: [{ runbook }], project })
    print(`${visibleText(shown)}\n`)
    for (const decision of decisions) print(`${visibleText(lineOf(shown, decision, lang))}\n`)
    const count = decisions.length
    say(`${messages.imported(kinds[kind], steps, count)[lang]}\n`)
    const program = ownCall()
    say(
      `${messages.next(`${program} lint ${quotedPath(shown)}`, `${program} exec ${quotedPath(shown)}`)[lang]}\n`,
    )
  })

function sourceOf(file: string, { root }: Project): string {
  try {
    return (file === '-' ? readNamed(0) : readFor(root, file)).toString()
  } catch (error) {
    if (error instanceof UsageError) throw error
    const help = isFolder(file) ? messages.importOne : undefined
    throw new UsageError(messages.unreadable(file, reasonOf(error)), help)
  }
}

/** Links and images that lead nowhere from the folder of the new page. */
function deadLinks(page: string, file: string, project: Project): readonly Decision[] {
  const { pages } = readPages([page], project)
  const folder =
    file === '-' || dirname(resolve(file)) === dirname(resolve(page)) ? undefined : dirname(file)
  return lintPages(pages, project)
    .diagnostics.filter(({ code }) => code === 'RB0606' || code === 'RB0705')
    .map(({ message, help, span }) => ({
      line: span.start.line,
      message,
      help: help ?? (folder === undefined ? messages.putItThere : messages.copyFrom(folder)),
      shown: undefined,
    }))
}

function nameOf(file: string): string {
  return file === '-' ? 'imported' : basename(file)
}

/** A name that is free, in the folder of the pages; outside of a project beside the file. */
function freePlace(file: string, { root, pages }: Project): string {
  const isProject = existsSync(join(root, 'runbook.yml')) || pages !== root
  const folder = isProject && isFolder(pages) ? pages : file === '-' ? '.' : dirname(resolve(file))
  const stem = nameOf(file)
    .replace(/^\.+/, '')
    .replace(/\.[A-Za-z]{1,8}$/, '')
  const name = stem.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replaceAll(/^[-.]+|[-.]+$/g, '')
  for (let number = 1; ; number++) {
    const place = join(
      folder,
      `${name === '' ? 'imported' : name}${number === 1 ? '' : `-${number}`}.md`,
    )
    if (!existsSync(place)) return place
  }
}

async function writeNew(page: string, text: string): Promise<void> {
  if (!/\.md$/i.test(page)) throw new UsageError(messages.notAPageName(page), messages.endsInMd)
  try {
    await writeFile(page, text, { flag: 'wx' })
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST'
    if (isTaken) throw new UsageError(messages.pageIsThere(page), messages.giveOtherPage)
    throw new UsageError(messages.unwritable(page, reasonOf(error)))
  }
}

function shownPath(page: string): string {
  return relative(process.cwd(), resolve(page)).split(sep).join('/')
}

function lineOf(page: string, { line, message, help }: Decision, lang: Lang): string {
  return `${page}:${line}: ${(help ? clauses([message, help]) : message)[lang]}`
}

function toJson({ line, message, help, shown }: Decision): object {
  return { line, message: message.en, help: help?.en ?? null, text: shown ?? null }
}
