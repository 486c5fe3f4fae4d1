import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { assignedNames } from '../../src/publish/assigned-names.ts'
import { quoteValue } from '../../src/publish/quote-value.ts'
import { substitute } from '../../src/publish/substitute.ts'
import { findVariableUses } from '../../src/publish/variable-uses.ts'

const names = new Set(['X', 'DB'])
const folder = mkdtempSync(join(tmpdir(), 'runbook-values-'))
for (const file of ['a', 'ab', 'a b', 'b']) writeFileSync(join(folder, file), '')
afterAll(() => rmSync(folder, { recursive: true }))

function fill(text: string, value: string): string {
  return substitute(text, findVariableUses(text, names), new Map([['X', value]]))
}

/** What is left to the shell: the text without what a value stands for and without quoted `$X`. */
function leftIn(text: string, value: string): string {
  const filled = findVariableUses(text, names).filter(
    ({ mode, stop }) => quoteValue(value, mode, stop) !== undefined,
  )
  return substitute(
    text,
    filled.map((use) => ({ ...use, mode: 'raw' as const })),
    new Map([['X', '']]),
  ).replaceAll(/'\$X'|\\\$X/g, '')
}

function run(text: string, env: Record<string, string>): object {
  const PATH = process.env['PATH'] ?? ''
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-c', text], {
    cwd: folder,
    env: { PATH, LANG: 'C.UTF-8', ...env },
    input: '',
  })
  // Messages quote the script's own text, so only their presence can be compared.
  return { status, stdout: stdout.toString('latin1'), failed: stderr.length > 0 }
}

