import { applyPatch, createTwoFilesPatch, structuredPatch } from 'diff'
import type { FileStep, PatchStep } from '../model/step.ts'
import { editFile } from './edit-file.ts'
import { HostFileError, readHostFile, writeHostFile } from './host-file.ts'
import { messages } from './messages.ts'
import { sudoUser, type StepContext } from './step-context.ts'
import { failed, skipped, type StepEnd } from './step-end.ts'
import { expandText } from './variables.ts'

/** Makes a file of the host what the step says; equal is skipped. */
export async function runFileStep(
  step: FileStep | PatchStep,
  context: StepContext,
): Promise<StepEnd> {
  const { session, options, variables, planned, backupSuffix } = context
  const { lang } = options
  const user = sudoUser(context)
  try {
    const before = await readHostFile(session, step.path, user)
    const after =
      step.kind === 'file'
        ? editFile(
            step,
            step.expand
              ? expandText(step.content, variables.ofPage(planned.runbook))
              : step.content,
            before.text,
          )
        : patched(step, before.text ?? '')
    if (after === undefined) {
      return failed('file', messages.fileFailed[lang](step.path, 'the patch does not fit'))
    }
    const mode = step.kind === 'file' ? step.mode : undefined
    const hasMode = mode === undefined || Number(mode) === Number(before.mode)
    if (after === before.text && hasMode) return skipped('equal', messages.equal[lang](step.path))

    const kept = before.text === undefined ? '' : backupSuffix
    await writeHostFile(session, user, { path: step.path, text: after, mode, backup: kept })
    const { added, removed } = countChanges(before.text ?? '', after)
    const message = messages.fileChanged[lang](
      step.path,
      added,
      removed,
      kept === '' ? '' : step.path + kept,
    )
    const diff = createTwoFilesPatch(step.path, step.path, before.text ?? '', after, '', '', {
      context: 3,
    })
    return {
      status: 'changed',
      reason: null,
      message,
      exit: null,
      ...(step.private ? {} : { diff }),
    }
  } catch (error) {
    if (!(error instanceof HostFileError)) throw error
    return failed('file', messages.fileFailed[lang](step.path, error.message))
  }
}

/** `undefined`: it fits neither forward, nor has it been applied already. */
function patched({ patch }: PatchStep, before: string): string | undefined {
  const after = applyPatch(before, patch)
  if (after !== false) return after
  const reversed = applyPatch(before, patch, { autoConvertLineEndings: false, fuzzFactor: 0 })
  return reversed === false ? undefined : reversed
}

function countChanges(
  before: string,
  after: string,
): { readonly added: number; readonly removed: number } {
  const lines = structuredPatch('', '', before, after).hunks.flatMap((hunk) => hunk.lines)
  return {
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  }
}
