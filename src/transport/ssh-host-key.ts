/** Messages for a host key that is not trusted. */

import { messages } from './messages.ts'
import type { HostKeyDecision, SshTarget } from '../model/ssh-target.ts'
import { TransportError } from './transport.ts'

export function refusal(
  target: SshTarget,
  decision: Exclude<HostKeyDecision, { kind: 'known' }>,
): TransportError {
  const { name } = target
  const { lookup } = target.hostKeys
  const offered = decision.key
  const shown = `${offered.algorithm} ${offered.fingerprint}`
  const unknown = messages.keyUnknown(lookup, shown)
  switch (decision.kind) {
    case 'unknown':
      return new TransportError(
        'host-key-unknown',
        name,
        messages.compareKey(
          decision.note === undefined ? unknown : messages.withWords(unknown, decision.note),
        ),
        { refusedKey: { offered, expected: undefined, place: undefined } },
      )
    case 'changed': {
      const { expected, place } = decision
      return new TransportError(
        'host-key-changed',
        name,
        messages.keyChanged(
          lookup,
          `${place.file}:${place.line}`,
          `${expected.algorithm} ${expected.fingerprint}`,
          shown,
        ),
        { refusedKey: { offered, expected, place } },
      )
    }
    case 'revoked': {
      const { place } = decision
      return new TransportError(
        'host-key-revoked',
        name,
        messages.keyRevoked(lookup, shown, `${place.file}:${place.line}`),
        { refusedKey: { offered, expected: undefined, place } },
      )
    }
    case 'undecided':
      return new TransportError('config', name, messages.keyUndecided(lookup, decision.cause), {
        refusedKey: { offered, expected: undefined, place: undefined },
      })
    default:
      return decision satisfies never
  }
}
