import { Option } from '@commander-js/extra-typings'
import { newRunId } from '../../journal/run-id.ts'
import { makeLanes, neededHosts } from '../make-plan.ts'
import { closeHosts, openHosts } from '../open-hosts.ts'
import { paletteOf, print } from '../output.ts'
import { planDocument, renderPlan } from '../../report/render-plan.ts'
import { renderPlanMarkdown } from '../../report/plan-markdown.ts'
import { keepSecret, knownSecrets } from '../known-secrets.ts'
import { prepareRun } from '../prepare-run.ts'
import { runChecksOption, withRunFlags } from '../run-flags.ts'
import { askAboutChecks } from '../plan-consent.ts'
import { terminalPrompt } from '../terminal-prompt.ts'

export const plan = withRunFlags('plan')
  .summary('what would happen; runs no step')
  .description(
    'Connects, asks the checks, and says what `exec` would do. Runs no step and leaves no trace on the host.\nChecks that run a command (`sh:`) are asked of a host once you said yes; on this computer no check that runs\na program or opens a connection is asked without `--run-checks`.',
  )
  .addOption(runChecksOption)
  .addOption(
    new Option('--format <name>', 'shape of the answer').choices([
      'human',
      'json',
      'markdown',
    ] as const),
  )
  .action(async (paths, flags) => {
    const prepared = prepareRun(paths, flags)
    keepSecret(prepared.variables)
    const prompt = terminalPrompt({
      lang: prepared.lang,
      noInput: !flags.input,
      beforeQuestion: () => {},
    })
    const mayAsk = await askAboutChecks(prepared, prompt, flags.runChecks === true)
    const sessions = await openHosts(neededHosts(prepared), {
      ...prepared,
      flags,
      prompt,
      run: newRunId(new Date()),
      isResumed: false,
      onSecret: (value) => knownSecrets.add(value),
    })
    try {
      const lanes = await makeLanes(prepared, prepared.variables, sessions, mayAsk)
      const plans = lanes.map((lane) => lane.plan)
      if (flags.format === 'markdown') {
        print(renderPlanMarkdown(plans, prepared.lang))
        return
      }
      if (flags.json || flags.format === 'json') {
        print(`${JSON.stringify(planDocument(plans), undefined, 2)}\n`)
        return
      }
      const palette = paletteOf(process.stdout)
      const columns = process.stdout.columns ?? 100
      print(
        plans.map((each) => renderPlan(each, { lang: prepared.lang, palette, columns })).join('\n'),
      )
    } finally {
      await closeHosts(sessions, { keep: false })
    }
  })
