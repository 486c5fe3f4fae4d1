/** `sudo` inside a block: `as=` says it once, and the password never waits in a command. */

import type { Edit, Mend } from '../diagnostic/diagnostic.ts'
import type { Message } from '../model/message.ts'
import { declaredNames } from '../model/runbook.ts'
import type { Step } from '../model/step.ts'
import { addAttribute } from '../parse/info-edits.ts'
import type { ShellWord, SimpleCommand } from '../parse/simple-commands.ts'
import { baseName, sudoValues, unwrap } from '../parse/unwrap.ts'
import { ignoresFolder } from './catalogue/folderless-commands.ts'
import { type LintCommand, type LintPage, type Rule, simpleCommands } from './lint-page.ts'
import { messages } from './messages.ts'

export const sudo: Rule = (page, report) => {
  const seen = new Set<unknown>()
  for (const { lint, simple } of simpleCommands(page)) {
    const { sudo: word } = unwrap(simple)
    if (!word || seen.has(lint.step)) continue
    seen.add(lint.step)
    const user = wrapperOf(word, simple).user ?? 'root'
    report.add(
      'RB0804',
      lint.span(word),
      messages.commandDoes(word.value, messages.mayWaitForPassword),
      messages.writeAs(user, word.value),
      mendOf(page, lint.step, user),
    )
  }
}

interface Wrapper {
  /** That `sudo` itself is told of: behind its command, `-u` means another thing. */
  readonly user: string | undefined
  /** An option that changes more than the user. */
  readonly option: string | undefined
  /** The first word that stays: an assignment or the program. */
  readonly rest: ShellWord | undefined
}

function wrapperOf(wrapper: ShellWord, { name, args }: SimpleCommand): Wrapper {
  const own = [name, ...args]
  const words = own.slice(own.indexOf(wrapper) + 1)
  let user: string | undefined
  let option: string | undefined
  for (let at = 0; at < words.length; at++) {
    const { value } = words[at] ?? { value: '' }
    if (!value.startsWith('-')) return { user, option, rest: words[at] }
    const long = /^--user=(.+)$/.exec(value)?.[1]
    const [, letters, glued] = /^-([A-Za-z]*?)u(.*)$/.exec(value) ?? []
    if (letters !== undefined || long !== undefined || value === '--user') {
      const given = long ?? (value === '--user' || glued === '' ? words[++at]?.value : glued)
      user = given !== undefined && /^[\w-]+$/.test(given) ? given : undefined
      if (user === undefined || (letters ?? '').replaceAll(/[Hn]/g, '') !== '') option ??= value
      continue
    }
    if (!/^-[Hn]+$/.test(value)) option ??= value
    if (sudoValues.has(value)) at++
  }
  return { user, option, rest: undefined }
}

/** Certain where every command of the block does the same as that user, whatever the folder is. */
function mendOf(page: LintPage, step: Step, user: string): Mend | undefined {
  if (step.kind !== 'shell' && step.kind !== 'console') return undefined
  if (step.user !== undefined) return { left: messages.hasAttribute('as') }
  const own = page.commands.filter((lint) => lint.step === step)
  if (own.length < step.commands.length) return { left: messages.notOnlyCommands }
  const names = declaredNames(page.runbook)
  const edits: Edit[] = []
  for (const lint of own) {
    const left = whyLeft(lint, { names, user, step })
    if (left) return { left }
    for (const simple of lint.reading.commands) {
      const { sudo: word } = unwrap(simple)
      const { rest } = word ? wrapperOf(word, simple) : { rest: undefined }
      if (!word || !rest) continue
      const { start, end } = lint.span({ start: word.start, end: rest.start })
      edits.push({ start: start.offset, end: end.offset, text: '' })
    }
  }
  return { edits: [...edits, addAttribute(step.fence, page.source, `as=${user}`)] }
}

interface Block {
  readonly names: ReadonlySet<string>
  readonly user: string
  readonly step: Step
}

function whyLeft(
  { command, reading }: LintCommand,
  { names, user, step }: Block,
): Message | undefined {
  if (command.dialog.length > 0 || ('dialog' in step && step.dialog.length > 0))
    return messages.hasDialog
  if (command.expects?.text.includes('[sudo]') === true) return messages.hasDialog
  const expanded = reading.uses.find(({ name }) => !names.has(name))
  if (expanded) return messages.expandedBefore(`$${expanded.name}`)
  if (/`|\$\(|[<>]\(/.test(command.text)) return messages.expandedBefore('$(…)')
  for (const simple of reading.commands) {
    const left = whyCommandLeft(simple, user)
    if (left) return left
  }
  return undefined
}

/** Their output is the same whoever prints it. */
const printers = new Set(['echo', 'printf', 'true', ':'])

function whyCommandLeft(simple: SimpleCommand, user: string): Message | undefined {
  const { sudo: word, program, args } = unwrap(simple)
  const [toFile] = simple.redirects.filter(({ operator, target }) => {
    const isNull = target?.value === '/dev/null' || /^\d$/.test(target?.value ?? '')
    return !isNull && operator !== '<<<' && !operator.startsWith('<<')
  })
  if (toFile) return messages.opensBefore(`${toFile.operator} ${toFile.target?.text ?? ''}`.trim())
  if (!word) {
    const isSame = printers.has(program) && simple.isPiped
    return isSame ? undefined : messages.runsWithout(simple.name.value)
  }
  if (baseName(simple.name.value) !== baseName(word.value))
    return messages.wrapped(simple.name.value)
  const { user: given, option, rest } = wrapperOf(word, simple)
  if (option !== undefined) return messages.sudoOption(option)
  if (!rest) return messages.runsWithout(word.value)
  if ((given ?? 'root') !== user) return messages.severalUsers(given ?? 'root', user)
  const relative = [program, ...args.map(({ text }) => text)].find((text) => text.startsWith('~'))
  if (relative !== undefined) return messages.expandedBefore(relative)
  return ignoresFolder(program, args) ? undefined : messages.inOwnFolder(program)
}
