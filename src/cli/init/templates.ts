/** The files of a new project, from the package's `templates/`. */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Lang } from '../../model/message.ts'
import { packageFolder } from '../../publish/package-folder.ts'

export interface NewFile {
  /** Relative to the project, with `/`. */
  readonly path: string
  readonly text: string
  readonly mode: number
}

/** @param pages - The folder of the pages, relative to the project. */
export function newFiles(lang: Lang, pages: string): readonly NewFile[] {
  const folder = join(packageFolder(), 'templates')
  // npm omits a `.gitignore` from packages, so templates have other names.
  const file = (path: string, template: string, mode = 0o644): NewFile => ({
    path,
    text: readFileSync(join(folder, template), 'utf8').replaceAll('PAGES_FOLDER', () =>
      JSON.stringify(pages),
    ),
    mode,
  })
  return [
    file('runbook.yml', `${lang}/runbook.yml`),
    file(pages === '.' ? 'hello.md' : `${pages}/hello.md`, `${lang}/hello.md`),
    file('.gitignore', 'gitignore.txt'),
    file('.github/workflows/runbook.yml', `${lang}/workflow.yml`),
    file('.githooks/pre-commit', 'pre-commit.sh', 0o755),
    file('AGENTS.md', `${lang}/AGENTS.md`),
  ]
}
