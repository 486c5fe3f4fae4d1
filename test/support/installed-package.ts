import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/**
 * A folder with the packed package as installed by `npm install`; its dependencies are links to
 * ours.
 */
export function installedPackage(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'runbook-installed-'))
  const modules = join(folder, 'node_modules')
  const own = join(modules, 'runbook')
  mkdirSync(own, { recursive: true })
  mkdirSync(join(modules, '.bin'))
  const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder]
  const name = execFileSync('npm', args, { cwd: root, encoding: 'utf8' }).trim()
  execFileSync('tar', ['-xzf', join(folder, name), '--strip-components=1', '-C', own])
  rmSync(join(folder, name))
  for (const each of readdirSync(join(root, 'node_modules'))) {
    if (each !== '.bin') symlinkSync(join(root, 'node_modules', each), join(modules, each))
  }
  symlinkSync('../runbook/bin/runbook.js', join(modules, '.bin', 'runbook'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
