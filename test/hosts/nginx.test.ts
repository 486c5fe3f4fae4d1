/** A virtual host of the real nginx: changed, run again and taken back. */

import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from '../cli/run-cli.ts'
import { bootTestHost, hostsUnavailable, type TestHost } from './test-host.ts'

const reason = hostsUnavailable()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`
const page = (answer: string) =>
  fence(
    'bash {#install creates=/usr/sbin/nginx timeout=10m}',
    'apt-get update -qq\n' +
      'DEBIAN_FRONTEND=noninteractive apt-get install -y -qq -o Dpkg::Use-Pty=0 nginx-light >/dev/null',
  ) +
  fence(
    'nginx {#site file=/etc/nginx/sites-enabled/shop undo=unload}',
    `server {\n  listen 8081;\n  location / { return 200 "${answer}\\n"; }\n}`,
  ) +
  fence(
    'bash {#load ensures="service:nginx port:8081"}',
    'nginx -t -q && systemctl reload-or-restart nginx',
  ) +
  fence('bash {#unload}', 'nginx -t -q && systemctl reload nginx')

const ends = (stdout: string) =>
  eventsOf(stdout).flatMap(({ kind, step, status }) =>
    kind === 'step-ended' ? [`${String(step)} ${String(status)}`] : [],
  )

describe.skipIf(reason !== undefined)(`nginx on a real host${skipped}`, () => {
  let host: TestHost
  let cwd: string

  beforeAll(async () => {
    host = await bootTestHost()
    cwd = projectWith(
      { ssh_config: readFileSync(host.sshConfig, 'utf8') },
      // Gone with the host.
      () => {},
    )
  })
  afterAll(async () => {
    await host.dispose()
  })

  const on = async (command: string): Promise<string> => (await host.exec(command)).stdout
  /** What a visitor gets; empty where nothing listens. */
  const served = () =>
    on(
      `bash -c 'exec 3<>/dev/tcp/127.0.0.1/8081 && printf "GET / HTTP/1.0\\r\\n\\r\\n" >&3 && sed "1,/^\\r\\$/d" <&3' 2>/dev/null`,
    )
  const exec = async (answer: string) => {
    writeFileSync(`${cwd}/a.md`, page(answer))
    const flags = ['--host', host.name, '--ssh-config', 'ssh_config', '--json']
    const { code, stdout } = await runCli(['exec', 'a.md', ...flags], { cwd })
    return { code, ends: ends(stdout) }
  }
  const undo = async () => {
    const { code, stdout } = await runCli(['undo', '--json'], { cwd })
    return { code, ends: ends(stdout) }
  }
  /** Names in /etc that the package and the page did not make. */
  const foreign = () =>
    on(
      'ls -A /etc/nginx/sites-enabled; find /etc -name "*runbook*" -o -name "*.bak" -o -name "shop?*" -o -name ".*shop*"',
    )

  test("serves the page's text each time, and we leave nothing in /etc", async () => {
    const first = await exec('one')
    expect(first).toMatchObject({ code: 0, ends: expect.arrayContaining(['a#site changed']) })
    await expect.poll(served).toBe('one\n')
    expect(await foreign()).toBe('default\nshop\n')

    expect(await exec('two')).toMatchObject({ code: 0 })
    await expect.poll(served).toBe('two\n')
    expect(await exec('two')).toMatchObject({ code: 0 })
    await expect.poll(served).toBe('two\n')
    expect(await exec('three')).toMatchObject({ code: 0 })
    await expect.poll(served).toBe('three\n')
    expect(await foreign()).toBe('default\nshop\n')

    expect(await undo()).toEqual({ code: 0, ends: ['a#site changed', 'a#unload passed'] })
    await expect.poll(served).toBe('two\n')
    // The run in between changed nothing in the file: the next one back is the first change.
    expect(await undo()).toMatchObject({ code: 0 })
    await expect.poll(served).toBe('one\n')
    expect(await undo()).toMatchObject({ code: 0 })
    await expect.poll(served).toBe('')
    expect(await foreign()).toBe('default\n')
    expect(await on('stat -c "%a %U" /var/lib/runbook/backups')).toBe('700 root\n')
    expect(
      await on('nginx -T 2>&1 | grep -c "return 200"; journalctl -u nginx | grep -ci conflict'),
    ).toBe('0\n0\n')
  }, 300_000)
})
