import { expect, test } from 'vitest'
import { refuseOldNode } from '../../src/fleet/load-postgres.ts'

test.each(['18.20.0', '20.18.3', '21.7.0', '22.11.0'])('Node %s is refused by name', (version) => {
  expect(() => refuseOldNode(version)).toThrow(
    new RegExp(`workers need Node \\d+\\.\\d+ or later, and this is ${version}`),
  )
})

test.each(['20.19.0', '20.20.2', '22.12.0', '23.0.0', '24.1.0'])(
  'Node %s is accepted',
  (version) => {
    expect(() => refuseOldNode(version)).not.toThrow()
  },
)
