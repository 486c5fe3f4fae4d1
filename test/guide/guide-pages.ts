import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parsePage } from '../../src/parse/parse-runbook.ts'

const folder = fileURLToPath(new URL('../../runbook/guide/', import.meta.url))

export const languages = ['en', 'zh'] as const

export interface Chapter {
  readonly lang: (typeof languages)[number]
  /** `04-output.md` */
  readonly name: string
  readonly text: string
}

export const chapters: readonly Chapter[] = languages.flatMap((lang) =>
  readdirSync(`${folder}${lang}`)
    .toSorted()
    .map((name) => ({ lang, name, text: readFileSync(`${folder}${lang}/${name}`, 'utf8') })),
)

export interface Example {
  readonly chapter: Chapter
  /** 1-based, in the chapter. */
  readonly line: number
  readonly language: string
  /** What stands behind the language: `lint`, `fails`, or the file to save a page as. */
  readonly word: string
  readonly text: string
}

/** Every fence of a chapter, in its order. */
export function examplesOf(chapter: Chapter): readonly Example[] {
  const { blocks, source } = parsePage(chapter.name, chapter.text)
  return blocks.flatMap((block) => {
    if (block.kind !== 'fence') return []
    const { language, span, infoSpan, text } = block.fence
    const info = source.text.slice(infoSpan.start.offset, infoSpan.end.offset)
    const word = /^\s*\S+\s+([^\s{]+)/.exec(info)?.[1] ?? ''
    return [{ chapter, line: span.start.line, language, word, text: `${text}\n` }]
  })
}
