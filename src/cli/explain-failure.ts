import { usageMessage } from './usage-message.ts'
import { messages } from './messages.ts'
import type { Lang } from '../model/message.ts'
import { LocalizedError } from '../diagnostic/localized-error.ts'
import { CommanderError } from '@commander-js/extra-typings'
import { exitCode } from './exit-code.ts'
import { knownSecrets } from './known-secrets.ts'
import { say, sayError } from './output.ts'

/**
 * Exit codes of expected errors, by name, so that their modules need not be loaded to test an
 * error.
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
  FleetError: exitCode.failed,
}

/** Prints an error and returns the exit code; the only place that maps failures to codes. */
export function explainFailure(error: unknown, lang: Lang): number {
  if (error instanceof CommanderError) return explainUsage(error, lang)
  const code = error instanceof Error ? codes[error.name] : undefined
  if (!(error instanceof Error) || code === undefined) {
    const drawn = error instanceof Error ? (error.stack ?? error.message) : String(error)
    say(`fault: ${knownSecrets.text(drawn)}\n`)
    say(`${messages.ownFault[lang]}\n`)
    return exitCode.fault
  }
  if (error.name === 'SiteError') {
    // One line per problem.
    for (const line of new Set(messageOf(error, lang).split('\n')))
      sayError(lang, knownSecrets.text(line))
  } else if (isDrawing(error)) say(knownSecrets.text(error.draw(lang)))
  else {
    const help = error instanceof LocalizedError ? error.help?.[lang] : undefined
    sayError(lang, knownSecrets.text(messageOf(error, lang)), help && knownSecrets.text(help))
  }
  return code
}

function messageOf(error: Error, lang: Lang): string {
  return error instanceof LocalizedError ? error.text[lang] : error.message
}

/** Errors of commander; its help has already been printed. */
function explainUsage({ message, exitCode: code }: CommanderError, lang: Lang): number {
  if (message.startsWith('error: ')) {
    const { text, help } = usageMessage(message)
    sayError(lang, knownSecrets.text(text[lang]), help && knownSecrets.text(help[lang]))
  }
  return code === 0 ? exitCode.ok : exitCode.usage
}

/** Errors in pages are drawn over the pages' text. */
function isDrawing(error: Error): error is Error & { draw(lang: Lang): string } {
  return 'draw' in error && typeof error.draw === 'function'
}
