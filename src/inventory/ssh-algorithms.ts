/**
 * Filters the algorithms in a user's configuration to those that our connection supports.
 *
 * Names are OpenSSH's. The rest of a list keeps the user's order.
 */

import { listed } from '../model/message.ts'
import { messages } from './messages.ts'
import { ownCiphers, ownHostKeys } from '../model/ssh-algorithms.ts'
import type { SshAlgorithms } from '../model/ssh-target.ts'
import { HostConfigError } from './host-config-error.ts'

interface AlgorithmOption {
  readonly field: keyof SshAlgorithms
  readonly option: string
  /** The option names that `ssh -G` prints, across its versions. */
  readonly keys: readonly string[]
  readonly supported: readonly string[]
  /** Algorithms that a project may choose: none known to be weak. */
  readonly strong: readonly string[]
}

const macs = [
  'hmac-sha2-256-etm@openssh.com',
  'hmac-sha2-512-etm@openssh.com',
  'hmac-sha2-256',
  'hmac-sha2-512',
]
const kex = [
  'curve25519-sha256',
  'curve25519-sha256@libssh.org',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'diffie-hellman-group-exchange-sha256',
  'diffie-hellman-group14-sha256',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group18-sha512',
]
export const algorithmOptions: readonly AlgorithmOption[] = [
  {
    field: 'ciphers',
    option: 'Ciphers',
    keys: ['ciphers'],
    supported: [...ownCiphers, 'aes128-cbc', 'aes192-cbc', 'aes256-cbc', '3des-cbc'],
    strong: ownCiphers,
  },
  {
    field: 'macs',
    option: 'MACs',
    keys: ['macs'],
    supported: [...macs, 'hmac-sha1-etm@openssh.com', 'hmac-sha1', 'hmac-sha1-96'],
    strong: macs,
  },
  {
    field: 'kex',
    option: 'KexAlgorithms',
    keys: ['kexalgorithms'],
    supported: [
      ...kex,
      'diffie-hellman-group-exchange-sha1',
      'diffie-hellman-group14-sha1',
      'diffie-hellman-group1-sha1',
    ],
    strong: kex,
  },
  {
    field: 'hostKeys',
    option: 'HostKeyAlgorithms',
    keys: ['hostkeyalgorithms'],
    supported: [...ownHostKeys, 'ssh-rsa'],
    strong: ownHostKeys,
  },
  {
    field: 'userKeys',
    option: 'PubkeyAcceptedAlgorithms',
    keys: ['pubkeyacceptedalgorithms', 'pubkeyacceptedkeytypes'],
    supported: [...ownHostKeys, 'ssh-rsa'],
    strong: ownHostKeys,
  },
]

/**
 * @param options - The host's options.
 * @param defaults - Options of a host without configuration: an equal list counts as not chosen.
 * @throws {HostConfigError} If no algorithm of a chosen list is supported.
 */
export function readAlgorithms(
  name: string,
  options: ReadonlyMap<string, readonly string[]>,
  defaults: ReadonlyMap<string, readonly string[]>,
): SshAlgorithms {
  const chosen = algorithmOptions.flatMap(({ field, option, keys: names, supported }) => {
    const key = names.find((each) => options.has(each))
    const value = key === undefined ? undefined : options.get(key)?.[0]
    if (key === undefined || value === undefined || value === defaults.get(key)?.[0]) return []
    const left = value.split(',').filter((each) => supported.includes(each))
    if (left.length > 0) return [[field, left] as const]
    const wrong = messages.algorithmsUnsupported(name, `${option} ${value}`, listed(supported))
    throw new HostConfigError(name, wrong)
  })
  return Object.fromEntries(chosen)
}
