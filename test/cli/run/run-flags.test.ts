import { describe, expect, test } from 'vitest'
import { withAgainFlags, withExecFlags, withPlanFlags } from '../../../src/cli/run/run-flags.ts'

function flagsOf(words: readonly string[]) {
  const command = withExecFlags('exec')
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
  return command.parse(['a.md', ...words], { from: 'user' }).opts()
}

describe('a flag of `exec`', () => {
  test.each([
    [
      ['--host', 'a,b', '--host', 'db=c'],
      { host: [{ hosts: ['a', 'b'] }, { role: 'db', hosts: ['c'] }] },
    ],
    [
      ['--var', 'A=b=c', '--var', 'D='],
      {
        var: [
          ['A', 'b=c'],
          ['D', ''],
        ],
      },
    ],
    [['--only', 'a,b'], { only: ['a', 'b'] }],
    [['--timeout', '1m'], { timeout: 60_000 }],
    [['--batch', '20%'], { batch: 20 }],
    [['--batch', '20'], { batch: 20 }],
    [['--no-input'], { input: false }],
    [['--record'], { record: true }],
    [['--record=partial'], { record: 'partial' }],
    [['--reporter', 'junit=a=b.xml'], { reporter: [{ name: 'junit', file: 'a=b.xml' }] }],
    [[], { host: [], var: [], only: [], tag: [], reporter: [], input: true }],
  ])('%j is accepted', (words, expected) => {
    expect(flagsOf(words)).toMatchObject(expected)
  })

  test.each([
    [['--var', '=a'], 'write it as `NAME=VALUE`.'],
    [['--timeout', '30'], 'write a number and a unit'],
    [['--parallel', '0'], 'write a number from 1.'],
    [['--max-fail', '101%'], 'write a percentage such as `20%`.'],
    [['--record=all'], 'write `--record` or `--record=partial`.'],
    [['--reporter', 'xml'], 'write one of live, plain, json, junit, markdown, html, github.'],
    [['--reporter', 'live=a'], '`live` needs a terminal.'],
    [['--lang', 'de'], 'Allowed choices are zh, en.'],
  ])('%j is refused', (words, message) => {
    expect(() => flagsOf(words)).toThrow(message)
  })
})

test('commands that share a flag describe it in the same words', () => {
  const declared = new Map<string, string>()
  const commands = [withPlanFlags('plan'), withExecFlags('exec'), withAgainFlags('resume', '')]
  for (const { flags, description } of commands.flatMap((command) => command.options)) {
    expect([flags, declared.get(flags) ?? description]).toEqual([flags, description])
    declared.set(flags, description)
  }
})
