/**
 * Logs in as `ssh` does, one offer at a time: agent keys that the configuration names, other agent
 * keys, key files, encrypted key files; then the host's own questions and the password.
 *
 * Never asks a person. If an answer is missing, the login ends and `needs` lists it.
 */

import { type Message, verbatim } from '../model/message.ts'
import { reasonOf } from '../diagnostic/reason-of.ts'
import { messages } from './messages.ts'
import type {
  AgentAuthMethod,
  AnyAuthMethod,
  AuthHandlerMiddleware,
  ParsedKey,
  Prompt,
  PublicKeyAuthMethod,
} from 'ssh2'
import type { SshTarget } from '../model/ssh-target.ts'
import { asksForNewPassword } from './password-expired.ts'
import type { CredentialQuestion, Told } from './ssh-credentials.ts'
import { blobOf, hasCertificate, readKey } from './ssh-keys.ts'
import type { Ssh2 } from './ssh2.ts'
import { within } from './within.ts'

type Offer = { readonly label: Message } & (
  | { readonly kind: 'key'; readonly method: PublicKeyAuthMethod | AgentAuthMethod }
  | { readonly kind: 'locked'; readonly path: string }
  | { readonly kind: 'keyboard-interactive' }
  | { readonly kind: 'password' }
)

export interface Authentication {
  readonly handler: AuthHandlerMiddleware
  /** Offers so far, in words. */
  readonly tried: readonly Message[]
  /** Keys that could not be offered, with the reason. */
  readonly skipped: readonly Message[]
  /** Methods that the host last offered. */
  readonly offered: readonly string[]
  /** Answers required before another try. */
  readonly needs: readonly CredentialQuestion[]
  /** Called if an answer is missing in the middle of the host's questions. */
  onNeeds: () => void
  /** Called with the host's words if it demands a new password. */
  onExpired: (said: string) => void
}

export async function authentication(
  target: SshTarget,
  ssh2: Ssh2,
  told: Told,
): Promise<Authentication> {
  const tried: Message[] = []
  const skipped: Message[] = []
  const offered: string[] = []
  const needs: CredentialQuestion[] = []
  const offers = await listOffers(target, ssh2, { told, skipped })
  const login = `${target.user}@${target.hostName}`
  const host = target.name
  let next = 0
  let last: Offer | undefined

  const judge = (partial: boolean | null): void => {
    if (!last || partial === true) return
    if (last.kind === 'key') told.refused.set(last.label.en, last.label)
    else if (last.kind === 'password' || told.rounds.length > 0) {
      // The password or answer given last was wrong.
      if (last.kind === 'password') told.password = undefined
      else told.rounds = []
      told.wrong++
      next = Math.max(0, next - 1)
    }
  }
  const take = (): AnyAuthMethod | undefined => {
    for (;;) {
      const offer = offers[next++]
      last = offer
      if (!offer) return undefined
      const { kind, label } = offer
      if (kind === 'key') {
        if (told.refused.has(label.en)) continue
        tried.push(label)
        return offer.method
      }
      if (kind === 'locked') {
        needs.push({ kind: 'passphrase', host, path: offer.path })
        return undefined
      }
      if (offered.length === 0) {
        next--
        last = undefined
        return { type: 'none', username: target.user }
      }
      if (!offered.includes(kind)) continue
      if (kind === 'password') {
        if (told.password === undefined) {
          needs.push({ kind: 'password', host, login })
          return undefined
        }
        tried.push(label)
        return { type: 'password', username: target.user, password: told.password }
      }
      tried.push(label)
      return { type: 'keyboard-interactive', username: target.user, prompt: answer }
    }
  }
  let round = 0
  const answer = (
    name: string,
    instructions: string,
    _lang: string,
    prompts: Prompt[],
    finish: (answers: string[]) => void,
  ): void => {
    const said = [name, instructions, ...prompts.map(({ prompt }) => prompt)].join('\n')
    if (asksForNewPassword(said)) return auth.onExpired(said)
    const known = prompts.length === 0 ? [] : told.rounds[round]
    if (known?.length === prompts.length) {
      if (prompts.length > 0) round++
      return finish([...known])
    }
    for (const { prompt, echo } of prompts) {
      const text = [name, instructions, prompt].filter((each) => each !== '').join('\n')
      needs.push({ kind: 'keyboard', host, login, text, isHidden: echo !== true })
    }
    auth.onNeeds()
  }
  const handler: AuthHandlerMiddleware = (left, partial, proceed) => {
    if (left) offered.splice(0, offered.length, ...left)
    judge(partial)
    round = 0
    const method = take()
    if (method) return proceed(method)
    // Without a key, an offer of `none` still makes the host list its methods.
    if (left === null && needs.length === 0) {
      next = 0
      return proceed({ type: 'none', username: target.user })
    }
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- ends it; not in the types
    return proceed(false as never)
  }
  const auth: Authentication = {
    handler,
    tried,
    skipped,
    offered,
    needs,
    onNeeds: () => {},
    onExpired: () => {},
  }
  return auth
}

