import { randomBytes } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { realInside } from './real-place.ts'

/**
 * Writes a file atomically: readers see the old text or the new one. Keeps the mode of an existing
 * file and, if this user may set it, its owner.
 *
 * @param newMode - Mode of a new file.
 */
export async function writeWhole(
  file: string,
  text: string | Uint8Array,
  newMode = 0o644,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  const old = await stat(file).catch(() => undefined)
  const next = `${file}.${randomBytes(6).toString('hex')}.tmp`
  try {
    const handle = await open(next, 'wx', old ? 0o600 : newMode)
    try {
      await handle.writeFile(text)
      if (old) {
        const own = await handle.stat()
        if (own.uid !== old.uid || own.gid !== old.gid)
          await handle.chown(old.uid, old.gid).catch(() => {})
        await handle.chmod(old.mode & 0o7777)
      }
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
 * @throws {UsageError} If the path leads out of the project.
 */
export async function writeInside(root: string, path: string, text: string): Promise<void> {
  await writeWhole(realInside(root, path), text)
}
