/** Finds passwords on a page that commands read from standard input. */

import type { ShellWord, SimpleCommand } from '../parse/simple-commands.ts'
import { baseName, operands, unwrap } from '../parse/unwrap.ts'

interface Place {
  readonly start: number
  readonly end: number
}

/** @param commands - In the order of the text, so that a pipe's ends are neighbours. */
export function* pipedSecrets(
  commands: readonly SimpleCommand[],
): Generator<Place & { readonly secret: string }> {
  for (const [index, command] of commands.entries()) {
    const reader = readerOf(command)
    if (!reader) continue
    for (const { text, start } of [...inputsOf(command), ...printedInto(commands, index)]) {
      let at = start
      for (const line of text.split('\n')) {
        const [, skipped = '', secret = ''] = reader.exec(line) ?? []
        if (secret !== '' && !/[$`\\]/.test(secret))
          yield { secret, start: at + skipped.length, end: at + skipped.length + secret.length }
        at += line.length + 1
      }
    }
  }
}

const wholeLine = /^(\s*)(\S+)\s*$/
const behindUser = /^([^:\s]+:)(\S+)\s*$/

/** The form of a line that the command reads; the second group is the password. */
function readerOf(command: SimpleCommand): RegExp | undefined {
  const own = command.args.map(({ value }) => value)
  const firstOperand = own.findIndex((word) => !word.startsWith('-'))
  const ownOptions = own.slice(0, firstOperand === -1 ? undefined : firstOperand)
  if (
    baseName(command.name.value) === 'sudo' &&
    ownOptions.some((word) => /^-[A-Za-z]*S|^--stdin$/.test(word))
  )
    return wholeLine
  const { program, words } = unwrap(command)
  switch (program) {
    case 'chpasswd':
      return words.some((word) => /^(?:-[a-z]*e|--encrypted)$/.test(word)) ? undefined : behindUser
    case 'passwd':
    case 'smbpasswd':
    case 'su':
    case 'cryptsetup':
    case 'kinit':
    case 'vncpasswd':
    case 'saslpasswd2':
    case 'ldappasswd':
      return wholeLine
    default:
      return words.some((word) =>
        /^--(?:password-stdin|passphrase-fd|with-token|stdin)$/.test(word),
      )
        ? wholeLine
        : undefined
  }
}

interface Input {
  readonly text: string
  readonly start: number
}

function inputsOf({ redirects, hereDocs }: SimpleCommand): readonly Input[] {
  const strings = redirects.flatMap(({ operator, target }) =>
    operator === '<<<' && target ? inputOf(target) : [],
  )
  return [...strings, ...hereDocs]
}

/** What `echo` and `printf` write into the command's pipe. */
function printedInto(commands: readonly SimpleCommand[], index: number): readonly Input[] {
  const inputs: Input[] = []
  if (!commands[index]?.isFed) return inputs
  for (let at = index - 1; commands[at]?.isPiped === true; at--) {
    const command = commands[at]
    if (!command) break
    const { program, args, words } = unwrap(command)
    if (program !== 'echo' && program !== 'printf') break
    const given = new Set(operands(words))
    inputs.push(...args.filter(({ value }) => given.has(value)).flatMap(inputOf))
  }
  return inputs
}

/** Removes quotes, and interprets `printf`'s line ends and formats. */
function inputOf({ value, text, start }: ShellWord): readonly Input[] {
  if (/[$`]/.test(text) && !/^'[^']*'$/.test(text)) return []
  const quote = /^['"]/.test(text) ? 1 : 0
  return value.split(String.raw`\n`).reduce<readonly Input[]>((inputs, part) => {
    const last = inputs.at(-1)
    const at = last ? last.start + last.text.length + 2 : start + quote
    return [...inputs, { text: part, start: at }]
  }, [])
}
