import { readFileSync } from 'node:fs'

/** The package's version; both the bundle and the sources are one folder below its root. */
export const version = readVersion()

/** `runbook 0.1.0`: the creator's name in runs and records. */
export const toolName = `runbook ${version}`

function readVersion(): string {
  for (const path of ['../package.json', '../../package.json']) {
    try {
      const value: unknown = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
      if (
        typeof value === 'object' &&
        value !== null &&
        'version' in value &&
        'name' in value &&
        value.name === 'runbook'
      )
        return String(value.version)
    } catch {
      // Not the package's folder.
    }
  }
  throw new Error('unreachable: the package has a package.json')
}
