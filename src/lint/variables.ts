/**
 * Reports variables that a command uses and that nothing sets: bash replaces them by an empty text.
 */

import { shared } from '../diagnostic/messages.ts'
import { messages } from './messages.ts'
import type { Edit } from '../diagnostic/diagnostic.ts'
import { nearest } from '../text/nearest.ts'
import type { Span } from '../model/span.ts'
import { declaredNames } from '../model/runbook.ts'
import type { SimpleCommand } from '../parse/simple-commands.ts'
import type { LintPage, Rule } from './lint-page.ts'

// Variables set by the environment. Sources: bash(1), environ(7), sudo(8), sshd(8), debconf(7),
// dnf.conf(5), curl(1), and the manuals of Python, Conda, Go and Java.
const known = new Set(
  `HOME PATH USER LOGNAME PWD OLDPWD SHELL TERM LANG LANGUAGE TZ HOSTNAME HOSTTYPE OSTYPE MACHTYPE
  UID EUID PPID GROUPS RANDOM SRANDOM SECONDS LINENO FUNCNAME IFS REPLY OPTARG OPTIND PIPESTATUS
  EDITOR VISUAL PAGER MAIL TMPDIR DISPLAY SHLVL COLUMNS LINES EPOCHSECONDS EPOCHREALTIME
  DEBIAN_FRONTEND SUDO_USER SUDO_UID SUDO_GID SUDO_COMMAND SSH_CLIENT SSH_CONNECTION SSH_TTY
  SSH_AUTH_SOCK DBUS_SESSION_BUS_ADDRESS PS1 PS2 PS4 CDPATH MANPATH LD_LIBRARY_PATH PYTHONPATH
  CI releasever basearch VIRTUAL_ENV CONDA_PREFIX PROMPT_COMMAND HISTFILE HISTSIZE DIRSTACK COPROC MAPFILE
  http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY GOPATH JAVA_HOME`.split(/\s+/),
)
const knownFamilies = /^(?:LC_|XDG_|BASH|COMP_|GITHUB_|RUNNER_|CI_|RUNBOOK_|READLINE_|FUNC)/

export const unsetVariables: Rule = (page, report) => {
  const set = namesSet(page)
  const reported = new Set<string>()
  let isOpen = false
  for (const { reading, span, command } of page.commands) {
    // A sourced file may set any name, so later uses are not reported.
    isOpen ||= reading.runsOther
    if (isOpen) continue
    for (const use of reading.uses) {
      const { name } = use
      if (use.isGuarded || set.has(name) || known.has(name) || knownFamilies.test(name)) continue
      if (reported.has(name) || isOtherLanguage(command.text, use.start)) continue
      reported.add(name)
      const glued = gluedPrompts(page, name)
      const [first] = glued
      if (first) {
        const fix = { edits: glued.map(withoutDollar) }
        report.add('RB0306', first, messages.gluedPrompt(name), messages.removeDollar, fix)
        continue
      }
      const meant = nearest(name, set)
      const help =
        meant === undefined ? messages.declareOrDefault(name) : shared.didYouMean(`$${meant}`)
      report.add('RB0801', span(use), messages.neverAssigned(name), help)
    }
  }
}

/** Reports `$1` and `$@`: a page gets no arguments. */
export const parameters: Rule = (page, report) => {
  for (const { reading, span, command } of page.commands) {
    // `set -- a b` gives some to what follows.
    if (reading.commands.some(setsParameters)) return
    const use = reading.parameters.find(({ start }) => !isOtherLanguage(command.text, start))
    if (use)
      report.add(
        'RB0801',
        span(use),
        messages.noParameters(command.text.slice(use.start, use.end)),
        messages.declareParameter,
      )
  }
}

function setsParameters({ name, args }: SimpleCommand): boolean {
  if (name.value === 'eval') return true
  return name.value === 'set' && args.some(({ value }) => value === '--' || /^[^-+]/.test(value))
}

/** Finds program names attached to a `$` prompt: `$kubectl get pods`. */
function gluedPrompts(page: LintPage, name: string): readonly Span[] {
  if (!/^[a-z]/.test(name)) return []
  return page.commands.flatMap(({ reading, span, step }) =>
    step.kind === 'shell'
      ? reading.commands.flatMap((simple) =>
          simple.name.text === `$${name}` && simple.args.length > 0 ? [span(simple.name)] : [],
        )
      : [],
  )
}

function withoutDollar({ start }: Span): Edit {
  return { start: start.offset, end: start.offset + 1, text: '' }
}

/** Whether the `$` belongs to a password's hash or a server's configuration, not to bash. */
function isOtherLanguage(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 120), at)
  return (
    /\$(?:\d|2[aby]|y)\$\S*$/.test(before) ||
    /^\s*(?:fastcgi_param|proxy_\w+|log_format|add_header|rewrite|return \d+) [^\n]*$/m.test(before)
  )
}

function namesSet(page: LintPage): ReadonlySet<string> {
  const set = new Set([...page.project.inherited, ...declaredNames(page.runbook)])
  for (const { reading } of page.commands) {
    for (const name of reading.sets) set.add(name)
  }
  return set
}

/** Names that a page declares or sets, for pages that require it. */
export function namesOf(page: LintPage): ReadonlySet<string> {
  return namesSet(page)
}
