import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { $ } from 'zx'
import { down, reset, status, up } from './commands.ts'
import { listHosts } from './host.ts'
import { readChildren } from './process-identity.ts'
import { withoutRoot } from '../support/may-skip.ts'
import { bootTestHost, devPassword, hostsUnavailable, type TestHost } from './test-host.ts'

const reason = hostsUnavailable()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`
const shell = $({ quiet: true, nothrow: true, input: '' })
const program = fileURLToPath(new URL('main.ts', import.meta.url))
const tsx = fileURLToPath(import.meta.resolve('tsx/cli'))

const everything = ['control group', 'folder', 'mount', 'namespace', 'process']
const orphanHost = z.object({ netns: z.string(), sshConfig: z.string() })

async function ssh(host: Pick<TestHost, 'name' | 'sshConfig'>, command: string, user = 'root') {
  const options = ['-F', host.sshConfig, '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=3']
  return shell`ssh ${options} ${`${user}@${host.name}`} ${command}`
}

describe.skipIf(reason !== undefined)(`a test host${skipped}`, () => {
  let host: TestHost

  beforeAll(async () => {
    host = await bootTestHost()
  })
  afterAll(async () => {
    await host?.dispose()
  })

  test('lets root log in with the generated config, and runs a real systemd', async () => {
    const answer = await ssh(host, 'hostname; systemctl is-system-running; echo "$LANG"; id -un')
    expect(answer.stdout).toBe(`${host.name}\nrunning\nC.UTF-8\nroot\n`)
    expect(answer.exitCode).toBe(0)
  })

  test('lets dev log in, who becomes root only with a password', async () => {
    expect((await ssh(host, 'sudo -n true', 'dev')).exitCode).toBe(1)
    const answer = await ssh(host, `echo ${devPassword} | sudo -S -p '' id -un`, 'dev')
    expect(answer.stdout).toBe('root\n')
  })

  test('comes back from a reboot with a new boot id and its disk', async () => {
    const askBootId = async () => (await ssh(host, 'cat /proc/sys/kernel/random/boot_id')).stdout
    await ssh(host, 'echo kept > /root/note')
    const before = await askBootId()
    await ssh(host, 'systemctl reboot')
    await vi.waitUntil(async () => !['', before].includes(await askBootId()), { timeout: 30_000 })
    await host.ready()
    expect((await ssh(host, 'cat /root/note')).stdout).toBe('kept\n')
  })

  test('is silent while its network is cut, and answers again afterwards', async () => {
    await host.cut()
    const cut = await ssh(host, 'true')
    expect(cut.stderr).toContain('timed out')
    expect((await host.exec('hostname')).stdout).toBe(`${host.name}\n`)
    await host.mend()
    expect((await ssh(host, 'echo back')).stdout).toBe('back\n')
  })

  test('accepts other sshd settings', async () => {
    await host.configureSshd('Banner /etc/debian_version')
    expect((await ssh(host, 'true')).stderr).toMatch(/^12\./)
    await host.configureSshd('')
    expect((await ssh(host, 'true')).stderr).toBe('')
  })

  test('is refused by ssh once its key has changed', async () => {
    await host.replaceHostKey()
    const answer = await ssh(host, 'true')
    expect(answer.stderr).toContain('REMOTE HOST IDENTIFICATION HAS CHANGED')
    expect(answer.exitCode).toBe(255)
  })

  test('reaches other hosts, and shares no state with them', async () => {
    await using other = await bootTestHost()
    expect(other.address).not.toBe(host.address)
    expect((await host.exec(`ping -c 1 -W 2 ${other.address}`)).exitCode).toBe(0)
    await other.exec('systemctl stop ssh')
    expect((await host.exec('systemctl is-active ssh')).stdout).toBe('active\n')
  })

  test('leaves nothing behind', async () => {
    const before = await countWatchers()
    const other = await bootTestHost()
    expect(await traces(other)).toEqual(everything)
    await other.dispose()
    expect(await traces(other)).toEqual([])
    expect(await countWatchers()).toBe(before)
    await other.dispose()
  })

  test('ends with the process that booted it, and is cleaned up at the next call', async () => {
    const module = new URL('test-host.ts', import.meta.url).href
    const script = `import('${module}').then((module) => module.bootTestHost()).then((host) => {
      process.stdout.write(JSON.stringify(host) + '\\n')
      setInterval(() => {}, 1000)
    })`
    const owner = spawn(process.execPath, [tsx, '--eval', script], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const [line] = await once(createInterface(owner.stdout), 'line')
    const orphan = orphanHost.parse(JSON.parse(String(line)))
    expect(await traces(orphan)).toEqual(everything)
    killTree(owner.pid)
    await vi.waitUntil(async () => !(await traces(orphan)).includes('process'), { timeout: 10_000 })
    await listHosts()
    expect(await traces(orphan)).toEqual([])
  })
})

describe.skipIf(reason !== undefined)(`a named host${skipped}`, () => {
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'runbook hosts %'))
  })
  afterAll(async () => {
    await down(folder, 'web', () => {})
    await rm(folder, { recursive: true })
  })

  test('is booted once, and again by a reset: same key and address, new disk', async () => {
    const lines: string[] = []
    const print = (line: string) => void lines.push(line.replace(/after [\d.]+ s/, 'after N s'))
    await Promise.all([up(folder, 'web', print), up(folder, 'web', print)])
    const address = /10\.77\.0\.\d+/.exec(lines[0] ?? '')?.[0] ?? ''
    expect(lines).toEqual([`web is up at ${address} after N s`, `web is already up at ${address}`])

    const host = { name: 'web', sshConfig: join(folder, 'ssh_config') }
    await ssh(host, 'touch /root/note')
    expect((await ssh(host, 'ls /root')).stdout).toBe('note\n')
    const knownHosts = await readFile(join(folder, 'known_hosts'), 'utf8')
    await reset(folder, 'web', print)
    expect(await readFile(join(folder, 'known_hosts'), 'utf8')).toBe(knownHosts)
    const answer = await ssh(host, 'ls /root')
    expect([answer.exitCode, answer.stdout]).toEqual([0, ''])
    expect(lines.at(-1)).toBe(`web is up at ${address} after N s`)

    await status(folder, print)
    expect(lines.at(-1)).toMatch(
      new RegExp(`^web {3}${address} +up +\\d+ s +ssh -F .*ssh_config web$`),
    )
    await down(folder, 'web', print)
    await down(folder, 'web', print)
    expect(lines.slice(-2)).toEqual(['web is down', 'web is not up'])
    await status(folder, print)
    expect(lines.at(-1)).toContain('down')
  })
})

describe('npm run hosts', () => {
  test('shows its usage for an unknown command', async () => {
    const answer = await shell`${process.execPath} ${tsx} ${program} start vm`
    expect(answer.exitCode).toBe(2)
    expect(answer.stderr).toMatch(/^error: `start` is not a command\n\nusage: /)
    const name = await shell`${process.execPath} ${tsx} ${program} up ../vm`
    expect(name.stderr).toContain('`../vm` cannot be the name of a host')
  })

  const lack = withoutRoot()
  test.skipIf(lack !== undefined)('says plainly that it needs root', async () => {
    // The capability lets nobody read the repo wherever it is.
    const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups']
    const reader = ['--inh-caps=+dac_read_search', '--ambient-caps=+dac_read_search']
    const command = [process.execPath, tsx, program, 'up', 'vm']
    const answer = await shell`setpriv ${nobody} ${reader} env HOME=/nonexistent ${command}`
    expect(answer.stderr).toBe(
      'error: hosts cannot be booted here\n  - hosts need root: run this as root, or with sudo\n',
    )
    expect(answer.exitCode).toBe(2)
  })
})

/** The processes that end this process's hosts with it: one a host. */
async function countWatchers(): Promise<number> {
  return Number((await shell`pgrep --count --full ${`tail --pid=${process.pid} `}`).stdout)
}

/** Which parts of a host are there. */
async function traces(host: Pick<TestHost, 'netns' | 'sshConfig'>): Promise<readonly string[]> {
  const id = host.netns
  const mounts = await readFile('/proc/self/mountinfo', 'utf8')
  const parts = {
    'control group': ['systemd/', 'unified/', ''].some((path) =>
      existsSync(`/sys/fs/cgroup/${path}${id}`),
    ),
    folder: existsSync(host.sshConfig),
    mount: mounts.includes(`/runbook-hosts/${id.replace('rbh', '')}/`),
    namespace: existsSync(`/run/netns/${id}`) || existsSync(`/sys/class/net/${id}`),
    process: (await shell`pgrep -f ${`machine=${id} `}`).exitCode === 0,
  }
  return Object.entries(parts).flatMap(([name, there]) => (there ? [name] : []))
}

/** tsx runs a script in a child of its own. */
function killTree(pid = 0): void {
  for (const child of readChildren(pid)) killTree(child)
  process.kill(pid, 'SIGKILL')
}
