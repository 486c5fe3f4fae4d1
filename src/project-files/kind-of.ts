import { statSync } from 'node:fs'

/** What a path leads to; `undefined` where it leads to nothing, or nobody can say where. */
export function kindOf(path: string): 'file' | 'folder' | 'other' | undefined {
  try {
    const found = statSync(path)
    return found.isFile() ? 'file' : found.isDirectory() ? 'folder' : 'other'
  } catch {
    // Missing, below a file, a circle of links, a name that no file can have.
    return undefined
  }
}
