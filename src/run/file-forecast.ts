/** Predicts a step's change of a file on its host, by reading only. */

import type { Lang } from '../model/message.ts'
import type { FileStep, PatchStep } from '../model/step.ts'
import type { Values } from '../plan/resolve-variables.ts'
import { toBytes } from './byte-text.ts'
import { applyPatch } from './apply-patch.ts'
import { editFile } from './edit-file.ts'
import { diffFile } from './file-diff.ts'
import type { FileChange, FileForecast } from './file-change.ts'
import { FileProblem } from './file-problem.ts'
import { type FileAccess, type HostFile, maxReadBytes, missing, readHostFile } from './host-file.ts'
import { messages } from './messages.ts'
import { ProbeTimeout } from './probe-timeout.ts'
import { renderDuration } from '../model/duration.ts'
import { expandText } from './variables.ts'

/** Values for the step's text. */
export interface FileValues {
  readonly values: Values
  readonly isSecret: (name: string) => boolean
}

/**
 * The new content of the file, one character a byte.
 *
 * @throws {FileProblem}
 */
export function wantedBytes(
  step: FileStep | PatchStep,
  { sha256, size, bytes }: HostFile,
  values: Values,
): string {
  const isEdit = step.kind === 'patch' || step.edit !== undefined
  if (isEdit && bytes === undefined && sha256 !== missing) {
    throw new FileProblem('too-large', String(size), String(maxReadBytes))
  }
  if (step.kind === 'patch') return applyPatch(bytes, toBytes(step.patch))
  const content = toBytes(step.expand ? expandText(step.content, values) : step.content)
  return editFile({ ...step, id: toBytes(step.id) }, content, bytes)
}

/** @param after - The result of `wantedBytes`. */
export function forecastOf(
  step: FileStep | PatchStep,
  before: HostFile,
  after: string,
  isSecret: FileValues['isSecret'],
): FileChange | { readonly kind: 'equal' } {
  const mode = step.kind === 'file' ? step.mode : undefined
  const isNew = before.sha256 === missing
  const hasMode = mode === undefined || Number(mode) === Number(before.mode)
  if (after === before.bytes && hasMode) return { kind: 'equal' }
  const { text, added, removed } = diffFile(step.path, before.bytes, after)
  const isRead = isNew || before.bytes !== undefined
  const hidden = takesSecret(step, isSecret)
    ? 'secret'
    : text === undefined || !isRead
      ? 'too-large'
      : undefined
  return {
    kind: 'changes',
    isNew,
    added,
    removed,
    diff: hidden === undefined ? text : undefined,
    hidden,
    mode:
      mode === undefined || hasMode || before.mode === ''
        ? undefined
        : { from: before.mode, to: mode },
  }
}

export interface ForecastOptions extends FileValues {
  readonly lang: Lang
  /** The path to read, if it differs from the step's own. */
  readonly path?: string
  /** Files as earlier steps will leave them, by path on the host; this step's file is added. */
  readonly planned?: Map<string, string>
  /** Whether earlier steps run on the host, which may create or change any file. */
  readonly isAfterSteps?: boolean
}

/**
 * Reads the host's file and changes nothing.
 * @throws Any error other than a file problem.
 */
export async function forecastFile(
  step: FileStep | PatchStep,
  access: FileAccess,
  { values, isSecret, lang, path = step.path, planned = new Map(), isAfterSteps }: ForecastOptions,
): Promise<FileForecast> {
  try {
    const found = await readHostFile(access, path)
    const bytes = planned.get(found.file)
    const before =
      bytes === undefined ? found : { ...found, bytes, size: bytes.length, sha256: 'planned' }
    const after = wantedBytes(step, before, values)
    planned.set(found.file, after)
    return forecastOf(step, before, after, isSecret)
  } catch (error) {
    if (error instanceof ProbeTimeout) {
      const why = messages.fileTimeout(path, renderDuration(error.timeoutMs))[lang]
      return { kind: 'unknown', why }
    }
    if (!(error instanceof FileProblem)) throw error
    const why = error.text[lang]
    return isAfterSteps ? { kind: 'unknown', why, mayChange: true } : { kind: 'unknown', why }
  }
}

/** Whether a secret's value becomes part of the text. */
export function takesSecret(step: FileStep | PatchStep, isSecret: FileValues['isSecret']): boolean {
  if (step.kind !== 'file' || !step.expand) return false
  return [...step.content.matchAll(/\$\{([A-Za-z_]\w*)\}/g)].some(([, name = '']) => isSecret(name))
}
