/** Every command shows two examples of itself, with flags that it has. */

import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { describe, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands.ts'
import { addExamples } from '../../src/cli/help-examples.ts'

const loaded = await Promise.all(Object.values(commands).map((load) => load()))
for (const command of loaded) addExamples(command)

/** A command and its own commands, by all of their words. */
function named(
  command: CommandUnknownOpts,
  before = '',
): readonly (readonly [string, CommandUnknownOpts])[] {
  const name = `${before}${command.name()}`
  return [[name, command], ...command.commands.flatMap((each) => named(each, `${name} `))]
}

function helpOf(command: CommandUnknownOpts): string {
  let text = ''
  command.configureOutput({ writeOut: (part) => (text += part) })
  command.outputHelp()
  return text
}

describe('--help', () => {
  test.each(loaded.flatMap((command) => named(command)))(
    'of %s has two examples',
    (name, command) => {
      const [, section = ''] = helpOf(command).split('\nExamples:\n')
      const lines = section.trimEnd().split('\n')
      expect(lines.length).toBeGreaterThanOrEqual(2)
      for (const line of lines) {
        expect(line).toMatch(new RegExp(`^  runbook ${name}( |$)`))
        expect(line).toMatch(/\S {2,}\S/)
        const [typed = ''] = line.trim().split(/ {2,}/)
        const words = typed.split(' ').filter((word) => word.startsWith('--'))
        const known = [command, ...command.commands].flatMap(({ options }) => options)
        for (const word of words) {
          const flag = word.replace(/=.*/, '')
          expect(known.map(({ long }) => long)).toContain(flag)
        }
      }
    },
  )
})
