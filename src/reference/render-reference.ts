/**
 * The reference of the language as Markdown pages, drawn from the tables that the parser reads.
 *
 * The site publishes them; nothing here is written by hand, so that it cannot grow old.
 */

import type { Lang } from '../check/check-sentence.ts'
import { type Entry, type EntryKind, referenceEntries } from './entries.ts'

export interface ReferencePage {
  /** `attributes.md` */
  readonly file: string
  readonly title: string
  readonly text: string
}

const pages: readonly {
  readonly kind: EntryKind
  readonly file: string
  readonly zh: readonly [string, string]
  readonly en: readonly [string, string]
}[] = [
  {
    kind: 'attribute',
    file: 'attributes.md',
    zh: ['属性', '写在代码块语言后面的 `{…}` 里。'],
    en: ['Attributes', "Written in the `{…}` after a fence's language."],
  },
  {
    kind: 'check',
    file: 'checks.md',
    zh: ['检查', '写在 `needs`、`when`、`unless`、`ensures` 与 `ready` 里；`!` 表示不成立。'],
    en: ['Checks', 'Written in `needs`, `when`, `unless`, `ensures` and `ready`; `!` negates.'],
  },
  {
    kind: 'front-matter',
    file: 'front-matter.md',
    zh: ['Front matter', '页面开头两行 `---` 之间的 YAML。'],
    en: ['Front matter', 'The YAML between two lines of `---` at the start of a page.'],
  },
  {
    kind: 'code',
    file: 'codes.md',
    zh: ['诊断', '`runbook lint` 与 `runbook exec` 报告的每一种问题。'],
    en: ['Diagnostics', 'Every problem that `runbook lint` and `runbook exec` report.'],
  },
]

export function renderReference(lang: Lang): readonly ReferencePage[] {
  const entries = referenceEntries(lang)
  return pages.map(({ kind, file, [lang]: [title, about] }) => {
    const sections = entries.filter((entry) => entry.kind === kind).map(renderSection)
    return {
      file,
      title,
      text: [`# ${title}`, about, ...sections, ''].join('\n\n').trimEnd() + '\n',
    }
  })
}

function renderSection({ name, meaning, usage, example, details, kind }: Entry): string {
  const lines = [
    ...(usage === undefined ? [] : [`- \`${usage}\``]),
    ...details.map(([label, text]) => `- ${label}: ${text}`),
  ]
  return [
    kind === 'code' ? `## ${name}` : `## \`${name}\``,
    '',
    meaning,
    ...(lines.length === 0 ? [] : ['', ...lines]),
    ...(example === undefined ? [] : ['', '```text', example, '```']),
  ].join('\n')
}
