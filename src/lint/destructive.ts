/** Commands after which something is gone: `danger` makes a run ask before. */

import type { Message } from '../model/message.ts'
import { loses, messages } from './messages.ts'
import type { Span } from '../model/span.ts'
import type { Step } from '../model/step.ts'
import type { SimpleCommand } from '../parse/simple-commands.ts'
import { type LintPage, type Rule, simpleCommands } from './lint-page.ts'
import { TemporaryFolders } from './temporary-folders.ts'
import { runText } from './run-text.ts'
import { hasOption, operands, type Unwrapped, unwrap } from '../parse/unwrap.ts'

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

function destroys(command: Unwrapped): Loss | undefined {
  const { program, args, words } = command
  const rest = operands(words)
  const [first = '', second = ''] = rest
  const wordOf = (value: string) => args.find((arg) => arg.value === value)
  const at = (value: string, lost: Message): Loss => {
    const word = wordOf(value)
    return word ? { lost, word } : { lost }
  }
  if (program === 'rm') {
    if (!hasOption(words, 'r', '--recursive') && !hasOption(words, 'R')) return undefined
    const word = args.find(({ value }) => isPrecious(value))
    return word && { lost: loses.precious, word }
  }
  if (/^mkfs(?:\.\w+)?$/.test(program) || program === 'wipefs' || program === 'mkswap') {
    const device = rest.find((word) => word.startsWith('/dev/'))
    return device === undefined ? undefined : at(device, loses.device)
  }
  if (program === 'dd') {
    const word = args.find(({ value }) =>
      /^of=\/dev\/(?!null$|zero$|stdout$|stderr$|shm\/|fd\/)/.test(value),
    )
    return word && { lost: loses.overwrittenDevice, word }
  }
  if (program === 'git') return gitLoss(words, at)
  if (/^(?:shred|blkdiscard|dropdb)$/.test(program) && first !== '') return at(first, loses.forGood)
  if (/^(?:lvremove|vgremove|pvremove)$/.test(program)) return { lost: loses.volume }
  if (/^z(?:pool|fs)$/.test(program) && first === 'destroy') return at(first, loses.content)
  if (program === 'userdel' && hasOption(words, 'r', '--remove')) return { lost: loses.home }
  if (program === 'mysqladmin' && rest.includes('drop')) return at('drop', loses.database)
  if (program === 'redis-cli') {
    const word = args.find(({ value }) => /^flush(?:all|db)$/i.test(value))
    return word && { lost: loses.keys, word }
  }
  if (program === 'firewall-cmd' && words.includes('--panic-on'))
    return at('--panic-on', loses.connections)
  if (program === 'iptables' || program === 'ip6tables') {
    if (
      /^-P$/.test(words.find((word) => word === '-P') ?? '') &&
      words.includes('INPUT') &&
      words.includes('DROP')
    )
      return at('-P', loses.connection)
    return words.includes('-F') || words.includes('--flush')
      ? { lost: loses.firewallRules }
      : undefined
  }
  if (program === 'ufw' && first === 'reset') return at(first, loses.firewallRules)
  if (program === 'nft' && rest.join(' ') === 'flush ruleset') return { lost: loses.firewallRules }
  if (/^(?:docker|podman)$/.test(program)) {
    if (first === 'volume' && /^(?:rm|prune)$/.test(second)) return at(second, loses.dataInVolumes)
    if (first === 'system' && second === 'prune' && hasOption(words, 'a', '--all', '--volumes'))
      return at(second, loses.images)
    if (first === 'compose' && second === 'down' && hasOption(words, 'v', '--volumes'))
      return at(second, loses.dataInVolumes)
    return undefined
  }
  if (program === 'docker-compose' && first === 'down' && hasOption(words, 'v', '--volumes'))
    return at(first, loses.dataInVolumes)
  if (program === 'kubectl' || program === 'oc') {
    const kinds =
      /^(?:ns|namespaces?|pv|pvc|persistentvolumes?|persistentvolumeclaims?|crds?|customresourcedefinitions?)$/
    if (first === 'delete' && (kinds.test(second) || words.includes('--all')))
      return at(second === '' ? first : second, loses.allInIt)
    return undefined
  }
  if (/^(?:terraform|tofu|pulumi|terragrunt)$/.test(program) && first === 'destroy')
    return at(first, loses.infrastructure)
  if (
    program === 'aws' &&
    first === 's3' &&
    (second === 'rb' || (second === 'rm' && words.includes('--recursive')))
  )
    return at(second, loses.objects)
  if (/^(?:poweroff|halt)$/.test(program)) return { lost: loses.host }
  if (program === 'shutdown' && !words.some((word) => /^-[a-z]*[rc]|^--reboot$/.test(word)))
    return { lost: loses.host }
  if (program === 'systemctl' && /^(?:poweroff|halt)$/.test(first)) return at(first, loses.host)
  return undefined
}

function gitLoss(
  words: readonly string[],
  at: (value: string, lost: Message) => Loss,
): Loss | undefined {
  const [verb] = operands(words)
  const force = words.find((word) => word === '--force' || word === '-f' || word === '--mirror')
  if (verb === 'push' && force !== undefined) return at(force, loses.pushes)
  const clean = words.find((word) => /^-[A-Za-z]*f/.test(word))
  if (verb === 'clean' && clean !== undefined && !hasOption(words, 'n'))
    return at(clean, loses.untracked)
  return undefined
}

/** `> /dev/sda` writes over a disk. */
function overwrites({ redirects }: SimpleCommand): Loss | undefined {
  const found = redirects.find(
    ({ operator, target }) =>
      operator.startsWith('>') &&
      /^\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|disk)/.test(target?.value ?? ''),
  )
  return found?.target && { lost: loses.overwrittenDevice, word: found.target }
}

// Places whose content is made again by whoever needs it.
const temporary =
  /^(?:\/tmp\/|\/var\/tmp\/|\/dev\/shm\/|\/var\/cache\/|\/var\/lib\/apt\/lists|\/run\/|\$\{?(?:TMP|TEMP|TMPDIR|tmp|tmpdir|tempdir|RUNNER_TEMP)\b|(?:~|\/root|\$HOME|\$\{HOME\})\/\.cache(?:\/|$))/

/** Whether removing it is a loss: an absolute path, a home folder, everything here, or above. */
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
