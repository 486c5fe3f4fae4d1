import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { realInside } from './real-place.ts'

/**
 * Writes a file whole or not at all: its readers see the old text or the new one.
 *
 * @param newMode - Of a file that is not there yet.
 */
export async function writeWhole(file: string, text: string, newMode = 0o644): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const mode = await stat(file).then(
    (found) => found.mode,
    () => newMode,
  )
  const next = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const handle = await open(next, 'wx', mode)
    try {
      await handle.writeFile(text)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(next, file)
  } catch (error) {
    await rm(next, { force: true })
    throw error
  }
}

/**
 * `writeWhole` for a file of the project.
 *
 * @param root - The project's folder.
 * @throws {UsageError} Where the path leads out of the project.
 */
export async function writeInside(root: string, path: string, text: string): Promise<void> {
  await writeWhole(realInside(root, path), text)
}
