import type { Lang } from '../model/message.ts'
import type { FileBackup } from '../model/run-event.ts'
import type { FileStep, PatchStep } from '../model/step.ts'
import { renderDuration } from '../model/duration.ts'
import { askDanger } from './consent.ts'
import { forecastOf, wantedBytes } from './file-forecast.ts'
import { FileProblem } from './file-problem.ts'
import {
  type FileAccess,
  type HostFile,
  type KeptFile,
  readHostFile,
  writeHostFile,
} from './host-file.ts'
import { messages } from './messages.ts'
import { ProbeTimeout, withTimeout } from './probe-timeout.ts'
import { sudoUser, type StepContext } from './step-context.ts'
import { failed, skipped, type StepEnd } from './step-end.ts'

/** Writes a file on the host as the step says; skips a file that is already equal. */
export async function runFileStep(
  step: FileStep | PatchStep,
  context: StepContext,
): Promise<StepEnd> {
  const { lang } = context.options
  const access = fileAccess(context)
  try {
    const before = await readHostFile(access, step.path)
    const after = wantedBytes(step, before, context.variables.ofPage(context.planned.runbook))
    const { variables } = context
    const change = forecastOf(step, before, after, (name) => variables.isSecret(name))
    if (change.kind === 'equal') return equal(step, before, lang)

    const refused = await askDanger(context, change)
    if (refused) return refused
    const { sha256, kept } = await writeHostFile(access, {
      path: before.file,
      was: before.sha256,
      content: { bytes: after },
      mode: step.kind === 'file' ? step.mode : undefined,
    })
    if (!kept) return equal(step, before, lang)
    const { added, removed, diff } = change
    return {
      status: 'changed',
      reason: null,
      message: changedMessage(step, before, { kept, added, removed }, lang),
      exit: null,
      backup: backupOf(before.file, kept, sha256),
      ...(diff === undefined ? {} : { diff }),
    }
  } catch (error) {
    return fileFailed(error, step.path, lang)
  }
}

/** Access as the step's user, with the step's timeout. */
export function fileAccess({
  planned,
  session,
  run,
  options,
}: Pick<StepContext, 'planned' | 'session' | 'run'> & {
  readonly options: Pick<StepContext['options'], 'timeoutMs'>
}): FileAccess {
  return {
    session: withTimeout(session),
    user: sudoUser({ planned, session }),
    run,
    timeoutMs: options.timeoutMs ?? planned.step.timeoutMs,
  }
}

/** @throws Any error other than a file problem. */
export function fileFailed(error: unknown, path: string, lang: Lang): StepEnd {
  if (error instanceof ProbeTimeout) {
    const after = renderDuration(error.timeoutMs)
    return failed('timeout', messages.fileTimeout(path, after)[lang])
  }
  if (!(error instanceof FileProblem)) throw error
  return failed('file', messages.fileFailed(path, error.text)[lang])
}

/** If the file was changed before a resume, undoing the run must still restore it. */
function equal(step: FileStep | PatchStep, file: HostFile, lang: Lang): StepEnd {
  const end = skipped('equal', messages.equal(step.path)[lang])
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
  const message = messages.fileChanged(path, added, removed, place)[lang]
  return links > 1 ? `${message}${messages.hardLinks(links - 1)[lang]}` : message
}
