/**
 * The programs for hosts, from the files in `host/` (described in PROTOCOL.md there): scripts for
 * channels, and the files of a run's folder.
 */

import { readProgram } from './host/read-program.ts'

/** Scripts that a channel's bash runs in sequence, as one text. */
function channelScript(...names: readonly string[]): () => string {
  let text: string | undefined
  return () => (text ??= names.map((name) => bash(`${name}.sh`)).join(''))
}

/** Strips comments and indentation, which the host would otherwise read each time. */
function bash(name: string): string {
  const lines = readProgram(name)
    .split('\n')
    .map((line) => line.trimStart())
  return lines.filter((line) => line !== '' && !line.startsWith('#')).join('\n') + '\n'
}

/** Built on first use, because most of our commands contact no host. */
export const channelScripts = {
  begun: channelScript('answer'),
  facts: channelScript('login-end', 'facts'),
  question: channelScript('environment', 'question'),
  open: channelScript('environment', 'login-end', 'safe-folder', 'follow', 'open'),
  attach: channelScript('follow', 'attach'),
  endCommand: channelScript('processes', 'end-command', 'done'),
  endBackground: channelScript('processes', 'end-background', 'done'),
  leftBackground: channelScript('left-background', 'done'),
  background: channelScript('background', 'done'),
  reboot: channelScript('reboot', 'done'),
  close: channelScript('close', 'done'),
} as const

const folderScripts = [
  'supervise',
  'init',
  'begin',
  'arm',
  'end',
  'end-question',
  'left',
  'keep-background',
  'save',
  'save-functions',
  'save-slowly',
  'save-aliases',
  'has-secret',
  'terminal-begin',
  'terminal-end',
  'end-terminal',
]
const folderPrograms = ['terminal.py', 'terminal.pl']

/** By file name in the run's folder. */
export function folderFiles(): Readonly<Record<string, string>> {
  const scripts = folderScripts.map((name) => [name, bash(`${name}.sh`)] as const)
  const programs = folderPrograms.map((name) => [name, readProgram(name)] as const)
  return Object.fromEntries([...scripts, ...programs])
}
