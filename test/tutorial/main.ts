/**
 * `npm run tutorial`: all chapters in order on fresh hosts over ssh, from a bare system to a login
 * in a browser; a reboot; faults; a second run; the clean-up. A failure ends it with 1.
 */

import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { hostsUnavailable, type TestHost } from '../hosts/test-host.ts'
import { isInstalled } from '../hosts/requirements.ts'
import { findChromium } from '../support/browser.ts'
import { type Fault, faults } from './faults.ts'
import { logIn } from './log-in.ts'
import { type PageRun, builtProgram, run, runPage } from './run-page.ts'
import { openStage, repository, type Stage } from './stage.ts'

const usage = `usage: npm run tutorial [-- --record]
       --record  keep the results as the records of runbook/`

/** In the order in which a reader takes them. */
const chapters = [
  '00-quickstart.md',
  '01-machine.md',
  '02-git.md',
  '03-python.md',
  '04-mysql.md',
  '05-upload.md',
  '06-venv.md',
  '07-runserver.md',
  '08-firewalld.md',
  '09-troubleshoot.md',
  '10-production.md',
  '11-uwsgi.md',
  '12-nginx.md',
  '13-checklist.md',
] as const

/** On the machine that is the workstation: command → the Debian package that has it. */
const needed = {
  git: 'git',
  sftp: 'openssh-client',
  ping: 'iputils-ping',
  curl: 'curl',
  python3: 'python3-venv',
}

const folder = join(repository, '.runbook/tutorial')

/** What fails the whole proof, said in one line. */
class ProofFailed extends Error {
  override readonly name = 'ProofFailed'
}

const report: string[] = []

function say(line: string): void {
  report.push(line)
  process.stdout.write(`${line}\n`)
}

interface Options {
  readonly record: boolean
  readonly program: string
  readonly chromium: string
}

process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const record = args.includes('--record')
  if (args.some((each) => each !== '--record')) {
    process.stderr.write(`${usage}\n`)
    return 2
  }
  const missing = missingHere()
  const chromium = findChromium()
  if (missing.length > 0 || chromium === undefined) {
    const reasons = chromium === undefined ? [...missing, 'no chromium in PATH'] : missing
    process.stderr.write(
      `error: the tutorial cannot be proved here\n  - ${reasons.join('\n  - ')}\n`,
    )
    process.stderr.write('`npm run setup` installs what is missing on Debian, as root\n')
    return 2
  }
  mkdirSync(folder, { recursive: true })
  const program = builtProgram()
  const started = performance.now()
  const stage = await openStage()
  const leave = () => void stage.close().then(() => process.exit(130))
  process.once('SIGINT', leave).once('SIGTERM', leave)
  try {
    await prove(stage, { record, program, chromium })
    say(`\npassed in ${Math.round((performance.now() - started) / 1000)} s`)
    return 0
  } catch (error) {
    if (!(error instanceof Error)) throw error
    say(
      `\nfailed: ${error instanceof ProofFailed ? error.message : (error.stack ?? error.message)}`,
    )
    say(`\n${await lookAt(stage.vm)}`)
    return 1
  } finally {
    await stage.close()
    writeFileSync(join(folder, 'report.md'), `${report.join('\n')}\n`)
  }
}

/** What the host is like after a failure: it is gone when somebody comes to look. */
async function lookAt(host: TestHost): Promise<string> {
  const { stdout } = await host.exec(`exec 2>&1
    systemctl --failed --no-legend --no-pager
    systemctl is-active mariadb autotpsite nginx firewalld
    ss -Hltnp
    curl -s -m 10 -w ' %{http_code}\\n' http://127.0.0.1:8081/health/
    tail -n 20 /home/autotp/software/autotpsite/uwsgi_server.log
    journalctl -n 20 --no-pager`)
  return stdout
}

function missingHere(): readonly string[] {
  const reason = hostsUnavailable()
  const commands = Object.entries(needed)
    .filter(([command]) => !isInstalled(command))
    .map(([command, name]) => `\`${command}\` is missing: apt-get install ${name}`)
  return reason === undefined ? commands : [reason, ...commands]
}

async function prove(stage: Stage, options: Options): Promise<void> {
  const { vm } = stage
  say('# The tutorial on fresh hosts\n')
  say(`vm ${vm.address}, repo ${stage.repo.address}, workstation local (a home folder of its own)`)
  const bare = await describeHost(vm)

  say('\n## First run, from a bare system\n')
  await runChapters(stage, options, options.record ? ['--record'] : [])
  say('\n## A real browser\n')
  await visit(stage, options)

  say('\n## After a reboot\n')
  await vm.exec('systemctl reboot')
  await vm.ready()
  await expectPassed(stage, options, '13-checklist.md')
  await visit(stage, options)

  say('\n## Faults\n')
  for (const fault of faults) await proveFault(stage, options, fault)
  await expectPassed(stage, options, '09-troubleshoot.md')

  say('\n## Second run, on finished hosts\n')
  await runChapters(stage, options)
  await visit(stage, options)

  say('\n## Clean-up\n')
  const cleanUp = ['--allow-danger', ...(options.record ? ['--record'] : [])]
  await expectPassed(stage, options, '14-cleanup.md', cleanUp)
  await expectPassed(stage, options, '14-cleanup.md', ['--allow-danger'])
  await expectBare(vm, bare)

  say('\n## The pages say what the hosts said\n')
  if (options.record) await takeRecords(stage, options)
  else say('- not recorded: give `--record`')
}

