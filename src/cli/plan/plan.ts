import { withPlanFlags } from '../run/run-flags.ts'
import { showPlan } from './show-plan.ts'

export const plan = withPlanFlags('plan')
  .summary('what would happen; runs no step')
  .description(
    'Connects, asks the checks, and says what `exec` would do. Runs no step and leaves no trace on the host.\nChecks that run a command (`sh:`) are asked of a host once you said yes; on this computer no check that runs\na program or opens a connection is asked without `--run-checks`.',
  )
  .action(showPlan)
