/** What the program's start, a step and a command cost. */

import { type Contender, measure } from './measure.ts'
import { type Layout, scriptOf, writePage } from './pages.ts'
import type { ShellBench } from './shell-bench.ts'
import { show, times } from './show.ts'

const rounds = 9

/** @param program - The built command line. */
export async function benchSteps(bench: ShellBench, program: string): Promise<void> {
  const node = { command: process.execPath }
  const start: Contender = { ...node, name: 'node, nothing', args: ['-e', '0'] }
  const version: Contender = { ...node, name: 'runbook --version', args: [program, '--version'] }
  const script = (commands: number): Contender => scriptOf(bench.ssh('bash -s'), commands)
  const exec = (commands: number, layout: Layout): Contender =>
    bench.exec(writePage(bench, commands, layout))
  const contenders = [
    start,
    version,
    ...[50, 200].flatMap((commands) => [script(commands), exec(commands, 'steps')]),
    exec(200, 'one-step'),
  ]
  const medians = await measure(contenders, { rounds, cwd: bench.folder })
  const of = ({ name }: Contender) => medians.get(name) ?? Number.NaN
  const overScript = (commands: number, layout: Layout) =>
    times(of(exec(commands, layout)), of(script(commands)))
  show('runbook --version / node', times(of(version), of(start)), 'at most 1.05 ×')
  show('50 steps / ssh bash -s', overScript(50, 'steps'), 'at most 1.4 ×')
  show('200 steps / ssh bash -s', overScript(200, 'steps'), 'at most 2.2 ×')
  show('200 commands in one step / ssh bash -s', overScript(200, 'one-step'), 'at most 1.4 ×')
  const step = (of(exec(200, 'steps')) - of(exec(50, 'steps'))) / 150
  show('one more step', `${step.toFixed(2)} ms`, 'at most 1.3 ms')
}
