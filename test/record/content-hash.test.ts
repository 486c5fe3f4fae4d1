import { describe, expect, test } from 'vitest'
import { stepHash } from '../../src/plan/content-hash.ts'
import { readPage } from './page.ts'

/** As in `runbook/guide`: what an edit does to the record of the step. */
const whole = `---
vars:
  SHELF: { default: north }
  PORT: { default: "80" }
  PORT_OLD: { default: "8080" }
  UNUSED: { default: x }
---

# Page

Some words.

\`\`\`bash {#a as=web dir=/srv timeout=30s exit=0,1 ensures='sh:test "$SHELF" = north'}
cd "$PORT_OLD"
ls
\`\`\`

\`\`\`output
one
\`\`\`

Then the file:

\`\`\`ini {#b file=/etc/x.conf mode=644 expand}
port = \${PORT}
\`\`\`

\`\`\`console {#c}
$ mysql -u root
mysql> SELECT 1;
1
\`\`\`
`

const hashOf = (text: string, id: string): string => {
  const runbook = readPage(text)
  const step = runbook.steps.find((each) => each.id === id)
  if (!step) throw new Error(`the page has no step ${id}`)
  return stepHash(runbook, step)
}

function isStale(id: string, [from, to]: readonly [string, string]): boolean {
  if (!whole.includes(from)) throw new Error(`the page does not contain ${from}`)
  return hashOf(whole, id) !== hashOf(whole.replace(from, to), id)
}

describe('a step is stale after a change of', () => {
  test.each<[string, string, [string, string]]>([
    ['a command', 'a', ['ls\n', 'ls -l\n']],
    ['white space inside a command', 'a', ['ls\n', 'ls \n']],
    ['the order of commands', 'a', ['cd "$PORT_OLD"\nls', 'ls\ncd "$PORT_OLD"']],
    ['its user', 'a', ['as=web', 'as=root']],
    ['its folder', 'a', ['dir=/srv', 'dir=/tmp']],
    ['the statuses that it may have', 'a', ['exit=0,1', 'exit=0']],
    ['a check', 'a', ["= north'", "!= south'"]],
    ['the default of a variable that a command uses', 'a', ['"8080"', '"8081"']],
    ['the default of a variable that only a check uses', 'a', ['default: north', 'default: south']],
    ["a file's text", 'b', ['port = ', 'listen = ']],
    ["a file's mode", 'b', ['mode=644', 'mode=600']],
    ["a file's path", 'b', ['/etc/x.conf', '/etc/y.conf']],
    ['the default of a variable that a file uses', 'b', ['"80"', '"81"']],
    ['what is typed at a prompt', 'c', ['SELECT 1;', 'SELECT 2;']],
  ])('%s', (_, id, edit) => {
    expect(isStale(id, edit)).toBe(true)
  })
})

describe('a step stays as verified as it was after a change of', () => {
  test.each<[string, string, [string, string]]>([
    ['prose', 'a', ['Some words.', 'Other words, and a [link](https://example.com).']],
    ['the order of attributes', 'a', ['as=web dir=/srv', 'dir=/srv as=web']],
    ['white space between attributes', 'a', ['as=web dir', 'as=web   dir']],
    ['white space between blocks', 'a', ['Some words.\n', 'Some words.\n\n\n']],
    ['its title', 'a', ['{#a as', '{#a title="List it" as']],
    ['a time limit', 'a', ['timeout=30s', 'timeout=5m']],
    ['its expected output', 'a', ['\none\n', '\n<...>\n']],
    ['a transcript’s expected output', 'c', ['mysql> SELECT 1;\n1', 'mysql> SELECT 1;\n<...>']],
    ['line ends', 'a', ['Some words.\n\n', 'Some words.\r\n\r\n']],
    [
      'the default of a variable that it does not use',
      'a',
      ['UNUSED: { default: x }', 'UNUSED: { default: y }'],
    ],
    [
      'the default of a variable whose name begins one that it uses',
      'a',
      ['PORT: { default: "80" }', 'PORT: { default: "81" }'],
    ],
    ['another step', 'a', ['port = ', 'listen = ']],
  ])('%s', (_, id, edit) => {
    expect(isStale(id, edit)).toBe(false)
  })

  test('every line end', () => {
    expect(hashOf(whole.replaceAll('\n', '\r\n'), 'a')).toBe(hashOf(whole, 'a'))
    expect(hashOf(whole.replaceAll('\n', '\r\n'), 'b')).toBe(hashOf(whole, 'b'))
  })
})
