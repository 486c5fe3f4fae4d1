/** The first Ctrl-C stops the running step and lets clean-up run; the second exits at once. */

import { exitCode } from '../exit-code.ts'

export interface Interrupt {
  readonly signal: AbortSignal
  /** The exit code of an interrupted run; `undefined` if it was not interrupted. */
  code(): number | undefined
  release(): void
}

export function interruptSignal(): Interrupt {
  const controller = new AbortController()
  let code: number | undefined
  const release = () => {
    process.off('SIGINT', onInt)
    process.off('SIGTERM', onTerm)
    process.off('SIGHUP', onTerm)
  }
  const stop = (signal: NodeJS.Signals, exit: number) => {
    if (controller.signal.aborted) {
      // Apply the signal's default action, so that our parent shell sees how we ended.
      release()
      process.kill(process.pid, signal)
      return
    }
    code = exit
    controller.abort()
  }
  const onInt = () => stop('SIGINT', exitCode.interrupted)
  const onTerm = () => stop('SIGTERM', exitCode.terminated)
  process.on('SIGINT', onInt)
  process.on('SIGTERM', onTerm)
  process.on('SIGHUP', onTerm)
  return { signal: controller.signal, code: () => code, release }
}
