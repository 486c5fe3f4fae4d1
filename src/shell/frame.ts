/**
 * One command as the lines that the run's bash reads from its FIFO.
 *
 * The last line is read by `end`. A bash that no longer runs what it reads (`set -n`) parses it
 * instead, and ends with what it says there.
 */

import { assignments } from './environment.ts'
import { shellQuote } from './shell-quote.ts'

export interface Frame {
  readonly number: number
  /** Of what is run, so that a number is never taken for another command. */
  readonly id: string
  /** The number of the command that must have ended well before this one may run. */
  readonly after: number | undefined
  /** The statuses after which what was sent ahead may run. */
  readonly allowed: 'any' | readonly number[]
  readonly folder: string
  /** Of this command's markers. */
  readonly nonce: string
  readonly command: string
  readonly dir: string | undefined
  readonly env: Readonly<Record<string, string>>
  /** Names of all variables of this shell that must not reach a file. */
  readonly secrets: readonly string[]
  readonly stdin: string | undefined
  readonly streams: 'merged' | 'apart'
  /** The command has a terminal, and its streams are merged. */
  readonly terminal: boolean
  /** Bytes of each output that nobody will read again; 0: they stay. */
  readonly read: { readonly out: number; readonly err: number }
  /** Bytes of the first output that the client had when this was sent. */
  readonly taken: number
  /** In the environment of everything that the command starts. */
  readonly mark: string
}

/** The frame of a command, which may change the shell. */
export function commandFrame(frame: Frame): string {
  const errors = frame.streams === 'merged' ? '2>&1' : '2>>"$__rb_D/err"'
  const input = frame.stdin === undefined ? '</dev/null' : '< <(\\builtin printf %s "$__rb_i")'
  const stdin = frame.stdin === undefined ? '' : ` __rb_i=${shellQuote(frame.stdin)}`
  const [before, places, after] = frame.terminal
    ? [
        '\\builtin . "$__rb_D/terminal-begin"; ',
        '<"$__rb_w" >"$__rb_w" 2>&1',
        '\\builtin . "$__rb_D/terminal-end"; ',
      ]
    : ['', `${input} >>"$__rb_D/out" ${errors}`, '']
  return (
    opening(frame, stdin) +
    before +
    `${exports(frame)}; ` +
    // The expansion at its end is empty, and makes line 1 of what bash says the command's line 1.
    '\\builtin eval "$__rb_e${__rb_n:$((LINENO=1,0)):0}" ' +
    `${places}; ${after}\\builtin . "$__rb_D/end"; ${closing}`
  )
}

/** The frame of a script that runs in a subshell and leaves the shell as it was. */
export function questionFrame(frame: Frame): string {
  return (
    opening(frame, '') +
    `if ( ${exports(frame)}; \\builtin eval "$__rb_t" ) </dev/null >>"$__rb_D/out" ` +
    '2>>"$__rb_D/err"; then __rb_k=0; else __rb_k=$?; fi; ' +
    `\\builtin . "$__rb_D/end-question"; ${closing}`
  )
}

/**
 * The frame of a command that goes on behind the shell; it prints the pid of the subshell that
 * waits for it.
 *
 * With job control on, what is started there keeps its default signals. The subshell around it
 * ends at once, so that the shell itself has no job more and `$!` stays what it was.
 */
export function backgroundFrame(frame: Frame): string {
  const file = `"$__rb_D/background.${frame.number}"`
  const input = frame.stdin === undefined ? '</dev/null' : '< <(\\builtin printf %s "$__rb_i")'
  const stdin = frame.stdin === undefined ? '' : ` __rb_i=${shellQuote(frame.stdin)}`
  return (
    opening(frame, stdin) +
    `${exports(frame)}; if ( \\builtin set -m; ( ( [[ -n $__rb_o ]] && \\builtin set "-$__rb_o"; ` +
    '\\builtin eval "$__rb_t" ); ' +
    `\\builtin printf '%s\\n' "$?" >${file}.status ) ${input} >${file} 2>&1 & ` +
    `\\builtin printf '%s\\n' "$!" ) </dev/null >>"$__rb_D/out" 2>/dev/null; ` +
    'then __rb_k=0; else __rb_k=$?; fi; ' +
    `\\builtin . "$__rb_D/end-question"; ${closing}`
  )
}

function opening(frame: Frame, stdin: string): string {
  const {
    number,
    id,
    after,
    taken,
    folder,
    nonce,
    streams,
    dir = '',
    secrets,
    command,
    read,
  } = frame
  const allowed = frame.allowed === 'any' ? 'any' : shellQuote(frame.allowed.join(' '))
  const isRead = read.out > 0 || read.err > 0
  return (
    `__rb_D=${shellQuote(folder)} __rb_N=${nonce} __rb_n=${number} __rb_b=${id} ` +
    `__rb_g=${after ?? ''} __rb_l=${taken} __rb_w=${allowed} __rb_m=${streams} ` +
    `__rb_s=${shellQuote(secrets.join(' '))} __rb_d=${shellQuote(dir)}${stdin} ` +
    `__rb_a=${isRead ? `'${read.out} ${read.err}'` : ''} ` +
    `__rb_t=${shellQuote(runnable(command))}\n` +
    'if \\builtin . "$__rb_D/begin"; then '
  )
}

function exports(frame: Frame): string {
  return `\\builtin export ${assignments(frame.env)} RUNBOOK_MARK=${frame.mark}`.replace('  ', ' ')
}

const closing =
  'else \\builtin read -r __rb_x; fi\n' +
  ') # this shell runs nothing any more: `set -n` makes bash read commands only\n'

/** A group must not be empty. */
function runnable(command: string): string {
  return command.split('\n').every((line) => /^\s*(?:#|$)/.test(line)) ? ':' : command
}
