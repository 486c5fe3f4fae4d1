/**
 * The flags of commands that plan, run and resume (CLI.md). Each flag is declared once, and its
 * type is inferred from the declaration.
 */

import { existsSync } from 'node:fs'
import { messages as parseMessages } from '../../parse/messages.ts'
import { forms } from './messages.ts'
import { langOption } from '../lang.ts'
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings'
import { parseDuration } from '../../model/duration.ts'
import { type HostFlag, readHostFlag } from '../../plan/bind-roles.ts'
import { readReporterFlag, type ReporterFlag } from './reporters.ts'

/** Flags as commander parses them; `undefined` also means absent. */
type FlagsOf<C extends { opts(): object }> = OrUndefined<ReturnType<C['opts']>>
type OrUndefined<F> = {
  readonly [Name in keyof F]: object extends Pick<F, Name> ? F[Name] | undefined : F[Name]
}

/** Flags of `plan` and `exec`. */
export type RunFlags = FlagsOf<ReturnType<typeof withRunFlags>>
export type PlanFlags = FlagsOf<ReturnType<typeof withPlanFlags>>
export type ExecFlags = FlagsOf<ReturnType<typeof withExecFlags>>
/** Flags of `resume` and `undo`. */
export type AgainFlags = FlagsOf<ReturnType<typeof withAgainFlags>>

function collect<T>(read: (text: string) => T) {
  return (text: string, before: readonly T[]): readonly T[] => [...before, read(text)]
}

function readAssignment(text: string): readonly [string, string] {
  const at = text.indexOf('=')
  if (at < 1) throw new InvalidArgumentError(`${forms.assignment.en}.`)
  return [text.slice(0, at), text.slice(at + 1)]
}

/** Parses the value of a flag such as `--timeout`, in milliseconds. */
export function readDurationFlag(text: string): number {
  const ms = parseDuration(text)
  if (ms === undefined) throw new InvalidArgumentError(`${parseMessages.durationForm.en}.`)
  return ms
}

export function readCount(text: string): number {
  if (/^[1-9]\d{0,4}$/.test(text)) return Number(text)
  throw new InvalidArgumentError(`${forms.count.en}.`)
}

function readPercent(text: string): number {
  const [, digits] = /^(\d{1,3})%?$/.exec(text) ?? []
  const percent = Number(digits ?? Number.NaN)
  if (percent >= 0 && percent <= 100) return percent
  throw new InvalidArgumentError(`${forms.percent.en}.`)
}

function readRecordFlag(text: string): 'all' | 'partial' {
  if (text === 'partial') return 'partial'
  throw new InvalidArgumentError(`${forms.record.en}.`)
}

const noHosts: readonly HostFlag[] = []
const noAssignments: readonly (readonly [string, string])[] = []
const noTexts: readonly string[] = []
const noReporters: readonly ReporterFlag[] = []

export const sshConfigOption = new Option(
  '--ssh-config <file>',
  'read this ssh config instead of all others, as `ssh -F`',
).argParser(readFileFlag)

/** @throws {InvalidArgumentError} If there is no such file. */
function readFileFlag(file: string): string {
  if (!existsSync(file)) throw new InvalidArgumentError(`${forms.noSuchFile.en}.`)
  return file
}

export const acceptNewHostKeyOption = new Option(
  '--accept-new-host-key',
  'accept and store the key of an unknown host',
)
const noInputOption = new Option('--no-input', 'never ask a person')
const jsonOption = new Option('--json', 'JSON instead of text')
const yesOption = new Option('--yes', 'count manual steps as confirmed')
const allowDangerOption = new Option('--allow-danger', 'run dangerous steps without asking')
const controlOption = new Option(
  '--control',
  'ask through a socket on descriptor 3, for a program that shows the run (`runbook serve`)',
).hideHelp()
const pageHashOption = new Option(
  '--page-hash <hash>',
  'run the page only as long as this is the SHA-256 of its bytes',
).hideHelp()
const runChecksOption = new Option(
  '--run-checks',
  'with a plan: also ask checks that run a program or open a connection',
)

