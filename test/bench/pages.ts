/** Pages and scripts of so many commands. */

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Contender } from './measure.ts'
import type { ShellBench } from './shell-bench.ts'

/**
 * `waits`: each step's output is compared, so that the next one is sent when it has come.
 * `ahead`: statuses decide alone.
 */
export type Sending = 'waits' | 'ahead'

/** Writes the page and gives its name. */
export function writePage({ folder }: ShellBench, steps: number, sending: Sending): string {
  const name = `${sending}-${steps}.md`
  const blocks = Array.from({ length: steps }, (_, index) => {
    const output = sending === 'waits' ? `\`\`\`output\n${index}\n\`\`\`\n` : ''
    return `\`\`\`bash {#s${index}}\necho ${index}\n\`\`\`\n${output}`
  })
  writeFileSync(join(folder, name), `# ${steps}\n\n${blocks.join('\n')}`)
  return name
}

/** The same commands, as nobody could follow them: one script that bash reads. */
export function scriptOf(ssh: Contender, steps: number): Contender {
  return {
    ...ssh,
    name: `${ssh.name}, ${steps} commands`,
    stdin: Array.from({ length: steps }, (_, index) => `echo ${index}\n`).join(''),
  }
}
