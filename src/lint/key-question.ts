/** Decides whether `ssh-keygen` asks; its options decide together. */

import { shared } from '../diagnostic/messages.ts'
import type { Unwrapped } from '../parse/unwrap.ts'
import { asks } from './messages.ts'
import type { Question } from './session-question.ts'

/**
 * One-letter options of ssh-keygen with a value: the rest of the word, or the next word. Source:
 * ssh-keygen(1).
 */
const keyValues = 'abCDEFfIMmNnOPRrstVwYZz'

/** Only key generation asks: for the file, and for its passphrase. */
export function keyQuestion({ program, words }: Unwrapped): Question | undefined {
  if (program !== 'ssh-keygen') return undefined
  const given = new Set<string>()
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!/^-[A-Za-z?]/.test(word)) continue
    for (const [index, letter] of Array.from(word.slice(1)).entries()) {
      given.add(letter)
      if (!keyValues.includes(letter)) continue
      if (index === word.length - 2) at++
      break
    }
  }
  const has = (letters: string) => Array.from(letters).some((letter) => given.has(letter))
  // Reads, lists, converts, signs, checks and host keys: none of these asks.
  if (has('lLyAHRFrieBDKkQsYM')) return undefined
  const isPassphraseGiven = given.has('N')
  if (given.has('p') && isPassphraseGiven && has('P') && has('f')) return undefined
  if (given.has('c') && has('C') && has('f')) return undefined
  return isPassphraseGiven && has('f') && !has('pc')
    ? undefined
    : {
        why: asks.key,
        help: shared.write("ssh-keygen -N '' -f PATH"),
      }
}
