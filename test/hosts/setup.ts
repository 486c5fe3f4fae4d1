/**
 * `npm run setup`: prepares a Debian machine for all tests. Elsewhere it lists the tests that will
 * be skipped, with reasons. Fast if there is nothing to do.
 */

import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { $ } from 'zx'
import { explainFailure, HostError } from './host-error.ts'
import { isInstalled, missingRequirements } from './requirements.ts'
import { ensureRootFileSystem } from './root-file-system.ts'
import { withLock } from './with-lock.ts'

const hostPackages = `debootstrap systemd-container openssh-client openssh-server sudo iproute2
  nftables iptables ca-certificates`.split(/\s+/)
const sitePackages = ['chromium', 'fonts-noto-cjk']
const terminalPackages = ['tmux']
/** `npm run lint` checks the host programs with it. */
const lintPackages = ['shellcheck']
/** Tests of runs over workers start a database of their own. */
const databasePackages = ['postgresql']
/** Packages of the tutorial's workstation, which is this machine. */
const tutorialPackages = ['curl', 'git', 'iputils-ping', 'python3-venv']
const packages = [
  ...hostPackages,
  ...sitePackages,
  ...terminalPackages,
  ...lintPackages,
  ...databasePackages,
  ...tutorialPackages,
]

process.exitCode = await main()

async function main(): Promise<number> {
  try {
    const missing = await missingPackages()
    if (missing.length > 0 && isRoot() && isInstalled('apt-get')) await install(missing)
    const still = missing.length === 0 ? [] : await missingPackages()
    if (still.length > 0) {
      say(`not installed here: ${still.join(' ')}`)
      say('on Debian, as root, `npm run setup` installs them')
    }
    await prepareHosts()
    if (still.some((name) => sitePackages.includes(name))) say('tests in a browser may be skipped')
    if (still.some((name) => terminalPackages.includes(name))) say('tests in tmux may be skipped')
    return 0
  } catch (error) {
    const message = explainFailure(error)
    if (message === undefined) throw error
    process.stderr.write(`error: ${message}\n`)
    return 1
  }
}

/** Without dpkg, all packages, because nothing is known about them. */
async function missingPackages(): Promise<readonly string[]> {
  if (!isInstalled('dpkg-query')) return packages
  const format = '${Package} ${db:Status-Status}\n'
  const query = await $({ quiet: true, nothrow: true })`dpkg-query -W -f ${format} ${packages}`
  const installed = new Set(query.stdout.split('\n'))
  return packages.filter((name) => !installed.has(`${name} installed`))
}

async function install(missing: readonly string[]): Promise<void> {
  say(`installing ${missing.join(' ')}`)
  await withLock('setup', () =>
    withoutStartingServices(async () => {
      await aptGet(['update'])
      await aptGet(['install', '-y', '--no-install-recommends', ...missing])
      // The tests need the programs, not servers that start at the next boot.
      if (missing.includes('openssh-server'))
        await $({ quiet: true, nothrow: true })`systemctl disable ssh`
      if (missing.includes('postgresql'))
        await $({ quiet: true, nothrow: true })`systemctl disable postgresql`
    }),
  )
}

async function aptGet(words: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = ['-q', '-o', 'DPkg::Lock::Timeout=300']
  const result = await $({
    quiet: true,
    nothrow: true,
    input: '',
    env,
  })`apt-get ${options} ${[...words]}`
  if (result.exitCode === 0) return
  const output = `${result.stdout}${result.stderr}`.trim().split('\n').slice(-15).join('\n')
  throw new HostError(`apt-get ${words[0]} failed:\n${output}`)
}

/** Debian consults this file before it starts a package's service. */
async function withoutStartingServices(work: () => Promise<void>): Promise<void> {
  const policy = '/usr/sbin/policy-rc.d'
  if (existsSync(policy)) return work()
  await writeFile(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    await work()
  } finally {
    await rm(policy)
  }
}

async function prepareHosts(): Promise<void> {
  const reasons = missingRequirements()
  for (const reason of reasons) say(`tests on hosts will be skipped: ${reason}`)
  if (reasons.length > 0) return
  await ensureRootFileSystem(() => say('building the root file system of the test hosts'))
  say('test hosts are ready: npm run hosts -- up vm')
}

function isRoot(): boolean {
  return process.getuid?.() === 0
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
