import { Command } from '@commander-js/extra-typings'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LaneClaim } from '../../fleet/lane-store.ts'
import type { Message } from '../../model/message.ts'
import { chooseLang, langOption } from '../lang.ts'
import { say } from '../output.ts'
import { findProject } from '../project.ts'
import { interruptSignal } from '../run/interrupt.ts'
import { acceptNewHostKeyOption, readCount, sshConfigOption } from '../run/run-flags.ts'
import { terminalPrompt } from '../terminal/terminal-prompt.ts'
import { openDatabase } from './database.ts'
import { messages } from './messages.ts'
import { runClaimedLane, type Worker } from './run-claimed-lane.ts'

const defaultParallel = 10

export const worker = new Command('worker')
  .summary('run hosts of `exec --workers`, until stopped')
  .description(
    'Takes hosts that wait in the database of workers and runs their pages. Reads the ssh configuration, the\nsecrets and the host commands of this machine. Ctrl-C hands its hosts back; other workers continue them.',
  )
  .option('--parallel <n>', 'number of concurrent hosts', readCount, defaultParallel)
  .addOption(sshConfigOption)
  .addOption(acceptNewHostKeyOption)
  .addOption(langOption)
  .action(async ({ parallel, sshConfig, acceptNewHostKey, lang: flag }) => {
    const project = findProject(process.cwd())
    const lang = chooseLang({ flag, project })
    const asking = terminalPrompt({ lang, noInput: false })
    const store = await openDatabase(project, { prompt: asking, lang }, { supervises: true })
    const interrupt = interruptSignal()
    const name = `${hostname()}:${process.pid}`
    const prompt = terminalPrompt({ lang, noInput: true })
    const flags = { sshConfig, acceptNewHostKey }
    const tell = (message: Message) => say(`${message[lang]}\n`)
    tell(messages.working(name, parallel))
    try {
      await work(
        { store, project, prompt, flags, stopping: interrupt.signal },
        { name, parallel, tell },
      )
    } finally {
      interrupt.release()
      await store.close()
    }
  })

interface Working {
  readonly name: string
  readonly parallel: number
  readonly tell: (message: Message) => void
}

/** Takes lanes until the worker is to stop, then waits until each is handed back. */
async function work(own: Worker, { name, parallel, tell }: Working): Promise<void> {
  const running = new Set<Promise<void>>()
  const failed = new AbortController()
  let failure: unknown
  const signal = AbortSignal.any([own.stopping, failed.signal])
  const run = async (claim: LaneClaim) => {
    tell(messages.took(claim.run, claim.host, claim.epoch))
    const outcome = await runClaimedLane(claim, { ...own, stopping: signal })
    const said = { ended: messages.ended, lost: messages.handedOver, back: messages.handedBack }
    tell(said[outcome](claim.run, claim.host))
  }
  const fail = (error: unknown) => {
    failure ??= error
    failed.abort()
  }
  while (!signal.aborted) {
    if (running.size >= parallel) {
      await Promise.race(running)
      continue
    }
    const claim = await own.store.claim(name, signal)
    if (!claim) continue
    const one: Promise<void> = run(claim)
      .catch(fail)
      .finally(() => running.delete(one))
    running.add(one)
    // Others take their share of lanes that came together.
    if (running.size > 1) await sleep(20)
  }
  await Promise.all(running)
  if (failure !== undefined) throw failure
}
