/** Names the pages of one run, so that a step's address is unique. */

import { pageName, type Runbook } from '../model/runbook.ts'

/**
 * Pages with equal file names get as many parent folders as tell them apart: `web/setup`,
 * `db/setup`. Other pages keep their file name. Names do not depend on the order of the pages.
 *
 * @param pathOf - The page's path, independent of the folder in which a run is started or resumed.
 */
export function namePages<T extends { readonly runbook: Runbook }>(
  pages: readonly T[],
  pathOf: (file: string) => string,
): readonly T[] {
  const paths = new Map(pages.map(({ runbook: { file } }) => [file, pathOf(file)]))
  return pages.map((page) => {
    const { file } = page.runbook
    const others = [...paths].flatMap(([other, path]) => (other === file ? [] : [path]))
    const name = shortestName(paths.get(file) ?? file, others)
    return name === page.runbook.name ? page : { ...page, runbook: { ...page.runbook, name } }
  })
}

function shortestName(file: string, others: readonly string[]): string {
  const folders = foldersOf(file)
  for (let depth = 0; depth < folders.length; depth++) {
    const name = nameAt(file, depth)
    if (others.every((other) => nameAt(other, depth) !== name)) return name
  }
  return nameAt(file, folders.length)
}

/** The file's name with its last `depth` folders. */
function nameAt(file: string, depth: number): string {
  const folders = foldersOf(file)
  return [...folders.slice(folders.length - Math.min(depth, folders.length)), pageName(file)].join(
    '/',
  )
}

function foldersOf(file: string): readonly string[] {
  return file.split('/').slice(0, -1)
}
