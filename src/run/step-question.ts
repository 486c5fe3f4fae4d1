import { aboutStep } from './step-about.ts'
import { questionOf, type StepQuestion } from './control.ts'
import type { FileForecast } from './file-change.ts'
import { forecastFile } from './file-forecast.ts'
import { fileAccess } from './run-file-step.ts'
import type { StepContext } from './step-context.ts'

/**
 * The question about a step, with a forecast of its file change.
 *
 * @param steps - Addresses of all steps of the run.
 */
export async function stepQuestion(
  context: StepContext,
  steps: readonly string[],
): Promise<StepQuestion> {
  const about = aboutStep(context, await forecast(context))
  return questionOf(context.planned, about, steps)
}

/** @returns `undefined` for a step that changes no file. */
async function forecast(context: StepContext): Promise<FileForecast | undefined> {
  const { planned, variables, options, ports } = context
  const { step, runbook } = planned
  if (step.kind !== 'file' && step.kind !== 'patch') return undefined
  try {
    await context.findShell()
    // A path may be relative to the page's folder.
    const outside = await context.enter()
    if (outside) return { kind: 'unknown', why: outside.message }
    return await forecastFile(step, fileAccess(context), {
      values: variables.ofPage(runbook),
      isSecret: (name) => variables.isSecret(name),
      lang: options.lang,
    })
  } catch (error) {
    const failure = ports.hostFailure(error)
    if (!failure) throw error
    return { kind: 'unknown', why: failure.message[options.lang] }
  }
}
