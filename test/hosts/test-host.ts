/**
 * A fresh Debian host for one test file: `beforeAll` boots it, `afterAll` disposes of it.
 *
 * Its keys and ssh files are in a temporary folder. It ends with the test's process; the next boot
 * removes what a killed test left behind.
 */

import { randomBytes } from 'node:crypto'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { $ } from 'zx'
import { HostError } from './host-error.ts'
import { startHost, stopHost, throwawayPrefix } from './host.ts'
import { hostId, type MachineHost } from './machine-hosts.ts'
import { cutHostNetwork, hostAddress, mendHostNetwork } from './network.ts'
import { readChildren, readCommandLine } from './process-identity.ts'
import { hostsUnavailable as lackOfHosts } from './requirements.ts'
import { ensureRootFileSystem } from './root-file-system.ts'
import { sshFiles } from './ssh-files.ts'
import { waitUntilReady } from './wait-until-ready.ts'
import { maySkip } from '../support/may-skip.ts'

export { devPassword } from './recipe.ts'

const sshdFile = '/etc/ssh/sshd_config.d/00-test.conf'

/**
 * Why hosts cannot boot on this machine; `undefined` if they can.
 *
 * @throws {Error} In CI, unless the run allows to skip their tests.
 */
export function hostsUnavailable(): string | undefined {
  return maySkip('hosts', lackOfHosts())
}

export interface TestHostOptions {
  /** Lines of sshd_config that win over the host's own: `MaxSessions 1`. */
  readonly sshd?: string
}

export interface HostAnswer {
  readonly stdout: string
  readonly stderr: string
  readonly exitCode: number
}

export interface TestHost extends AsyncDisposable {
  /** Its name in `sshConfig`, and its host name. */
  readonly name: string
  readonly address: string
  readonly sshConfig: string
  readonly knownHosts: string
  /** The private key for `root` and `dev`. */
  readonly keyFile: string
  readonly netns: string
  /** Runs a shell command as root without ssh, which works even while the network is cut. */
  exec(command: string): Promise<HostAnswer>
  /** Waits until ssh answers and systemd has started everything, for example after a reboot. */
  ready(): Promise<void>
  /** Drops every packet silently, until `mend`. */
  cut(): Promise<void>
  mend(): Promise<void>
  restartSshd(): Promise<void>
  /** Replaces the `sshd` option's lines and restarts sshd. */
  configureSshd(lines: string): Promise<void>
  /** Gives the host another key; `knownHosts` keeps the old one. */
  replaceHostKey(): Promise<void>
  dispose(): Promise<void>
}

/** @throws HostError if the machine cannot boot it; ask `hostsUnavailable` first. */
export async function bootTestHost(options: TestHostOptions = {}): Promise<TestHost> {
  const rootFileSystem = await ensureRootFileSystem()
  const folder = await mkdtemp(throwawayPrefix)
  const name = `t-${randomBytes(2).toString('hex')}`
  const prepare = (root: string) => writeFile(join(root, sshdFile), `${options.sshd ?? ''}\n`)
  const host = await startHost({ name, folder, rootFileSystem, throwaway: true, prepare })

  const exec = (command: string) => runInside(host, command)
  const must = async (command: string) => {
    const answer = await exec(command)
    if (answer.exitCode !== 0) throw new HostError(`\`${command}\` failed: ${answer.stderr}`)
  }
  const restartSshd = () =>
    must('systemctl reset-failed ssh.service; systemctl restart ssh.service')
  const dispose = () => stopHost(host)
  return {
    name,
    address: hostAddress(host.index),
    ...sshFiles(folder),
    netns: hostId(host),
    exec,
    ready: () => waitUntilReady(host),
    cut: () => cutHostNetwork(host.index),
    mend: () => mendHostNetwork(host.index),
    restartSshd,
    configureSshd: (lines) =>
      must(
        `cat > ${sshdFile} <<'END'\n${lines}\nEND\nsystemctl reset-failed ssh; systemctl restart ssh`,
      ),
    replaceHostKey: async () => {
      const key = '/etc/ssh/ssh_host_ed25519_key'
      await must(`rm -f ${key} ${key}.pub && ssh-keygen -q -t ed25519 -N '' -f ${key}`)
      await restartSshd()
    },
    dispose,
    [Symbol.asyncDispose]: dispose,
  }
}

async function runInside(host: MachineHost, command: string): Promise<HostAnswer> {
  const init = findInit(host)
  if (init === undefined) throw new HostError(`${host.name} is not running at this moment`)
  const enter = ['--mount', '--uts', '--ipc', '--net', '--pid', '--cgroup', '--root', '--wd=/']
  const environment = ['PATH=/usr/sbin:/usr/bin:/sbin:/bin', 'HOME=/root', 'LANG=C.UTF-8']
  const { stdout, stderr, exitCode } = await $({ quiet: true, nothrow: true, input: '' })`nsenter \
    --target ${init} ${enter} env -i --chdir=/root ${environment} sh -c ${command}`
  return { stdout, stderr, exitCode: exitCode ?? 1 }
}

/** The host's process 1: a grandchild of the supervisor. A reboot creates new ones. */
function findInit(host: MachineHost): number | undefined {
  const children = host.supervisor === undefined ? [] : readChildren(host.supervisor.pid)
  const nspawn = children.find((pid) => readCommandLine(pid)[0] === 'systemd-nspawn')
  return nspawn === undefined ? undefined : readChildren(nspawn)[0]
}
