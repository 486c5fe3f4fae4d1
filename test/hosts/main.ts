/** `npm run hosts`: boots, lists and stops the test hosts of this project. */

import { fileURLToPath } from 'node:url'
import { down, reset, status, up } from './commands.ts'
import { explainFailure } from './host-error.ts'
import { missingRequirements } from './requirements.ts'

const usage = `usage: npm run hosts -- up NAME…      boot hosts that are not up
       npm run hosts -- status       list the hosts of this project
       npm run hosts -- down NAME…   stop them; their disks are gone
       npm run hosts -- reset NAME…  boot them afresh: empty disk, same key and address
A NAME is at most 31 of a-z, 0-9 and -, and begins with a letter.`

const folder = fileURLToPath(new URL('../../.runbook/hosts', import.meta.url))
const commands = { up, down, reset } as const

process.exitCode = await main(process.argv.slice(2))

/** Exit codes: 0 done, 1 a host failed, 2 wrong usage or a machine that cannot boot hosts. */
async function main([command = '', ...names]: readonly string[]): Promise<number> {
  if (command === 'help' || command === '--help') return say(usage)
  const wrong = checkUsage(command, names)
  if (wrong !== undefined) return complain(`error: ${wrong}\n\n${usage}`, 2)
  const missing = missingRequirements()
  if (missing.length > 0) {
    const reasons = missing.map((reason) => `  - ${reason}`).join('\n')
    return complain(`error: hosts cannot be booted here\n${reasons}`, 2)
  }
  try {
    if (command === 'status') await status(folder, say)
    else if (isCommand(command)) await all(names, (name) => commands[command](folder, name, say))
    return 0
  } catch (error) {
    const message = explainFailure(error)
    if (message === undefined) throw error
    return complain(`error: ${message}`, 1)
  }
}

function checkUsage(command: string, names: readonly string[]): string | undefined {
  if (command === '') return 'a command is missing'
  if (command === 'status') return names.length === 0 ? undefined : '`status` takes no names'
  if (!isCommand(command)) return `\`${command}\` is not a command`
  if (names.length === 0) return `\`${command}\` needs the name of a host`
  const bad = names.find((name) => !/^[a-z][a-z0-9-]{0,30}$/.test(name))
  return bad === undefined ? undefined : `\`${bad}\` cannot be the name of a host`
}

function isCommand(word: string): word is keyof typeof commands {
  return Object.hasOwn(commands, word)
}

/** Runs in parallel; if one fails, the others still finish. */
async function all(names: readonly string[], work: (name: string) => Promise<void>): Promise<void> {
  const results = await Promise.allSettled([...new Set(names)].map(work))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

function say(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

function complain(text: string, code: number): number {
  process.stderr.write(`${text}\n`)
  return code
}
