import { Option } from '@commander-js/extra-typings'
import { newRunId } from '../../journal/run-id.ts'
import { makeLanes, neededHosts } from '../make-plan.ts'
import { closeHosts, openHosts } from '../open-hosts.ts'
import { paletteOf, print } from '../output.ts'
import { planDocument, renderPlan } from '../../report/render-plan.ts'
import { renderPlanMarkdown } from '../../report/plan-markdown.ts'
import { keepSecret, knownSecrets } from '../known-secrets.ts'
import { prepareRun } from '../prepare-run.ts'
import { withRunFlags } from '../run-flags.ts'
import { terminalPrompt } from '../terminal-prompt.ts'

export const plan = withRunFlags('plan')
  .summary('what would happen; runs nothing')
  .description(
    'Connects, asks the checks, and says what `exec` would do. Runs nothing and leaves no trace on the host.',
  )
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
    const sessions = await openHosts(neededHosts(prepared), {
      ...prepared,
      flags,
      prompt,
      run: newRunId(new Date()),
      isResumed: false,
      onSecret: (value) => knownSecrets.add(value),
    })
    try {
      const lanes = await makeLanes(prepared, prepared.variables, sessions)
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
