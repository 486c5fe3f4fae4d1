/**
 * The program: commands in, exit code out. The one place where failures become exit codes.
 */

import { Command, CommanderError } from '@commander-js/extra-typings'
import { JournalError } from '../journal/journal-error.ts'
import { UsageError } from '../plan/usage-error.ts'
import { SiteError } from '../publish/site-error.ts'
import { RecordError } from '../record/record-store.ts'
import { completion } from './commands/completion.ts'
import { exec } from './commands/exec.ts'
import { explain as explainCommand } from './commands/explain.ts'
import { host } from './commands/host.ts'
import { later } from './commands/later.ts'
import { lint } from './commands/lint.ts'
import { list } from './commands/list.ts'
import { plan } from './commands/plan.ts'
import { undo } from './commands/undo.ts'
import { resume } from './commands/resume.ts'
import { runs } from './commands/runs.ts'
import { report, show } from './commands/show.ts'
import { site } from './commands/site.ts'
import { status } from './commands/status.ts'
import { sync } from './commands/sync.ts'
import { exitCode } from './exit-code.ts'
import { isHostError } from './open-hosts.ts'
import { renderOverview } from './overview.ts'
import { print, say, sayError } from './output.ts'
import { PageErrors } from './prepare-run.ts'
import { version } from './version.ts'

const program = new Command('runbook')
  .description(
    'Documentation as code that runs: Markdown pages, executed on real hosts, published with what they answered.',
  )
  .version(version, '--version', 'the version of this program')
  .helpOption('-h, --help', 'what can be typed here')
  .helpCommand('help [command]', 'help for a command')
  .showSuggestionAfterError()

for (const command of [
  list,
  lint,
  plan,
  exec,
  sync,
  status,
  resume,
  undo,
  host,
  runs,
  show,
  report,
  explainCommand,
  site,
  completion,
])
  program.addCommand(command)
for (const command of later) program.addCommand(command, { hidden: true })

function throwAll(command: {
  exitOverride(): unknown
  readonly commands: readonly unknown[]
}): void {
  command.exitOverride()
  for (const each of command.commands) if (each instanceof Command) throwAll(each)
}
throwAll(program)

// A reader such as `head` that has seen enough, or a terminal that was closed, is no fault of ours,
// and no reason to leave a host in the middle of a step.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (!['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'].includes(error.code ?? ''))
      throw error
  })
}

try {
  // `runbook` alone is a question, not a mistake.
  if (process.argv.length < 3) {
    const overview = process.stdout.isTTY ? renderOverview() : undefined
    if (overview === undefined) program.outputHelp()
    else print(overview)
  } else await program.parseAsync()
} catch (error) {
  process.exitCode = explain(error)
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage
  if (error instanceof PageErrors) {
    say(error.drawn)
    return exitCode.usage
  }
  if (error instanceof UsageError) {
    sayError(error.message, error.help)
    return exitCode.usage
  }
  if (error instanceof SiteError) {
    sayError(error.message)
    return exitCode.usage
  }
  if (isHostError(error)) {
    sayError(error.message)
    return exitCode.host
  }
  if (error instanceof JournalError || error instanceof RecordError) {
    sayError(error.message)
    return exitCode.failed
  }
  say(`fault: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  say('this is a fault of runbook itself: please report it with the lines above\n')
  return exitCode.fault
}
