/** Lists the host names in an ssh configuration, for completion and messages. */

import { readRegularFile } from './read-regular-file.ts'
import { parseConfigLine } from './ssh-config-line.ts'

const maxBytes = 1024 * 1024

/**
 * Names without wildcards, in the order of the user's file; included files are not read. Skips
 * lines that cannot be parsed: ssh reports those itself.
 *
 * @throws If the file exists and cannot be read.
 */
export function listHostNames(file: string): readonly string[] {
  const names = new Set<string>()
  for (const text of (readRegularFile(file, maxBytes) ?? '').toString().split('\n')) {
    const line = parseConfigLine(text)
    if (line.kind !== 'option' || line.keyword.text.toLowerCase() !== 'host') continue
    for (const { text: name } of line.words) if (name !== '' && !/[*?!]/.test(name)) names.add(name)
  }
  return [...names]
}
