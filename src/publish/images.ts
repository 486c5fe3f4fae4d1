/**
 * Copies the images of a page: project files of known types.
 *
 * Vite never receives a page's images, because it would load `./a.js` or `./a.png?raw` as a module.
 */

import type { Message } from '../model/message.ts'
import { messages } from './messages.ts'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { isBelow } from '../project-files/real-place.ts'
import { readReal, realFileIn } from './project-files.ts'
import { hasScheme, isRemoteImage } from './safe-link.ts'
import { MissingFile, SiteError } from './site-error.ts'

export const imageTypes: ReadonlySet<string> = new Set(
  '.png .apng .jpg .jpeg .gif .webp .avif .bmp .ico .svg'.split(' '),
)

/** Up to this size an SVG is inlined in the page. */
const maxSvgBytes = 4 * 1024 * 1024

export interface ImagePlace {
  /** The project's folder. */
  readonly root: string
  /** The page's file in it. */
  readonly path: string
  /** The folder that the site serves from `/`; `undefined`: write nothing. */
  readonly publicFolder: string | undefined
}

/**
 * The `src` of an image.
 *
 * @param target - Percent-encoded, as markdown-it returns it.
 * @throws {SiteError} If a page may not show the target; the message has no position.
 */
export function imageSource(target: string, place: ImagePlace): string {
  const name = messages.theImage(target)
  if (isRemoteImage(target)) return target
  if (hasScheme(target)) throw new SiteError(messages.notAFileOrAddress(name))
  if (/[?#]/.test(target)) throw new SiteError(messages.hasQuery(name))
  const path = decode(target, name)
  if (target.startsWith('/')) return publicImage(target, path, name, place.publicFolder)
  const file = resolve(dirname(place.path), path)
  const real = realFileIn(place.root, file, name, imageTypes)
  return published(real, name, place.publicFolder)
}

function decode(target: string, name: Message): string {
  try {
    const path = decodeURIComponent(target)
    if (!path.includes('\0')) return path
  } catch {
    // Reported below.
  }
  throw new SiteError(messages.notAPath(name))
}

/** An image in `public/`, which the site serves unchanged. */
function publicImage(
  target: string,
  path: string,
  name: Message,
  folder: string | undefined,
): string {
  if (folder === undefined) throw new MissingFile(messages.notThere(name))
  const file = resolve(folder, `.${path}`)
  if (!isBelow(folder, file)) throw new SiteError(messages.notInPublic(name))
  if (!existsSync(file)) throw new MissingFile(messages.notInPublic(name))
  realFileIn(folder, file, name, imageTypes)
  return target
}

/**
 * Copies a picture to an address made from its content. Inlines an SVG, because at its own address
 * a browser would run its scripts.
 */
function published(real: string, name: Message, folder: string | undefined): string {
  const bytes = readReal(real)
  if (extname(real).toLowerCase() === '.svg') {
    if (bytes.length > maxSvgBytes) throw new SiteError(messages.tooLarge(name, 4))
    return `data:image/svg+xml;base64,${bytes.toString('base64')}`
  }
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 12)
  const end = extname(real)
  const stem = basename(real, end).replace(/[^A-Za-z0-9_-]+/g, '_')
  const file = `${stem}.${hash}${end.toLowerCase()}`
  if (folder !== undefined) {
    const path = join(folder, 'assets', file)
    mkdirSync(dirname(path), { recursive: true })
    if (!existsSync(path)) writeFileSync(path, bytes)
  }
  return `/assets/${file}`
}
