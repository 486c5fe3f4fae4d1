import { messages } from './messages.ts'
import { realpathSync } from 'node:fs'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { readFor } from '../../project-files/read-file.ts'
import { realNamed } from '../../project-files/real-place.ts'
import { writeWhole } from '../../project-files/write-whole.ts'
import { spliceBytes } from '../../record/splice-bytes.ts'
import type { TextEdit } from '../../text/apply-edits.ts'
import type { Page } from './pages.ts'
import type { Project } from '../project.ts'

/**
 * Applies edits to a page on disk; keeps every other byte, even invalid UTF-8, and a symbolic link.
 *
 * @throws {UsageError} For a page that changed since it was read.
 */
export async function rewritePage(
  { file, source }: Pick<Page, 'file' | 'source'>,
  edits: readonly TextEdit[],
  { root }: Pick<Project, 'root'>,
): Promise<void> {
  const bytes = readFor(root, file)
  if (bytes.toString() !== source)
    throw new UsageError(messages.changedMeanwhile(file), messages.runAgain)
  await writeWhole(realpathSync(realNamed(root, file)), spliceBytes(bytes, source, edits))
}
