/**
 * How this machine reaches Debian's packages, so that its hosts can do the same: mirrors, and
 * settings for proxies and dates. Hooks and third-party sources are left out.
 */

import { $ } from 'zx'
import { isInstalled } from './requirements.ts'

/** Addresses of the machine's Debian mirrors; empty on another distribution. */
export async function readMirrors(): Promise<readonly string[]> {
  const targets = await readLines('apt-get', [
    'indextargets',
    '--format',
    '$(REPO_URI) $(COMPONENT)',
    'Created-By: Packages',
    'Origin: Debian',
  ])
  const mirrors = targets.flatMap((line) => {
    const [address = '', component] = line.split(' ')
    return component === 'main' ? [address] : []
  })
  return [...new Set(mirrors)]
}

/** The text of a `.sources` file for `suite`; `undefined` keeps debootstrap's. */
export async function writeSources(suite: string): Promise<string | undefined> {
  const mirrors = await readMirrors()
  if (mirrors.length === 0) return undefined
  return mirrors
    .map((mirror) => {
      const suites = mirror.includes('security') ? `${suite}-security` : `${suite} ${suite}-updates`
      const key = '/usr/share/keyrings/debian-archive-keyring.gpg'
      return `Types: deb\nURIs: ${mirror}\nSuites: ${suites}\nComponents: main\nSigned-By: ${key}\n`
    })
    .join('\n')
}

/** The text of an `apt.conf.d` file with the machine's download settings only. */
export async function writeAptConfig(): Promise<string> {
  const settings = await readLines('apt-config', ['dump', '--format', '%f "%v";%n', 'Acquire'])
  const wanted = /^Acquire::(https?::|Check-Valid-Until|Check-Date|ForceIPv4|Retries)/
  const proxies = ['http', 'https'].flatMap((scheme) => {
    const proxy = process.env[`${scheme}_proxy`] ?? process.env[`${scheme.toUpperCase()}_PROXY`]
    return proxy ? [`Acquire::${scheme}::Proxy "${proxy}";`] : []
  })
  return [...proxies, ...settings.filter((line) => wanted.test(line)), ''].join('\n')
}

async function readLines(command: string, args: readonly string[]): Promise<readonly string[]> {
  if (!isInstalled(command)) return []
  const result = await $({ nothrow: true, quiet: true })`${command} ${[...args]}`
  return result.exitCode === 0 ? result.stdout.split('\n').filter(Boolean) : []
}
