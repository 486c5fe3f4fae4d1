/** A hundred hosts at once that are all one sshd, which by default drops logins from ten on. */

import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Contender, measure } from './measure.ts'
import type { ShellBench } from './shell-bench.ts'
import { show, times } from './show.ts'

const run = promisify(execFile)
const count = 100
const rounds = 3

export async function benchConnections(bench: ShellBench): Promise<void> {
  const { folder, host } = bench
  const names = Array.from({ length: count }, (_, index) => `h${index + 1}`)
  const config = join(folder, 'hundred')
  const block = readFileSync(host.sshConfig, 'utf8')
  writeFileSync(config, block.replace(/^Host .*$/m, `Host ${names.join(' ')}`))
  writeFileSync(join(folder, 'one.md'), '```bash {#one}\necho one\n```\n')

  const hundred = {
    ...bench.exec('one.md', { hosts: names.join(','), config }),
    name: `runbook exec on ${count} hosts`,
  }
  const one = bench.ssh('echo one')
  // Only then it says of each login that it drops; what it drops stays its default.
  await host.configureSshd('LogLevel VERBOSE')
  const passed = await passedOn(hundred, folder)
  show(`hosts of ${count} that were refused`, String(count - passed), '0')
  const medians = await measure([one, hundred], { rounds, cwd: folder })
  const { stdout: dropped } = await host.exec(
    "journalctl --sync; journalctl -u ssh | grep -c 'past MaxStartups'",
  )
  await host.configureSshd('')
  show(`of ${count * (rounds + 1)} logins dropped by sshd`, dropped.trim(), '0')
  const of = ({ name }: Contender) => medians.get(name) ?? Number.NaN
  show(`a run on ${count} hosts of one sshd / ssh to one`, times(of(hundred), of(one)))
}

/** On how many hosts the run's one step passed. */
async function passedOn({ command, args }: Contender, cwd: string): Promise<number> {
  const { stdout } = await run(command, args, { cwd, maxBuffer: 1024 ** 3 }).catch(
    (error: { readonly stdout: string }) => error,
  )
  return stdout.split('\n').filter((line) => /"step-ended".*"passed"/.test(line)).length
}