/** `--reporter NAME[=FILE]`, repeatable. */
export function reporterOption(byDefault: string) {
  return new Option(
    '--reporter <name[=file]>',
    'how the run is shown or written: live, plain, json, junit, markdown, html, github (repeatable)',
  )
    .argParser(collect(readReporterFlag))
    .default(noReporters, byDefault)
}

/** A command with the flags that `plan` and `exec` share. */
function withRunFlags(name: string) {
  return new Command(name)
    .argument('<path...>', 'pages or folders; `page.md#step` is one step')
    .addOption(
      new Option(
        '--host <[role=]host>',
        'the host that runs the page: a name of the ssh config, or `local` (repeatable)',
      )
        .argParser(collect(readHostFlag))
        .default(noHosts, 'local'),
    )
    .addOption(
      new Option('--var <name=value>', 'the value of a variable (repeatable)')
        .argParser(collect(readAssignment))
        .default(noAssignments, 'none'),
    )
    .option('--vars-file <file>', 'values from a YAML file')
    .option('--from <id>', 'start at this step')
    .option('--to <id>', 'stop after this step')
    .option('--only <id,...>', 'only these steps', (text: string) => text.split(','), noTexts)
    .option('--tag <tag>', 'only steps with this tag (repeatable)', collect(String), noTexts)
    .option('--with-requires', 'first run the missing pages that these require, each once')
    .option('--parallel <n>', 'number of concurrent hosts (default: all, at most 10)', readCount)
    .option(
      '--canary <n>',
      'how many hosts go first; the others follow only if they pass',
      readCount,
    )
    .option('--batch <n%>', 'size of a batch, in percent of all hosts', readPercent)
    .option(
      '--max-fail <n%>',
      'start no further batch above this percentage of failed hosts',
      readPercent,
    )
    .option('--timeout <duration>', 'replaces the timeout of each step', readDurationFlag)
    .addOption(sshConfigOption)
    .addOption(acceptNewHostKeyOption)
    .addOption(noInputOption)
    .addOption(jsonOption)
    .addOption(pageHashOption)
    .addOption(langOption)
}

/** `plan`. */
export function withPlanFlags(name: string) {
  return withRunFlags(name)
    .addOption(runChecksOption)
    .addOption(
      new Option('--format <name>', 'format of the output')
        .conflicts('json')
        .choices(['human', 'json', 'markdown'] as const),
    )
}

/** `exec`. */
export function withExecFlags(name: string) {
  return withRunFlags(name)
    .option(
      '--record [what]',
      'keep the result in the repository; `partial` also after a failure',
      readRecordFlag,
    )
    .option('--update', 'record a differing output as changed instead of failing its step')
    .addOption(yesOption)
    .addOption(allowDangerOption)
    .option('--step', 'decide before each step: run, skip, edit, jump, a shell on the host')
    .option('--twice', 'run the pages a second time: well-written pages pass again')
    .addOption(
      new Option(
        '--watch',
        'stay, and at each save continue from the first changed step, in the same shell',
      ).conflicts(['twice', 'dryRun', 'step', 'runChecks']),
    )
    .option('--keep-going', 'continue after a failed step')
    .addOption(
      new Option(
        '--workers',
        'let the workers of the database run the hosts (`runbook worker`)',
      ).conflicts(['step', 'twice', 'watch', 'control']),
    )
    .option('--dry-run', 'same as `plan`')
    .addOption(runChecksOption)
    .addOption(controlOption)
    .addOption(reporterOption('live at a terminal, else plain'))
}

/** A command that continues or undoes a run. */
export function withAgainFlags(name: string, byDefault: string) {
  return new Command(name)
    .argument('[run]', `an id or its prefix (default: ${byDefault})`)
    .addOption(sshConfigOption)
    .addOption(acceptNewHostKeyOption)
    .addOption(yesOption)
    .addOption(allowDangerOption)
    .addOption(noInputOption)
    .addOption(controlOption)
    .addOption(jsonOption)
    .addOption(reporterOption('live at a terminal, else plain'))
    .addOption(langOption)
}
