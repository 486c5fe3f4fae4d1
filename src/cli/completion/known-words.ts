/**
 * Words that only a project knows, for completion: hosts, pages, steps, runs. Reads files and starts
 * nothing. A problem means no words: completion never talks.
 */

import { existsSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { offeredHosts } from '../host/offered-hosts.ts'
import { holeRuleNames } from '../../sync/hole-rules.ts'
import { type Page, pagesIn, readPages } from '../page/pages.ts'
import { findProject, isFolder, type Project, runsFolder } from '../project.ts'

export const wordSources = [
  'hosts',
  'pages',
  'steps',
  'runs',
  'tags',
  'variables',
  'holes',
] as const
export type WordSource = (typeof wordSources)[number]

/**
 * @param current - The word under the cursor.
 * @param line - All words of the command line.
 */
export function knownWords(
  source: WordSource,
  current: string,
  line: readonly string[],
): readonly string[] {
  try {
    return offered(wordsOf(source, current, { line, project: findProject(process.cwd()) }), current)
  } catch {
    return []
  }
}

interface Asked {
  readonly line: readonly string[]
  readonly project: Project
}

function wordsOf(source: WordSource, current: string, asked: Asked): readonly string[] {
  switch (source) {
    case 'hosts':
      return inList(current, ['local', ...offeredHosts(asked.project)])
    case 'pages':
      return current.includes('#') ? stepsOfPage(current, asked.project) : pageNames(asked, current)
    case 'steps':
      return inList(current, stepIds(asked))
    case 'runs':
      return readdirSync(runsFolder(asked.project)).toSorted().toReversed()
    case 'tags':
      return pagesOf(asked).flatMap(tagsOf)
    case 'variables':
      return pagesOf(asked).flatMap(({ runbook }) =>
        runbook.variables.map(({ name }) => `${name}=`),
      )
    case 'holes':
      return current.includes(',')
        ? inList(current, holeRuleNames)
        : ['none', 'all', ...holeRuleNames]
    default:
      return source satisfies never
  }
}

/** Only plain words: a shell gets no name of a file that it would read otherwise. */
function offered(words: readonly string[], current: string): readonly string[] {
  const plain = /^[\p{L}\p{N}_.@/#+,=%~][\p{L}\p{N}_.@:/#+,=%~-]*$/u
  return [...new Set(words)].filter((word) => plain.test(word) && word.startsWith(current))
}

/** Of `a,b,c` and `role=a,b` the last name is completed. */
function inList(current: string, names: readonly string[]): readonly string[] {
  const [before = ''] = /^.*[,=]/s.exec(current) ?? []
  const given = new Set(before.split(/[,=]/))
  return names.filter((name) => !given.has(name)).map((name) => `${before}${name}`)
}

/** As the page is named from the folder of the pages; also from here, once that is begun. */
function pageNames({ project }: Asked, current: string): readonly string[] {
  if (!isFolder(project.pages)) return []
  const files = pagesIn(project.pages)
  const short = files.map((file) => relative(project.pages, file))
  const fromHere = files.map((file) => relative(process.cwd(), file))
  return current === '' ? short : [...short, ...fromHere]
}

function stepsOfPage(current: string, project: Project): readonly string[] {
  const [page = ''] = current.split('#')
  return readPages([page], project)
    .pages.flatMap(idsOf)
    .map((id) => `${page}#${id}`)
}

/** Of the pages on the command line, else of all. */
function stepIds(asked: Asked): readonly string[] {
  return pagesOf(asked).flatMap(idsOf)
}

function pagesOf({ line, project }: Asked): readonly Page[] {
  const named = line.filter((word) => /\.md$/i.test(word) && isPage(word, project))
  return readPages(named, project).pages
}

function tagsOf({ runbook }: Page): readonly string[] {
  return [...runbook.tags, ...runbook.steps.flatMap(({ tags }) => tags)]
}

function isPage(word: string, project: Project): boolean {
  return existsSync(word) || existsSync(join(project.pages, word))
}

function idsOf({ runbook }: Page): readonly string[] {
  return runbook.steps.map(({ id }) => id)
}
