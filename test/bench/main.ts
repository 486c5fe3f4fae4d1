/**
 * Ratios of whole processes, measured in one run and in turns, so that a busy machine disturbs all
 * alike: `npm run bench -- shell`, or one of its parts: `npm run bench -- shell output`.
 */

import { fileURLToPath } from 'node:url'
import { benchLanguage } from './language.ts'
import { benchServe } from './serve.ts'
import { benchShell, isShellPart, shellParts } from './shell.ts'

const program = fileURLToPath(new URL('../../bin/runbook.js', import.meta.url))

const [what, part] = process.argv.slice(2)
if (what === 'language') await benchLanguage(program)
else if (what === 'serve') await benchServe(program)
else if (what === 'shell' && (part === undefined || isShellPart(part))) {
  await benchShell(program, part)
} else {
  const parts = Object.keys(shellParts).join('|')
  process.stderr.write(
    `write \`npm run bench -- shell [${parts}]\`, \`npm run bench -- language\` or \`npm run bench -- serve\`\n`,
  )
  process.exitCode = 2
}
