/**
 * How a host is reached, as plain data and as text: what `runbook host` shows.
 */

import { access, readFile } from 'node:fs/promises'
import { alignRows } from '../../text/align-rows.ts'
import type { Lang } from '../../check/check-sentence.ts'
import { visibleText } from '../../text/visible-text.ts'
import { knownKeys } from '../../inventory/known-hosts.ts'
import type { SshTarget } from '../../model/ssh-target.ts'
import { type HostFacts, platformOf } from '../../model/host.ts'
import { leftAlone } from './login-note.ts'

/** What `host --json` has of a host. */
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

/** What a connection said, or why there is none. */
export type HostCheck =
  | {
      readonly ok: true
      readonly address: string
      readonly hostKey: string | null
      readonly durationMs: number
      readonly platform: string
      readonly facts: HostFacts
    }
  | { readonly ok: false; readonly reason: string; readonly message: string }

/** @throws Where a file of known hosts cannot be read. */
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

const words = {
  zh: {
    login: '登录',
    jump: '经过',
    proxy: '代理命令',
    methods: '登录方式',
    agent: '密钥代理',
    key: '密钥文件',
    known: '主机密钥',
    unknown: '还不认识：第一次连接时会问',
    files: '记在',
    system: '系统',
    shell: 'bash',
    who: '用户',
    machine: '主机名',
    boot: '这次启动',
    left: '断线之后',
    failed: '连接不上',
    none: '没有',
    usable: '可用',
    encrypted: '加密的，会问口令',
    missing: '不存在',
    unreadable: '读不了',
    took: '连接用时',
  },
  en: {
    login: 'login',
    jump: 'through',
    proxy: 'by command',
    methods: 'logs in by',
    agent: 'agent',
    key: 'key file',
    known: 'host key',
    unknown: 'not known yet: the first connection asks',
    files: 'kept in',
    system: 'system',
    shell: 'bash',
    who: 'user',
    machine: 'calls itself',
    boot: 'boot',
    left: 'left alone',
    failed: 'not connected',
    none: 'none',
    usable: 'usable',
    encrypted: 'encrypted, its passphrase is asked for',
    missing: 'not there',
    unreadable: 'cannot be read',
    took: 'connected in',
  },
} as const

/** Lines of a name and what it is; the last one has its newline. */
export function renderHost(host: HostDescription, lang: Lang): string {
  const w = words[lang]
  const lines: [string, string][] = [[w.login, `${host.user}@${host.address}:${host.port}`]]
  for (const jump of host.jumps) lines.push([w.jump, `${jump.user}@${jump.address}:${jump.port}`])
  if (host.proxyCommand !== null) lines.push([w.proxy, host.proxyCommand])
  lines.push([w.methods, host.methods.join(', ')], [w.agent, host.agent ?? w.none])
  const there = host.identities.filter(({ state }) => state !== 'missing')
  const shown = there.length > 0 ? there : host.identities.slice(0, 1)
  for (const { path, state } of shown) lines.push([w.key, `${path} (${w[state]})`])
  if (host.hostKeys.known.length === 0) lines.push([w.known, w.unknown])
  for (const { algorithm, fingerprint, file, line, marker } of host.hostKeys.known) {
    const mark = marker === 'none' ? '' : ` @${marker}`
    lines.push([w.known, `${algorithm} ${fingerprint}${mark}  ${file}:${line}`])
  }
  return `${visibleText(host.name)}\n${table(lines)}`
}

export function renderCheck(check: HostCheck, lang: Lang): string {
  const w = words[lang]
  if (!check.ok) return table([[w.failed, check.message]])
  const { facts } = check
  return table([
    [w.took, `${check.durationMs} ms`],
    ...(check.hostKey === null ? [] : ([[w.known, check.hostKey]] as [string, string][])),
    [w.who, facts.user],
    [w.machine, facts.hostName],
    [w.system, `${facts.osName} (${check.platform}, ${facts.arch}, ${facts.kernel})`],
    [w.shell, facts.bash],
    [w.boot, facts.bootId],
    ...(facts.endsWithLogin ? ([[w.left, leftAlone(facts.user, lang)]] as [string, string][]) : []),
  ])
}

function table(lines: readonly (readonly [string, string])[]): string {
  return alignRows(lines.map(([name, text]) => [name, visibleText(text)]))
    .map((line) => `  ${line}\n`)
    .join('')
}
