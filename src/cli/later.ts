import { Command } from '@commander-js/extra-typings'
import { UsageError } from '../plan/usage-error.ts'

/** Commands of CLI.md that a later version brings: refused by name, never unknown. */
export const later = ['export', 'init'].map((name) =>
  new Command(name)
    .argument('[words...]')
    .allowUnknownOption()
    .helpOption(false)
    .action(() => {
      throw new UsageError(
        `\`runbook ${name}\` is not supported yet`,
        '`runbook --help` lists what is',
      )
    }),
)
