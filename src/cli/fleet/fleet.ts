import { Command } from '@commander-js/extra-typings'
import { UsageError } from '../../diagnostic/usage-error.ts'
import { installFleet, installSql } from '../../fleet/open-store.ts'
import { renderDuration } from '../../model/duration.ts'
import { chooseLang, langOption } from '../lang.ts'
import { print, say } from '../output.ts'
import { findProject } from '../project.ts'
import { readDurationFlag } from '../run/run-flags.ts'
import { terminalPrompt } from '../terminal/terminal-prompt.ts'
import { databaseUrl } from './database.ts'
import { listStored } from './list-stored.ts'
import { messages } from './messages.ts'

const defaultLeaseMs = 30_000

const init = new Command('init')
  .summary('create or upgrade the tables of a database')
  .description(
    'Creates the schemas `runbook` and `runbook_queue` in the database that `RUNBOOK_DB` or `database:` names, or\nupgrades them. Safe to repeat. Needs the right to create schemas.',
  )
  .option('--dry-run', 'print the SQL and change nothing')
  .option(
    '--lease <duration>',
    'how long a worker may be silent before another takes its hosts',
    readDurationFlag,
    defaultLeaseMs,
  )
  .addOption(langOption)
  .action(async ({ dryRun, lease, lang: flag }) => {
    const project = findProject(process.cwd())
    const lang = chooseLang({ flag, project })
    if (lease < 10_000 || lease > 3_600_000) throw new UsageError(messages.shortLease)
    const url = await databaseUrl(project, {
      prompt: terminalPrompt({ lang, noInput: false }),
      lang,
    })
    if (dryRun) {
      print(await installSql(url))
      return
    }
    const { to } = await installFleet(url, Math.round(lease / 1000))
    say(`${messages.tablesThere(to, renderDuration(lease))[lang]}\n`)
  })

const status = new Command('status')
  .summary('show runs, owners and waiting hosts of the workers')
  .description(
    'Shows the runs of the database that are not over: each host, its state and its worker.',
  )
  .option('--json', 'one JSON document')
  .addOption(langOption)
  .action(async ({ json, lang: flag }) => {
    const project = findProject(process.cwd())
    const lang = chooseLang({ flag, json, project })
    await listStored(project, { json: json === true, lang, onlyOpen: true })
  })

export const fleet = new Command('fleet')
  .summary('set up and look at the database of workers')
  .description(
    'A PostgreSQL that shares runs between machines: `runbook worker` runs the hosts of `exec --workers`.',
  )
  .addCommand(init)
  .addCommand(status)
