/** Two examples for each command, shown below its `--help`: what is typed, and what it is for. */

import type { CommandUnknownOpts } from '@commander-js/extra-typings'
import { alignRows } from '../text/align-rows.ts'

type Examples = readonly (readonly [typed: string, about: string])[]

const examples: Readonly<Record<string, Examples>> = {
  init: [
    ['init', 'a project in the current folder'],
    ['init docs --dry-run', 'what would be written to `docs`'],
  ],
  list: [
    ['list', 'all pages and their steps'],
    ['list runbook/deploy.md --json', 'one page, for a program'],
  ],
  lint: [
    ['lint', 'all pages'],
    ['lint runbook/deploy.md --fix', 'repairs what is certain'],
  ],
  import: [
    ['import tutorial.txt', 'a page made from a tutorial'],
    ['import setup.sh --as script --out runbook/setup.md', 'a page made from a script'],
  ],
  plan: [
    ['plan deploy.md --host web1', 'what would happen on web1'],
    ['plan deploy.md --host web1 --format markdown', 'the plan as Markdown, for a review'],
  ],
  exec: [
    ['exec deploy.md --host web1 --record', 'runs the page on web1 and keeps the result'],
    ['exec deploy.md#restart --host web1', 'only one step'],
    ['exec deploy.md --watch', 'at each save from the first changed step on'],
    ['exec deploy.md --host web1,web2,web3 --canary 1', 'several hosts, one of them first'],
    ['exec deploy.md --host web --workers', 'a group of hosts, run by `runbook worker`'],
  ],
  sync: [
    ['sync', 'shows what the pages do not say as recorded'],
    ['sync --write', 'puts recorded output into the pages'],
  ],
  status: [
    ['status', 'the state of every page'],
    ['status --check', 'exits with 1 where a page has to be run again'],
    ['status --check --max-age 30d', 'also where that was more than 30 days ago'],
  ],
  record: [
    ['record --prune', 'lists what is left of pages and steps that are gone, and asks'],
    ['record --prune --yes', 'removes it'],
  ],
  export: [
    ['export deploy.md --to bash --out deploy.sh', 'a script for machines without runbook'],
    ['export deploy.md --to html --out deploy.html', 'one file to send to somebody'],
  ],
  resume: [
    ['resume', 'continues the last run that is not over'],
    ['resume 20261130-0712 --yes', 'that run, with manual steps confirmed'],
  ],
  undo: [
    ['undo', 'takes the last run back'],
    ['undo 20261130-0712', 'that run, by the beginning of its id'],
  ],
  runs: [
    ['runs', 'earlier runs, the newest first'],
    ['runs --forget 20261130-0712', 'removes what a run has left'],
  ],
  show: [
    ['show', 'all that the last run printed'],
    ['show 20261130-0712', 'that run'],
  ],
  report: [
    ['report --reporter markdown', 'the last run as Markdown'],
    ['report --reporter junit=report.xml', 'the last run for a CI system'],
  ],
  host: [
    ['host', 'the hosts that can be named'],
    ['host web1 --check', 'logs in to web1 and shows its system'],
  ],
  explain: [
    ['explain holes', 'what a word means'],
    ['explain checks', 'all checks'],
  ],
  site: [
    ['site dev', 'serves the site while you write'],
    ['site build --out public', 'writes the site'],
  ],
  'site build': [
    ['site build', 'the site of this project'],
    ['site build docs --out public', 'that of another folder'],
  ],
  'site dev': [
    ['site dev', 'on port 5173, or the next free one'],
    ['site dev --port 8080', 'on this port'],
  ],
  'site preview': [
    ['site preview', 'what `site build` wrote'],
    ['site preview --out public', 'what was written there'],
  ],
  serve: [
    ['serve', 'the site with run buttons, on this computer'],
    ['serve --host web1 --open', 'its pages run on web1'],
  ],
  worker: [
    ['worker', 'takes hosts of `exec --workers` until stopped'],
    ['worker --parallel 50 --ssh-config hosts', 'up to 50 hosts at a time'],
  ],
  fleet: [
    ['fleet init', 'creates the tables in `RUNBOOK_DB`, once'],
    ['fleet status', 'what waits, and who runs what'],
  ],
  'fleet init': [
    ['fleet init', 'creates or upgrades the tables in `RUNBOOK_DB`'],
    ['fleet init --dry-run', 'prints the SQL'],
  ],
  'fleet status': [
    ['fleet status', 'what waits, and who runs what'],
    ['fleet status --json', 'the same for a program'],
  ],
  cancel: [
    ['cancel 20261130-0712', 'stops that run of the workers'],
    ['cancel 20261130-0712 --lang zh', 'and says so in Chinese'],
  ],
  trust: [
    ['trust', 'shows what this project would start, and asks'],
    ['trust --list', 'list the trusted projects'],
  ],
  completion: [
    ['completion bash >~/.local/share/bash-completion/completions/runbook', 'for bash'],
    ['completion fish >~/.config/fish/completions/runbook.fish', 'for fish'],
  ],
}

/** Adds the examples of a command, and of its own commands, to their help. */
export function addExamples(command: CommandUnknownOpts, name = command.name()): void {
  const rows = (examples[name] ?? []).map(([typed, about]) => [`runbook ${typed}`, about])
  const lines = alignRows(rows).map((line) => `  ${line}`)
  if (lines.length > 0) command.addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
  for (const each of command.commands) addExamples(each, `${name} ${each.name()}`)
}
