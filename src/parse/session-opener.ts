/**
 * Recognises commands that open a shell on another machine or as another user: input at that prompt
 * does not run in the page's shell.
 */

import { readSimpleCommands } from './simple-commands.ts'
import { baseName, hasOption, operands, type Unwrapped, unwrap } from './unwrap.ts'

const sshValues = new Set(Array.from('bcDEeFIiJLlmOopQRSWw').map((letter) => `-${letter}`))

/** The interactive program that a command starts, with its words; `undefined`: none. */
export function sessionOpenedBy(text: string): string | undefined {
  const last = readSimpleCommands(text).commands.at(-1)
  if (!last || last.isBackground || last.isFed || last.isPiped || last.isNested) return undefined
  const command = unwrap(last)
  return opensSession(command) ? [command.program, ...command.words].join(' ') : undefined
}

/** Whether an ssh command names a host and no remote command. */
export function isSshSession(words: readonly string[]): boolean {
  let at = 0
  let isShell = true
  while (at < words.length && words[at]?.startsWith('-') === true) {
    const word = words[at] ?? ''
    if (/^-[A-Za-z]*[NTVGQOfW]/.test(word)) isShell = false
    at += sshValues.has(word) ? 2 : 1
  }
  return isShell && at === words.length - 1
}

const shells = new Set(['bash', 'sh', 'zsh', 'fish', 'dash', 'ksh', 'csh', 'tcsh', 'ash'])

/** Arguments that open a shell, by program; options are removed first. */
const phrases: ReadonlyMap<string, RegExp> = new Map([
  ['newgrp', /^/],
  ['vagrant', /^ssh\b/],
  ['multipass', /^shell\b/],
  ['limactl', /^shell\b/],
  ['machinectl', /^(?:shell|login)\b/],
  ['toolbox', /^enter\b/],
  ['distrobox', /^enter\b/],
  ['poetry', /^shell\b/],
  ['pipenv', /^shell\b/],
  ['nix-shell', /^/],
  ['telnet', /^\S/],
  ['rlogin', /^\S/],
  ['virsh', /^console\b/],
  ['oc', /^(?:rsh|debug)\b/],
  ['gcloud', /^compute ssh\b/],
  ['az', /^ssh vm\b/],
  ['aws', /^ssm start-session\b/],
  ['lxc', /^(?:shell|console)\b/],
  ['incus', /^(?:shell|console)\b/],
])

function opensSession({ program, words }: Unwrapped): boolean {
  const rest = operands(words)
  const isCommandGiven = words.some((word) => /^(?:-c|--command(?:=.*)?)$/.test(word))
  switch (program) {
    case 'ssh':
    case 'slogin':
    case 'mosh':
    case 'autossh':
      return isSshSession(words)
    case 'su':
    case 'runuser':
      return !isCommandGiven
    case 'sudo':
    case 'doas':
      return hasOption(words, 's', '--shell') || hasOption(words, 'i', '--login')
    case 'chroot':
    case 'arch-chroot':
    case 'schroot':
    case 'systemd-nspawn':
    case 'nsenter':
    case 'unshare':
      return opensShellAtEnd(rest, program.endsWith('chroot') ? 1 : 0)
    case 'ip':
      return rest[0] === 'netns' && rest[1] === 'exec' && shells.has(baseName(rest.at(-1) ?? ''))
    case 'docker-compose':
      return rest[0] === 'exec' && !hasOption(words, 'T')
    case 'docker':
    case 'podman':
    case 'nerdctl':
    case 'kubectl':
    case 'crictl':
    case 'oc':
      return isTerminalInContainer(words, rest) || phraseOf(program, rest)
    case 'lxc':
    case 'incus':
      return (
        (rest[0] === 'exec' && shells.has(baseName(rest.at(-1) ?? ''))) || phraseOf(program, rest)
      )
    default:
      if (shells.has(program))
        return words.every((word) =>
          /^-(?:[il]+|-(?:login|interactive|norc|noprofile|posix))$/.test(word),
        )
      return phraseOf(program, rest) && !isCommandGiven
  }
}

function phraseOf(program: string, rest: readonly string[]): boolean {
  return phrases.get(program)?.test(rest.join(' ')) === true
}

/** `chroot DIR` and `chroot DIR bash` open a shell, `chroot DIR ls` does not. */
function opensShellAtEnd(rest: readonly string[], own: number): boolean {
  return rest.length <= own || shells.has(baseName(rest.at(-1) ?? ''))
}

function isTerminalInContainer(words: readonly string[], rest: readonly string[]): boolean {
  const at = words.findIndex((word) => /^(?:exec|run|attach|start)$/.test(word))
  if (at === -1) return false
  if (rest[0] === 'compose' && words[at] === 'exec') return !hasOption(words, 'T')
  return words.slice(at).some((word) => /^-(?:[id]*t[id]*|-tty(?:=true)?|ai|-attach)$/.test(word))
}
