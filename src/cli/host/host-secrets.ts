/**
 * Secrets that a host demands for login: asked at the terminal, masked, and kept in memory only.
 */

import { messages } from './messages.ts'
import type { Lang } from '../../model/message.ts'
import { visibleText } from '../../text/visible-text.ts'
import type { SudoPassword } from '../../shell/sudo.ts'
import {
  createCredentials,
  type CredentialQuestion,
  type Credentials,
} from '../../transport/ssh-credentials.ts'
import type { TerminalPrompt } from '../terminal/terminal-prompt.ts'

export interface HostSecretsOptions {
  readonly prompt: TerminalPrompt
  readonly lang: Lang
  /** Called with every value before anything can show it. */
  readonly onSecret?: ((value: string) => void) | undefined
}

/** Shorter values would mask ordinary text. */
const maskedFrom = 4

function announce(value: string | undefined, { onSecret }: HostSecretsOptions): string | undefined {
  if (value !== undefined && value.length >= maskedFrom) onSecret?.(value)
  return value === '' ? undefined : value
}

/** Shared by all hosts of a run, so that a key file's passphrase is asked once. */
export function hostCredentials(options: HostSecretsOptions): Credentials {
  return createCredentials(async (question, isAgain) => {
    const isHidden = question.kind !== 'keyboard' || question.isHidden
    const text = `${isAgain ? messages.again[options.lang] : ''}${textOf(question, options.lang)}`
    return announce(await options.prompt.ask(text, { hidden: isHidden }), options)
  })
}

/** `RUNBOOK_SUDO_PASSWORD` answers for all hosts. */
export function sudoPassword(host: string, options: HostSecretsOptions): SudoPassword {
  const text = messages.sudoPassword(host)[options.lang]
  return async () => {
    const given = process.env['RUNBOOK_SUDO_PASSWORD']
    return announce(given || (await options.prompt.ask(text, { hidden: true })), options)
  }
}

function textOf(question: CredentialQuestion, lang: Lang): string {
  switch (question.kind) {
    case 'passphrase':
      return messages.passphrase(question.path)[lang]
    case 'password':
      return messages.password(question.login)[lang]
    case 'keyboard': {
      // The host's own words, so the login comes first.
      const text = question.text.split('\n').map(visibleText).join('\n')
      return `[${question.login}] ${text.endsWith(' ') ? text : `${text} `}`
    }
    default:
      throw new Error(`unreachable: ${JSON.stringify(question satisfies never)}`)
  }
}