describe('a value replaces a variable where bash expands it', () => {
  test.each([
    ['echo $X', 'shop', 'echo shop'],
    ['echo ${X}_a', 'shop', 'echo shop_a'],
    ['echo "$X"', "it's", `echo "it's"`],
    ['echo "$X"', 'a"b$c`d\\e', 'echo "a\\"b\\$c\\`d\\\\e"'],
    ['echo "$X"', 'hi!', `echo "hi"'!'""`],
    ['echo $X', "it's", `echo 'it'\\''s'`],
    ['echo $X', 'a b', 'echo a b'],
    ['Y=$X', 'a b', "Y='a b'"],
    ['Y=$X', '', "Y=''"],
    ['export Y=$X', 'a b', "export Y='a b'"],
    ['env Y=$X true', 'a b', 'env Y=a b true'],
    ['echo $X>f', '2', "echo '2'>f"],
    ['$X', 'if', "'if'"],
    ['cat <<EOF\n$X "$X"\nEOF', '$a"b', 'cat <<EOF\n\\$a"b "\\$a"b"\nEOF'],
    ['echo "$(echo $X)"', 'a b', 'echo "$(echo a b)"'],
    ['echo `echo $X`', 'a', 'echo `echo a`'],
    ['echo $(( $X * 2 ))', '4', 'echo $(( 4 * 2 ))'],
    ['[[ $X == a ]]', 'a b', "[[ 'a b' == a ]]"],
    ['echo $X # $X', 'a', 'echo a # $X'],
    ['mysql -e "use $X"', '数据库', 'mysql -e "use 数据库"'],
  ])('%j with %j is %j', (text, value, filled) => {
    expect(fill(text, value)).toBe(filled)
  })

  test.each([
    ["echo '$X'", 'a'],
    ["echo $'$X'", 'a'],
    ['echo \\$X "\\$X"', 'a'],
    ['# $X', 'a'],
    ["cat <<'EOF'\n$X\nEOF", 'a'],
    ['echo {$X,b}', 'a'],
    ['echo a$X{b,c}', 'a'],
    ['echo ~$X ~ro$X', 'root'],
    ['echo {$X..3}', '1'],
    ['echo ${X:-b} ${#X} ${X%a}', 'a'],
    ['echo `echo $X`', "it's"],
    ['> $X', 'a b'],
    ['cat <<EOF\n$X\nEOF', 'EOF'],
    ['echo $X', ''],
    ['echo $XY', 'a'],
    ['echo "unclosed $X', 'a'],
    ['[[ abc == $X ]]', 'a*'],
  ])('%j stays with %j', (text, value) => {
    expect(fill(text, value)).toBe(text)
  })

  test('bash treats a value in the text like the value in the environment', () => {
    const templates = [
      'printf "<%s>" $X',
      'printf "<%s>" "$X" "a${X}b"',
      'printf "<%s>" pre$X${X}post',
      'printf "<%s>" pre"$X"post \'$X\' $X* ~$X',
      'Y=$X; printf "<%s>" "$Y" $Y',
      'export Y=$X Z=a:$X; printf "<%s>" "$Y" "$Z"',
      'declare Y=$X; printf "<%s>" "$Y"',
      'a=(1 $X "$X"); printf "<%s>" "${a[@]}"',
      'cat <<EOF\n1 $X "$X" ${X}\n\\$X $(printf "<%s>" $X "$X")\nEOF',
      'cat <<-EOF\n\t$X\n\tb$X\n\tEOF',
      'for i in $X b; do printf "<%s>" "$i"; done',
      'case $X in a*) echo A;; "$X") echo same;; esac',
      '[[ $X == "$X" ]] && echo yes; [[ -n $X ]] || echo empty',
      '[[ ab == $X ]] && echo yes || echo no',
      'printf "<%s>" "$(printf "[%s]" "$X" $X)" "`echo $X`"',
      'echo $X>out-$$; cat out-$$; rm out-$$',
      'echo x > "$X.out" && cat < "$X.out" && rm -- "$X.out"',
      'cat <<< $X; cat <<< "$X"',
      'printf "<%s>" pre$X{a,b} {$X,c} {$X..3}',
      'printf "<%s>" ${Y:-$X} "${Y:-$X}" ${Y:-"$X"}',
      'f() { printf "<%s>" "$1" $X; }; f $X',
      'Y=$X printf "<%s>" $X; env Y=$X true; echo $?',
      'cat <(printf "<%s>" $X)',
      'echo "$X" | while read -r line; do echo "$line $X"; done',
      'if [ "$X" = a ]; then echo one; else echo other "$X"; fi',
      'echo $"l$X" $((1 + 2))',
      'printf "<%s>" -e KEY=$X "--opt=$X" --opt=$X',
    ]
    const piece = fc.constantFrom(
      ...'ab1 \t*?[]{}()<>|&;$`\'"\\!#~=%^,.:/@+-_'.split(''),
      '数',
      'EOF',
      '$X',
      '..',
      'a b',
      '$(',
      ';id',
      '--',
      '~root',
      '*/',
      'é',
    )
    const value = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(fc.constantFrom(...templates), value, (template, given) => {
        const filled = fill(template, given)
        // What was left as it stands needs the environment still; what was not must do without.
        const isWhole = !/\$(?:X|\{X\})/.test(leftIn(template, given))
        const env = isWhole ? {} : { X: given }
        expect({ filled, ...run(filled, env) }).toEqual({ filled, ...run(template, { X: given }) })
      }),
      { numRuns: 400 },
    )
  })
})

describe('a variable that the page sets keeps its name in commands', () => {
  test.each([
    'X=1',
    'X=1; echo $X',
    'read -r X',
    'for X in a b; do :; done',
    'unset X',
    'export X=2',
    'local X',
    'printf -v X %s a',
    ': ${X:=a}',
    '(( X++ ))',
    'echo $(( X = 2 ))',
    'while read -r a X; do :; done < f',
    'f() { X=1; }',
  ])('%j sets it', (text) => {
    expect([...assignedNames(text, names)]).toEqual(['X'])
  })

  test.each([
    'echo $X',
    'docker run -e X=$X image',
    'X=1 env',
    'export X',
    'printf "X=%s" "$X"',
    'echo X=1',
    '(( $X == 1 ))',
    'mysql -e "set X=1"',
    "echo 'X=1'",
    'read -r Y <<< "$X"',
  ])('%j does not', (text) => {
    expect([...assignedNames(text, names)]).toEqual([])
  })
})
