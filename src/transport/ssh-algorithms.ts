/** Algorithms offered to a host: the user's choice, or our defaults. */

import type { ConnectConfig } from 'ssh2'
import { ownCiphers, ownHostKeys } from '../model/ssh-algorithms.ts'
import type { HostKeyVerifier, SshTarget } from '../model/ssh-target.ts'

type Algorithms = NonNullable<ConnectConfig['algorithms']>

export function algorithmsOf({ algorithms }: SshTarget, verifier: HostKeyVerifier): Algorithms {
  const { ciphers, macs, kex } = algorithms
  const names = {
    cipher: ciphers ?? ownCiphers,
    ...(macs ? { hmac: macs } : {}),
    ...(kex ? { kex } : {}),
    serverHostKey: hostKeysOf(algorithms.hostKeys, verifier),
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `inventory` leaves what ssh2 has
  return names as unknown as Algorithms
}

/** Algorithms of known host keys come first, whatever was chosen. */
function hostKeysOf(
  chosen: readonly string[] | undefined,
  { algorithms }: HostKeyVerifier,
): readonly string[] {
  const known = algorithms.filter((name) => ownHostKeys.includes(name))
  if (!chosen) return known
  return [
    ...known.filter((name) => chosen.includes(name)),
    ...chosen.filter((name) => !known.includes(name)),
  ]
}
