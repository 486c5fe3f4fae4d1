/**
 * Reports commands that wait for a person: without a `dialog` their step ends as *waiting for
 * input*.
 */

import { unwrap, type Unwrapped } from '../parse/unwrap.ts'
import { askingCommands } from './catalogue/asking-commands.ts'
import { commandPattern } from './catalogue/command-pattern.ts'
import { keyQuestion } from './key-question.ts'
import { editorMend } from './edited-file.ts'
import { type LintCommand, type Rule, simpleCommands } from './lint-page.ts'
import { asks, messages } from './messages.ts'
import { type Question, sessionQuestion } from './session-question.ts'

export const interactive: Rule = (page, report) => {
  for (const { lint, simple } of simpleCommands(page)) {
    if (hasDialog(lint)) continue
    const command = unwrap(simple)
    const answer = asksFor(command, simple.isFed)
    if (!answer) continue
    const shown = [command.program, ...command.words.slice(0, answer.words ?? 0)].join(' ')
    const last = command.args[(answer.words ?? 0) - 1] ?? command.name
    report.add(
      'RB0802',
      lint.span({ start: command.name.start, end: last.end }),
      messages.commandDoes(shown, answer.why),
      answer.help ?? messages.answerInDialog,
      editorMend(page, lint),
    )
  }
}

function hasDialog({ step, command }: LintCommand): boolean {
  return command.dialog.length > 0 || ('dialog' in step && step.dialog.length > 0)
}

function asksFor(command: Unwrapped, isFed: boolean): Question | undefined {
  const password = passwordQuestion(command)
  if (password) return password
  if (isFed) return undefined
  return knownQuestion(command) ?? sessionQuestion(command) ?? keyQuestion(command)
}

/** Programs that ask at the terminal even if standard input is redirected. */
function passwordQuestion({ program, words }: Unwrapped): Question | undefined {
  if (/^(?:mysql|mariadb)(?:admin|dump|import|check|-\w+)?$/.test(program)) {
    const at = words.findIndex((word) => word === '-p' || word === '--password')
    if (at === -1) return undefined
    return { why: asks.password, help: asks.mysqlPassword, words: at + 1 }
  }
  if (program === 'ssh-copy-id') return { why: asks.password }
  return undefined
}

const known = askingCommands.map(({ command, why, instead }) => ({
  question: instead === undefined ? { why } : { why, help: instead },
  wordsOf: typeof command === 'string' ? wordsByPattern(command) : wordsByLine(command),
}))

function knownQuestion(command: Unwrapped): Question | undefined {
  for (const { question, wordsOf } of known) {
    const words = wordsOf(command)
    if (words !== undefined) return { ...question, words }
  }
  return undefined
}

/** Number of words to show; `undefined`: it is another command. */
type WordsOf = (command: Unwrapped) => number | undefined

function wordsByPattern(notation: string): WordsOf {
  const pattern = commandPattern(notation)
  return (command) => pattern(command)?.length
}

function wordsByLine(pattern: RegExp): WordsOf {
  return ({ program, words }) => {
    const line = [program, ...words].join(' ')
    const match = line.length > 1000 ? null : pattern.exec(line)
    return match ? line.slice(0, match.index + match[0].length).split(' ').length - 1 : undefined
  }
}
