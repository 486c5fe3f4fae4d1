import type { Message } from './message.ts'

/**
 * Where an ssh connection goes and which keys it trusts, as plain data.
 *
 * `inventory` builds targets from the user's ssh configuration and `transport` connects to them;
 * neither imports the other.
 */

export interface SshTarget {
  /** As the user wrote it: `vm`. */
  readonly name: string
  /** The address or DNS name to connect to. */
  readonly hostName: string
  readonly port: number
  readonly user: string
  /** Restricts to IPv4 or IPv6. */
  readonly family: 4 | 6 | undefined
  /** Absolute paths, in the order to try them; a file may be missing. */
  readonly identityFiles: readonly string[]
  /** Offer only the keys in `identityFiles`, even from an agent. */
  readonly identitiesOnly: boolean
  /** The agent's socket; `undefined`: use no agent. */
  readonly agentSocket: string | undefined
  /** Login methods, in the order to try them. */
  readonly methods: readonly LoginMethod[]
  /**
   * `ProxyCommand`: a command for `/bin/sh` whose standard input and output are the connection. Taken
   * only from the user's configuration.
   */
  readonly proxyCommand: string | undefined
  readonly connectTimeoutMs: number
  /** `ServerAliveInterval` and `ServerAliveCountMax`: a dead link is detected after `intervalMs * (count + 1)`. */
  readonly keepAlive: { readonly intervalMs: number; readonly count: number }
  /** Jump hosts, in order; each is reached through the one before it. */
  readonly jumps: readonly SshTarget[]
  readonly hostKeys: HostKeySources
  readonly algorithms: SshAlgorithms
}

/** Algorithms from the user's configuration, by OpenSSH's names; `undefined`: our defaults. */
export interface SshAlgorithms {
  readonly ciphers?: readonly string[]
  readonly macs?: readonly string[]
  readonly kex?: readonly string[]
  readonly hostKeys?: readonly string[]
  /** Signature algorithms for the user's own keys. */
  readonly userKeys?: readonly string[]
}

export type LoginMethod = 'publickey' | 'keyboard-interactive' | 'password'

/** Where to look up host keys. */
export interface HostKeySources {
  /** The name to look up: `HostKeyAlias`, else the host name. */
  readonly lookup: string
  readonly userFiles: readonly string[]
  /** The file that receives new keys; `undefined`: trust them for this run only. */
  readonly keepIn: string | undefined
  readonly globalFiles: readonly string[]
  readonly revokedFile: string | undefined
  /** Whether to hash a host's name in `keepIn`. */
  readonly hashNames: boolean
}

/** A key that a host presented. */
export interface HostKey {
  /** `ssh-ed25519`. */
  readonly algorithm: string
  /** `SHA256:…`, without padding. */
  readonly fingerprint: string
}

/** A line of a known_hosts file. */
export interface KnownHostsPlace {
  readonly file: string
  readonly line: number
}

export type HostKeyDecision =
  | { readonly kind: 'known'; readonly key: HostKey }
  | { readonly kind: 'unknown'; readonly key: HostKey; readonly note: string | undefined }
  | {
      readonly kind: 'changed'
      readonly key: HostKey
      readonly expected: HostKey
      readonly place: KnownHostsPlace
    }
  | { readonly kind: 'revoked'; readonly key: HostKey; readonly place: KnownHostsPlace }
  /** No decision is possible: a file is unreadable or cannot be parsed. */
  | { readonly kind: 'undecided'; readonly key: HostKey; readonly cause: Message }

/** Verifies the keys of one host. */
export interface HostKeyVerifier {
  /** Key algorithms by preference; algorithms of keys known for this host come first. */
  readonly algorithms: readonly string[]
  /** @param blob - The public key as sent on the wire. */
  verify(blob: Uint8Array): HostKeyDecision
  /**
   * Asks the user to trust an unknown key, and stores it in `keepIn` if that is set.
   *
   * @returns Whether the key is trusted; `false`, without asking, for any key that is not unknown.
   */
  accept(blob: Uint8Array): Promise<boolean>
}
