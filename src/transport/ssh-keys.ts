/** Reads the key files that a configuration names. */

import { LocalizedError } from '../diagnostic/localized-error.ts'
import type { Message } from '../model/message.ts'
import { reasonOf } from '../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import { access, readFile, stat } from 'node:fs/promises'
import type { ParsedKey } from 'ssh2'
import type { Ssh2 } from './ssh2.ts'

export interface KeyFile {
  readonly path: string
  /** Base64. For an encrypted key, read from its `.pub` if present. */
  readonly publicKey?: string
  /** The key for signing. */
  readonly key?: ParsedKey
  /** Usable once its passphrase is known. */
  readonly isLocked?: boolean
  readonly problem?: Message
}

/** @param passphrase - For an encrypted key; a wrong one leaves it locked. */
export async function readKey(path: string, ssh2: Ssh2, passphrase?: string): Promise<KeyFile> {
  const pub = await parseFile(path.endsWith('.pub') ? path : `${path}.pub`, ssh2)
  const publicKey = pub && !(pub instanceof Error) ? blobOf(pub) : undefined
  const known = publicKey === undefined ? { path } : { path, publicKey }
  if (path.endsWith('.pub')) return known
  const key = await parseFile(path, ssh2, passphrase)
  if (!key) return known
  if (!(key instanceof Error)) return { path, publicKey: blobOf(key), key }
  if (/encrypted|passphrase|bad decrypt/i.test(key.message)) return { ...known, isLocked: true }
  return { ...known, problem: messages.unusableKey(reasonOf(key)) }
}

export function blobOf(key: ParsedKey): string {
  return key.getPublicSSH().toString('base64')
}

/** `ssh` would offer this certificate; we offer the plain key, and say so. */
export async function hasCertificate(path: string): Promise<boolean> {
  return access(`${path}-cert.pub`).then(
    () => true,
    () => false,
  )
}

const maxKeyBytes = 1024 * 1024

/** `undefined` if the file is missing: most of the default names do not exist. */
async function parseFile(
  path: string,
  ssh2: Ssh2,
  passphrase?: string,
): Promise<ParsedKey | Error | undefined> {
  try {
    // Reading a device or a pipe might never end.
    const found = await stat(path)
    if (!found.isFile() || found.size > maxKeyBytes) return new LocalizedError(messages.notAKeyFile)
    return ssh2.parseKey(await readFile(path), passphrase)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    return error instanceof Error ? error : new Error(String(error))
  }
}
