import { statSync } from 'node:fs'

/** The kind of a path's target; `undefined` if it is missing or cannot be determined. */
export function kindOf(path: string): 'file' | 'folder' | 'other' | undefined {
  try {
    const found = statSync(path)
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other'
  } catch {
    // Missing, below a file, a cycle of links, or an impossible name.
    return undefined
  }
}
