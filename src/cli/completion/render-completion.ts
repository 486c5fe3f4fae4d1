/** Generates a completion script for each shell from the program's shape. */

import type { CommandShape, FlagShape } from './command-shape.ts'
import type { WordSource } from './known-words.ts'

export type CompletionShell = 'bash' | 'zsh' | 'fish'

/** @param program - The command line of this program, for where `runbook` is no command. */
export function renderCompletion(
  shell: CompletionShell,
  commands: readonly CommandShape[],
  program: string,
): string {
  return renderers[shell](commands, program)
}

type Renderer = (commands: readonly CommandShape[], program: string) => string

const renderers: Readonly<Record<CompletionShell, Renderer>> = {
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
function renderBash(commands: readonly CommandShape[], program: string): string {
  const names = commands.map(({ name }) => name)
  return `# completion of runbook for bash: source <(runbook completion bash)
_runbook_ask() {
  if type -P -- "\${COMP_WORDS[0]}" >/dev/null; then "\${COMP_WORDS[0]}" "$@"; else ${program} "$@"; fi
}
_runbook_known() {
  mapfile -t COMPREPLY < <(_runbook_ask __complete "$1" "$current" "\${COMP_WORDS[@]:1}" 2>/dev/null)
}
_runbook() {
  local current=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]} command= flags= words= word asked= assigned=
  [[ $current == '=' ]] && current= assigned=1
  [[ $before == '=' ]] && assigned=1 && before=\${COMP_WORDS[COMP_CWORD-2]}
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
  elif [[ -n $asked ]]; then
    _runbook_known "$asked"
  fi
}
complete -o default -F _runbook runbook
_runbook_npx() {
  local at=1
  while [[ \${COMP_WORDS[at]-} == -* ]]; do at=$((at + 1)); done
  [[ \${COMP_WORDS[at]-} == runbook && $COMP_CWORD -gt $at ]] || return
  local -a line=("\${COMP_WORDS[@]:at}")
  local place=$((COMP_CWORD - at))
  local -a COMP_WORDS=("\${line[@]}")
  local COMP_CWORD=$place
  _runbook
}
complete -p npx >/dev/null 2>&1 || complete -o default -F _runbook_npx npx
`
}

function bashCommand({ name, flags, words, source }: CommandShape): string {
  const values = valuesOf(flags).map(
    (flag) =>
      `        ${flag.names.join('|')}) ${flag.takesValue ? '' : '[[ -z $assigned ]] || { '}mapfile -t COMPREPLY < <(compgen -W '${list(flag.values)}' -- "$current"); return${flag.takesValue ? '' : '; }'} ;;`,
  )
  const known = flags.flatMap((flag) =>
    flag.source === undefined
      ? []
      : [`        ${flag.names.join('|')}) _runbook_known ${flag.source}; return ;;`],
  )
  const free = flags.filter(
    ({ takesValue, values: own, source: asked }) =>
      takesValue && own.length === 0 && asked === undefined,
  )
  const files =
    free.length === 0 ? [] : [`        ${free.flatMap((flag) => flag.names).join('|')}) return ;;`]
  const cases = [...values, ...known, ...files]
  const ofBefore = cases.length === 0 ? [] : ['      case $before in', ...cases, '      esac']
  return [
    `    ${name})`,
    ...ofBefore,
    `      flags='${list(flags.flatMap((flag) => flag.names))}' words='${list(words)}' asked='${source ?? ''}' ;;`,
  ].join('\n')
}

function renderZsh(commands: readonly CommandShape[], program: string): string {
  const described = commands.map(({ name, about }) => `    ${zshText(`${name}:${about}`)}`)
  return `#compdef runbook
# completion of runbook for zsh: put it into a file _runbook on your fpath
_runbook_ask() {
  if (( $+commands[runbook] )); then runbook "$@"; else ${program} "$@"; fi
}
_runbook_known() {
  local -a found
  found=(\${(f)"$(_runbook_ask __complete $1 "$PREFIX" "\${words[@]}" 2>/dev/null)"})
  compadd -a found || _files
}
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
_runbook_npx() {
  local at=2
  while [[ $words[at] == -* ]]; do (( at++ )); done
  if [[ $words[at] != runbook || $CURRENT -le $at ]]; then _files; return; fi
  words=("\${(@)words[at,-1]}")
  (( CURRENT -= at - 1 ))
  _runbook
}
if [[ $funcstack[1] == _runbook ]]; then _runbook "$@"; else
  compdef _runbook runbook
  (( $+_comps[npx] )) || compdef _runbook_npx npx
fi
`
}

// A blank before an action keeps `_arguments` from adding options to it.
function zshCommand({ name, flags, words, source }: CommandShape): string {
  const specs = flags.flatMap((flag) =>
    flag.names.map((each) => {
      const value = !flag.takesValue
        ? flag.values.length === 0
          ? ''
          : `:: :(${list(flag.values)})`
        : flag.values.length > 0
          ? `:value:(${list(flag.values)})`
          : flag.source === undefined
            ? ':value:_files'
            : `:value: _runbook_known ${flag.source}`
      const sign = (flag.takesValue || flag.values.length > 0) && each.startsWith('--') ? '=' : ''
      return zshText(
        `*${each}${sign}[${flag.about.replaceAll(/[[\]]/g, '\\$&').replaceAll(':', '\\:')}]${value}`,
      )
    }),
  )
  const other = source === undefined ? '*:page:_files' : `*:${source}: _runbook_known ${source}`
  const rest = zshText(words.length > 0 ? `*:name:(${list(words)})` : other)
  return `    ${name}) _arguments -s ${[...specs, rest].join(' ')} ;;`
}

function zshText(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

function renderFish(commands: readonly CommandShape[], program: string): string {
  const lines = commands.flatMap(({ name, about, flags, words, source }) => [
    `complete -c runbook -n __fish_use_subcommand -f -a ${name} -d ${fishText(about)}`,
    ...flags.map((flag) => fishFlag(name, flag)),
    ...(words.length === 0
      ? []
      : [
          `complete -c runbook -n '__fish_seen_subcommand_from ${name}' -f -a ${fishText(list(words))}`,
        ]),
    ...(source === undefined
      ? []
      : [`complete -c runbook -n '__fish_seen_subcommand_from ${name}' -a ${fishKnown(source)}`]),
  ])
  return `# completion of runbook for fish: runbook completion fish > ~/.config/fish/completions/runbook.fish
function _runbook_ask
  if command -q runbook
    command runbook $argv
  else
    ${program} $argv
  end
end
${lines.join('\n')}
complete -c npx -n 'string match -rq "^npx (-\\S+ )*runbook " -- (commandline -cp)' -f -a '(complete -C (string replace -r "^npx (-\\S+ )*" "" -- (commandline -cp)))'
`
}

/** Called by fish where the word is completed. */
function fishKnown(source: WordSource): string {
  return fishText(
    `(_runbook_ask __complete ${source} (commandline -ct) (commandline -opc) 2>/dev/null)`,
  )
}

function fishFlag(
  command: string,
  { names, about, takesValue, values, source }: FlagShape,
): string {
  const spelt = names.map((name) =>
    name.startsWith('--') ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  )
  const given = values.length > 0 ? fishText(list(values)) : source && fishKnown(source)
  const value = !takesValue ? '' : given === undefined ? ' -r' : ` -x -a ${given}`
  return `complete -c runbook -n '__fish_seen_subcommand_from ${command}' ${spelt.join(' ')}${value} -d ${fishText(about)}`
}

function fishText(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
