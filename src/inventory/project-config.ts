/**
 * Checks the ssh configuration that lies in a project: whoever wrote a repository must not make
 * this computer run something by it.
 */

import { readFileSync } from 'node:fs'
import { HostConfigError } from './host-config-error.ts'

/** In lower case: what runs a command here, loads code here, or brings in a file unseen. */
const refused = new Map([
  ['proxycommand', 'it runs a command on this computer'],
  ['localcommand', 'it runs a command on this computer'],
  ['knownhostscommand', 'it runs a command on this computer'],
  ['xauthlocation', 'it runs a command on this computer'],
  ['pkcs11provider', 'it loads code on this computer'],
  ['securitykeyprovider', 'it loads code on this computer'],
  ['include', 'what it brings in is not checked'],
])

/** @throws {HostConfigError} Naming the option and its file:line. */
export function checkProjectConfig(host: string, file: string): void {
  const lines = readFileSync(file, 'utf8').split('\n')
  lines.forEach((text, index) => {
    const [, word = '', rest = ''] = /^\s*"?([A-Za-z0-9]+)"?\s*=?\s*(.*)$/.exec(text) ?? []
    const keyword = word.toLowerCase()
    const why = refused.get(keyword)
    const place = `${file}:${index + 1}`
    if (why !== undefined) {
      throw new HostConfigError(
        host,
        `${place}: \`${word}\` is refused in a project's ssh configuration: ${why}; ` +
          'put it into ~/.ssh/config',
      )
    }
    if (keyword === 'match' && /\bexec\b/i.test(rest)) {
      throw new HostConfigError(
        host,
        `${place}: \`Match exec\` is refused in a project's ssh configuration: ` +
          'it runs a command on this computer; put it into ~/.ssh/config',
      )
    }
  })
}
