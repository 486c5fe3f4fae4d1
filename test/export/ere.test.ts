import { execFileSync } from 'node:child_process'
import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import { ereOf, literalEre, quoted } from '../../src/export/bash-words.ts'

const texts = [
  '',
  'a',
  'ab',
  'a.b',
  '12',
  '1.2.3',
  'x y',
  'a-b',
  'A_1',
  ']',
  '\\',
  'é',
  '\t',
  '{2}',
  'aa',
  '^$',
]

/** Which of the texts bash matches as a whole. */
function byBash(ere: string): readonly string[] {
  const script = `for t; do [[ $t =~ $RE ]] && printf '%s\\0' "$t"; done; :`
  const env = { ...process.env, RE: `^(${ere})$`, LC_ALL: 'C.UTF-8' }
  const out = execFileSync('bash', ['-c', script, 'bash', ...texts], { env, encoding: 'utf8' })
  return out.split('\0').slice(0, -1)
}

describe('a regular expression of a page in bash', () => {
  test.each([
    String.raw`\d+`,
    String.raw`[\d.]+`,
    String.raw`\w+`,
    String.raw`\S*`,
    String.raw`\s`,
    String.raw`[^\s]+`,
    'a|b',
    '(?:ab)?',
    'a{2}',
    String.raw`\{2\}`,
    '.',
    '.*?b',
    'a+?',
    String.raw`\.`,
    String.raw`a\.b`,
    '[a-c]+',
    '[^a]',
    String.raw`\D`,
    String.raw`\\`,
    String.raw`\^\$`,
    '[[:alpha:]]+',
    String.raw`\t`,
    '[a.]',
    '',
  ])('%s matches the same texts', (re2) => {
    const ere = ereOf(re2)
    if (ere === undefined) throw new Error('not an expression of bash')
    const pattern = RE2JS.compile(`(?s)^(?:${re2})$`)
    expect(byBash(ere)).toEqual(texts.filter((text) => pattern.matcher(text).find()))
  })

  test.each([
    String.raw`\bx`,
    '(?i)a',
    '(?P<n>a)',
    String.raw`\pL`,
    String.raw`[\]]`,
    String.raw`\Aa`,
  ])('%s has no equivalent', (re2) => expect(ereOf(re2)).toBeUndefined())

  test.each([...texts, '*+?()|[]{}', "it's"])('the text %j matches itself', (text) => {
    expect(byBash(literalEre(text))).toEqual(texts.filter((each) => each === text))
    const said = execFileSync('bash', ['-c', `printf %s ${quoted(text)}`], { encoding: 'utf8' })
    expect(said).toBe(text)
  })
})
