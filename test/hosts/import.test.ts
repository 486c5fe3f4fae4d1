/**
 * Five tutorials as people write them: imported, run on a host and recorded, their outputs written
 * back with holes, and run again on a fresh host, without a hand's touch in between.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectWith, runCli } from '../cli/run-cli.ts'
import { bootTestHost, hostsUnavailable, type TestHost } from './test-host.ts'

const reason = hostsUnavailable()
const skipped = reason === undefined ? '' : ` (skipped: ${reason})`

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n\n`

/** By file name: what is imported, and what the page must hold after it was synced. */
const tutorials: readonly (readonly [name: string, text: string, holds: readonly string[]])[] = [
  [
    'tree.md',
    '# How to list folders with tree\n\nUpdate the index and install the program:\n\n' +
      fence('', 'sudo apt-get update\nsudo apt-get install tree') +
      'Make something to look at:\n\n' +
      fence('', '$ sudo mkdir -p /srv/demo/a\n$ sudo touch /srv/demo/a/one /srv/demo/two') +
      'You should see this:\n\n' +
      fence(
        '',
        '$ tree /srv/demo\n/srv/demo\n├── a\n│   └── one\n└── two\n\n1 directory, 2 files',
      ) +
      'When was that?\n\n' +
      fence('', '$ stat -c %y /srv/demo/two\n2019-04-02 11:05:17.000000000 +0000'),
    ['apt-get install -y tree', '2 directories, 2 files', '<...>'],
  ],
  [
    '配置.md',
    '# 配置商店\n\n新建配置文件：\n\n' +
      fence('', 'vi /srv/shop.conf') +
      fence('', 'port = 8080\nname = 商店') +
      '查看文件：\n\n' +
      fence(
        '',
        '[root@web ~]# cat /srv/shop.conf\nport = 8080\nname = 商店\n[root@web ~]# systemctl is-active ssh\nactive',
      ) +
      '查看进程号：\n\n' +
      fence('', '[root@web ~]# systemctl show -p MainPID ssh\nMainPID=812'),
    ['file=/srv/shop.conf', 'name = 商店', 'MainPID=<:\\d+>'],
  ],
  [
    'session.txt',
    'root@web:~# cd /srv\nroot@web:/srv# mkdir -p log\nroot@web:/srv# mktemp -p /tmp\n/tmp/tmp.Xw3kQ9aZ1b\nroot@web:/srv# pwd\n/srv\nroot@web:/srv# seq 3\n1\n2\n3\n',
    ['/tmp/tmp.<:\\w+>', '# pwd\n/srv'],
  ],
  [
    'setup.sh',
    '#!/bin/bash\nset -e\n# Where the site lies.\nread -p "Name of the site: " SITE\nBASE="/srv/site-$SITE"\nmkdir -p "$BASE"\n# Says what it does.\nlog() {\n  echo "setup: $1"\n}\nlog "writing"\necho "<h1>$SITE</h1>" >"$BASE/index.html"\nif [ -f "$BASE/index.html" ]; then\n  log "done"\nfi\n',
    ['setup: writing', 'setup: done'],
  ],
  [
    'runme.md',
    '# Runme\n\n' +
      fence('sh {name=make cwd=/srv}', 'mkdir -p runme && echo hello > runme/out') +
      fence('sh {"name":"show","cwd":"/srv/runme"}', 'cat out; date -u +%FT%TZ'),
    ['hello', '<...>'],
  ],
]

describe.skipIf(reason !== undefined)(`a tutorial that is imported${skipped}`, () => {
  let first: TestHost
  let fresh: TestHost
  let cwd: string

  beforeAll(async () => {
    ;[first, fresh] = await Promise.all([bootTestHost(), bootTestHost()])
    cwd = projectWith(
      Object.fromEntries(tutorials.map(([name, text]) => [`in/${name}`, text])),
      () => {},
    )
  })
  afterAll(async () => {
    await Promise.all([first?.dispose(), fresh?.dispose()])
  })

  const on = (host: TestHost, words: readonly string[]) =>
    runCli(['exec', ...words, '--host', host.name, '--ssh-config', host.sshConfig], {
      cwd,
      env: { RUNBOOK_VAR_SITE: 'plum' },
    })

  test.each(tutorials)('%s passes on a fresh host', async (name, _, holds) => {
    const page = `${name.replace(/\..*$/, '')}.md`
    const imported = await runCli(['import', `in/${name}`, '--out', page], { cwd })
    expect(imported).toMatchObject({ code: 0 })
    expect(await runCli(['lint', page], { cwd })).toMatchObject({ code: 0 })

    const recorded = await on(first, [page, '--record', '--update', '--twice'])
    expect(recorded.stderr).toContain(`.records/${page.replace('.md', '')}/debian-12.json`)
    const written = await runCli(['sync', page, '--add', '--write'], { cwd })
    expect(written).toMatchObject({ code: 0 })
    expect(await runCli(['sync', page, '--check'], { cwd })).toMatchObject({ code: 0 })
    const text = readFileSync(join(cwd, page), 'utf8')
    for (const part of holds) expect(text).toContain(part)

    const again = await on(fresh, [page])
    expect({ code: again.code, said: again.code === 0 ? '' : again.stdout }).toEqual({
      code: 0,
      said: '',
    })
  })
})
