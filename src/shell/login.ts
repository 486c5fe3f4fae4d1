/** Facts about a user's login on a host, and its environment. */

import { messages } from './messages.ts'
import { type HostFacts, isSystemId } from '../model/host.ts'
import type { HostLink } from '../transport/host-link.ts'
import type { Account } from './open-channel.ts'
import { channelScripts } from './host-programs.ts'
import { badAnswer, ShellError } from './shell-error.ts'
import { oneLine } from '../text/one-line.ts'
import { runScript } from './run-script.ts'

export interface Login {
  readonly facts: HostFacts
  /** Whether a run's shell needs its own scope to survive a logout. */
  readonly needsScope: boolean
  readonly umask: string
  /** `NAME=value`: the initial environment of a run's shell. */
  readonly environment: readonly string[]
}

const loginSeconds = 10

/** @throws {ShellError} If the user has no shell. */
export async function askLogin(link: HostLink, user: Account | undefined): Promise<Login> {
  const { stdout } = await runScript(link, {
    user,
    parameters: { RB_SECONDS: String(loginSeconds) },
    body: channelScripts.facts(),
    timeoutMs: (loginSeconds + 20) * 1000,
    maxBytes: 4 * 1024 * 1024,
  })
  const items = stdout.toString().split('\0').slice(0, -1)
  const [name = '', arch = '', kernel = '', hostName = '', bashVersion = ''] = items
  const [bootId = '', machineId = '', osRelease = '', ownPath = ''] = items.slice(5)
  const [loginEnd = '', , umask] = items.slice(9)
  if (umask === undefined) {
    throw new ShellError('no-start', messages.factsTooLate(link.host))
  }
  if (!/^[0-7]{1,4}$/.test(umask.trim())) throw badAnswer(link.host, messages.itsUmask, umask)
  const facts = {
    ...readOsRelease(osRelease),
    arch: oneLine(arch),
    kernel: oneLine(kernel),
    user: oneLine(name),
    hostName: oneLine(hostName),
    bootId: oneLine(bootId),
    bash: oneLine(bashVersion),
    machineId: oneLine(machineId),
    endsWithLogin: loginEnd === 'ended',
  }
  // On this computer, programs in the caller's PATH are found too, and first.
  const firstPath = (await link.current()).hostKey === null ? ownPath : ''
  return {
    facts,
    needsScope: loginEnd !== '',
    umask: umask.trim(),
    environment: complete(items.slice(12), firstPath),
  }
}

/** Variables of the asking shell, or useless or harmful in another one. */
const dropped = /^(?:_|SHLVL|PWD|OLDPWD|LINES|COLUMNS|SHELLOPTS|BASHOPTS|RUNBOOK_\w*|__rb_\w*)$/

/** Keeps pagers and package managers from waiting for a person. */
const defaults = {
  TERM: 'dumb',
  PAGER: 'cat',
  GIT_PAGER: 'cat',
  SYSTEMD_PAGER: '',
  DEBIAN_FRONTEND: 'noninteractive',
}

function complete(items: readonly string[], firstPath: string): readonly string[] {
  const environment = new Map<string, string>(Object.entries(defaults))
  for (const item of items) {
    const at = item.indexOf('=')
    const name = item.slice(0, at)
    if (at > 0 && !dropped.test(name)) environment.set(name, item.slice(at + 1))
  }
  const path = environment.get('PATH')?.split(':') ?? []
  const first = firstPath.split(':').filter((folder) => folder !== '' && !path.includes(folder))
  if (path.length > 0) environment.set('PATH', [...first, ...path].join(':'))
  return [...environment].map(([name, value]) => `${name}=${value}`)
}

/** Drops an id or version that os-release does not allow, as if the file were missing. */
export function readOsRelease(
  text: string,
): Pick<HostFacts, 'osId' | 'osLike' | 'osVersion' | 'osName'> {
  const values = new Map<string, string>()
  for (const line of text.split('\n')) {
    const [, name, value] = /^([A-Z_]+)=(.*)$/.exec(line.trim()) ?? []
    if (name !== undefined && value !== undefined) values.set(name, unquote(value))
  }
  const idOf = (name: string, otherwise: string): string => {
    const id = (values.get(name) ?? '').toLowerCase()
    return isSystemId(id) ? id : otherwise
  }
  const osId = idOf('ID', 'linux')
  return {
    osId,
    osLike: (values.get('ID_LIKE') ?? '').toLowerCase().split(/\s+/).filter(isSystemId),
    osVersion: idOf('VERSION_ID', ''),
    osName: oneLine(values.get('PRETTY_NAME') ?? values.get('NAME') ?? osId),
  }
}

function unquote(value: string): string {
  const inner = /^(["'])(.*)\1$/.exec(value)?.[2] ?? value
  return inner.replaceAll(/\\(["'\\$`])/g, '$1')
}
