/**
 * Checks what a machine needs to boot hosts.
 *
 * Only looks at files and starts nothing, so a test file can call it while tests are collected.
 */

import { accessSync, constants, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Commands, with the Debian package of each. */
const commands = {
  debootstrap: 'debootstrap',
  'systemd-nspawn': 'systemd-container',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  ip: 'iproute2',
  iptables: 'iptables',
  nsenter: 'util-linux',
  setsid: 'util-linux',
} as const

/** Bits of `CapEff`: mounting file systems, and making networks. */
const capabilities = { CAP_NET_ADMIN: 12, CAP_SYS_ADMIN: 21 } as const

/** One sentence per missing requirement; empty if hosts can boot. */
export function missingRequirements(): readonly string[] {
  if (process.platform !== 'linux') {
    return [`hosts need Linux, and this is ${process.platform}: use a Debian virtual machine`]
  }
  return [...missingCommands(), ...missingRights()]
}

/** Why hosts cannot boot on this machine; `undefined` if they can. */
export function hostsUnavailable(): string | undefined {
  const missing = missingRequirements()
  return missing.length === 0 ? undefined : missing.join('; ')
}

export function isInstalled(command: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin', '/usr/bin']
  return folders.some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

function missingCommands(): readonly string[] {
  return Object.entries(commands)
    .filter(([command]) => !isInstalled(command))
    .map(([command, name]) => `\`${command}\` is missing: apt-get install ${name}`)
}

function missingRights(): readonly string[] {
  if (process.getuid?.() !== 0) return ['hosts need root: run this as root, or with sudo']
  const status = readFileSync('/proc/self/status', 'utf8')
  const effective = BigInt(`0x${/^CapEff:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0'}`)
  return Object.entries(capabilities)
    .filter(([, bit]) => (effective & (1n << BigInt(bit))) === 0n)
    .map(([name]) => `root has no ${name} here: hosts need a machine or a privileged container`)
}
