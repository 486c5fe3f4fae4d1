/** `sync --interactive`: asks about each change. */

import type { Lang } from '../../model/message.ts'
import { applyEdits } from '../../text/apply-edits.ts'
import type { PlaceName, SyncChange } from '../../sync/sync-change.ts'
import { askKey } from '../terminal/key-questions.ts'
import type { TerminalPrompt } from '../terminal/terminal-prompt.ts'
import { print, say } from '../output.ts'
import { messages } from './messages.ts'
import type { Page } from './pages.ts'
import { renderChanges } from './render-changes.ts'

export interface ChangeAnswers {
  readonly isWanted: (place: PlaceName) => boolean
  /** Whether to write the change without holes. */
  readonly isLiteral: (place: PlaceName) => boolean
  /** Whether the person quit; changes accepted before are still written. */
  readonly isOver: boolean
}

type Answer = 'take' | 'literal' | 'leave' | 'all' | 'quit'

const keys = new Map<string, Answer>([
  ['y', 'take'],
  ['l', 'literal'],
  ['n', 'leave'],
  ['a', 'all'],
  ['q', 'quit'],
])

export async function askChanges(
  page: Pick<Page, 'file' | 'source'>,
  changes: readonly SyncChange[],
  { prompt, lang }: { readonly prompt: Pick<TerminalPrompt, 'ask'>; readonly lang: Lang },
): Promise<ChangeAnswers> {
  const answers = new Map<string, Answer>()
  const ask = (question: string) => prompt.ask(question, { hidden: false })
  let last: Answer | undefined
  for (const change of changes) {
    if (last !== 'all') {
      print(renderChanges(page, { text: applyEdits(page.source, change.edits) }))
      if (change.rules.length > 0)
        say(`${messages.holesBy(`${page.file}:${change.line}`, change.rules.join(', '))[lang]}\n`)
      last = (await askKey(keys, messages.syncMenu(change.step)[lang], { lang, ask })) ?? 'quit'
    }
    if (last === 'quit') break
    answers.set(keyOf(change), last)
  }
  return {
    isWanted: (place) => ['take', 'literal', 'all'].includes(answers.get(keyOf(place)) ?? 'leave'),
    isLiteral: (place) => answers.get(keyOf(place)) === 'literal',
    isOver: last === 'quit',
  }
}

function keyOf({ step, command }: PlaceName): string {
  return `${step} ${command ?? ''}`
}
