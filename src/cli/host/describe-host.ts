/** Describes how a host is reached, as data and as text, for `runbook host`. */

import { hostWords, messages } from './messages.ts'
import type { Message, Lang } from '../../model/message.ts'
import { access, readFile } from 'node:fs/promises'
import { alignRows } from '../../text/align-rows.ts'
import { visibleText } from '../../text/visible-text.ts'
import { knownKeys } from '../../inventory/known-hosts.ts'
import type { SshTarget } from '../../model/ssh-target.ts'
import { type HostFacts, platformOf } from '../../model/host.ts'

/** A host in `host --json`. */
export interface HostDescription {
  readonly name: string
  readonly user: string
  readonly address: string
  readonly port: number
  readonly proxyCommand: string | null
  readonly jumps: readonly HostDescription[]
  readonly methods: readonly string[]
  readonly agent: string | null
  readonly identities: readonly {
    readonly path: string
    readonly state: 'usable' | 'encrypted' | 'missing' | 'unreadable'
  }[]
  readonly hostKeys: {
    readonly lookup: string
    readonly files: readonly string[]
    readonly known: readonly {
      readonly algorithm: string
      readonly fingerprint: string
      readonly file: string
      readonly line: number
      readonly marker: string
    }[]
  }
}

/** The result of connecting, or why it failed. */
export type HostCheck =
  | {
      readonly ok: true
      readonly address: string
      readonly hostKey: string | null
      readonly durationMs: number
      readonly platform: string
      readonly facts: HostFacts
    }
  | { readonly ok: false; readonly reason: string; readonly message: Message }

/** @throws If a known_hosts file cannot be read. */
export async function describeHost(target: SshTarget): Promise<HostDescription> {
  const { hostKeys } = target
  const known = await knownKeys(target)
  return {
    name: target.name,
    user: target.user,
    address: target.hostName,
    port: target.port,
    proxyCommand: target.proxyCommand ?? null,
    jumps: await Promise.all(target.jumps.map(describeHost)),
    methods: target.methods,
    agent: target.agentSocket ?? null,
    identities: await Promise.all(
      target.identityFiles.map(async (path) => ({ path, state: await stateOfKey(path) })),
    ),
    hostKeys: {
      lookup: hostKeys.lookup,
      files: [...hostKeys.userFiles, ...hostKeys.globalFiles],
      known: known.map(({ key, place, marker }) => ({ ...key, ...place, marker })),
    },
  }
}

async function stateOfKey(path: string): Promise<HostDescription['identities'][number]['state']> {
  try {
    await access(path)
  } catch {
    return 'missing'
  }
  try {
    const { ssh2 } = await import('../../transport/ssh2.ts')
    const key = ssh2.parseKey(await readFile(path))
    if (!(key instanceof Error)) return 'usable'
    return /encrypted|passphrase/i.test(key.message) ? 'encrypted' : 'unreadable'
  } catch {
    return 'unreadable'
  }
}

export function factsOf(
  {
    address,
    hostKey,
    facts,
  }: {
    readonly address: string
    readonly hostKey: string | null
    readonly facts: HostFacts
  },
  durationMs: number,
): HostCheck {
  const platform = platformOf(facts)
  return { ok: true, address, hostKey, durationMs: Math.round(durationMs), platform, facts }
}

/** One line per property; ends in a newline. */
export function renderHost(host: HostDescription, lang: Lang): string {
  const lines: [string, string][] = [
    [hostWords.login[lang], `${host.user}@${host.address}:${host.port}`],
  ]
  for (const jump of host.jumps)
    lines.push([hostWords.jump[lang], `${jump.user}@${jump.address}:${jump.port}`])
  if (host.proxyCommand !== null) lines.push([hostWords.proxy[lang], host.proxyCommand])
  lines.push(
    [hostWords.methods[lang], host.methods.join(', ')],
    [hostWords.agent[lang], host.agent ?? hostWords.none[lang]],
  )
  const there = host.identities.filter(({ state }) => state !== 'missing')
  const shown = there.length > 0 ? there : host.identities.slice(0, 1)
  for (const { path, state } of shown)
    lines.push([hostWords.key[lang], messages.withState(path, hostWords[state])[lang]])
  if (host.hostKeys.known.length === 0) lines.push([hostWords.known[lang], hostWords.unknown[lang]])
  for (const { algorithm, fingerprint, file, line, marker } of host.hostKeys.known) {
    const mark = marker === 'none' ? '' : ` @${marker}`
    lines.push([hostWords.known[lang], `${algorithm} ${fingerprint}${mark}  ${file}:${line}`])
  }
  return `${visibleText(host.name)}\n${table(lines)}`
}

export function renderCheck(check: HostCheck, lang: Lang): string {
  if (!check.ok) return table([[hostWords.failed[lang], check.message[lang]]])
  const { facts } = check
  return table([
    [hostWords.took[lang], `${check.durationMs} ms`],
    ...(check.hostKey === null
      ? []
      : ([[hostWords.known[lang], check.hostKey]] as [string, string][])),
    [hostWords.who[lang], facts.user],
    [hostWords.machine[lang], facts.hostName],
    [hostWords.system[lang], `${facts.osName} (${check.platform}, ${facts.arch}, ${facts.kernel})`],
    [hostWords.shell[lang], facts.bash],
    [hostWords.boot[lang], facts.bootId],
    ...(facts.endsWithLogin
      ? ([[hostWords.left[lang], messages.endsWithLogin(facts.user)[lang]]] as [string, string][])
      : []),
  ])
}

function table(lines: readonly (readonly [string, string])[]): string {
  return alignRows(lines.map(([name, text]) => [name, visibleText(text)]))
    .map((line) => `  ${line}\n`)
    .join('')
}
