/** The names that an ssh configuration gives to hosts, for people to choose from. */

import { readRegularFile } from './read-regular-file.ts'
import { parseConfigLine } from './ssh-config-line.ts'

const maxBytes = 1024 * 1024

/**
 * Names without wildcards, in the order of a file of the user's own; what it includes is not looked
 * into. A line that cannot be read names none: ssh itself says what is wrong with it.
 *
 * @throws Where the file is there and cannot be read.
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
