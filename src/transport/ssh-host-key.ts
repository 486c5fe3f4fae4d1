/** What is said when the key of a host is not trusted. */

import type { HostKeyDecision, SshTarget } from '../model/ssh-target.ts'
import { TransportError } from './transport.ts'

export function refusal(
  target: SshTarget,
  decision: Exclude<HostKeyDecision, { kind: 'known' }>,
): TransportError {
  const { name } = target
  const offered = decision.key
  const shown = `${offered.algorithm} ${offered.fingerprint}`
  switch (decision.kind) {
    case 'unknown':
      return new TransportError(
        'host-key-unknown',
        name,
        `the host key of ${target.hostKeys.lookup} is not known: it shows ${shown}` +
          (decision.note === undefined ? '' : ` (${decision.note})`) +
          '; compare it and connect once with `ssh`, or use --accept-new-host-key',
        { refusedKey: { offered, expected: undefined, place: undefined } },
      )
    case 'changed': {
      const { expected, place } = decision
      return new TransportError(
        'host-key-changed',
        name,
        `the host key of ${target.hostKeys.lookup} has changed: ` +
          `${place.file}:${place.line} says ${expected.algorithm} ${expected.fingerprint}, ` +
          `it shows ${shown}; if you know why, remove that line`,
        { refusedKey: { offered, expected, place } },
      )
    }
    case 'revoked': {
      const { place } = decision
      return new TransportError(
        'host-key-revoked',
        name,
        `the host key of ${target.hostKeys.lookup}, ${shown}, is revoked at ` +
          `${place.file}:${place.line}`,
        { refusedKey: { offered, expected: undefined, place } },
      )
    }
    case 'undecided':
      return new TransportError(
        'config',
        name,
        `the host key of ${target.hostKeys.lookup} cannot be judged: ${decision.cause}`,
        { refusedKey: { offered, expected: undefined, place: undefined } },
      )
    default:
      return decision satisfies never
  }
}
