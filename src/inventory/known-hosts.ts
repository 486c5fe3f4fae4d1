/**
 * Verifies host keys by the user's known_hosts files, as `ssh` does with StrictHostKeyChecking.
 *
 * Refuses a key when a file is unreadable or unclear: missing permissions never make a host
 * trusted.
 */

import { LocalizedError } from '../diagnostic/localized-error.ts'
import { reasonOf } from '../diagnostic/reason-of.ts'
import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { ownHostKeys } from '../model/ssh-algorithms.ts'
import type {
  HostKey,
  HostKeyDecision,
  HostKeyVerifier,
  KnownHostsPlace,
  SshTarget,
} from '../model/ssh-target.ts'
import { keepHostKey } from './keep-host-key.ts'
import {
  type KnownHost,
  lookupName,
  matchesHost,
  maxKnownHostsBytes,
  readKnownHosts,
  toHostKey,
} from './known-hosts-file.ts'
import { readRegularFile } from './read-regular-file.ts'

/** A key that a person, or a flag, may trust. */
export interface UnknownHostKey {
  readonly host: string
  /** The name that the key would be stored under. */
  readonly lookup: string
  readonly key: HostKey
  /** An extra remark; `undefined`: none. */
  readonly note: string | undefined
  /** The file to store the key in; `undefined`: trust it for this run only. */
  readonly keepIn: string | undefined
}

/** Keys trusted during one run, by lookup name. */
export type AcceptedKeys = Map<string, Buffer>

/**
 * Reads the files of `target` once and returns a verifier.
 *
 * @param onUnknownKey - Asked about a key that no file lists; without it such a key is refused.
 * @param accepted - Shared by all connections of a run, so that a trusted key stays trusted even if
 * it is not stored.
 */
export async function createVerifier(
  target: SshTarget,
  onUnknownKey?: (unknown: UnknownHostKey) => Promise<boolean>,
  accepted: AcceptedKeys = new Map(),
): Promise<HostKeyVerifier> {
  const { hostKeys, port } = target
  const isAlias = hostKeys.lookup !== target.hostName
  // An alias is looked up without a port.
  const name = isAlias ? hostKeys.lookup.toLowerCase() : lookupName(hostKeys.lookup, port)
  const { entries, problem } = readAll(target)
  const own = entries.filter((entry) => matchesHost(entry.patterns, name))
  const plain = isAlias || port === 22 ? [] : withoutPort(entries, hostKeys.lookup)

  const verify = (wire: Uint8Array): HostKeyDecision => {
    const blob = Buffer.from(wire)
    const key = toHostKey(blob)
    const trusted = accepted.get(name)
    if (trusted?.equals(blob)) return { kind: 'known', key }
    if (problem !== undefined) return { kind: 'undecided', key, cause: problem }
    const revoked = entries.find((entry) => isRevoked(entry, blob, [name, hostKeys.lookup]))
    if (revoked) return { kind: 'revoked', key, place: placeOf(revoked) }
    const keys = own.filter((entry) => entry.marker === 'none')
    if (keys.some((entry) => entry.blob.equals(blob))) return { kind: 'known', key }
    const other = keys.find((entry) => entry.algorithm === key.algorithm)
    if (other) {
      return { kind: 'changed', key, expected: toHostKey(other.blob), place: placeOf(other) }
    }
    if (plain.some((entry) => entry.blob.equals(blob))) return { kind: 'known', key }
    if (trusted) {
      const { algorithm, fingerprint } = toHostKey(trusted)
      const cause = messages.trustedAnother(`${algorithm} ${fingerprint}`, key.fingerprint)
      return { kind: 'undecided', key, cause }
    }
    return { kind: 'unknown', key, note: noteOn(own) }
  }
  return {
    algorithms: preferred(own.filter((entry) => entry.marker === 'none')),
    verify,
    async accept(wire) {
      const blob = Buffer.from(wire)
      const decision = verify(blob)
      if (decision.kind !== 'unknown' || !onUnknownKey) return false
      const { key, note } = decision
      const { keepIn } = hostKeys
      const isTrusted = await onUnknownKey({ host: target.name, lookup: name, key, note, keepIn })
      if (!isTrusted) return false
      await keepHostKey(hostKeys, name, blob)
      accepted.set(name, blob)
      return true
    },
  }
}

