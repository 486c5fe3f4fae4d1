import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Sshd, startSshd } from '../transport/sshd.ts'
import { eventsOf, projectWith, runCli } from './run-cli.ts'

let ssh: Sshd
beforeAll(async () => {
  ssh = await startSshd()
})
afterAll(() => ssh.stop())

const page = (command: string): string => `\`\`\`bash {#x}\n${command}\n\`\`\`\n`
const ended = (stdout: string) =>
  eventsOf(stdout).flatMap(({ kind, host, status }) =>
    kind === 'step-ended' ? [`${String(host)} ${String(status)}`] : [],
  )

test('a run on several hosts keeps its canary when it is resumed', async () => {
  const cwd = projectWith({
    'a.md': page('false'),
    config: `Host vm\n  HostName 127.0.0.1\n  Port ${ssh.port}\n  User root\n  IdentityFile ${ssh.identity}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${ssh.folder}/known_hosts\n`,
  })
  const hosts = ['--host', 'vm,local', '--ssh-config', 'config']
  const first = await runCli(['exec', 'a.md', ...hosts, '--canary', '1', '--json'], { cwd })
  expect(ended(first.stdout)).toEqual(['vm failed'])
  const again = await runCli(['resume', '--json'], { cwd })
  expect(ended(again.stdout)).toEqual(['vm failed'])
  writeFileSync(join(cwd, 'a.md'), page('true'))
  const mended = await runCli(['resume', '--json'], { cwd })
  expect(ended(mended.stdout)).toEqual(['vm passed', 'local passed'])
})
