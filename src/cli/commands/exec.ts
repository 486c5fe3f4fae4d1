import { InvalidArgumentError } from '@commander-js/extra-typings'
import { execute, type ExecFlags } from '../execute.ts'
import { withRunFlags } from '../run-flags.ts'
import { UsageError } from '../../plan/usage-error.ts'
import { plan } from './plan.ts'

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
  .option('--keep-going', 'go on after a failed step')
  .option('--dry-run', 'is `plan`')
  .option('--reporter <name>', 'how the run is shown: `live`, `plain` or `json`', readReporterFlag)
  .action(async (paths, flags: ExecFlags & { readonly dryRun?: true }) => {
    if (flags.dryRun) {
      await plan.parseAsync(
        process.argv.slice(3).filter((word) => word !== '--dry-run'),
        { from: 'user' },
      )
      return
    }
    await execute(paths, flags)
  })

function readRecordFlag(text: string): 'all' | 'partial' {
  if (text === 'partial') return 'partial'
  throw new InvalidArgumentError('write `--record` or `--record=partial`.')
}

function readReporterFlag(text: string): 'live' | 'plain' | 'json' {
  if (text === 'live' || text === 'plain' || text === 'json') return text
  const name = text.split('=')[0] ?? text
  if (['junit', 'markdown', 'github'].includes(name) || text.includes('=')) {
    throw new UsageError(`\`--reporter ${text}\` is not supported yet`)
  }
  throw new InvalidArgumentError('write `live`, `plain` or `json`.')
}
