/**
 * How this machine reaches Python packages, so that a host on it can reach them the same way. The
 * pages say nothing of it: they use whatever pip is set to.
 */

import { $ } from 'zx'

const wanted = ['index-url', 'extra-index-url', 'proxy', 'cert', 'trusted-host'] as const

/** The text of a host's `/etc/pip.conf`; empty where pip needs no settings. */
export async function writePipConfig(): Promise<string> {
  const lines = []
  for (const name of wanted) {
    const value = await readSetting(name)
    if (value !== undefined) lines.push(`${name} = ${value}`)
  }
  return lines.length === 0 ? '' : `${['[global]', ...lines].join('\n')}\n`
}

async function readSetting(name: (typeof wanted)[number]): Promise<string | undefined> {
  const fromEnvironment = process.env[`PIP_${name.toUpperCase().replaceAll('-', '_')}`]
  if (fromEnvironment) return fromEnvironment
  const { exitCode, stdout } = await $({
    quiet: true,
    nothrow: true,
  })`python3 -m pip config get ${`global.${name}`}`
  const value = stdout.trim()
  return exitCode === 0 && value !== '' ? value : undefined
}
