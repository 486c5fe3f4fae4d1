/** Package managers that ask before they act: without a terminal they stop there. */

import { shared } from '../diagnostic/messages.ts'
import { asks, messages } from './messages.ts'
import { valueOf } from '../model/named.ts'
import { insertion, type Rule, simpleCommands } from './lint-page.ts'
import { hasOption, unwrap } from '../parse/unwrap.ts'

interface Manager {
  /** The words that ask. */
  readonly verbs: RegExp
  /** What answers: an option. */
  readonly yes: string
  /** Whether the answer is there already. */
  readonly isAnswered: (words: readonly string[]) => boolean
}

const changing =
  /^(?:install|reinstall|localinstall|groupinstall|update|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove|erase|downgrade|swap)$/
const short: Manager['isAnswered'] = (words) =>
  hasOption(
    words,
    'y',
    '--yes',
    '--assume-yes',
    '--assumeyes',
    '--dry-run',
    '--download-only',
    '--downloadonly',
  ) ||
  hasOption(words, '', '--assumeno', '--simulate') ||
  words.includes('-s')

const apt: Manager = {
  // `apt-get update` only reads lists.
  verbs:
    /^(?:install|reinstall|upgrade|dist-upgrade|full-upgrade|remove|purge|autoremove|build-dep)$/,
  yes: '-y',
  isAnswered: (words) => short(words) || words.some((word) => /^-q*qq|^-q=2/.test(word)),
}
const yum: Manager = { verbs: changing, yes: '-y', isAnswered: short }

const managers: Readonly<Record<string, Manager>> = {
  apt,
  'apt-get': apt,
  aptitude: apt,
  yum,
  dnf: yum,
  microdnf: yum,
  zypper: {
    verbs: /^(?:in|install|up|update|dup|dist-upgrade|patch|rm|remove)$/,
    yes: '-y',
    isAnswered: (words) =>
      short(words) || hasOption(words, 'n', '--non-interactive', '--no-confirm'),
  },
  pacman: {
    verbs: /^-[SRU][a-z]*$/,
    yes: '--noconfirm',
    isAnswered: (words) =>
      words.includes('--noconfirm') || words.some((word) => /^-[SRU][a-z]*[sipgl]/.test(word)),
  },
  conda: { verbs: /^(?:install|create|update|remove)$/, yes: '-y', isAnswered: short },
  pip: { verbs: /^uninstall$/, yes: '-y', isAnswered: short },
  pip3: { verbs: /^uninstall$/, yes: '-y', isAnswered: short },
  flatpak: {
    verbs: /^(?:install|update|uninstall)$/,
    yes: '-y',
    isAnswered: (words) => short(words) || words.includes('--noninteractive'),
  },
}

// Adding the answer to these changes nothing that a person would want to be asked about.
const harmless = /^(?:install|reinstall|localinstall|groupinstall|in|create|-S)$/

export const packageManager: Rule = (page, report) => {
  for (const { lint, simple } of simpleCommands(page)) {
    if (simple.isFed || lint.command.dialog.length > 0) continue
    if ('dialog' in lint.step && lint.step.dialog.length > 0) continue
    const { program, args, words } = unwrap(simple)
    const manager = valueOf(managers, program)
    if (!manager || manager.isAnswered(words)) continue
    const verb = args.find(({ value }) => !value.startsWith('-') || manager.verbs.test(value))
    if (!verb || !manager.verbs.test(verb.value)) continue
    const span = lint.span(verb)
    const fix = harmless.test(verb.value)
      ? { edits: [insertion(span.end, ` ${manager.yes}`)] }
      : undefined
    report.add(
      'RB0803',
      span,
      messages.commandDoes(`${program} ${verb.value}`, asks.goesOn),
      shared.write(`${program} ${verb.value} ${manager.yes}`),
      fix,
    )
  }
}
