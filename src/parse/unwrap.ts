import type { ShellWord, SimpleCommand } from './simple-commands.ts'

/** The command behind its wrappers: `apt-get` in `sudo -E env A=1 apt-get update`. */
export interface Unwrapped {
  /** The program's name without its folder; empty if a wrapper runs no command. */
  readonly program: string
  readonly name: ShellWord
  readonly args: readonly ShellWord[]
  /** The values of `args`. */
  readonly words: readonly string[]
  /** The `sudo` or `doas` before it. */
  readonly sudo: ShellWord | undefined
  /** Whether a wrapper limits its time (`timeout 5s …`). */
  readonly isTimed: boolean
}

/** Options of `sudo` that take the next word as a value. */
export const sudoValues: ReadonlySet<string> = new Set(
  Array.from('ughpCrtTUDR').map((letter) => `-${letter}`),
)

/** Wrappers, and their options that take the next word as a value. */
const wrappers = new Map<string, ReadonlySet<string>>([
  ['sudo', sudoValues],
  ['doas', new Set(['-u', '-C'])],
  ['env', new Set(['-u', '-C', '-S'])],
  ['nohup', new Set()],
  ['time', new Set(['-f', '-o'])],
  ['nice', new Set(['-n'])],
  ['ionice', new Set(['-c', '-n', '-p'])],
  ['command', new Set()],
  ['exec', new Set(['-a'])],
  ['stdbuf', new Set(['-i', '-o', '-e'])],
  ['timeout', new Set(['-k', '-s'])],
  ['setsid', new Set()],
  ['proxychains', new Set(['-f'])],
  ['proxychains4', new Set(['-f'])],
])

// `sudo` options that open a shell or an editor and run no command.
const opensShell = /^-(?:[A-Za-z]*[isel]|-login|-shell|-edit|-list)$/

export function unwrap(command: Pick<SimpleCommand, 'name' | 'args'>): Unwrapped {
  let { name, args } = command
  let sudo: ShellWord | undefined
  let isTimed = false
  for (;;) {
    const program = baseName(name.value)
    const valued = wrappers.get(program)
    if (!valued) break
    const own = skipOptions(args, valued)
    const isSudo = program === 'sudo' || program === 'doas'
    if (isSudo && args.slice(0, own).some(({ value }) => opensShell.test(value))) break
    // `time` and `timeout` need a command; `command -v x` only looks one up.
    if (program === 'command' && /^-[vV]/.test(args[0]?.value ?? '')) break
    const at = program === 'timeout' ? own + 1 : own
    const next = args[at]
    if (!next) break
    if (isSudo) sudo ??= name
    if (program === 'timeout') isTimed = true
    name = next
    args = args.slice(at + 1)
  }
  const words = args.map(({ value }) => value)
  return { program: baseName(name.value), name, args, words, sudo, isTimed }
}

function skipOptions(args: readonly ShellWord[], valued: ReadonlySet<string>): number {
  let at = 0
  for (; at < args.length; at++) {
    const value = args[at]?.value ?? ''
    if (value === '--') return at + 1
    if (valued.has(value)) at++
    else if (!value.startsWith('-') && !/^[A-Za-z_]\w*=/.test(value)) break
  }
  return at
}

/** A program's name without its folder. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Whether an option is present, alone or bundled: `-y` in `-qy`. */
export function hasOption(words: readonly string[], short: string, ...long: string[]): boolean {
  return words.some((word) => {
    if (long.some((each) => word === each || word.startsWith(`${each}=`))) return true
    return short !== '' && /^-[A-Za-z0-9]+$/.test(word) && word.slice(1).includes(short)
  })
}

/** The words that are not options. */
export function operands(words: readonly string[]): readonly string[] {
  return words.filter((word) => !word.startsWith('-'))
}
