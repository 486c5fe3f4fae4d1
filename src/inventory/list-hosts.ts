/** The names that an ssh configuration gives to hosts, for people to choose from. */

import { readFile } from 'node:fs/promises'

/** Names without wildcards, in the order of the file; what it includes is not looked into. */
export async function listHostNames(file: string): Promise<readonly string[]> {
  const names = new Set<string>()
  for (const line of (await readFile(file, 'utf8')).split('\n')) {
    const [, words] = /^\s*Host\s*[ \t=]\s*(.+)$/i.exec(line) ?? []
    for (const word of words?.trim().split(/\s+/) ?? []) {
      const name = word.replaceAll('"', '')
      if (name !== '' && !/[*?!]/.test(name)) names.add(name)
    }
  }
  return [...names]
}
