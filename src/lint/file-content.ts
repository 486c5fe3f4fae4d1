/** Whether a text behind an editor is what a person puts into the file, or goes on with commands. */

import { startsWithPrompt } from '../parse/transcript.ts'
import { startsWithCommand } from './command-start.ts'

/** Files that hold commands themselves. */
const holdsCommands =
  /\.(?:sh|bash|zsh|ksh|env)$|(?:^|\/)\.?(?:profile|bash_profile|bash_login|bash_aliases|bashrc|bash\.bashrc|zshrc|zprofile|rc\.local|environment|crontab|Dockerfile|Makefile|Vagrantfile|entrypoint)$|\/profile\.d\/|\/(?:s?bin|init\.d|cron\.\w+)\/[\w.-]+$/

const assignment = /^(?:export\s+|set\s+|Environment=)?[A-Za-z_][\w.-]*\s*=(?!=)/

/**
 * @param path - The file that the editor opens, or `undefined` where a text names none.
 * @param text - The block behind it.
 */
export function isContentOf(path: string | undefined, text: string): boolean {
  if (startsWithPrompt(text)) return false
  if (text.startsWith('#!') || isAssignments(text)) return true
  const lines = ownLines(text)
  const [first = ''] = lines
  if (first === '' || !startsWithCommand(first)) return first !== ''
  if (path === undefined || !holdsCommands.test(path)) return false
  // What names the file runs it: `chmod +x backup.sh`.
  const name = path.slice(path.lastIndexOf('/') + 1)
  return !first.split(/[\s/]+/).includes(name)
}

/** Whether every line that says something sets a name: `NAME=value`, `export NAME=value`. */
export function isAssignments(text: string): boolean {
  const lines = ownLines(text)
  return lines.length > 0 && lines.every(isAssignment)
}

/** `A=1 make` runs `make`. */
function isAssignment(line: string): boolean {
  return assignment.test(line) && !/^[A-Z_]\w*=(?:[^\s"'$`(]*|"[^"]*"|'[^']*')\s+[a-z./]/.test(line)
}

function ownLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:#(?!!)|\/\/|;)/.test(line))
}
