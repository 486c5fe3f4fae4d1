/**
 * The program: commands in, exit code out.
 */

import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings'
import { commandsFor } from './commands.ts'
import { later } from './commands/later.ts'
import { explainFailure } from './explain-failure.ts'
import { print } from './output.ts'
import { version } from './version.ts'

const program = new Command('runbook')
  .description(
    'Documentation as code that runs: Markdown pages, executed on real hosts, published with what they answered.',
  )
  .version(version, '--version', 'the version of this program')
  .helpOption('-h, --help', 'what can be typed here')
  .helpCommand('help [command]', 'help for a command')
  .showSuggestionAfterError()

// A reader such as `head` that has seen enough, or a terminal that was closed, is no fault of ours,
// and no reason to leave a host in the middle of a step.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'].includes(error.code ?? ''))
      throw error
  })
}

try {
  const words = process.argv.slice(2)
  for (const command of await commandsFor(words)) program.addCommand(command)
  for (const command of later) program.addCommand(command, { hidden: true })
  throwAll(program)
  // `runbook` alone is a question, not a mistake.
  if (words.length > 0) await program.parseAsync()
  else await answer()
} catch (error) {
  process.exitCode = explainFailure(error)
}

async function answer(): Promise<void> {
  const { renderOverview } = await import('./overview.ts')
  const overview = process.stdout.isTTY ? renderOverview() : undefined
  if (overview === undefined) program.outputHelp()
  else print(overview)
}

/** Commander would end the program by itself. */
function throwAll(command: CommandUnknownOpts): void {
  command.exitOverride()
  for (const each of command.commands) throwAll(each)
}
