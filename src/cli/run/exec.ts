import { InvalidArgumentError } from '@commander-js/extra-typings'
import { UsageError } from '../../plan/usage-error.ts'
import { execute, type ExecFlags } from './execute.ts'
import { reporterOption, runChecksOption, withRunFlags } from './run-flags.ts'
import { showPlan } from '../plan/show-plan.ts'

interface DryRunFlags {
  readonly dryRun?: true
  readonly runChecks?: true
}

export const exec = withRunFlags('exec')
  .summary('runs pages step by step and keeps what happened')
  .description(
    'Plans and runs pages. It starts at once, and asks only for what a page marks as dangerous or manual,\nfor values that nobody gave, and for unknown host keys. Exits 0 when every step passed.',
  )
  .option(
    '--record [what]',
    'keep the result in the repository; `partial` also after a failure',
    readRecordFlag,
  )
  .option('--update', 'an output that differs is recorded as changed instead of failing its step')
  .option('--yes', 'manual steps count as confirmed')
  .option('--allow-danger', 'run dangerous steps without asking')
  .option('--step', 'decide before each step: run, skip, edit, jump, a shell on the host')
  .option('--twice', 'run it a second time: a page that is well written passes again')
  .option('--keep-going', 'go on after a failed step')
  .option('--dry-run', 'is `plan`')
  .addOption(runChecksOption)
  .addOption(reporterOption('live at a terminal, else plain'))
  .action(async (paths, flags: ExecFlags & DryRunFlags & { readonly twice?: true }) => {
    if (flags.dryRun) {
      refuseReports(flags)
      await showPlan(paths, flags)
      return
    }
    if (flags.runChecks) {
      throw new UsageError(
        '`--run-checks` is for a plan: a run asks all checks',
        'write `--dry-run --run-checks`, or leave it out',
      )
    }
    await execute(paths, flags)
    if (flags.twice && process.exitCode === 0) await execute(paths, { ...flags, record: undefined })
  })

/** A run that does not take place has no events to report. */
function refuseReports({ reporter }: ExecFlags): void {
  const [first] = reporter
  if (first === undefined) return
  const message = `\`--reporter ${first.name}\` means nothing with \`--dry-run\``
  throw new UsageError(message, 'write `runbook plan --format json` or `--format markdown`')
}

function readRecordFlag(text: string): 'all' | 'partial' {
  if (text === 'partial') return 'partial'
  throw new InvalidArgumentError('write `--record` or `--record=partial`.')
}
