/** What a step costs, and the start of the program. */

import { type Contender, measure } from './measure.ts'
import { scriptOf, type Sending, writePage } from './pages.ts'
import type { ShellBench } from './shell-bench.ts'
import { show, times } from './show.ts'

const rounds = 9

/** @param program - The built command line. */
export async function benchSteps(bench: ShellBench, program: string): Promise<void> {
  const node = { command: process.execPath }
  const start: Contender = { ...node, name: 'node, nothing', args: ['-e', '0'] }
  const version: Contender = { ...node, name: 'runbook --version', args: [program, '--version'] }
  const script = (steps: number): Contender => scriptOf(bench.ssh('bash -s'), steps)
  const exec = (steps: number, sending: Sending): Contender =>
    bench.exec(writePage(bench, steps, sending))
  const counts = [50, 200]
  const contenders = [
    start,
    version,
    ...counts.flatMap((steps) => [script(steps), exec(steps, 'waits'), exec(steps, 'ahead')]),
  ]
  const medians = await measure(contenders, { rounds, cwd: bench.folder })
  const of = ({ name }: Contender) => medians.get(name) ?? Number.NaN
  show('runbook --version / node', times(of(version), of(start)), 'at most 1.05 ×')
  for (const [steps, aim] of [
    [50, 'at most 1.4 ×'],
    [200, 'at most 1.5 ×'],
  ] as const) {
    show(`${steps} steps / ssh bash -s`, times(of(exec(steps, 'waits')), of(script(steps))), aim)
    const ahead = times(of(exec(steps, 'ahead')), of(script(steps)))
    show(`${steps} steps, sent ahead / ssh bash -s`, ahead)
  }
  for (const sending of ['waits', 'ahead'] as const) {
    const step = (of(exec(200, sending)) - of(exec(50, sending))) / 150
    const how = sending === 'ahead' ? ', sent ahead' : ''
    show(`one more step${how}`, `${step.toFixed(2)} ms`, 'at most 0.4 ms')
  }
}
