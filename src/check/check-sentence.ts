/** Renders a check as a sentence: what must hold, or what is wrong. */

import { foundMessage, messages } from './messages.ts'
import type { Check, Question } from '../model/check.ts'
import type { CheckTable, CheckWords, QuestionOf, Quote } from './check-words.ts'
import { englishChecks } from './check-words-en.ts'
import { chineseChecks } from './check-words-zh.ts'

import type { Lang } from '../model/message.ts'

const tables: Readonly<Record<Lang, CheckTable>> = { zh: chineseChecks, en: englishChecks }

const asWritten: Quote = (text) => text
const inCode: Quote = (text) => `\`${text}\``

/** What must hold, for the terminal and for a chip on the site. */
export function checkSentence({ question, negated }: Check, lang: Lang): string {
  const { is, isNot } = wordsOf(question, lang)
  return negated ? isNot(question, asWritten) : is(question, asWritten)
}

/**
 * What is wrong, if the check does not hold.
 *
 * @param found - The host's answer (`CheckAnswer.actual`).
 */
export function unmetSentence({ question, negated }: Check, found: string, lang: Lang): string {
  const { is, isNot, unmet } = wordsOf(question, lang)
  const condition = negated ? isNot(question, inCode) : is(question, inCode)
  if (found === 'no answer' && question.kind !== 'http') return messages.noAnswer(condition)[lang]
  if (found.startsWith('cut after ')) return messages.notKnown(condition, foundMessage(found))[lang]
  if (!negated) return unmet(question, inCode, found)
  const isSaid = plainAnswers.has(found) || question.kind === 'sh'
  const plain = is(question, inCode)
  return isSaid ? plain : messages.withDetail(plain, foundMessage(found))[lang]
}

/** Answers that add nothing to "the check holds". */
const plainAnswers: ReadonlySet<string> = new Set([
  '',
  'active',
  'enabled',
  'found',
  'passed',
  'set',
  'yes',
])

type Kind = Question['kind']

/** The table row of the question's kind. */
function wordsOf<K extends Kind>(question: QuestionOf<K>, lang: Lang): CheckWords<QuestionOf<K>> {
  const table: { readonly [Each in Kind]: CheckWords<QuestionOf<Each>> } = tables[lang]
  return table[question.kind]
}
