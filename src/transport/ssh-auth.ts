/**
 * Which keys are offered to a host, one at a time and in the order of `ssh`: agent keys that the
 * configuration names, other agent keys, then key files.
 *
 * Never prompts. Passwords and encrypted key files are named as not supported, not skipped in
 * silence.
 */

import { readFile } from 'node:fs/promises'
import type { AgentAuthMethod, AuthHandlerMiddleware, ParsedKey, PublicKeyAuthMethod } from 'ssh2'
import type { SshTarget } from '../model/ssh-target.ts'

type Ssh2 = typeof import('ssh2')
type Attempt = { readonly label: string } & (
  | { readonly method: PublicKeyAuthMethod }
  | { readonly method: AgentAuthMethod }
)

export interface Authentication {
  readonly handler: AuthHandlerMiddleware
  /** What was offered so far, in words. */
  readonly tried: readonly string[]
  /** Keys that could not be offered, and why. */
  readonly skipped: readonly string[]
  /** What the host would take, as it last said. */
  readonly offered: readonly string[]
}

export async function authentication(target: SshTarget, ssh2: Ssh2): Promise<Authentication> {
  const tried: string[] = []
  const skipped: string[] = []
  const offered: string[] = []
  const attempts = await listAttempts(target, ssh2, skipped)
  let next = 0
  const handler: AuthHandlerMiddleware = (left, _partial, proceed) => {
    if (left) offered.splice(0, offered.length, ...left)
    const attempt = attempts[next++]
    if (attempt) {
      tried.push(attempt.label)
      return proceed(attempt.method)
    }
    // Without a key the host still has to say what it would take.
    if (next === 1) return proceed({ type: 'none', username: target.user })
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ends it; not in the types
    return proceed(false as never)
  }
  return { handler, tried, skipped, offered }
}

async function listAttempts(
  target: SshTarget,
  ssh2: Ssh2,
  skipped: string[],
): Promise<readonly Attempt[]> {
  const files = await Promise.all(target.identityFiles.map((path) => readKey(path, ssh2)))
  const named = new Map<string, string>()
  for (const file of files) if (file.publicKey) named.set(file.publicKey, file.path)

  const agentKeys = await listAgentKeys(target, ssh2, skipped)
  const isNamed = (key: ParsedKey): boolean => named.has(blobOf(key))
  const ordered = [
    ...agentKeys.filter(isNamed),
    ...(target.identitiesOnly ? [] : agentKeys.filter((key) => !isNamed(key))),
  ]
  const attempts: Attempt[] = ordered.map((key) => ({
    label: `agent key ${key.comment || named.get(blobOf(key)) || key.type}`,
    method: { type: 'agent', username: target.user, agent: oneKeyAgent(target, ssh2, key) },
  }))
  const inAgent = new Set(ordered.map(blobOf))
  for (const { path, publicKey, key, problem } of files) {
    if (publicKey && inAgent.has(publicKey)) continue
    if (key) {
      const method = { type: 'publickey', username: target.user, key } as const
      attempts.push({ label: path, method })
    } else if (problem !== undefined) skipped.push(`${path}: ${problem}`)
  }
  return attempts
}

interface KeyFile {
  readonly path: string
  /** Base64; known of an encrypted key too where its `.pub` is there. */
  readonly publicKey?: string
  /** What can be signed with. */
  readonly key?: ParsedKey
  readonly problem?: string
}

async function readKey(path: string, ssh2: Ssh2): Promise<KeyFile> {
  const pub = await parseFile(path.endsWith('.pub') ? path : `${path}.pub`, ssh2)
  const publicKey = pub && !(pub instanceof Error) ? blobOf(pub) : undefined
  const known = publicKey === undefined ? { path } : { path, publicKey }
  if (path.endsWith('.pub')) return known
  const key = await parseFile(path, ssh2)
  if (!key) return known
  if (!(key instanceof Error)) return { path, publicKey: blobOf(key), key }
  const problem = /encrypted/i.test(key.message)
    ? 'the key is encrypted: load it into an agent with `ssh-add`'
    : `cannot be used (${key.message})`
  return { ...known, problem }
}

/** `undefined` where there is no such file: most of the default names do not exist. */
async function parseFile(path: string, ssh2: Ssh2): Promise<ParsedKey | Error | undefined> {
  try {
    return ssh2.utils.parseKey(await readFile(path))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    return error instanceof Error ? error : new Error(String(error))
  }
}

function blobOf(key: ParsedKey): string {
  return key.getPublicSSH().toString('base64')
}

function listAgentKeys(
  target: SshTarget,
  ssh2: Ssh2,
  skipped: string[],
): Promise<readonly ParsedKey[]> {
  const { agentSocket } = target
  if (agentSocket === undefined) return Promise.resolve([])
  return new Promise((resolve) => {
    ssh2.createAgent(agentSocket).getIdentities((error, keys) => {
      if (error) skipped.push(`the agent at ${agentSocket} does not answer (${error.message})`)
      resolve((keys ?? []).filter((key) => typeof key === 'object' && 'getPublicSSH' in key))
    })
  })
}

/** The agent, as if it held this key only: ssh2 would offer all of them in one go. */
function oneKeyAgent(
  target: SshTarget,
  ssh2: Ssh2,
  key: ParsedKey,
): ReturnType<Ssh2['createAgent']> {
  const agent = ssh2.createAgent(target.agentSocket ?? '')
  agent.getIdentities = (callback) => callback(undefined, [key])
  return agent
}
