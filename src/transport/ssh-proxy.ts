/** ProxyCommand: a program from the user's own configuration carries the connection. */

import { spawn } from 'node:child_process'
import { Duplex } from 'node:stream'
import { within } from './within.ts'

export interface ProxyProgram {
  readonly socket: Duplex
  /** The end of the program's standard error; waits briefly for it to exit. */
  said(): Promise<string>
  stop(): void
}

const keptChars = 400
const lastWordMs = 300

export function startProxy(command: string): ProxyProgram {
  const child = spawn('/bin/sh', ['-c', `exec ${command}`], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // Detached, so that Ctrl-C at the terminal reaches only this program.
    detached: true,
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-keptChars)
  })
  child.on('error', (error) => {
    said = error.message
  })
  child.stdin.on('error', () => {})
  const socket = Duplex.from({ writable: child.stdin, readable: child.stdout })
  socket.on('error', () => {})
  const stop = (): void => {
    if (child.exitCode === null) child.kill()
  }
  socket.once('close', stop)
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return {
    socket,
    async said() {
      await within(ended, lastWordMs, () => undefined)
      return said.trim()
    },
    stop,
  }
}
