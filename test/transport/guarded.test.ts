/** A connection whose owner has lost the right to use it. */

import { PassThrough } from 'node:stream'
import { expect, test } from 'vitest'
import { connectGuarded } from '../../src/transport/guarded.ts'
import type { Connection } from '../../src/transport/transport.ts'

function connectionTo(written: string[]): Connection & { isClosed: boolean } {
  const connection = {
    host: 'h',
    address: '192.0.2.1',
    hostKey: null,
    isClosed: false,
    lost: new Promise<never>(() => {}),
    open: async () => {
      const stdin = new PassThrough().on('data', (bytes: Buffer) => written.push(bytes.toString()))
      const [stdout, stderr] = [new PassThrough(), new PassThrough()]
      return { stdin, stdout, stderr, ended: new Promise<never>(() => {}), close: () => {} }
    },
    close: async () => {
      connection.isClosed = true
    },
  }
  return connection
}

const reason = { en: 'another process has taken over', zh: '另一个进程已经接手' }

function guarded(written: string[]) {
  const lost = new AbortController()
  let isHeld = true
  const inner = connectionTo(written)
  const guard = { isHeld: () => isHeld, lost: lost.signal, reason }
  return {
    inner,
    connect: () => connectGuarded('h', async () => inner, guard),
    /** As after a pause of the process: the right is over, and no timer has run yet. */
    expire: () => {
      isHeld = false
    },
    lose: () => {
      isHeld = false
      lost.abort()
    },
  }
}

test('writes pass while the right is held, and none after', async () => {
  const written: string[] = []
  const { connect, expire } = guarded(written)
  const channel = await (await connect()).open()
  await new Promise((resolve) => channel.stdin.write('before', resolve))
  expire()
  const error = await new Promise((resolve) => channel.stdin.write('after', resolve))
  expect(error).toMatchObject({ reason: 'config', message: reason.en })
  expect(written).toEqual(['before'])
})

test('losing the right cuts the connection, says so, and refuses another', async () => {
  const { inner, connect, lose } = guarded([])
  const connection = await connect()
  lose()
  expect(await connection.lost).toMatchObject({ reason: 'config', message: reason.en })
  expect(inner.isClosed).toBe(true)
  await expect(connection.open()).rejects.toThrow(reason.en)
  await expect(connect()).rejects.toThrow(reason.en)
})
