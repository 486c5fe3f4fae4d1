/**
 * Pages that other pages require: they exist, and none requires itself through others.
 */

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Diagnostic } from '../diagnostic/diagnostic.ts'
import { nearest } from '../diagnostic/nearest.ts'
import { PageSource } from '../parse/page-source.ts'
import { parseRunbook } from '../parse/parse-runbook.ts'
import { type Page, pagesIn } from './pages.ts'

export interface RequiredPages {
  readonly problems: readonly Diagnostic[]
  /** The pages and all that they require, each once. */
  readonly read: readonly Page[]
}

export function requiredProblems(pages: readonly Page[]): RequiredPages {
  const problems: Diagnostic[] = []
  const read = new Map(pages.map((page) => [page.file, page]))
  const visit = (page: Page, path: readonly string[]) => {
    for (const name of page.runbook.requires) {
      const file = join(dirname(page.file), name)
      const place = requirePlace(page, name)
      if (!existsSync(file)) {
        const known = pagesIn(dirname(page.file)).map((each) => each.slice(dirname(page.file).length + 1))
        const meant = nearest(name, known)
        problems.push({ code: 'RB0603', message: `\`requires\` names \`${name}\`, which is not there`, help: meant && `did you mean \`${meant}\`?`, file: page.file, span: place })
        continue
      }
      if ([...path, page.file].includes(file)) {
        problems.push({ code: 'RB0604', message: `\`requires\` comes back to \`${name}\``, help: 'a page cannot need itself to be done before it', file: page.file, span: place })
        continue
      }
      const isNew = !read.has(file)
      const required = read.get(file) ?? readRequired(file)
      read.set(file, required)
      if (isNew || pages.includes(required)) visit(required, [...path, page.file])
    }
  }
  for (const page of pages) visit(page, [])
  return { problems: unique(problems), read: [...read.values()] }
}

function readRequired(file: string): Page {
  const source = readFileSync(file, 'utf8')
  return { file, source, ...parseRunbook(file, source) }
}

function requirePlace({ file, source }: Page, name: string) {
  const text = new PageSource(file, source)
  const at = Math.max(0, text.text.indexOf(name))
  return text.span(at, at + name.length)
}

function unique(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const seen = new Map(problems.map((problem) => [`${problem.file} ${problem.message}`, problem]))
  return [...seen.values()]
}
