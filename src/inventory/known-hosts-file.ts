/** Reads known_hosts files: the keys they list for a host, and their lines. */

import { createHash, createHmac } from 'node:crypto'
import type { HostKey } from '../model/ssh-target.ts'
import { matchGlob } from './match-glob.ts'
import { readRegularFile } from './read-regular-file.ts'

export interface KnownHost {
  readonly file: string
  readonly line: number
  readonly marker: 'none' | 'revoked' | 'cert-authority'
  /** Comma-separated patterns, or one hashed name. */
  readonly patterns: string
  /** The algorithm named inside the key. */
  readonly algorithm: string
  readonly blob: Buffer
}

/** Enough for some hundred thousand hosts. */
export const maxKnownHostsBytes = 64 * 1024 * 1024

/**
 * Returns no entries for a missing file.
 *
 * @throws If the file exists and cannot be read.
 */
export function readKnownHosts(file: string): readonly KnownHost[] {
  const text = readRegularFile(file, maxKnownHostsBytes)?.toString() ?? ''
  return text.split('\n').flatMap((line, index) => {
    const entry = readLine(line)
    return entry ? [{ ...entry, file, line: index + 1 }] : []
  })
}

function readLine(text: string): Omit<KnownHost, 'file' | 'line'> | undefined {
  const words = text.trim().split(/[ \t]+/)
  if (text.trim() === '' || text.trim().startsWith('#')) return undefined
  const first = words[0] ?? ''
  const marker = readMarker(first)
  if (marker === undefined) return undefined
  const [patterns, , base64] = marker === 'none' ? words : words.slice(1)
  if (patterns === undefined || base64 === undefined) return undefined
  const blob = Buffer.from(base64, 'base64')
  const algorithm = algorithmOf(blob)
  return algorithm === undefined ? undefined : { marker, patterns, algorithm, blob }
}

function readMarker(word: string): KnownHost['marker'] | undefined {
  if (!word.startsWith('@')) return 'none'
  if (word === '@revoked') return 'revoked'
  return word === '@cert-authority' ? 'cert-authority' : undefined
}

/** The first field of a public key in wire format; `undefined` if the bytes are not a key. */
export function algorithmOf(blob: Uint8Array): string | undefined {
  const bytes = Buffer.from(blob)
  if (bytes.length < 4) return undefined
  const length = bytes.readUInt32BE(0)
  if (length === 0 || length > 64 || bytes.length < 4 + length) return undefined
  return bytes.subarray(4, 4 + length).toString('latin1')
}

export function toHostKey(blob: Uint8Array): HostKey {
  const digest = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')
  return { algorithm: algorithmOf(blob) ?? 'unknown', fingerprint: `SHA256:${digest}` }
}

/** `name`, or `[name]:port` for a port other than 22. */
export function lookupName(name: string, port: number): string {
  return port === 22 ? name.toLowerCase() : `[${name.toLowerCase()}]:${port}`
}

/** Whether any pattern matches and no negated one does. */
export function matchesHost(patterns: string, name: string): boolean {
  if (patterns.startsWith('|1|')) return matchesHash(patterns, name)
  let found = false
  for (const pattern of patterns.toLowerCase().split(',')) {
    const negated = pattern.startsWith('!')
    if (!matchGlob(negated ? pattern.slice(1) : pattern, name)) continue
    if (negated) return false
    found = true
  }
  return found
}

function matchesHash(hashed: string, name: string): boolean {
  const [, , salt, mac] = hashed.split('|')
  if (salt === undefined || mac === undefined) return false
  return hashName(name, Buffer.from(salt, 'base64')) === hashed
}

/** Hashes a name as `ssh-keygen -H` does. */
export function hashName(name: string, salt: Buffer): string {
  const mac = createHmac('sha1', salt).update(name).digest('base64')
  return `|1|${salt.toString('base64')}|${mac}`
}
