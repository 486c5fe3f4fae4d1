/**
 * Explains each code and its fix, in Chinese and English. `runbook explain CODE` and the site's
 * reference read it. A code without an entry does not compile.
 */

import { blockDocs } from './code-docs/blocks.ts'
import { languageDocs } from './code-docs/language.ts'
import { pageDocs } from './code-docs/page.ts'
import { runDocs } from './code-docs/run.ts'
import type { Code } from './codes.ts'

export interface CodeDoc {
  readonly title: string
  readonly why: string
  readonly fix: string
}

export const codeDocs: Readonly<Record<Code, { readonly zh: CodeDoc; readonly en: CodeDoc }>> = {
  ...blockDocs,
  ...languageDocs,
  ...pageDocs,
  ...runDocs,
}
