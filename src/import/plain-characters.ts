/** Full-width punctuation and dashes in commands, written as bash reads them; each change is named. */

import type { Diagnostic, Edit } from '../diagnostic/diagnostic.ts'
import { messages } from './messages.ts'
import type { Remark } from './page-draft.ts'

const others = new Map([
  ['、', ','],
  ['。', '.'],
  ['“', '"'],
  ['”', '"'],
  ['‘', "'"],
  ['’', "'"],
])

export function plainEdits(
  text: string,
  found: readonly Diagnostic[],
): { readonly edits: readonly Edit[]; readonly remarks: readonly Remark[] } {
  const edits: Edit[] = []
  const remarks: Remark[] = []
  for (const { code, span, fix } of found) {
    if (code !== 'RB0307' || fix) continue
    const at = span.start.offset
    const written = text[at] ?? ''
    const plain = plainOf(written, text.slice(at + 1, at + 3))
    edits.push({ start: at, end: at + 1, text: plain })
    remarks.push({
      offset: at,
      message: messages.writtenPlain(written, plain),
      help: undefined,
      shown: undefined,
    })
  }
  return { edits, remarks }
}

function plainOf(written: string, behind: string): string {
  if (/[\uff01-\uff5e]/.test(written)) return String.fromCodePoint(written.charCodeAt(0) - 0xfee0)
  return others.get(written) ?? (/^[A-Za-z]{2}/.test(behind) ? '--' : '-')
}