/** A key of a known host, or of a certificate authority for it. */
export interface KnownHostKey {
  readonly key: HostKey
  readonly place: KnownHostsPlace
  readonly marker: 'none' | 'revoked' | 'cert-authority'
}

/**
 * Lines in the user's files that match this host.
 *
 * @throws If a file exists and cannot be read.
 */
export async function knownKeys(target: SshTarget): Promise<readonly KnownHostKey[]> {
  const { hostKeys, hostName, port } = target
  const isAlias = hostKeys.lookup !== hostName
  const name = isAlias ? hostKeys.lookup.toLowerCase() : lookupName(hostKeys.lookup, port)
  const { entries, problem } = readAll(target)
  if (problem !== undefined) throw new LocalizedError(problem)
  return entries
    .filter((entry) => matchesHost(entry.patterns, name))
    .map((entry) => ({
      key: toHostKey(entry.blob),
      place: placeOf(entry),
      marker: entry.marker,
    }))
}

function readAll(target: SshTarget): {
  readonly entries: readonly KnownHost[]
  readonly problem: Message | undefined
} {
  const { userFiles, globalFiles, revokedFile } = target.hostKeys
  const entries: KnownHost[] = []
  try {
    for (const file of [...userFiles, ...globalFiles])
      for (const entry of readKnownHosts(file)) entries.push(entry)
    if (revokedFile !== undefined) for (const entry of readRevoked(revokedFile)) entries.push(entry)
  } catch (error) {
    return { entries, problem: reasonOf(error) }
  }
  return { entries, problem: undefined }
}

/**
 * Reads plain public keys, one a line.
 * @throws If the file is unreadable or a binary revocation list.
 */
function readRevoked(file: string): readonly KnownHost[] {
  const text = readRegularFile(file, maxKnownHostsBytes)?.toString('latin1')
  if (text === undefined) throw new LocalizedError(messages.fileMissing(file))
  if (text.startsWith('SSHKRL')) {
    throw new LocalizedError(messages.binaryRevocations(file))
  }
  return text.split('\n').flatMap((line, index) => {
    const [, base64] = /(?:^|\s)(AAAA[0-9A-Za-z+/=]+)/.exec(line) ?? []
    if (base64 === undefined) return []
    const blob = Buffer.from(base64, 'base64')
    const { algorithm } = toHostKey(blob)
    return [{ file, line: index + 1, marker: 'revoked', patterns: '*', algorithm, blob }]
  })
}

function isRevoked(entry: KnownHost, blob: Buffer, names: readonly string[]): boolean {
  return (
    entry.marker === 'revoked' &&
    entry.blob.equals(blob) &&
    names.some((name) => matchesHost(entry.patterns, name.toLowerCase()))
  )
}

/** Like `ssh`, accepts on another port the same key that the host is known by. */
function withoutPort(entries: readonly KnownHost[], lookup: string): readonly KnownHost[] {
  return entries.filter(
    (entry) => entry.marker === 'none' && matchesHost(entry.patterns, lookup.toLowerCase()),
  )
}

function placeOf(entry: KnownHost): { readonly file: string; readonly line: number } {
  return { file: entry.file, line: entry.line }
}

function noteOn(own: readonly KnownHost[]): string | undefined {
  const [entry] = own
  if (!entry) return undefined
  const place = `${entry.file}:${entry.line}`
  if (entry.marker === 'cert-authority') {
    return `${place} names an authority for it, but host certificates are not supported`
  }
  const { algorithm, fingerprint } = toHostKey(entry.blob)
  return `known is ${algorithm} ${fingerprint}, ${place}`
}

/** Algorithms of known keys come first, so that the host presents one of those keys. */
function preferred(known: readonly KnownHost[]): readonly string[] {
  const kinds = new Set(known.map((entry) => entry.algorithm))
  const isKnown = (algorithm: string): boolean =>
    kinds.has(algorithm.startsWith('rsa-sha2-') ? 'ssh-rsa' : algorithm)
  return [...ownHostKeys.filter(isKnown), ...ownHostKeys.filter((algorithm) => !isKnown(algorithm))]
}
