/** Commands that wait for a person: without a `dialog` their step ends as *waiting for input*. */

import { asks, messages } from './messages.ts'
import { shared } from '../diagnostic/messages.ts'
import { type LintCommand, type Rule, simpleCommands } from './lint-page.ts'
import type { Question } from './question.ts'
import { databaseQuestion, sessionQuestion } from './session-question.ts'
import { hasOption, operands, type Unwrapped, unwrap } from '../parse/unwrap.ts'
import { wizardQuestion } from './wizard-question.ts'

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
    )
  }
}

function hasDialog({ step, command }: LintCommand): boolean {
  return command.dialog.length > 0 || ('dialog' in step && step.dialog.length > 0)
}

const editors = new Set([
  'vi',
  'vim',
  'nvim',
  'view',
  'nano',
  'emacs',
  'pico',
  'joe',
  'visudo',
  'vipw',
])
const pagers = new Set(['less', 'more', 'most', 'man'])
const monitors = new Set(['htop', 'btop', 'atop', 'iotop', 'nmon', 'glances', 'nvtop', 'k9s'])
const shells = new Set(['bash', 'sh', 'zsh', 'fish', 'dash', 'ksh', 'csh', 'tcsh'])
const consoles = new Set(['irb', 'ipython', 'iex', 'ghci', 'sbt', 'scala', 'jshell', 'cqlsh'])

function asksFor(command: Unwrapped, isFed: boolean): Question | undefined {
  const { program, words } = command
  const password = passwordQuestion(command)
  if (password) return password
  if (isFed) return undefined
  const rest = operands(words)
  const [first = ''] = rest
  if (editors.has(program)) {
    const isBatch = words.some((word) =>
      /^(?:\+|-c$|-es?$|-s$|--batch$|--version$|--help$)/.test(word),
    )
    // `-c`, `-cf FILE` and `--check` read the file that is there.
    const isCheck =
      program === 'visudo' &&
      words.some((word) => /^(?:-[a-z]*[cVh]|--(?:check|help|version)$)/.test(word))
    return isBatch || isCheck ? undefined : { why: asks.editor, help: asks.fileBlock }
  }
  if (pagers.has(program)) return { why: asks.pager, help: shared.write('cat') }
  if (monitors.has(program)) return { why: asks.screen }
  if (program === 'top' && !hasOption(words, 'b'))
    return { why: asks.screen, help: shared.write('top -b -n 1') }
  if (shells.has(program) && words.every((word) => /^-(?:[il]+|-login|-interactive)$/.test(word)))
    return { why: asks.shell, help: asks.inBashAlready }
  if (consoles.has(program) && words.length === 0) return { why: asks.prompt }
  return databaseQuestion(command) ?? sessionQuestion(command) ?? wizardQuestion(command, first)
}

/** What asks at the terminal whatever standard input is. */
function passwordQuestion({ program, words }: Unwrapped): Question | undefined {
  if (/^(?:mysql|mariadb)(?:admin|dump|import|check|-\w+)?$/.test(program)) {
    const at = words.findIndex((word) => word === '-p' || word === '--password')
    if (at === -1) return undefined
    const words2 = at + 1
    return {
      why: asks.password,
      help: asks.mysqlPassword,
      words: words2,
    }
  }
  if (program === 'ssh-copy-id') return { why: asks.password }
  return undefined
}
