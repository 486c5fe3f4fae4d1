/**
 * Makes a page of something else, and lists what a person has to decide. Runs nothing and reads
 * nothing but the text.
 */

import { detectKind, type ImportKind } from './detect-kind.ts'
import { type Decision, finishPage } from './finish-page.ts'
import { importHistory } from './import-history.ts'
import { importScript } from './import-script.ts'
import { importTranscript } from './import-transcript.ts'
import { importTutorial } from './import-tutorial.ts'
import type { Draft } from './page-draft.ts'
import { hasChinese } from './page-words.ts'

export interface ImportedPage {
  readonly kind: ImportKind
  /** The new page, with LF line ends. */
  readonly text: string
  /** In the order of the page. */
  readonly decisions: readonly Decision[]
}

/**
 * @param name - Of the file, without its folder: it may say what the text is.
 * @param source - The text; invisible bytes and line ends may be those of any system.
 * @param as - What it is, where the name and the text do not say.
 */
export function importPage(name: string, source: string, as?: ImportKind): ImportedPage {
  const text = source.replace(/^\uFEFF/, '').replaceAll('\0', '')
  const kind = as ?? detectKind(name, text)
  // A carriage return moves the cursor of a recorded terminal.
  const plain = kind === 'transcript' ? text : text.replaceAll(/\r\n?/g, '\n')
  const title = name.replace(/^\.+/, '').replace(/\.[a-z]{1,10}$/i, '')
  const { text: page, decisions } = finishPage(
    withLanguage(draftOf(kind, { name, title, text: plain })),
  )
  return { kind, text: page.endsWith('\n') ? page : `${page}\n`, decisions }
}

function draftOf(
  kind: ImportKind,
  { name, title, text }: { readonly name: string; readonly title: string; readonly text: string },
): Draft {
  switch (kind) {
    case 'tutorial':
      return importTutorial(name, text)
    case 'script':
      return importScript(title, text)
    case 'transcript':
      return importTranscript(title, text)
    case 'history':
      return importHistory(title, text)
    default:
      return kind satisfies never
  }
}

/** A page in Chinese says so, and its messages are Chinese too. */
function withLanguage(draft: Draft): Draft {
  const { text, remarks } = draft
  const lines = text.split('\n')
  const isMostlyHan =
    lines.filter(hasChinese).length * 5 > lines.filter((line) => line.trim() !== '').length
  if (!isMostlyHan || /^---\s*\n[\s\S]*?^lang:/m.test(text)) return draft
  const at = text.startsWith('---\n') ? 4 : 0
  const added = at === 0 ? '---\nlang: zh\n---\n\n' : 'lang: zh\n'
  return {
    text: text.slice(0, at) + added + text.slice(at),
    remarks: remarks.map((remark) => ({ ...remark, offset: remark.offset + added.length })),
  }
}
