import { CommanderError } from '@commander-js/extra-typings'
import { exitCode } from './exit-code.ts'
import { knownSecrets } from './known-secrets.ts'
import { say, sayError } from './output.ts'

/**
 * The exit code of each error that is no fault of ours, by its name: so that nobody loads the
 * modules of all of them to look at one.
 */
const codes: Readonly<Record<string, number>> = {
  UsageError: exitCode.usage,
  PageErrors: exitCode.usage,
  SiteError: exitCode.usage,
  TransportError: exitCode.host,
  ShellError: exitCode.host,
  HostConfigError: exitCode.host,
  JournalError: exitCode.failed,
  RecordError: exitCode.failed,
}

/** Says what went wrong and gives the exit code: the one place where failures become one. */
export function explainFailure(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.ok : exitCode.usage
  const code = error instanceof Error ? codes[error.name] : undefined
  if (!(error instanceof Error) || code === undefined) {
    const drawn = error instanceof Error ? (error.stack ?? error.message) : String(error)
    say(`fault: ${knownSecrets.text(drawn)}\n`)
    say('this is a fault of runbook itself: please report it with the lines above\n')
    return exitCode.fault
  }
  if (error.name === 'SiteError') {
    // One page or several: each problem is a line.
    for (const line of new Set(error.message.split('\n'))) sayError(knownSecrets.text(line))
  } else if ('drawn' in error) say(knownSecrets.text(String(error.drawn)))
  else {
    const help = 'help' in error && typeof error.help === 'string' ? error.help : undefined
    sayError(knownSecrets.text(error.message), help && knownSecrets.text(help))
  }
  return code
}
