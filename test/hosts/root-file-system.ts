/**
 * The shared root file system of all hosts: built once, stored outside the repository under the
 * hash of its recipe, and never modified (each host has its own layer above it).
 */

import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { $ } from 'zx'
import { readMirrors } from './apt-settings.ts'
import { HostError } from './host-error.ts'
import { hashRecipe, recipe } from './recipe.ts'
import { withLock } from './with-lock.ts'

/** Builds it if missing; calls `onBuild` first, because that takes a minute. */
export async function ensureRootFileSystem(onBuild: () => void = () => {}): Promise<string> {
  const folder = join(cacheFolder(), hashRecipe())
  if (existsSync(folder)) return folder
  return withLock(`root-file-system ${folder}`, async () => {
    if (!existsSync(folder)) {
      onBuild()
      await build(folder)
      await removeOlder(folder)
    }
    return folder
  })
}

function cacheFolder(): string {
  return join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'runbook', 'hosts')
}

/**
 * Built under a temporary name and renamed when complete, so that an interrupted build is never
 * used.
 */
async function build(folder: string): Promise<void> {
  const unfinished = `${folder}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(cacheFolder(), { recursive: true })
  const { suite, packages, script } = recipe
  const mirror = (await readMirrors()).find((each) => !each.includes('security'))
  const debootstrap = await $({ nothrow: true, quiet: true })`debootstrap --variant=minbase \
    --include=${packages.join(',')} ${suite} ${unfinished} ${mirror ?? []}`
  if (debootstrap.exitCode !== 0) {
    const log = await readFile(join(unfinished, 'debootstrap/debootstrap.log'), 'utf8').catch(
      () => '',
    )
    throw new HostError(
      `debootstrap could not build the root file system:\n${lastLines(debootstrap.stdout + log)}`,
    )
  }
  const inside = await $({ nothrow: true, quiet: true, input: script })`chroot ${unfinished} \
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 sh`
  if (inside.exitCode !== 0) {
    throw new HostError(`the recipe's script failed:\n${lastLines(inside.stdout + inside.stderr)}`)
  }
  await rename(unfinished, folder)
}

/** Removes older builds that no running host uses. */
async function removeOlder(folder: string): Promise<void> {
  const mounts = await readFile('/proc/self/mountinfo', 'utf8')
  for (const name of await readdir(cacheFolder())) {
    const other = join(cacheFolder(), name)
    if (other === folder || mounts.includes(other)) continue
    await rm(other, { recursive: true, force: true })
  }
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-15).join('\n')
}
