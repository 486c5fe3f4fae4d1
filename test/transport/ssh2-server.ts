/** An ssh server inside the test's own process, which can misbehave where sshd would not. */

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import ssh2 from 'ssh2'

export interface Ssh2Server {
  readonly port: number
  /** How often somebody asked to log in. */
  readonly logins: () => number
  /** Ends all connections, as a broken network does. */
  cut(): void
  stop(): Promise<void>
}

export interface Misbehaviour {
  /** Refuses every channel after that many on one connection. */
  readonly maxChannels?: number
  /** Takes a password, but wants another one first. */
  readonly wantsNewPassword?: true
  /** Says nothing when a channel is asked for. */
  readonly answersNoChannel?: true
}

export async function startSsh2Server(
  hostKey: string,
  { maxChannels = Infinity, wantsNewPassword, answersNoChannel }: Misbehaviour = {},
): Promise<Ssh2Server> {
  const sockets = new Set<{ end(): unknown }>()
  let logins = 0
  const server = new ssh2.Server({ hostKeys: [readFileSync(hostKey)] }, (client) => {
    let channels = 0
    sockets.add(client)
    client.on('error', () => {})
    client.on('close', () => sockets.delete(client))
    client.on('authentication', (context) => {
      logins++
      if (context.method === (wantsNewPassword ? 'password' : 'publickey')) {
        if (context.method === 'password') context.requestChange('it is too old', () => {})
        else context.accept()
      } else context.reject([wantsNewPassword ? 'password' : 'publickey'])
    })
    client.on('tcpip', (_accept, reject) => answersNoChannel || reject())
    client.on('session', (accept, reject) => {
      if (answersNoChannel) return
      if (++channels > maxChannels) return reject()
      accept().on('exec', (acceptExec, _reject, { command }) => {
        const stream = acceptExec()
        const child = spawn('/bin/sh', ['-c', command])
        stream.pipe(child.stdin)
        child.stdin.on('error', () => {})
        child.stdout.pipe(stream, { end: false })
        child.stderr.pipe(stream.stderr, { end: false })
        child.once('close', (code, signal) => {
          channels--
          if (signal) stream.exit(signal.replace('SIG', ''))
          else stream.exit(code ?? 0)
          stream.end()
        })
        stream.once('close', () => child.kill())
      })
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    logins: () => logins,
    cut() {
      for (const socket of sockets) socket.end()
    },
    async stop() {
      for (const socket of sockets) socket.end()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
