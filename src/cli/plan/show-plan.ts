/** Prints a plan: `runbook plan` and `runbook exec --dry-run`. */

import { newRunId } from '../../journal/run-id.ts'
import { renderPlanMarkdown } from '../../report/plan-markdown.ts'
import { planDocument, renderPlan } from '../../report/render-plan.ts'
import { planLimits, renderLimits } from '../../report/plan-limits.ts'
import { keepSecret, knownSecrets } from '../known-secrets.ts'
import { neededHosts, planLanes } from '../run/plan-lanes.ts'
import { closeHosts, openHosts } from '../host/open-hosts.ts'
import { paletteOf, print, printJson } from '../output.ts'
import { askAboutChecks } from './plan-consent.ts'
import { forecastFiles } from './plan-files.ts'
import { prepareRun } from '../run/prepare-run.ts'
import type { PlanFlags, RunFlags } from '../run/run-flags.ts'
import { terminalPrompt } from '../terminal/terminal-prompt.ts'

/** `exec --dry-run` has no `--format`. */
type ShownFlags = RunFlags & Partial<Pick<PlanFlags, 'format' | 'runChecks'>>

export async function showPlan(paths: readonly string[], flags: ShownFlags): Promise<void> {
  const prepared = prepareRun(paths, flags)
  keepSecret(prepared.variables)
  const { lang } = prepared
  const prompt = terminalPrompt({ lang, noInput: !flags.input })
  const mayAsk = await askAboutChecks(prepared, prompt, flags.runChecks === true)
  const run = newRunId(new Date())
  const sessions = await openHosts(neededHosts(prepared), {
    ...prepared,
    flags,
    prompt,
    run,
    isResumed: false,
    onSecret: (value) => knownSecrets.add(value),
  })
  try {
    const lanes = await planLanes(prepared, prepared.variables, sessions, mayAsk)
    const plans = lanes.map((lane) => lane.plan)
    const limits = planLimits(flags)
    const findings = {
      forecasts: await forecastFiles(lanes, sessions, { run, lang, timeoutMs: flags.timeout }),
      values: prepared.variables.flatMap(({ used }) => used),
    }
    if (flags.format === 'markdown') print(renderPlanMarkdown(plans, findings, lang, limits))
    else if (flags.json || flags.format === 'json') printJson(planDocument(plans, findings, limits))
    else {
      const palette = paletteOf(process.stdout)
      const columns = process.stdout.columns ?? 100
      const drawn = plans.map((each) => renderPlan(each, findings, { lang, palette, columns }))
      const last = renderLimits(limits, lang)
      print([...drawn, ...(last === '' ? [] : [`${last}\n`])].join('\n'))
    }
  } finally {
    await closeHosts(sessions, { keep: false })
  }
}
