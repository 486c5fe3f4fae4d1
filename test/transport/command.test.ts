import { expect, test } from 'vitest'
import { connectCommand } from '../../src/transport/command.ts'
import { TransportError } from '../../src/transport/transport.ts'
import { read, transportContract } from './transport-contract.ts'

transportContract('a command that gives a bash', () =>
  connectCommand('lab', ['env', 'LAB=yes', 'bash', '--noprofile', '--norc'], '/'),
)

test("starts in its folder, without runbook's own variables", async () => {
  process.env['RUNBOOK_VAR_PASSWORD'] = 'hunter22'
  const connection = await connectCommand('lab', ['bash'], '/usr')
  const channel = await connection.open()
  channel.stdin.end('pwd; env\n')
  const { stdout } = await read(channel)
  expect(stdout.toString()).toMatch(/^\/usr\n/)
  expect(stdout.toString()).not.toContain('hunter22')
  await connection.close()
})

test('no shell parses its words', async () => {
  const connection = await connectCommand('lab', ['printf', '<%s>', '$(id); `id`'], '/')
  const channel = await connection.open()
  expect((await read(channel)).stdout.toString()).toBe('<$(id); `id`>')
  await connection.close()
})

test('reports a missing program', async () => {
  const connection = await connectCommand('lab', ['no-such-program'], '/')
  const error = await connection.open().catch((caught: unknown) => caught)
  expect(error).toBeInstanceOf(TransportError)
  expect(String(error)).toContain('lab cannot be reached: `no-such-program` cannot be started')
  await connection.close()
})
