/** The output of each command of each step, across resumes of a run. */

import type { RunEvent } from '../model/run-event.ts'
import { KeptOutput } from './kept-output.ts'

/** Feed it every event of a run. A repeated command replaces its first attempt. */
export class StepOutputs {
  readonly #commands = new Map<string, KeptOutput[]>()

  handle(event: RunEvent): void {
    if (event.kind !== 'command-started' && event.kind !== 'output') return
    const key = `${event.step}@${event.host}`
    const commands = this.#commands.get(key) ?? []
    this.#commands.set(key, commands)
    if (event.kind === 'command-started') commands.splice(event.index, Infinity, new KeptOutput())
    else commands[event.index]?.push(event.text)
  }

  of(step: string, host: string): string {
    const commands = this.#commands.get(`${step}@${host}`) ?? []
    return commands.map((kept) => kept.text()).join('')
  }

  /** Output of the command that started last. */
  lastOf(step: string, host: string): string {
    return this.#commands.get(`${step}@${host}`)?.at(-1)?.text() ?? ''
  }
}
