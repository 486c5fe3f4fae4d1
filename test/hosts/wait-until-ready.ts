/** Waits until a host is ready: root can log in with ssh, and systemd has started everything. */

import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { dirname, join } from 'node:path'
import { $ } from 'zx'
import { HostError } from './host-error.ts'
import type { MachineHost } from './machine-hosts.ts'
import { hostAddress } from './network.ts'
import { isAlive } from './process-identity.ts'
import { sshFiles } from './ssh-files.ts'
import { waitFor } from './wait-for.ts'

const timeoutMs = 60_000

export async function waitUntilReady(host: MachineHost): Promise<void> {
  try {
    await waitFor(`${host.name} to answer`, timeoutMs, async () => {
      if (!isAlive(host.supervisor)) throw new HostError(`${host.name} ended while it booted`)
      return (await isListening(hostAddress(host.index))) || undefined
    })
    const state = await waitFor(`${host.name} to finish booting`, timeoutMs, () => askState(host))
    if (state !== 'running') throw new HostError(`${host.name} booted, but its state is ${state}`)
  } catch (error) {
    if (!(error instanceof HostError)) throw error
    const log = await readFile(consoleLog(host), 'utf8').catch(() => '')
    throw new HostError(`${error.message}\n${log.trim().split('\n').slice(-15).join('\n')}`)
  }
}

export function consoleLog(host: MachineHost): string {
  return join(host.folder, 'console.log')
}

async function isListening(address: string): Promise<boolean> {
  const socket = connect({ host: address, port: 22, timeout: 500 })
  socket.on('timeout', () => socket.destroy(new Error('timeout')))
  try {
    await once(socket, 'connect')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** systemd's state; `undefined` while ssh refuses us or systemd is going down. */
async function askState(host: MachineHost): Promise<string | undefined> {
  const { sshConfig } = sshFiles(dirname(host.folder))
  const options = ['-F', sshConfig, '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=3']
  const command = 'systemctl is-system-running --wait'
  const shell = $({ quiet: true, nothrow: true, timeout: 30_000, input: '' })
  const answer = (await shell`ssh ${options} ${host.name} ${command}`).stdout.trim()
  return answer === '' || answer === 'stopping' ? undefined : answer
}
