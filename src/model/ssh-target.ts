import type { Message } from './message.ts'

/**
 * Where an ssh connection goes and whom it trusts, as plain data.
 *
 * `inventory` makes these of what the user's ssh configuration says, `transport` connects by them,
 * and neither knows the other.
 */

export interface SshTarget {
  /** As the user wrote it: `vm`. */
  readonly name: string
  /** What is connected to: an address or a DNS name. */
  readonly hostName: string
  readonly port: number
  readonly user: string
  /** IPv4 or IPv6 only. */
  readonly family: 4 | 6 | undefined
  /** Absolute paths, in the order to try them; some may not exist. */
  readonly identityFiles: readonly string[]
  /** Only keys that `identityFiles` name may be offered, from an agent too. */
  readonly identitiesOnly: boolean
  /** Socket of the agent; `undefined`: none is asked. */
  readonly agentSocket: string | undefined
  /** How to log in, in this order. */
  readonly methods: readonly LoginMethod[]
  /** Run by `/bin/sh` instead of a connection of our own; of the user's configuration only. */
  readonly proxyCommand: string | undefined
  readonly connectTimeoutMs: number
  /** A dead link is noticed after `intervalMs * (count + 1)`. */
  readonly keepAlive: { readonly intervalMs: number; readonly count: number }
  /** Connected to one after the other, each through the one before it. */
  readonly jumps: readonly SshTarget[]
  readonly hostKeys: HostKeySources
  readonly algorithms: SshAlgorithms
}

/** What the user's configuration chose, by OpenSSH's names; absent: our own choice. */
export interface SshAlgorithms {
  readonly ciphers?: readonly string[]
  readonly macs?: readonly string[]
  readonly kex?: readonly string[]
  readonly hostKeys?: readonly string[]
  /** With which our own keys may sign. */
  readonly userKeys?: readonly string[]
}

export type LoginMethod = 'publickey' | 'keyboard-interactive' | 'password'

/** Where the keys of a host are looked up. */
export interface HostKeySources {
  /** `HostKeyAlias`, or the name that is connected to. */
  readonly lookup: string
  readonly userFiles: readonly string[]
  /** A new key is added to it; `undefined`: it is trusted for this run and kept nowhere. */
  readonly keepIn: string | undefined
  readonly globalFiles: readonly string[]
  readonly revokedFile: string | undefined
  /** A new key's name is written as a hash. */
  readonly hashNames: boolean
}

/** A key that a host showed. */
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
  /** Nothing can be decided: a file cannot be read, or says what we do not understand. */
  | { readonly kind: 'undecided'; readonly key: HostKey; readonly cause: Message }

/** Judges the keys of one host. */
export interface HostKeyVerifier {
  /** Key algorithms by preference: those of keys that are known for this host come first. */
  readonly algorithms: readonly string[]
  /** @param blob - The public key as it came over the wire. */
  verify(blob: Uint8Array): HostKeyDecision
  /** Whether to trust an unknown key from now on; a `true` was kept where the user keeps keys. */
  accept(blob: Uint8Array): Promise<boolean>
}
