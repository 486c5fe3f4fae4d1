import { usageMessage } from './usage-message.ts'
import { messages } from './messages.ts'
import type { Lang } from '../model/message.ts'
import { LocalizedError } from '../diagnostic/localized-error.ts'
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
    // One page or several: each problem is a line.
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

/** Commander's own messages; its help has been shown. */
function explainUsage({ message, exitCode: code }: CommanderError, lang: Lang): number {
  if (message.startsWith('error: ')) {
    const { text, help } = usageMessage(message)
    sayError(lang, knownSecrets.text(text[lang]), help && knownSecrets.text(help[lang]))
  }
  return code === 0 ? exitCode.ok : exitCode.usage
}

/** Pages with errors draw them over their texts. */
function isDrawing(error: Error): error is Error & { draw(lang: Lang): string } {
  return 'draw' in error && typeof error.draw === 'function'
}
