/**
 * The contract of the shell grammar: what one complete command is. Each snippet is harmless, so
 * that the same table is run by a real bash.
 */

export interface Snippet {
  readonly name: string
  readonly text: string
  /** The commands, in order; each exactly as it is run and copied. */
  readonly units: readonly string[]
}

function snippet(name: string, ...units: readonly string[]): Snippet {
  return { name, text: `${units.join('\n')}\n`, units }
}

export const snippets: readonly Snippet[] = [
  snippet('one command a line', 'echo one', 'echo two'),
  snippet('semicolons keep a line together', 'echo a; echo b', 'echo c'),
  snippet('and, or', 'true && echo yes || echo no', 'false || echo other'),
  snippet('a pipeline over lines', 'printf "b\\na\\n" |\n  sort', 'echo end'),
  snippet('and at the end of a line', 'true &&\n  echo next', 'echo end'),
  snippet('a continued line', 'echo a \\\n  b \\\n  c', 'echo d'),
  snippet('a remark at the end stays', 'echo a # why', 'echo b'),
  snippet('a sharp inside a word', 'echo a#b', 'echo "x # y"'),
  snippet('a quote over lines', 'echo "one\ntwo"', "echo 'three\nfour'"),
  snippet('quotes inside quotes', `echo "it's" 'say "x"'`, 'echo \\"'),
  snippet('a here-document', 'cat <<END\n$ text # not a remark\nEND', 'echo after'),
  snippet('a quoted here-document', "cat <<'END'\n$HOME `x` \"\nEND", 'echo after'),
  snippet('a here-document with tabs', 'cat <<-END\n\tindented\n\tEND', 'echo after'),
  snippet('two here-documents', 'cat <<A; cat <<B\na\nA\nb\nB', 'echo after'),
  snippet('a here-document in a pipeline', 'cat <<E | tr a b\naaa\nE', 'echo after'),
  snippet('a here-document before more', 'cat <<E && echo more\nx\nE', 'echo after'),
  snippet('a Chinese delimiter', "cat <<'注释'\n内容\n注释", 'echo 之后'),
  snippet('an empty here-document', 'cat <<E\nE', 'echo after'),
  snippet('a delimiter like a command', 'cat <<ls\nls -l\nls', 'echo after'),
  snippet('a here-string', 'cat <<< "x y"', 'echo after'),
  snippet('if', 'if true; then\n  echo yes\nelse\n  echo no\nfi', 'echo end'),
  snippet('for', 'for i in 1 2; do\n  echo $i\ndone', 'echo end'),
  snippet('a for of arithmetic', 'for ((i = 0; i < 2; i++)); do echo $i; done', 'echo end'),
  snippet('while with a redirect', 'while read -r x; do echo "[$x]"; done <<< "a"', 'echo end'),
  snippet('case', 'case abc in\n  a*) echo starts ;;\n  *) echo other ;;\nesac', 'echo end'),
  snippet('case with a sharp', 'case "#" in\n  "#") echo sharp ;;\nesac', 'echo end'),
  snippet('a function', 'greet() {\n  echo "hello $1"\n}', 'greet you'),
  snippet('function with the word', 'function bye { echo bye; }', 'bye'),
  snippet('a group and a subshell', '{ echo a; echo b; }', '( cd / && pwd )'),
  snippet('a command substitution over lines', 'echo "$(\n  echo inner\n)"', 'echo end'),
  snippet('backquotes', 'echo `echo a`', 'echo end'),
  snippet('a process substitution', 'cat <(echo a) <(echo b)', 'echo end'),
  snippet('arithmetic', 'x=$((1 + 2))', '(( x > 2 )) && echo big'),
  snippet('a test', '[[ abc == a* && 1 -lt 2 ]] && echo match', '[ -d / ] && echo dir'),
  snippet('an array', 'list=(a "b c"\n  d)', 'echo "${#list[@]}" "${list[1]}"'),
  snippet('expansions with braces', 'y=abc; echo ${y#a} ${y:-x} ${y/b/B} {1..3}', 'echo "${y^^}"'),
  snippet('a background job', 'true & wait', 'echo end'),
  snippet('assignments before a command', 'A=1 B="2 3" env | grep -c "^[AB]="', 'echo end'),
  snippet('negation and time', '! false', 'echo $?'),
  snippet('redirections', 'echo gone >/dev/null 2>&1', '{ echo kept; } 2>/dev/null'),
]

/** What bash refuses, the line (from 1) at which it is seen, and what was left open. */
export const broken: readonly {
  readonly text: string
  readonly line: number
  readonly opened?: readonly [word: string, line: number]
}[] = [
  { text: 'echo a\nif true; then\n  echo b\n', line: 3, opened: ['if', 2] },
  { text: 'for i in 1; do\n  echo $i\n', line: 2, opened: ['for', 1] },
  { text: 'while true; do\n  break\n', line: 2, opened: ['while', 1] },
  { text: 'case x in\n  x) echo ;;\n', line: 2, opened: ['case', 1] },
  { text: 'f() {\n  echo\n', line: 2, opened: ['{', 1] },
  { text: 'echo a\n( echo b\n', line: 2, opened: ['(', 2] },
  { text: 'echo a\necho "b\nc\n', line: 2 },
  { text: "echo 'a\n", line: 1 },
  { text: 'echo a\necho $(ls\n', line: 2 },
  { text: 'cat <<END\ntext\n', line: 1 },
  { text: 'echo a\necho )\n', line: 2 },
  { text: 'echo a\nfi\n', line: 2 },
  { text: 'echo a &&\n', line: 1 },
  { text: '| sort\n', line: 1 },
  { text: 'echo ;; b\n', line: 1 },
  { text: 'any ( text\n', line: 1 },
  { text: 'echo (hi)\n', line: 1 },
  { text: 'if true\nfi\n', line: 2 },
]
