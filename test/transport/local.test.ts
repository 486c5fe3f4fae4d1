import { expect, test } from 'vitest'
import { connectLocal } from '../../src/transport/local.ts'
import { read, transportContract } from './transport-contract.ts'

transportContract('local', connectLocal)

test("keeps runbook's own variables from the programs that it starts", async () => {
  process.env['RUNBOOK_VAR_PASSWORD'] = 'hunter22'
  const connection = await connectLocal()
  const channel = await connection.open()
  channel.stdin.end('env\n')
  expect((await read(channel)).stdout.toString()).not.toContain('hunter22')
  await connection.close()
})
