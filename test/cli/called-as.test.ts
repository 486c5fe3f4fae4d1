import { expect, test } from 'vitest'
import { asCalled, calledAs } from '../../src/cli/called-as.ts'

const cwd = '/home/me/shop'
const agent = (name: string) => ({ npm_config_user_agent: `${name}/9.1.0 npm/? node/v20.0.0` })

test.each([
  ['a command of its own', {}, '/usr/local/bin/runbook', 'runbook'],
  ['a dependency', {}, `${cwd}/node_modules/.bin/runbook`, 'npx runbook'],
  [
    'npx, not installed',
    agent('npm'),
    '/root/.npm/_npx/0/node_modules/.bin/runbook',
    'npx runbook',
  ],
  ['pnpm', agent('pnpm'), `${cwd}/node_modules/.bin/runbook`, 'pnpm exec runbook'],
  ['yarn', agent('yarn'), `${cwd}/node_modules/.bin/runbook`, 'yarn runbook'],
  ['bun', agent('bun'), `${cwd}/node_modules/.bin/runbook`, 'bunx runbook'],
  ['a command of its own, in a script of npm', agent('npm'), '/usr/bin/runbook', 'runbook'],
  ['a file', {}, `${cwd}/bin/runbook.js`, 'node bin/runbook.js'],
  ['a file elsewhere', {}, '/opt/run book/bin/runbook.js', "node '/opt/run book/bin/runbook.js'"],
])('%s is shown as the person called it', (_, env, script, wanted) => {
  expect(calledAs({ env, script, cwd })).toBe(wanted)
})

test.each([
  ['start the run again with `runbook exec`', 'start the run again with `npx runbook exec`'],
  ['`runbook --help` lists what is', '`npx runbook --help` lists what is'],
  ['neither here nor in `runbook`', 'neither here nor in `runbook`'],
  ['`runbook.yml` is not there', '`runbook.yml` is not there'],
])('%s', (text, wanted) => {
  expect(asCalled(text, 'npx runbook')).toBe(wanted)
})