async function listOffers(
  target: SshTarget,
  ssh2: Ssh2,
  notes: { readonly told: Told; readonly skipped: Message[] },
): Promise<readonly Offer[]> {
  const offers: Offer[] = []
  for (const method of target.methods) {
    if (method === 'publickey') offers.push(...(await listKeys(target, ssh2, notes)))
    else offers.push({ kind: method, label: labels[method] })
  }
  return offers
}

const labels = {
  'keyboard-interactive': messages.answers,
  password: messages.aPassword,
} as const

async function listKeys(
  target: SshTarget,
  ssh2: Ssh2,
  { told, skipped }: { readonly told: Told; readonly skipped: Message[] },
): Promise<readonly Offer[]> {
  const files = await Promise.all(
    target.identityFiles.map((path) => readKey(path, ssh2, told.passphrases.get(path))),
  )
  const named = new Map<string, string>()
  for (const file of files) if (file.publicKey) named.set(file.publicKey, file.path)

  const agentKeys = await listAgentKeys(target, ssh2, skipped)
  const isNamed = (key: ParsedKey): boolean => named.has(blobOf(key))
  const ordered = [
    ...agentKeys.filter(isNamed),
    ...(target.identitiesOnly ? [] : agentKeys.filter((key) => !isNamed(key))),
  ].filter((key) => {
    const why = whyNotSigned(key, target)
    if (why !== undefined)
      skipped.push(messages.of(messages.agentKey(key.comment || key.type), why))
    return why === undefined
  })
  const offers: Offer[] = ordered.map((key) => ({
    kind: 'key',
    label: messages.agentKey(key.comment || named.get(blobOf(key)) || key.type),
    method: { type: 'agent', username: target.user, agent: oneKeyAgent(target, ssh2, key) },
  }))
  const locked: Offer[] = []
  const inAgent = new Set(ordered.map(blobOf))
  for (const { path, publicKey, key, isLocked, problem } of files) {
    if (await hasCertificate(path)) {
      skipped.push(messages.of(`${path}-cert.pub`, messages.noCertificates))
    }
    if (publicKey && inAgent.has(publicKey)) continue
    const why = key && whyNotSigned(key, target)
    if (why !== undefined) skipped.push(messages.of(path, why))
    else if (key) {
      const method = { type: 'publickey', username: target.user, key } as const
      offers.push({ kind: 'key', label: verbatim(path), method })
    } else if (isLocked && told.locked.has(path)) {
      skipped.push(messages.of(path, messages.encryptedKey))
    } else if (isLocked) locked.push({ kind: 'locked', label: verbatim(path), path })
    else if (problem !== undefined) skipped.push(messages.of(path, problem))
  }
  return [...offers, ...locked]
}

/**
 * Why PubkeyAcceptedAlgorithms excludes a key; `undefined` if it does not.
 *
 * With an RSA key, ssh2 signs with SHA-256 wherever the host accepts that.
 */
function whyNotSigned(key: ParsedKey, { algorithms }: SshTarget): Message | undefined {
  const { userKeys } = algorithms
  const needed = key.type === 'ssh-rsa' ? 'rsa-sha2-256' : key.type
  if (userKeys === undefined || userKeys.includes(needed)) return undefined
  return messages.notAccepted(needed)
}

export function listAgentKeys(
  target: Pick<SshTarget, 'agentSocket' | 'connectTimeoutMs'>,
  ssh2: Ssh2,
  skipped: Message[],
): Promise<readonly ParsedKey[]> {
  const { agentSocket, connectTimeoutMs } = target
  if (agentSocket === undefined) return Promise.resolve([])
  const skip = (why: Message): readonly ParsedKey[] => {
    skipped.push(messages.silentAgent(agentSocket, why))
    return []
  }
  const listed = new Promise<readonly ParsedKey[]>((resolve) => {
    ssh2.createAgent(agentSocket).getIdentities((error, keys) => {
      if (error) return resolve(skip(reasonOf(error)))
      resolve((keys ?? []).filter((key) => typeof key === 'object' && 'getPublicSSH' in key))
    })
  })
  const late = () => skip(verbatim(`${connectTimeoutMs / 1000} s`))
  return within<readonly ParsedKey[]>(listed, connectTimeoutMs, late)
}

/** An agent limited to one key: ssh2 would offer all keys at once. */
function oneKeyAgent(
  target: SshTarget,
  ssh2: Ssh2,
  key: ParsedKey,
): ReturnType<Ssh2['createAgent']> {
  const agent = ssh2.createAgent(target.agentSocket ?? '')
  agent.getIdentities = (callback) => callback(undefined, [key])
  return agent
}
