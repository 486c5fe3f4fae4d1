/**
 * Recognises sessions on other hosts, as other users and in containers, which need more than a
 * pattern of words.
 */

import { asks } from './messages.ts'
import type { Message } from '../model/message.ts'
import { isSshSession } from '../parse/session-opener.ts'
import { operands, type Unwrapped } from '../parse/unwrap.ts'

/** What a command asks a person, and the alternative. */
export interface Question {
  readonly why: Message
  readonly help?: Message
  /** Number of words to show after the program's name. */
  readonly words?: number
}

export function sessionQuestion({ program, words }: Unwrapped): Question | undefined {
  switch (program) {
    case 'sudo':
    case 'doas':
      // `unwrap` stops at `sudo` only if no command follows or it opens a shell.
      return words.some((word) => /^-(?:[A-Za-z]*[is]|-login|-shell)$/.test(word)) &&
        operands(words).length === 0
        ? { why: asks.shell, help: asks.onFence('{as=root}'), words: words.length }
        : undefined
    case 'ssh':
      return isSshSession(words)
        ? { why: asks.session, help: asks.asRole, words: words.length }
        : undefined
    case 'docker':
    case 'podman':
    case 'nerdctl':
    case 'kubectl':
    case 'oc':
    case 'lxc':
      return containerQuestion(words)
    default:
      return undefined
  }
}

function containerQuestion(words: readonly string[]): Question | undefined {
  const at = words.findIndex((word) => /^(?:exec|run|attach|edit)$/.test(word))
  const verb = words[at]
  if (verb === undefined) return undefined
  if (verb === 'attach') return { why: asks.prompt, words: at + 1 }
  if (verb === 'edit') {
    return { why: asks.editor, help: asks.patch, words: at + 1 }
  }
  const end = words.indexOf('--', at)
  const flag = words
    .slice(0, end === -1 ? undefined : end)
    .findIndex((word, index) => index > at && /^-(?:[id]*t[id]*|-tty)$/.test(word))
  return flag === -1
    ? undefined
    : {
        why: asks.terminal,
        help: asks.withoutTerminal,
        words: flag + 1,
      }
}
