import { UsageError } from '../../diagnostic/usage-error.ts'
import { messages } from './messages.ts'
import { execute, executeAgain } from './execute.ts'
import { type ExecFlags, withExecFlags } from './run-flags.ts'
import { showPlan } from '../plan/show-plan.ts'

export const exec = withExecFlags('exec')
  .summary('run pages step by step and record the results')
  .description(
    'Plans and runs pages. It starts at once, and asks only for what a page marks as dangerous or manual,\nfor missing values, and about unknown host keys. Exits 0 when every step passed.',
  )
  .action(async (paths, flags) => {
    if (flags.dryRun) {
      refuseReports(flags)
      await showPlan(paths, flags)
      return
    }
    if (flags.runChecks) {
      throw new UsageError(messages.checksOfRun, messages.dryRunChecks)
    }
    if (flags.watch) {
      const { watchPages } = await import('./watch.ts')
      await watchPages(paths, flags)
      return
    }
    await execute(paths, flags)
    if (flags.twice && process.exitCode === 0) await executeAgain(paths, flags)
  })

/** A run that does not take place has no events to report. */
function refuseReports({ reporter }: ExecFlags): void {
  const [first] = reporter
  if (first === undefined) return
  throw new UsageError(messages.noReports(first.name), messages.planFormats)
}
