/**
 * Texts that are recognisably secrets, one a line.
 *
 * Each pattern takes one pass over the text: no part of it can match the text before it.
 */

import type { Message } from '../../model/message.ts'
import { messages } from '../messages.ts'

export interface SecretShape {
  /** The secret is the first group, or the whole match without groups. */
  readonly pattern: RegExp
  readonly what: Message
  /** Where the form is documented. */
  readonly source: string
}

function row(pattern: RegExp, what: Message, source: string): SecretShape {
  return { pattern, what, source }
}

export const secretShapes: readonly SecretShape[] = [
  row(/-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----/g, messages.privateKey, 'RFC 7468'),
  row(/\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g, messages.keyOf('AWS'), 'docs.aws.amazon.com/IAM'),
  row(/\bgh[pousr]_[A-Za-z0-9]{30,255}\b/g, messages.tokenOf('GitHub'), 'docs.github.com/authentication'),
  row(/\bgithub_pat_[A-Za-z0-9_]{30,255}\b/g, messages.tokenOf('GitHub'), 'docs.github.com/authentication'),
  row(/\bglpat-[A-Za-z0-9_-]{20,64}\b/g, messages.tokenOf('GitLab'), 'docs.gitlab.com/security/tokens'),
  row(/\bxox[abprs]-[A-Za-z0-9-]{20,255}\b/g, messages.tokenOf('Slack'), 'docs.slack.dev/authentication/tokens'),
  row(/\bsk_live_[A-Za-z0-9]{20,255}\b/g, messages.keyOf('Stripe'), 'docs.stripe.com/keys'),
  row(/\bAIza[A-Za-z0-9_-]{35}\b/g, messages.keyOf('Google API'), 'cloud.google.com/docs/authentication/api-keys'),
  row(/\bIDENTIFIED[ \t]{1,4}(?:WITH[ \t]{1,4}\w{1,40}[ \t]{1,4})?BY[ \t]{1,4}(?:'([^'$<{*\n]{1,200})'|"([^"$<{*\n]{1,200})")/gi, messages.password, 'dev.mysql.com/doc: CREATE USER'),
]
