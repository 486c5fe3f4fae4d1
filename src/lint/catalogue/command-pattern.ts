/**
 * A notation for patterns of commands, one line each:
 *
 *     docker|podman system prune with -*a|--all|--volumes
 *     git clean mark -*f unless -*n
 *
 * A pattern has the program, then its first operands (options are skipped), then clauses:
 *
 * - `end`: no further operands
 * - `alone`: no words after the program
 * - `with A|B`: one of these words is present
 * - `mark A|B`: like `with`, and the diagnostic points at that word, not at the last operand
 * - `unless A B`: none of these words is present
 * - `only A B`: every word is one of these
 *
 * A word is complete (`--all` also matches `--all=x`), a prefix (`--all*`; `*` matches any word), or a
 * letter in a bundle of options (`-*a` matches `-a` and `-xaf`).
 */

import { valueOf } from '../../model/named.ts'
import { operands, type Unwrapped } from '../../parse/unwrap.ts'

export interface CommandMatch {
  /** The word that a diagnostic points at; `undefined`: the program. */
  readonly marked: string | undefined
  /** Number of words up to the last operand in the pattern. */
  readonly length: number
}

export type CommandPattern = (
  command: Pick<Unwrapped, 'program' | 'words'>,
) => CommandMatch | undefined

type Test = (word: string) => boolean

/** The test of one clause. */
type Clause = (command: Pick<Unwrapped, 'words'>) => boolean

const clauses: Readonly<Record<string, (isOne: Test, named: number) => Clause>> = {
  end:
    (_, named) =>
    ({ words }) =>
      operands(words).length === named,
  alone:
    () =>
    ({ words }) =>
      words.length === 0,
  with:
    (isOne) =>
    ({ words }) =>
      words.some(isOne),
  mark:
    (isOne) =>
    ({ words }) =>
      words.some(isOne),
  unless:
    (isOne) =>
    ({ words }) =>
      !words.some(isOne),
  only:
    (isOne) =>
    ({ words }) =>
      words.every(isOne),
}

export function commandPattern(notation: string): CommandPattern {
  const [[program = '', ...phrase] = [], ...rest] = partsOf(notation)
  const isProgram = anyOf(program)
  const named = phrase.map(anyOf)
  let marks: Test | undefined
  const all = rest.map(([name = '', ...tokens]) => {
    const isOne = anyOf(tokens.join('|'))
    if (name === 'mark') marks = isOne
    return valueOf(clauses, name)?.(isOne, named.length) ?? (() => false)
  })
  return (command) => {
    if (!isProgram(command.program)) return undefined
    const given = operands(command.words)
    if (given.length < named.length) return undefined
    if (!named.every((test, index) => test(given[index] ?? ''))) return undefined
    if (!all.every((holds) => holds(command))) return undefined
    const last = given[named.length - 1]
    return {
      marked: marks ? command.words.find(marks) : last,
      length: last === undefined ? 0 : command.words.indexOf(last) + 1,
    }
  }
}

/** Splits into the program with its operands, and each clause with its words. */
function partsOf(notation: string): readonly (readonly string[])[] {
  const parts: string[][] = [[]]
  for (const word of notation.split(' ')) {
    if (word in clauses) parts.push([word])
    else parts.at(-1)?.push(word)
  }
  return parts
}

/** Tests for one of these words, which are separated by blanks. */
export function hasOneOf(among: string): (words: readonly string[]) => boolean {
  const isOne = anyOf(among.replaceAll(' ', '|'))
  return (words) => words.some(isOne)
}

/** Tests for one of the alternatives between bars. */
function anyOf(alternatives: string): Test {
  const tests = alternatives.split('|').map(wordTest)
  return (word) => tests.some((test) => test(word))
}

function wordTest(token: string): Test {
  if (/^-\*.$/.test(token)) {
    const letter = token.slice(2)
    return (word) => /^-[A-Za-z\d?]*/.exec(word)?.[0].slice(1).includes(letter) === true
  }
  if (token.endsWith('*')) return (word) => word.startsWith(token.slice(0, -1))
  return (word) => word === token || (token.startsWith('-') && word.startsWith(`${token}=`))
}
