/**
 * The reference of the language as Markdown pages, generated from the parser's tables so that it
 * stays up to date. The site publishes them.
 */

import { abouts, titles } from './messages.ts'
import type { Lang } from '../model/message.ts'
import { type Entry, referenceEntries } from './entries.ts'

export interface ReferencePage {
  /** `attributes.md` */
  readonly file: string
  readonly title: string
  readonly text: string
}

const pages = [
  ['attribute', 'attributes.md'],
  ['check', 'checks.md'],
  ['front-matter', 'front-matter.md'],
  ['config', 'runbook-yml.md'],
  ['term', 'terms.md'],
  ['code', 'codes.md'],
] as const

export function renderReference(lang: Lang): readonly ReferencePage[] {
  const entries = referenceEntries(lang)
  return pages.map(([kind, file]) => {
    const title = titles[kind][lang]
    const about = abouts[kind][lang]
    const sections = entries.filter((entry) => entry.kind === kind).map(renderSection)
    return {
      file,
      title,
      text: [`# ${title}`, about, ...sections, ''].join('\n\n').trimEnd() + '\n',
    }
  })
}

/** The guide's chapter on `runbook.yml`: the same text with its own front matter. */
export function renderConfigChapter(lang: Lang): string {
  const page = renderReference(lang).find(({ file }) => file === 'runbook-yml.md')
  return `---\nlang: ${lang}\ntitle: runbook.yml\n---\n\n${page?.text ?? ''}`
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
    ...(example === undefined ? [] : exampleBlock(kind, example)),
  ].join('\n')
}

/** Uses longer marks if the example contains marks. */
function exampleBlock(kind: Entry['kind'], example: string): readonly string[] {
  const marks = example.includes('```') ? '````' : '```'
  return ['', `${marks}${kind === 'config' ? 'yaml' : 'text'}`, example, marks]
}
