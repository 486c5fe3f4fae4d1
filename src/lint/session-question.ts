/** Programs that open a prompt, a shell or a terminal of their own. */

import { asks } from './messages.ts'
import { shared } from '../diagnostic/messages.ts'
import type { Question } from './question.ts'
import { isSshSession } from '../parse/session-opener.ts'
import { hasOption, operands, type Unwrapped } from '../parse/unwrap.ts'

export function databaseQuestion({ program, words }: Unwrapped): Question | undefined {
  const help = asks.ownLanguage
  switch (program) {
    case 'mysql':
    case 'mariadb':
      return words.some((word) => /^(?:-[a-zA-Z]*[eV?]|--(?:execute|version|help))/.test(word))
        ? undefined
        : { why: asks.prompt, help: asks.sqlBlock('{run="mysql …"}') }
    case 'psql':
      return words.some((word) =>
        /^-[A-Za-z]*[cflVL?]|^--(?:command|file|list|version|help)/.test(word),
      )
        ? undefined
        : { why: asks.prompt, help: asks.sqlBlock('{run="psql …"}') }
    case 'sqlite3':
      return operands(words).length < 2 && !hasOption(words, '', '-version', '--version')
        ? { why: asks.prompt, help: asks.sqlBlock('{run="sqlite3 …"}') }
        : undefined
    case 'redis-cli':
    case 'mongo':
    case 'mongosh':
      return words.length === 0 ? { why: asks.prompt } : undefined
    case 'python':
    case 'python3':
    case 'node':
    case 'php':
    case 'lua':
      return words.length === 0 ? { why: asks.prompt, help } : undefined
    default:
      return undefined
  }
}

export function sessionQuestion({ program, words }: Unwrapped): Question | undefined {
  switch (program) {
    case 'su': {
      const isCommand = words.some((word) => word === '-c' || word.startsWith('--command'))
      return isCommand ? undefined : { why: asks.shell, help: asks.onFence('{as=USER}') }
    }
    case 'sudo':
    case 'doas':
      // Unwrapping ends at `sudo` only where no command follows or a shell is opened.
      return words.some((word) => /^-(?:[A-Za-z]*[is]|-login|-shell)$/.test(word)) &&
        operands(words).length === 0
        ? { why: asks.shell, help: asks.onFence('{as=root}'), words: words.length }
        : undefined
    case 'ssh':
      return isSshSession(words)
        ? {
            why: asks.session,
            help: asks.asRole,
            words: words.length,
          }
        : undefined
    case 'telnet':
    case 'ftp':
    case 'sftp':
      return hasOption(words, 'b') ? undefined : { why: asks.prompt }
    case 'docker':
    case 'podman':
    case 'nerdctl':
    case 'kubectl':
    case 'oc':
    case 'lxc':
      return containerQuestion(words)
    case 'docker-compose':
      return words[0] === 'exec' && !hasOption(words, 'T') ? composeQuestion : undefined
    case 'screen':
      return words.some((word) => /^-(?:d|ls|X|S$|wipe)/.test(word))
        ? undefined
        : { why: asks.shell }
    case 'tmux':
      return words.length === 0 ||
        (/^(?:a|at|attach|attach-session|new|new-session)$/.test(words[0] ?? '') &&
          !hasOption(words, 'd'))
        ? { why: asks.shell, words: Math.min(1, words.length) }
        : undefined
    case 'minicom':
    case 'virsh':
      return program === 'minicom' || words[0] === 'console' ? { why: asks.prompt } : undefined
    default:
      return undefined
  }
}

const composeQuestion: Question = {
  why: asks.terminal,
  help: shared.write('exec -T'),
  words: 1,
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
