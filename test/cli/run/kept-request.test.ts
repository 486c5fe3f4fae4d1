import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { readFlags, writeFlags } from '../../../src/cli/run/kept-request.ts'
import { withAgainFlags, withExecFlags } from '../../../src/cli/run/run-flags.ts'

const name = fc.constantFrom('a', 'web-1', 'constructor', '步骤')
const flag = fc.constantFrom(true as const, undefined)
const flags = fc.record({
  host: fc.array(fc.record({ role: fc.option(name, { nil: undefined }), hosts: fc.array(name) })),
  var: fc.constant([]),
  from: fc.option(name, { nil: undefined }),
  to: fc.option(name, { nil: undefined }),
  only: fc.array(name),
  tag: fc.array(name),
  sshConfig: fc.constantFrom('/etc/ssh/config', undefined),
  record: fc.constantFrom('all' as const, 'partial' as const, undefined),
  update: flag,
  keepGoing: flag,
  timeout: fc.option(fc.nat(), { nil: undefined }),
  parallel: fc.option(fc.nat(), { nil: undefined }),
  canary: fc.option(fc.nat(), { nil: undefined }),
  batch: fc.option(fc.nat(), { nil: undefined }),
  maxFail: fc.option(fc.nat(), { nil: undefined }),
})

test('every stored flag survives JSON', () => {
  fc.assert(
    fc.property(flags, (given) => {
      const written = writeFlags({ ...given, input: true, reporter: [] })
      const request = { ...JSON.parse(JSON.stringify(written)), values: {} }
      expect(readFlags(request)).toEqual(given)
    }),
  )
})

test('`--record` alone means all', () => {
  const given = withExecFlags('exec').parse(['a.md', '--record'], { from: 'user' }).opts()
  expect(readFlags({ ...writeFlags(given), values: {} }).record).toBe('all')
})

test('`resume` has no flag that it also reads from the request, except `--ssh-config`', () => {
  const given = withExecFlags('exec').parse(['a.md'], { from: 'user' }).opts()
  const kept = Object.keys(readFlags({ ...writeFlags(given), values: {} }))
  const own = withAgainFlags('resume', '').options.map((option) => option.attributeName())
  expect(own.filter((each) => kept.includes(each))).toEqual(['sshConfig'])
})
