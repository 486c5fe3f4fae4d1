/** Generates a completion script for each shell from the program's shape. */

import type { CommandShape, FlagShape } from './command-shape.ts'

export type CompletionShell = 'bash' | 'zsh' | 'fish'

export function renderCompletion(
  shell: CompletionShell,
  commands: readonly CommandShape[],
): string {
  return renderers[shell](commands)
}

const renderers: Readonly<Record<CompletionShell, (commands: readonly CommandShape[]) => string>> =
  {
    bash: renderBash,
    zsh: renderZsh,
    fish: renderFish,
  }

/** Names of ours are safe inside single quotes. */
function list(words: readonly string[]): string {
  return words.join(' ')
}

function valuesOf(flags: readonly FlagShape[]): readonly FlagShape[] {
  return flags.filter(({ values }) => values.length > 0)
}

/** `COMP_WORDS` splits `--flag=value` into three words, because `=` breaks words in bash. */
function renderBash(commands: readonly CommandShape[]): string {
  const names = commands.map(({ name }) => name)
  return `# completion of runbook for bash: source <(runbook completion bash)
_runbook() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= flags= words= word
  [[ $current == '=' ]] && current=
  [[ $before == '=' ]] && before=\${COMP_WORDS[COMP_CWORD-2]}
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] || { command=$word; break; }
  done
  COMPREPLY=()
  case $command in
    '') flags='--help --version' words='${list([...names, 'help'])}' ;;
    help) words='${list(names)}' ;;
${commands.map(bashCommand).join('\n')}
  esac
  if [[ $current == -* ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$flags" -- "$current")
  elif [[ -n $words ]]; then
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
  fi
}
complete -o default -F _runbook runbook
`
}

function bashCommand({ name, flags, words }: CommandShape): string {
  const values = valuesOf(flags).map(
    (flag) =>
      `        ${flag.names.join('|')}) mapfile -t COMPREPLY < <(compgen -W '${list(flag.values)}' -- "$current"); return ;;`,
  )
  const free = flags.filter(({ takesValue, values: own }) => takesValue && own.length === 0)
  const files =
    free.length === 0 ? [] : [`        ${free.flatMap((flag) => flag.names).join('|')}) return ;;`]
  const cases = [...values, ...files]
  const ofBefore = cases.length === 0 ? [] : ['      case $before in', ...cases, '      esac']
  return [
    `    ${name})`,
    ...ofBefore,
    `      flags='${list(flags.flatMap((flag) => flag.names))}' words='${list(words)}' ;;`,
  ].join('\n')
}

function renderZsh(commands: readonly CommandShape[]): string {
  const described = commands.map(({ name, about }) => `    ${zshText(`${name}:${about}`)}`)
  return `#compdef runbook
# completion of runbook for zsh: put it into a file _runbook on your fpath
_runbook() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
    help) _describe command commands ;;
${commands.map(zshCommand).join('\n')}
    *) _files ;;
  esac
}
if [[ $funcstack[1] == _runbook ]]; then _runbook "$@"; else compdef _runbook runbook; fi
`
}

function zshCommand({ name, flags, words }: CommandShape): string {
  const specs = flags.flatMap((flag) =>
    flag.names.map((each) => {
      const value = !flag.takesValue
        ? ''
        : flag.values.length > 0
          ? `:value:(${list(flag.values)})`
          : ':value:_files'
      const sign = flag.takesValue && each.startsWith('--') ? '=' : ''
      return zshText(
        `*${each}${sign}[${flag.about.replaceAll(/[[\]]/g, '\\$&').replaceAll(':', '\\:')}]${value}`,
      )
    }),
  )
  const rest = words.length > 0 ? zshText(`*:name:(${list(words)})`) : zshText('*:page:_files')
  return `    ${name}) _arguments -s ${[...specs, rest].join(' ')} ;;`
}

function zshText(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function renderFish(commands: readonly CommandShape[]): string {
  const lines = commands.flatMap(({ name, about, flags, words }) => [
    `complete -c runbook -n __fish_use_subcommand -f -a ${name} -d ${fishText(about)}`,
    ...flags.map((flag) => fishFlag(name, flag)),
    ...(words.length === 0
      ? []
      : [
          `complete -c runbook -n '__fish_seen_subcommand_from ${name}' -f -a ${fishText(list(words))}`,
        ]),
  ])
  return `# completion of runbook for fish: runbook completion fish > ~/.config/fish/completions/runbook.fish\n${lines.join('\n')}\n`
}

function fishFlag(command: string, { names, about, takesValue, values }: FlagShape): string {
  const spelt = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  )
  const value = !takesValue ? '' : values.length > 0 ? ` -x -a ${fishText(list(values))}` : ' -r'
  return `complete -c runbook -n '__fish_seen_subcommand_from ${command}' ${spelt.join(' ')}${value} -d ${fishText(about)}`
}

function fishText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
