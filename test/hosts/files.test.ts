import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventsOf, projectWith, runCli } from '../cli/run-cli.ts'
import { bootTestHost, devPassword, hostsUnavailable, type TestHost } from './test-host.ts'

const reason = hostsUnavailable()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`

const fileStep = (info: string, text: string) => `\`\`\`text {${info}}\n${text}\n\`\`\`\n`

describe.skipIf(reason !== undefined)(`files on a real host${skipped}`, () => {
  let host: TestHost
  let cwd: string
  const cli = async (
    user: 'root' | 'dev',
    page: string | undefined,
    ...args: readonly string[]
  ) => {
    const config = readFileSync(host.sshConfig, 'utf8').replace('User root', `User ${user}`)
    if (page !== undefined) cwd = projectWith({ 'a.md': page, ssh_config: config })
    const env = { RUNBOOK_SUDO_PASSWORD: devPassword }
    const hostFlags = args[0] === 'exec' ? ['--host', host.name, '--ssh-config', 'ssh_config'] : []
    const result = await runCli([...args, ...hostFlags, '--json', '--lang', 'en'], { cwd, env })
    const events = eventsOf(result.stdout)
    return { ...result, events, ended: events.filter(({ kind }) => kind === 'step-ended') }
  }
  const exec = (user: 'root' | 'dev', page: string) => cli(user, page, 'exec', 'a.md')
  const undo = () => cli('root', undefined, 'undo')
  /** By root on the host itself. */
  const on = async (command: string) => {
    const { stdout, stderr, exitCode } = await host.exec(command)
    expect(`${exitCode} ${stderr}`).toMatch(/^0 /)
    return stdout
  }

  beforeAll(async () => {
    host = await bootTestHost()
  })
  afterAll(async () => {
    await host.dispose()
  })

  test('keep owner, mode and ACL, and are restored with them', async () => {
    // What `setfacl -m u:1000:r` writes: user::rw- user:1000:r-- group::r-- mask::r-- other::---
    const acl =
      'import os,struct;e=lambda t,p,i:struct.pack("<HHI",t,p,i & 0xffffffff);' +
      'os.setxattr("/etc/own.conf","system.posix_acl_access",struct.pack("<I",2)+e(1,6,-1)+e(2,4,1000)+e(4,4,-1)+e(16,4,-1)+e(32,0,-1))'
    await on(`printf 'old\\n' >/etc/own.conf; chown 1000:33 /etc/own.conf; python3 -c '${acl}'`)
    const look = () =>
      on('stat -c "%u:%g %A" /etc/own.conf; ls -l /etc/own.conf | cut -c1-11; cat /etc/own.conf')
    const before = await look()
    expect(before).toContain('+')
    const { ended } = await exec('root', fileStep('#f file=/etc/own.conf', 'new'))
    expect(ended).toMatchObject([{ status: 'changed', backup: { file: '/etc/own.conf' } }])
    expect(await look()).toBe(before.replace('old', 'new'))
    expect(await undo()).toMatchObject({ code: 0 })
    expect(await look()).toBe(before)
  })

  test('that a run created are gone after `undo`, before its own steps run', async () => {
    const page =
      fileStep('#f file=/etc/made.conf undo=told', 'x') +
      '```bash {#told}\ntest ! -e /etc/made.conf && touch /root/told\n```\n'
    await exec('root', page)
    expect(await on('cat /etc/made.conf')).toBe('x\n')
    expect((await undo()).ended.map(({ step, status }) => [step, status])).toEqual([
      ['a#f', 'changed'],
      ['a#told', 'passed'],
    ])
    await on('test -e /root/told')
  })

  test('that were changed since are left alone, with the diff and a remedy', async () => {
    await on("printf 'old\\n' >/etc/since.conf")
    await exec('root', fileStep('#f file=/etc/since.conf', 'new'))
    await on("printf 'by hand\\n' >>/etc/since.conf")
    const { code, ended } = await undo()
    expect(code).toBe(1)
    expect(ended).toMatchObject([
      {
        status: 'failed',
        message: expect.stringMatching(
          /changed since the run.*\/var\/lib\/runbook\/backups\/.*undo again/,
        ),
        diff: expect.stringContaining('-by hand'),
      },
    ])
    expect(await on('cat /etc/since.conf')).toBe('new\nby hand\n')
  })

  test('of a user are backed up in their home, where other users cannot read them', async () => {
    await on(
      "printf 'mine\\n' >/home/dev/conf; chown dev:dev /home/dev/conf; chmod 640 /home/dev/conf",
    )
    const { ended } = await exec('dev', fileStep('#f file=~/conf', 'new'))
    const kept = String((ended[0]?.['backup'] as { kept?: unknown } | undefined)?.kept)
    expect(kept).toMatch(
      /^\/home\/dev\/\.local\/state\/runbook\/backups\/.*\/kept\/home\/dev\/conf$/,
    )
    expect(await on(`stat -c "%U %a" ${kept} /home/dev/.local/state/runbook/backups`)).toBe(
      'dev 640\ndev 700\n',
    )
    expect(await undo()).toMatchObject({ code: 0 })
    expect(await on('cat /home/dev/conf')).toBe('mine\n')
  })

  test('too large to edit are refused with their size, and can be replaced completely', async () => {
    await on(
      'head -c 1220000 /dev/zero | tr "\\0" "x" >/etc/large; sha256sum /etc/large >/root/large',
    )
    const refused = await exec('root', fileStep('#f file=/etc/large edit=line', 'more'))
    expect(refused.ended).toMatchObject([
      { status: 'failed', message: expect.stringMatching(/1220000 bytes and at most 716800/) },
    ])
    await on('sha256sum -c /root/large')
    const whole = await exec('root', fileStep('#f file=/etc/large', 'small'))
    expect(whole.ended).toMatchObject([{ status: 'changed' }])
    expect(await undo()).toMatchObject({ code: 0 })
    await on('sha256sum -c /root/large')
  })

  test('that are not UTF-8, or have CRLF, keep every other byte', async () => {
    await on("printf 'caf\\351\\r\\n' >/etc/latin")
    await exec('root', fileStep('#f file=/etc/latin edit=line', 'é'))
    expect(await on('od -An -tx1 /etc/latin')).toBe(' 63 61 66 e9 0d 0a c3 a9 0d 0a\n')
  })

  test("reached by root's link are written through it, and the link stays", async () => {
    await on("mkdir -p /etc/avail; printf 'old\\n' >/etc/avail/site; ln -sfn avail/site /etc/site")
    await exec('root', fileStep('#f file=/etc/site', 'new'))
    expect(await on('readlink /etc/site; cat /etc/avail/site')).toBe('avail/site\nnew\n')
  })

  test('a patch is applied once, then skipped; a partly applied one is refused', async () => {
    await on('seq 1 30 >/etc/seq')
    const patch =
      '```diff {#p file=/etc/seq}\n--- a\n+++ b\n@@ -1,4 +1,4 @@\n 1\n 2\n-3\n+three\n 4\n@@ -27,4 +27,4 @@\n 27\n 28\n-29\n+x\n 30\n```\n'
    expect((await exec('root', patch)).ended).toMatchObject([{ status: 'changed' }])
    expect((await exec('root', patch)).ended).toMatchObject([
      { status: 'skipped', reason: 'equal' },
    ])
    await on("sed -i 's/^x$/29/' /etc/seq")
    expect((await exec('root', patch)).ended).toMatchObject([
      { status: 'failed', message: expect.stringContaining('partly applied') },
    ])
    expect(await on('ls -A /etc | grep -c "^seq"')).toBe('1\n')
  })

  test('in a missing folder are reported', async () => {
    const { ended } = await exec('root', fileStep('#f file=/etc/none/x', 'new'))
    expect(ended).toMatchObject([
      { message: '/etc/none/x cannot be written: the folder /etc/none does not exist' },
    ])
  })

  test.each([
    ['a link to a file of root', 'ln -s /etc/shadow /home/dev/trap/x'],
    ['a link that leads nowhere yet', 'ln -s /etc/cron.d/planted /home/dev/trap/x'],
    [
      'a folder that is a link',
      'rm -r /home/dev/trap; ln -s /etc/planted /home/dev/trap; mkdir -p /etc/planted',
    ],
    ['a hard link to a file of root', 'ln /etc/secret /home/dev/trap/x'],
    ['a pipe', 'mkfifo /home/dev/trap/x'],
    ['a folder', 'mkdir /home/dev/trap/x'],
  ])('in a folder of another user are not written through %s', async (_, plant) => {
    await on(`rm -rf /home/dev/trap /etc/planted /etc/cron.d/planted; printf 's3cret\\n' >/etc/secret; chmod 600 /etc/secret
mkdir /home/dev/trap; ${plant}; chown -h dev:dev /home/dev/trap; [ ! -L /home/dev/trap/x ] || chown -h dev:dev /home/dev/trap/x
sha256sum /etc/shadow /etc/secret >/root/sums`)
    for (const edit of ['', ' edit=line']) {
      const { ended, stdout } = await exec(
        'root',
        fileStep(`#f file=/home/dev/trap/x${edit}`, 'planted'),
      )
      expect(ended).toMatchObject([{ status: 'failed', reason: 'file' }])
      expect(stdout).not.toContain('s3cret')
    }
    await on('sha256sum -c /root/sums; test ! -e /etc/cron.d/planted; test ! -e /etc/planted/x')
  })

  test('in a folder of another user are written if no link leads elsewhere', async () => {
    await on(
      "rm -rf /home/dev/trap; printf 'old\\n' >/home/dev/plain; chown dev:dev /home/dev/plain; ln -s /etc/shadow /home/dev/plain.runbook-new; sha256sum /etc/shadow >/root/sums",
    )
    const { ended } = await exec('root', fileStep('#f file=/home/dev/plain', 'new'))
    expect(ended).toMatchObject([{ status: 'changed' }])
    expect(
      await on('stat -c %U /home/dev/plain; cat /home/dev/plain; sha256sum -c --quiet /root/sums'),
    ).toBe('dev\nnew\n')
  })
})
