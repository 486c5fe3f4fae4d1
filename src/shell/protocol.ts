/**
 * Builds what is sent to a host: scripts for a channel's bash, items for the channel that follows a
 * shell, and frames for the run's shell. See `host/PROTOCOL.md`.
 */

import { messages } from './messages.ts'
import type { TypedAnswer } from '../run/dialog.ts'
import { channelScripts } from './host-programs.ts'
import { ShellError } from './shell-error.ts'

/**
 * A text as one bash word, in single quotes, where no character is special.
 *
 * @throws {ShellError} For a NUL byte, which a shell cannot hold.
 */
export function shellQuote(text: string): string {
  if (text.includes('\0')) {
    throw new ShellError('nul', messages.nulByte)
  }
  return `'${text.replaceAll("'", `'\\''`)}'`
}

/** Variables that change the shell itself or the code that programs load. */
const refused =
  /^(?:LD_.*|DYLD_.*|BASH_ENV|ENV|SHELLOPTS|BASHOPTS|PS4|PROMPT_COMMAND|IFS|RUNBOOK_MARK|__rb_.*)$/

/** @throws {ShellError} `name`: not a variable's name, or one that pages may not set. */
export function checkName(name: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new ShellError('name', messages.notAVariable(name))
  }
  if (refused.test(name)) throw new ShellError('name', messages.notSettable(name))
}

/** `A='x' B='y'`, for `export`; empty without variables. */
export function assignments(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => {
      checkName(name)
      return `${name}=${shellQuote(value)}`
    })
    .join(' ')
}

export interface ChannelScript {
  readonly nonce: string
  readonly parameters: Readonly<Record<string, string>>
  /** `NAME=value`, for a script with an explicit environment. */
  readonly environment?: readonly string[] | undefined
  /** Names and texts of files that the script writes on the host. */
  readonly files?: Readonly<Record<string, string>> | undefined
  readonly body: string
}

/**
 * Prefixes a text with its size in bytes, because bash reads a pipe byte by byte but reads a given
 * number of bytes at once, in any locale.
 */
export function channelText({
  nonce,
  parameters,
  environment = [],
  files = {},
  body,
}: ChannelScript): string {
  const lists = assignedLists({ RB_E: environment, RB_F: Object.entries(files).flat() })
  const values = `${parametersText({ RB_N: nonce, ...parameters })}${lists}`
  const script = `unset RB_S\n${values}${channelScripts.begun()}rb_begun\n${body}`
  const bytes = Buffer.byteLength(script)
  return `{\nLC_ALL=C IFS= TMOUT=0 read -r -N ${bytes} RB_S && eval "$RB_S"\nexit 0\n}\n${script}`
}

/** An item for a followed shell's channel: frames for the shell, or a message for `follow`. */
export function channelItem(text: string): string {
  return `${Buffer.byteLength(text)} ${text}`
}

/** The last item of a channel: it stops following and runs this script. */
export function lastItem({ parameters, body }: Omit<ChannelScript, 'nonce'>): string {
  return channelItem(`!trap '' TERM\n${parametersText(parameters)}${body}`)
}

/** From this number on, output goes to new files. */
export function anewItem(number: number): string {
  return channelItem(`%${number}`)
}

/** An answer for a dialog's terminal, as an item. */
export function answerItem({ number, answer }: TypedAnswer): string {
  return channelItem(`@${number}:${Buffer.from(answer).toString('hex')}\n`)
}

function parametersText(parameters: ChannelScript['parameters']): string {
  const values = Object.entries(parameters)
  return values.map(([name, value]) => `${name}=${shellQuote(value)}\n`).join('')
}

function assignedLists(lists: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(lists)
    .map(([name, values]) => `${name}=(${values.map(shellQuote).join(' ')})\n`)
    .join('')
}

export interface Frame {
  readonly number: number
  /** Hash of the command, so that a number is never used for another one. */
  readonly id: string
  /** The command that must have succeeded before this one may run. */
  readonly after: number | undefined
  /** Exit statuses after which the next frame may run. */
  readonly allowed: 'any' | readonly number[]
  readonly folder: string
  /** Nonce of this command's markers. */
  readonly nonce: string
  readonly command: string
  readonly dir: string | undefined
  readonly leavesFolder?: true | undefined
  readonly env: Readonly<Record<string, string>>
  /** Names of all variables of this shell that must not reach a file. */
  readonly secrets: readonly string[]
  readonly stdin: string | undefined
  readonly streams: 'merged' | 'apart'
  /** Whether the command has a terminal, with merged streams. */
  readonly terminal: boolean
  /** Whether another frame was sent after this one. */
  readonly isFollowed: boolean
  /** Bytes of each output that will not be read again; 0: keep all. */
  readonly read: { readonly out: number; readonly err: number }
  /** Bytes of the first output that the client had when it sent this. */
  readonly taken: number
  /** The environment mark of the command's processes. */
  readonly mark: string
  /** Whether new output files start with it, for the shell's own output too. */
  readonly isAnew: boolean
}

/** The frame of a command, which may change the shell. */
export function commandFrame(frame: Frame): string {
  const errors = frame.streams === 'merged' ? '2>&1' : '2>>"$__rb_D/err"'
  const places = frame.terminal
    ? '<"$__rb_w" >"$__rb_w" 2>&1'
    : `${inputOf(frame)} >>"$__rb_D/out" ${errors}`
  // The terminal's program must not get the command's mark.
  const terminal = frame.terminal ? '\\builtin . "$__rb_D/terminal-begin"; ' : ''
  const end = frame.terminal ? 'terminal-end' : 'end'
  return frameText(
    frame,
    places,
    `${terminal}${exports(frame)}; __rb_E=(builtin . "$__rb_D/${end}")`,
  )
}

/** The frame of a script in a subshell, which does not change the shell. */
export function questionFrame(frame: Frame): string {
  const places = '</dev/null >>"$__rb_D/out" 2>>"$__rb_D/err"'
  const asked = inSubshell(`${exports(frame)}; \\builtin eval "$__rb_t"`)
  return frameText(frame, places, asked, '__rb_A=1')
}

/**
 * The frame of a background command; prints the pid of the subshell that waits for it.
 *
 * With job control on, its processes keep their default signals. The enclosing subshell ends at
 * once, so that the shell has no job and `$!` stays unchanged.
 */
export function backgroundFrame(frame: Frame, stop: string): string {
  const file = `"$__rb_D/background.${frame.number}"`
  const places = '</dev/null >>"$__rb_D/out" 2>/dev/null'
  const command =
    `${exports(frame)}; \\builtin set -m; ( ( [[ -n $__rb_o ]] && \\builtin set "-$__rb_o"; ` +
    '\\builtin eval "$__rb_t" ); ' +
    `\\builtin printf '%s\\n' "$?" >${file}.status ) ${inputOf(frame)} >${file} 2>&1 & ` +
    `__rb_y=${shellQuote(stop)}; \\builtin . "$__rb_D/keep-background"; \\builtin printf '%s\\n' "$!"`
  return frameText(frame, places, inSubshell(command))
}

function inputOf({ stdin }: Frame): string {
  return stdin === undefined ? '</dev/null' : '< <(\\builtin printf %s "$__rb_i")'
}

/** Replaces the command that `begin` prepared. */
function inSubshell(command: string): string {
  const code = `if ( ${command} ) \0; then __rb_k=0; else __rb_k=$?; fi`
  const [before = '', after = ''] = code.split(' \0').map(shellQuote)
  const run = `builtin eval ${before}' '"$__rb_c"${after}`
  return `__rb_E=(builtin . "$__rb_D/end-question") __rb_e=('' ${run})`
}

/**
 * One line that bash reads byte by byte, as everything from a pipe: therefore short, and its commands in
 * arrays. The first reads the size and so many bytes; the second runs what `begin` made of them, with
 * line 1 of what bash says being the command's; the third reads the last line, which ends a
 * bash that only parses what it reads (`set -n`), and says how the command ended.
 *
 * @param places - Redirections of its streams.
 * @param begun - Runs once the number is claimed.
 * @param more - Further assignments.
 */
function frameText(frame: Frame, places: string, begun: string, more = '__rb_A='): string {
  // What bash itself says goes there too; `builtin exec` would take it back at once.
  const own = '\n\\builtin declare -F exec >/dev/null || \\exec >>"$__rb_D/out" 2>&1'
  const anew = frame.isAnew ? own : ''
  const values = asciiOnly(
    `${assigned(frame, places)} ${more}${anew}\n\\builtin . "$__rb_D/begin" && { ${begun}; }\n`,
  )
  const size = String(values.length).padStart(sizeDigits, '0')
  return `"\${__rb_B[@]}";"\${__rb_e[@]:LINENO=1}";"\${__rb_E[@]}"\n${size}${values}${lastLine}`
}

/** As `init.sh` reads them. */
const sizeDigits = 10
/** As long as `end.sh` and `end-question.sh` read it. */
const lastLine = ') # set -n\n'

function assigned(frame: Frame, places: string): string {
  const { number, id, after, taken, folder, nonce, streams, dir = '', secrets, read } = frame
  const allowed = frame.allowed === 'any' ? 'any' : shellQuote(frame.allowed.join(' '))
  const isRead = read.out > 0 || read.err > 0
  const stdin = frame.stdin === undefined ? '' : ` __rb_i=${shellQuote(frame.stdin)}`
  return (
    `__rb_D=${shellQuote(folder)} __rb_N=${nonce} __rb_n=${number} __rb_b=${id} ` +
    `__rb_g=${after ?? ''} __rb_l=${taken} __rb_w=${allowed} __rb_m=${streams} ` +
    `__rb_s=${shellQuote(secrets.join(' '))} __rb_d=${shellQuote(dir)}${stdin} ` +
    `__rb_a=${isRead ? `'${read.out} ${read.err}'` : ''} __rb_c=${shellQuote(places)} ` +
    `${frame.leavesFolder ? '__rb_G= ' : ''}__rb_F=${frame.isFollowed ? '1' : ''} __rb_e=('' builtin :) __rb_E=(builtin read -r -N ${lastLine.length} __rb_x) __rb_t=${shellQuote(runnable(frame.command))}`
  )
}

/**
 * Encodes non-ASCII text in `$'…'`, because bash counts characters in some locales and the size is
 * in bytes.
 */
function asciiOnly(text: string): string {
  return text.replaceAll(/[^\0-\x7f]+/g, (run) => {
    const bytes = Array.from(Buffer.from(run), (byte) => `\\x${byte.toString(16)}`)
    return `'$'${bytes.join('')}''`
  })
}

function exports(frame: Frame): string {
  return `\\builtin export ${assignments(frame.env)} RUNBOOK_MARK=${frame.mark}`.replace('  ', ' ')
}

/** A group must not be empty. */
function runnable(command: string): string {
  return command.split('\n').every((line) => /^\s*(?:#|$)/.test(line)) ? ':' : command
}
