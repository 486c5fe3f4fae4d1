import { readFileSync } from 'node:fs'
import type { Lang } from '../model/message.ts'
import { parseRunbook } from '../parse/parse-runbook.ts'
import { listPages } from './site-pages.ts'

/**
 * The language of a site whose project sets none: the `lang` of the first page that has one, else
 * the language of most pages. The builder's locale does not count, because it says nothing about
 * readers.
 */
export function langOfPages(pages: string, out: string): Lang {
  const texts = listPages(pages, out).map((path) => readFileSync(path, 'utf8'))
  for (const text of texts) {
    const { lang } = parseRunbook('', text).runbook
    if (lang !== undefined) return lang
  }
  const chinese = texts.filter(isMostlyHan).length
  return chinese * 2 > texts.length ? 'zh' : 'en'
}

/** A Chinese word has about two characters, an English one about five. */
function isMostlyHan(text: string): boolean {
  const prose = text.replaceAll(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1/gm, '')
  const count = (letters: RegExp) => prose.match(letters)?.length ?? 0
  return count(/\p{Script=Han}/gu) * 2.5 > count(/[A-Za-z]/g)
}
