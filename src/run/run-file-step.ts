import type { Lang } from '../check/check-sentence.ts'
import type { FileBackup } from '../model/run-event.ts'
import type { FileStep, PatchStep } from '../model/step.ts'
import type { Values } from '../plan/resolve-variables.ts'
import { renderDuration } from '../model/duration.ts'
import { applyPatch } from './apply-patch.ts'
import { toBytes } from './byte-text.ts'
import { askDanger } from './consent.ts'
import { editFile } from './edit-file.ts'
import { diffFile } from './file-diff.ts'
import { FileProblem } from './file-problem.ts'
import {
  type FileAccess,
  type HostFile,
  type KeptFile,
  maxReadBytes,
  readHostFile,
  writeHostFile,
} from './host-file.ts'
import { messages } from './messages.ts'
import { ProbeTimeout, withTimeout } from './probe-timeout.ts'
import { sudoUser, type StepContext } from './step-context.ts'
import { failed, skipped, type StepEnd } from './step-end.ts'
import { expandText } from './variables.ts'

/** Makes a file of the host what the step says; equal is skipped. */
export async function runFileStep(
  step: FileStep | PatchStep,
  context: StepContext,
): Promise<StepEnd> {
  const { lang } = context.options
  const access = fileAccess(context)
  try {
    const before = await readHostFile(access, step.path)
    const after = wantedBytes(step, before, context.variables.ofPage(context.planned.runbook))
    const mode = step.kind === 'file' ? step.mode : undefined
    const hasMode = mode === undefined || Number(mode) === Number(before.mode)
    if (after === before.bytes && hasMode) return equal(step, before, lang)

    const refused = await askDanger(context)
    if (refused) return refused
    const { sha256, kept } = await writeHostFile(access, {
      path: before.file,
      was: before.sha256,
      content: { bytes: after },
      mode,
    })
    if (!kept) return equal(step, before, lang)
    const diff = diffFile(step.path, before.bytes, after)
    return {
      status: 'changed',
      reason: null,
      message: changedMessage(step, before, { kept, ...diff }, lang),
      exit: null,
      backup: backupOf(before.file, kept, sha256),
      ...(step.private || diff.text === undefined ? {} : { diff: diff.text }),
    }
  } catch (error) {
    return fileFailed(error, step.path, lang)
  }
}

export function fileAccess(context: StepContext): FileAccess {
  const { options, planned, run } = context
  const timeoutMs = options.timeoutMs ?? planned.step.timeoutMs
  const session = withTimeout(context.session, timeoutMs)
  return { session, user: sudoUser(context), run, timeoutMs }
}

/** @throws What is no problem of a file. */
export function fileFailed(error: unknown, path: string, lang: Lang): StepEnd {
  if (error instanceof ProbeTimeout) {
    const after = renderDuration(error.timeoutMs)
    return failed('timeout', messages.fileTimeout[lang](path, after))
  }
  if (!(error instanceof FileProblem)) throw error
  return failed('file', messages.fileFailed[lang](path, error.sentence(lang)))
}

/**
 * What the file is to become, one character a byte.
 *
 * @throws {FileProblem}
 */
export function wantedBytes(
  step: FileStep | PatchStep,
  { sha256, size, bytes }: HostFile,
  values: Values,
): string {
  const isEdit = step.kind === 'patch' || step.edit !== undefined
  if (isEdit && bytes === undefined && sha256 !== 'missing') {
    throw new FileProblem('too-large', String(size), String(maxReadBytes))
  }
  if (step.kind === 'patch') return applyPatch(bytes, toBytes(step.patch))
  const content = toBytes(step.expand ? expandText(step.content, values) : step.content)
  return editFile({ ...step, id: toBytes(step.id) }, content, bytes)
}

/** A file that an earlier life of the run has changed is still the run's to take back. */
function equal(step: FileStep | PatchStep, file: HostFile, lang: Lang): StepEnd {
  const end = skipped('equal', messages.equal[lang](step.path))
  return file.kept ? { ...end, backup: backupOf(file.file, file.kept, file.sha256) } : end
}

function backupOf(file: string, kept: KeptFile, sha256: string): FileBackup {
  return { file, kept: kept.kind === 'kept' ? kept.place : null, sha256 }
}

function changedMessage(
  { path }: FileStep | PatchStep,
  { links }: HostFile,
  change: { readonly added: number; readonly removed: number; readonly kept: KeptFile },
  lang: Lang,
): string {
  const { added, removed, kept } = change
  const place = kept.kind === 'kept' ? kept.place : ''
  const message = messages.fileChanged[lang](path, added, removed, place)
  return links > 1 ? `${message}${messages.hardLinks[lang](links - 1)}` : message
}
