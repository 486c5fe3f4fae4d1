/**
 * Where the tutorial is proved: two fresh hosts and a copy of the project, with a home folder of
 * its own for the workstation's steps, so that nothing outside of it is touched.
 */

import { randomBytes } from 'node:crypto'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bootTestHost, type TestHost } from '../hosts/test-host.ts'
import { writePipConfig } from './pip-settings.ts'

export const repository = fileURLToPath(new URL('../..', import.meta.url))

export interface Stage {
  readonly vm: TestHost
  readonly repo: TestHost
  /** The copy of the project. */
  readonly folder: string
  readonly sshConfig: string
  readonly env: Readonly<Record<string, string>>
  readonly siteUser: string
  readonly sitePassword: string
  close(): Promise<void>
}

export async function openStage(): Promise<Stage> {
  const pipConfig = await writePipConfig()
  const hosts: TestHost[] = []
  const folder = mkdtempSync(join(tmpdir(), 'runbook-tutorial-'))
  const close = async () => {
    await Promise.all(hosts.map((host) => host.dispose()))
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const vm = await bootTestHost()
    hosts.push(vm)
    const repo = await bootTestHost()
    hosts.push(repo)
    await vm.exec(`printf %s '${pipConfig.replaceAll("'", '')}' >/etc/pip.conf`)
    copyProject(folder)
    const sshConfig = join(folder, 'ssh_config')
    writeFileSync(sshConfig, [hostBlock('vm', vm), hostBlock('repo', repo)].join('\n'))
    const home = join(folder, 'home')
    mkdirSync(home, { mode: 0o700 })
    const passwords = {
      MYSQL_ROOT_PASSWORD: newPassword(),
      MYSQL_REMOTE_PASSWORD: newPassword(),
      DB_PASSWORD: newPassword(),
      SITE_PASSWORD: newPassword(),
    }
    const variables = Object.entries(passwords).map(([name, value]) => [
      `RUNBOOK_VAR_${name}`,
      value,
    ])
    const sitePassword = passwords.SITE_PASSWORD
    const env = {
      ...Object.fromEntries(variables),
      HOME: home,
      XDG_STATE_HOME: join(home, 'state'),
    }
    return { vm, repo, folder, sshConfig, env, siteUser: 'tester', sitePassword, close }
  } catch (error) {
    await close()
    throw error
  }
}

function copyProject(folder: string): void {
  const leftOut = /\/(?:\.records|__pycache__|\.env|db\.sqlite3)(?:\/|$)/
  for (const name of ['runbook', 'examples', 'runbook.yml', 'package.json']) {
    cpSync(join(repository, name), join(folder, name), {
      recursive: true,
      filter: (path) => !leftOut.test(path),
    })
  }
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'))
}

/** The hosts have names of their own; the tutorial calls them `vm` and `repo`. */
function hostBlock(name: string, host: TestHost): string {
  return `Host ${name}
  HostName ${host.address}
  User root
  IdentityFile "${host.keyFile}"
  IdentitiesOnly yes
  UserKnownHostsFile "${host.knownHosts}"
  StrictHostKeyChecking yes
`
}

/** One that every policy takes: upper and lower case, digits and a mark. */
function newPassword(): string {
  return `Rb9-${randomBytes(9).toString('base64url')}`
}
