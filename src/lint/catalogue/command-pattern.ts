/**
 * A small notation for commands, so that a catalogue has one line for each:
 *
 *     docker|podman system prune with -*a|--all|--volumes
 *     git clean mark -*f unless -*n
 *
 * First the program, then its operands, options left out, from the first on. After these:
 *
 * - `end`: there are no more operands
 * - `alone`: there are no words at all
 * - `with A|B`: one of these is among the words
 * - `mark A|B`: as `with`, and a report points at it; else it points at the last operand named
 * - `unless A B`: none of these is among the words
 * - `only A B`: all words are among these
 *
 * A word is written whole (`--all` also stands for `--all=x`), as a beginning (`--all*`, and `*` is
 * any word), or as a letter in a bundle of options (`-*a` is in `-a` and in `-xaf`).
 */

import { valueOf } from '../../model/named.ts'
import { operands, type Unwrapped } from '../../parse/unwrap.ts'

export interface CommandMatch {
  /** The word that a report points at; `undefined`: the program alone. */
  readonly marked: string | undefined
  /** How many words there are up to the last operand that the pattern names. */
  readonly length: number
}

export type CommandPattern = (
  command: Pick<Unwrapped, 'program' | 'words'>,
) => CommandMatch | undefined

type Test = (word: string) => boolean

/** One that holds of each clause. */
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

/** The program with its operands, then each clause with its words. */
function partsOf(notation: string): readonly (readonly string[])[] {
  const parts: string[][] = [[]]
  for (const word of notation.split(' ')) {
    if (word in clauses) parts.push([word])
    else parts.at(-1)?.push(word)
  }
  return parts
}

/** Whether one of the words is among these, which stand between blanks. */
export function hasOneOf(among: string): (words: readonly string[]) => boolean {
  const isOne = anyOf(among.replaceAll(' ', '|'))
  return (words) => words.some(isOne)
}

/** Of the alternatives between bars. */
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