async function runChapters(
  stage: Stage,
  options: Options,
  flags: readonly string[] = [],
): Promise<void> {
  say('| chapter | passed | changed | skipped | seconds |')
  say('| --- | --- | --- | --- | --- |')
  for (const page of chapters) {
    const result = await runPage(stage, options.program, page, flags)
    expectGood(result)
    const { passed = 0, changed = 0, skipped = 0 } = result.counts
    say(`| ${page} | ${passed} | ${changed} | ${skipped} | ${result.seconds.toFixed(1)} |`)
  }
}

async function expectPassed(
  stage: Stage,
  { program }: Options,
  page: string,
  flags: readonly string[] = [],
): Promise<void> {
  const result = await runPage(stage, program, page, flags)
  expectGood(result)
  const { passed = 0, changed = 0, skipped = 0 } = result.counts
  say(`- ${page}: ${passed} passed, ${changed} changed, ${skipped} skipped`)
}

function expectGood({ page, code, failed, stderr, counts }: PageRun): void {
  // A run in which nothing happened proves nothing.
  const isEmpty = Object.values(counts).every((count) => count === 0)
  if (code === 0 && !failed && !isEmpty) return
  const why = failed
    ? `#${failed.id}: ${failed.message}\n${failed.output}`
    : `exit ${code}${isEmpty ? ', and nothing was run' : ''}: ${stderr.trim()}`
  throw new ProofFailed(`${page}${why}`)
}

async function visit(stage: Stage, { chromium }: Options): Promise<void> {
  const { vm, siteUser: user, sitePassword: password } = stage
  const seen = await logIn(chromium, { address: vm.address, user, password }, folder)
  for (const line of seen) say(`- ${line}`)
}

async function proveFault(stage: Stage, { program }: Options, fault: Fault): Promise<void> {
  const { page = '09-troubleshoot.md', flags = [], finds } = fault
  await onHost(stage.vm, fault.inject)
  const { failed } = await runPage(stage, program, page, flags)
  await onHost(stage.vm, fault.heal)
  const found = failed && { step: failed.id, answer: failed.answer }
  if (found?.step !== finds.step || found.answer !== finds.answer) {
    const text = found ? `${found.step}, ${found.answer}: ${failed.message}` : 'nothing'
    throw new ProofFailed(
      `${fault.name}: ${page} finds ${text}, not ${finds.step}, ${finds.answer}`,
    )
  }
  say(`- ${fault.name}: ${page}#${finds.step} → ${finds.answer}`)
}

async function onHost(host: TestHost, command: string): Promise<string> {
  const { stdout, stderr, exitCode } = await host.exec(command)
  if (exitCode !== 0) throw new ProofFailed(`on the host, \`${command}\` failed: ${stderr}`)
  return stdout
}

/** What a clean-up has to bring back: who listens, who can log in, what starts at boot. */
async function describeHost(host: TestHost): Promise<Readonly<Record<string, string>>> {
  const listening = "ss -Hltn | awk '{ print $4 }' | sort"
  const enabled =
    'systemctl list-unit-files --state=enabled --no-legend --no-pager | cut -d " " -f 1'
  return {
    'who listens': await onHost(host, listening),
    'people who log in': await onHost(host, "awk -F: '$3 >= 1000' /etc/passwd"),
    'services at boot': await onHost(host, `${enabled} | sort`),
    'files in /srv, /var/www and /home': await onHost(
      host,
      'ls /srv /var/www /home 2>/dev/null || true',
    ),
  }
}

async function expectBare(host: TestHost, bare: Readonly<Record<string, string>>): Promise<void> {
  const now = await describeHost(host)
  for (const [what, before] of Object.entries(bare)) {
    const after = now[what] ?? ''
    const more = after.split('\n').filter((line) => !before.split('\n').includes(line))
    // `ifupdown` and what git and Python need stay: the page says so.
    const ours = more.filter((line) => !/^(?:networking|ifup)/.test(line))
    if (ours.length > 0)
      throw new ProofFailed(`after the clean-up, ${what}: ${ours.join(', ')} is left`)
    say(`- ${what}: as before`)
  }
}

/** Every page verified and none contradicted; then the records become the project's. */
async function takeRecords(stage: Stage, { program }: Options): Promise<void> {
  for (const command of [
    ['sync', '--check'],
    ['status', '--check'],
  ] as const) {
    const { code, stdout, stderr } = await run(stage, program, command)
    if (code !== 0) throw new ProofFailed(`\`runbook ${command.join(' ')}\`: ${stdout}${stderr}`)
    say(`- \`runbook ${command.join(' ')}\` finds nothing`)
  }
  const from = join(stage.folder, 'runbook/.records')
  for (const page of readdirSync(from)) {
    cpSync(join(from, page), join(repository, 'runbook/.records', page), { recursive: true })
  }
  say(`- records of ${readdirSync(from).length} pages written to runbook/.records`)
}
