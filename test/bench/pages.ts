/** Pages and scripts of so many commands. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Contender } from './measure.ts'
import type { ShellBench } from './shell-bench.ts'

/**
 * `steps`: a step each, whose output is compared before the next one is sent.
 * `one-step`: all in one block, which is sent at once.
 */
export type Layout = 'steps' | 'one-step'

/** Writes the page and returns its name. */
export function writePage({ folder }: ShellBench, commands: number, layout: Layout): string {
  const name = `${layout}-${commands}.md`
  const numbers = Array.from({ length: commands }, (_, index) => index)
  const blocks =
    layout === 'one-step'
      ? [`\`\`\`bash {#all}\n${numbers.map((each) => `echo ${each}\n`).join('')}\`\`\`\n`]
      : numbers.map((each) => stepOf(each))
  writeFileSync(join(folder, name), `# ${commands}\n\n${blocks.join('\n')}`)
  return name
}

/** The same commands without us: one script that bash reads. */
export function scriptOf(ssh: Contender, commands: number): Contender {
  return {
    ...ssh,
    name: `${ssh.name}, ${commands} commands`,
    stdin: Array.from({ length: commands }, (_, index) => `echo ${index}\n`).join(''),
  }
}

function stepOf(number: number): string {
  return `\`\`\`bash {#s${number}}\necho ${number}\n\`\`\`\n\`\`\`output\n${number}\n\`\`\`\n`
}
