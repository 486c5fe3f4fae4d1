/** The program's entry: parses arguments, runs a command, sets the exit code. */

import { chosenLang } from './lang.ts'
import type { Lang } from '../model/message.ts'
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings'
import { commandsFor } from './commands.ts'
import { addExamples } from './help-examples.ts'
import { explainFailure } from './explain-failure.ts'
import { print, say } from './output.ts'
import { version } from './version.ts'

/** @param words - The arguments after the program's name. */
export async function main(words: readonly string[]): Promise<void> {
  let isOver = false
  process.once('exit', () => {
    if (!isOver) neverEnded(words)
  })
  survivesClosedStreams()
  try {
    const program = await programFor(words)
    // `runbook` alone shows an overview and is not an error.
    if (words.length > 0) await program.parseAsync(words, { from: 'user' })
    else await answer(program)
  } catch (error) {
    process.exitCode = explainFailure(error, await langOfFailure(words))
  } finally {
    isOver = true
  }
}

/** Reads the project only if no language was chosen before the failure. */
async function langOfFailure(words: readonly string[]): Promise<Lang> {
  const { readProject } = await import('./project.ts')
  return chosenLang(words, () => readProject(process.cwd()))
}

/** Node exits with 0 if a promise never settles; report that as a bug. */
function neverEnded(words: readonly string[]): void {
  if (process.exitCode !== undefined) return
  process.exitCode = explainFailure(
    new Error('the program ended before its work did'),
    chosenLang(words, () => undefined),
  )
}

/**
 * A closed stdout, as with `| head` or a closed terminal, is not our bug and must not stop a step
 * midway.
 */
function survivesClosedStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'].includes(error.code ?? ''))
        throw error
    })
  }
}

async function programFor(words: readonly string[]): Promise<CommandUnknownOpts> {
  const program = new Command('runbook')
    .description(
      'Runnable documentation: Markdown pages, executed on real hosts and published with their output.',
    )
    .version(version, '--version', 'the version of this program')
    .helpOption('-h, --help', 'what can be typed here')
    .helpCommand('help [command]', 'help for a command')
    .showSuggestionAfterError()
  for (const command of await commandsFor(words)) {
    addExamples(command)
    program.addCommand(command)
  }
  throwAll(program)
  return program
}

async function answer(program: CommandUnknownOpts): Promise<void> {
  const { renderOverview } = await import('./overview.ts')
  const overview = process.stdout.isTTY ? renderOverview() : undefined
  if (overview === undefined) program.outputHelp()
  else print(overview)
}

/** Makes commander throw: it would exit by itself, and print arguments without escaping. */
function throwAll(command: CommandUnknownOpts): void {
  command.exitOverride()
  // `explainFailure` prints the error.
  command.configureOutput({ writeErr: say, writeOut: print, outputError: () => {} })
  for (const each of command.commands) throwAll(each)
}
