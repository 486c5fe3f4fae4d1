import { Command, Option } from '@commander-js/extra-typings'
import { findRun, readJournal } from '../../journal/read-journal.ts'
import { readRunRequest } from '../../journal/run-request.ts'
import { UsageError } from '../../plan/usage-error.ts'
import { runPrepared } from '../execute.ts'
import { langOf } from '../lang.ts'
import { say } from '../output.ts'
import { prepareRun } from '../prepare-run.ts'
import { findProject, runsFolder } from '../project.ts'
import { readReporterFlag, type ReporterFlag } from '../reporters.ts'

const noReporters: readonly ReporterFlag[] = []

export const resume = new Command('resume')
  .summary('go on with a broken run')
  .description(
    'Goes on at the first step that has not passed, or whose content has changed. A command that was running\nwhen the program ended is found again, and not run twice. Secrets have to be given again.',
  )
  .argument('[run]', 'an id or its beginning (default: the last run)')
  .option('--ssh-config <file>', 'read this ssh config instead of all others, as `ssh -F`')
  .option('--accept-new-host-key', 'take the key of a host that is not known yet')
  .option('--yes', 'manual steps count as confirmed')
  .option('--allow-danger', 'run dangerous steps without asking')
  .option('--no-input', 'never ask a person')
  .option('--json', 'JSON instead of text')
  .addOption(
    new Option('--reporter <name[=file]>', 'how the run is shown or written (repeatable)')
      .argParser((text: string, before: readonly ReporterFlag[]) => [
        ...before,
        readReporterFlag(text),
      ])
      .default(noReporters, 'live at a terminal, else plain'),
  )
  .addOption(new Option('--lang <lang>', 'the language of messages').choices(['zh', 'en'] as const))
  .action(async (text, given) => {
    const project = findProject(process.cwd())
    const folder = runsFolder(project)
    const run = findRun(folder, text)
    const before = readJournal(folder, run)
    if (
      before.findLast(({ kind }) => kind === 'run-ended' || kind === 'step-started')?.kind ===
      'run-ended'
    ) {
      const ended = before.findLast((event) => event.kind === 'run-ended')
      if (ended?.kind === 'run-ended' && ended.status === 'passed') {
        say(
          `${run}: ${langOf(given.lang, project.lang) === 'zh' ? '已经通过，没有要做的了' : 'has passed; nothing is left to do'}\n`,
        )
        return
      }
    }
    const request = readRunRequest(folder, run)
    if (request.pages.includes('-'))
      throw new UsageError('a page from standard input cannot be resumed')
    const flags = {
      host: request.hosts.map(({ role, hosts }) => ({ role: role ?? undefined, hosts })),
      var: Object.entries(request.values),
      from: request.selection.from ?? undefined,
      to: request.selection.to ?? undefined,
      only: request.selection.only,
      tag: request.selection.tags,
      sshConfig: given.sshConfig ?? request.sshConfig ?? undefined,
      acceptNewHostKey: given.acceptNewHostKey,
      timeout: request.timeoutMs ?? undefined,
      record: request.record ?? undefined,
      update: request.update ? (true as const) : undefined,
      keepGoing: request.keepGoing ? (true as const) : undefined,
      yes: given.yes,
      allowDanger: given.allowDanger,
      input: given.input,
      json: given.json,
      reporter: given.reporter,
      lang: given.lang,
    }
    await runPrepared(prepareRun(request.pages, flags), flags, {
      run,
      before,
      machines: request.machines,
    })
  })
