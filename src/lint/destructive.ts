/** Reports commands that destroy something and lack `danger`, which makes a run ask first. */

import type { Message } from '../model/message.ts'
import { loses, messages } from './messages.ts'
import type { Span } from '../model/span.ts'
import type { Step } from '../model/step.ts'
import type { SimpleCommand } from '../parse/simple-commands.ts'
import { type LintPage, type Rule, simpleCommands } from './lint-page.ts'
import { TemporaryFolders } from './temporary-folders.ts'
import { runText } from './run-text.ts'
import { hasOption, type Unwrapped, unwrap } from '../parse/unwrap.ts'
import { commandPattern } from './catalogue/command-pattern.ts'
import { losingCommands } from './catalogue/losing-commands.ts'

export const destructive: Rule = (page, report) => {
  const add = (step: Step, span: Span, shown: string, lost: Message) => {
    if (step.danger !== undefined) return
    report.add('RB0806', span, messages.commandDoes(shown, lost), messages.sayWhatIsLost)
  }
  const folders = new TemporaryFolders(page)
  for (const { lint, simple } of simpleCommands(page)) {
    const command = folders.without(unwrap(simple), lint, simple)
    const found = destroys(command) ?? overwrites(simple)
    if (!found) continue
    const { word = command.name } = found
    const start = Math.min(command.name.start, word.start)
    const span = lint.span({ start, end: Math.max(command.name.end, word.end) })
    const shown = lint.command.text.slice(start, Math.max(command.name.end, word.end))
    add(
      lint.step,
      span,
      shown.length > 60 ? command.program : shown.replaceAll(/\s+/g, ' '),
      found.lost,
    )
  }
  for (const { step, span, shown } of destroyedBySql(page)) add(step, span, shown, loses.data)
}

interface Loss {
  readonly lost: Message
  readonly word?: { readonly start: number; readonly end: number }
}

const known = losingCommands.map(({ command, lost }) => ({
  pattern: commandPattern(command),
  lost,
}))

function destroys(command: Unwrapped): Loss | undefined {
  const { program, args, words } = command
  if (program === 'rm') {
    if (!hasOption(words, 'r', '--recursive') && !hasOption(words, 'R')) return undefined
    const word = args.find(({ value }) => isPrecious(value))
    return word && { lost: loses.precious, word }
  }
  if (program === 'dd') {
    const word = args.find(({ value }) =>
      /^of=\/dev\/(?!null$|zero$|stdout$|stderr$|shm\/|fd\/)/.test(value),
    )
    return word && { lost: loses.overwrittenDevice, word }
  }
  for (const { pattern, lost } of known) {
    const match = pattern(command)
    if (!match) continue
    const word = args.find(({ value }) => value === match.marked)
    return word ? { lost, word } : { lost }
  }
  return undefined
}

/** `> /dev/sda` overwrites a disk. */
function overwrites({ redirects }: SimpleCommand): Loss | undefined {
  const found = redirects.find(
    ({ operator, target }) =>
      operator.startsWith('>') &&
      /^\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|disk)/.test(target?.value ?? ''),
  )
  return found?.target && { lost: loses.overwrittenDevice, word: found.target }
}

// Folders whose content programs recreate when needed. Sources: Filesystem Hierarchy Standard 3.0;
// XDG Base Directory Specification (`~/.cache`).
const temporary =
  /^(?:\/tmp\/|\/var\/tmp\/|\/dev\/shm\/|\/var\/cache\/|\/var\/lib\/apt\/lists|\/run\/|\$\{?(?:TMP|TEMP|TMPDIR|tmp|tmpdir|tempdir|RUNNER_TEMP)\b|(?:~|\/root|\$HOME|\$\{HOME\})\/\.cache(?:\/|$))/

/**
 * Whether removing it is a loss: an absolute path, a home folder, the current folder's content, or
 * a parent folder.
 */
function isPrecious(path: string): boolean {
  if (
    temporary.test(path) ||
    /\/(?:node_modules|__pycache__|\.cache|target|dist|build)\/?$/.test(path)
  )
    return false
  if (/^\$\((?:mktemp|pwd)/.test(path)) return false
  return /^(?:\/|~|\.\.?\/?$|\.\.\/|\*$|\.\/\*$|\.\*|\$HOME|\$\{HOME\}|\$\{?\w+\}?\/?\*?$)/.test(
    path,
  )
}

const sql = /\b(?:DROP[ \t]+(?:DATABASE|SCHEMA|TABLE|USER)|TRUNCATE[ \t]+TABLE)\b[^;\n'"]{0,60}/gi

function* destroyedBySql(page: LintPage): Generator<{ step: Step; span: Span; shown: string }> {
  for (const { step, text, span, isSql } of runText(page)) {
    if (!isSql) continue
    for (const match of text.matchAll(sql)) {
      const shown = match[0].trim()
      yield { step, span: span(match.index, match.index + shown.length), shown }
    }
  }
}
