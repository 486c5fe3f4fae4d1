import type { FileBackup } from '../model/run-event.ts'
import { diffFile } from './file-diff.ts'
import { takesSecret } from './file-forecast.ts'
import { FileProblem } from './file-problem.ts'
import {
  type FileAccess,
  type HostFile,
  missing,
  readHostFile,
  writeHostFile,
} from './host-file.ts'
import { messages } from './messages.ts'
import { fileAccess, fileFailed } from './run-file-step.ts'
import type { StepContext } from './step-context.ts'
import { failed, skipped, type StepEnd } from './step-end.ts'

/**
 * Restores the file that a step of another run changed, with owner, mode and ACL; removes a file
 * that it created. Leaves a file alone that was changed since.
 */
export async function restoreFile(backup: FileBackup, context: StepContext): Promise<StepEnd> {
  const { lang } = context.options
  const access = fileAccess(context)
  const { file } = backup
  try {
    const now = await readNow(backup, access)
    if (!now) return skipped('equal', messages.restored(file, true)[lang])
    const old = backup.kept === null ? undefined : await readHostFile(access, backup.kept)
    if (old?.sha256 === missing) throw new FileProblem('no-backup', backup.kept ?? '')
    if (now.sha256 === (old?.sha256 ?? missing))
      return skipped('equal', messages.restored(file, old === undefined)[lang])
    const diff = diffOf(now, old)
    const isShown = diff !== undefined && isDiffShown(context)
    const shown = isShown ? { diff } : {}
    if (now.sha256 !== backup.sha256) {
      const message = messages.changedSince(file, backup.kept)[lang]
      return { ...failed('file', message), ...shown }
    }
    const { sha256, kept } = await writeHostFile(access, {
      path: file,
      was: now.sha256,
      content: backup.kept === null ? 'removed' : { from: backup.kept },
      mode: undefined,
    })
    const own = kept?.kind === 'kept' ? kept.place : null
    return {
      status: 'changed',
      reason: null,
      message: messages.restored(file, old === undefined)[lang],
      exit: null,
      backup: { file, kept: own, sha256 },
      ...shown,
    }
  } catch (error) {
    return fileFailed(error, file, lang)
  }
}

/** `undefined`: the step created the file, and its folder is gone. */
async function readNow(
  { file, kept }: FileBackup,
  access: FileAccess,
): Promise<HostFile | undefined> {
  try {
    return await readHostFile(access, file)
  } catch (error) {
    const isGone = error instanceof FileProblem && error.code === 'no-folder'
    if (isGone && kept === null) return undefined
    throw error
  }
}

/** The old file may contain a secret that no mask knows. */
function isDiffShown({ planned: { step }, variables }: StepContext): boolean {
  if (step.private) return false
  return step.kind !== 'file' || !takesSecret(step, (name) => variables.isSecret(name))
}

function diffOf(now: HostFile, old: HostFile | undefined): string | undefined {
  const isRead = now.sha256 === missing || now.bytes !== undefined
  if (!isRead || (old && old.bytes === undefined)) return undefined
  return diffFile(now.file, now.bytes, old?.bytes ?? '').text
}
