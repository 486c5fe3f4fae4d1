/** Gives the commands that `exit=PROGRAM:STATUS` names their own allowed statuses. */

import { shared } from '../diagnostic/messages.ts'
import type { Command } from '../model/step.ts'
import { nearest } from '../text/nearest.ts'
import type { AttributeReader } from './attribute-reader.ts'
import { messages } from './messages.ts'
import type { Report } from './report.ts'
import { readSimpleCommands } from './simple-commands.ts'
import { unwrap } from './unwrap.ts'

export function withExits(
  commands: readonly Command[],
  reader: AttributeReader,
  report: Report,
): readonly Command[] {
  const byProgram = reader.exitByProgram()
  const attribute = reader.attribute('exit')
  if (byProgram.size === 0 || !attribute) return commands
  const programs = commands.map(programOf)
  for (const program of byProgram.keys()) {
    if (programs.includes(program)) continue
    const meant = nearest(
      program,
      programs.flatMap((each) => each ?? []),
    )
    const help = meant === undefined ? messages.nameProgram : shared.didYouMean(meant)
    report.add('RB0103', attribute.valueSpan, messages.noSuchProgram(program), help)
  }
  return commands.map((command, index) => {
    const exit = byProgram.get(programs[index] ?? '')
    return exit ? { ...command, exit } : command
  })
}

/** The program whose status is the command's: the last of a pipeline, without `sudo` and its like. */
function programOf({ text }: Command): string | undefined {
  const last = readSimpleCommands(text).commands.at(-1)
  return last && unwrap(last).program
}
