/** Refuses what would take a file of this disk into the site: `<<<`, and images from elsewhere. */

import { existsSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { Token } from './markdown-it.ts'
import { refuse } from './refuse-page.ts'

export interface Place {
  readonly root: string
  readonly path: string
  readonly file: string
  readonly above: number
}

/** `<<< file`, and images that are no files of the project. */
export function refuseFiles(tokens: readonly Token[], place: Place): void {
  for (const token of tokens) {
    const line = place.above + (token.map?.[0] ?? 0) + 1
    if (token.type === 'fence' && token.src !== undefined)
      refuse(place.file, line, '`<<<` takes in another file')
    if (token.type === 'inline') {
      for (const [, target = ''] of token.content.matchAll(/!\[[^\]]*\]\(\s*<?([^)\s>]+)/g))
        refuseImage(target, line, place)
    }
  }
}

function refuseImage(target: string, line: number, { root, path, file }: Place): void {
  if (/^(?:[a-z][\w+.-]*:)?\/\//i.test(target) || /^(?:data|https?):/i.test(target)) return
  if (/[?#]/.test(target))
    refuse(file, line, `the image \`${target}\` has a query: name the file alone`)
  if (target.startsWith('/')) return
  const from = relative(root, resolve(dirname(path), decodeURIComponent(target)))
  if (from.startsWith('..') || /^(?:[\\/]|[a-z]:)/i.test(from)) {
    refuse(file, line, `the image \`${target}\` is outside of the project`)
  }
  if (!existsSync(join(root, from))) refuse(file, line, `the image \`${target}\` is not there`)
}
