/** What stands in a file is never a step, however it is written. */

import { describe, expect, test } from 'vitest'
import { importPage } from '../../src/import/import-page.ts'
import { commandsOf } from '../../src/model/step.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`

const contents: readonly (readonly [string, string, string])[] = [
  ['an assignment', '/etc/selinux/config', 'SELINUX=disabled'],
  ['assignments', '/srv/app/.env', 'DB_HOST=localhost\nDB_PORT=3306'],
  ['exports', '/etc/profile.d/go.sh', 'export GOROOT=/usr/local/go\nexport PATH=$PATH:$GOROOT/bin'],
  ['INI', '/etc/a.ini', '[main]\nname = x\n\n[other]\nname = y'],
  ['properties', '/opt/k/server.properties', 'broker.id=0\nlog.dirs=/tmp/k'],
  ['YAML', '/etc/a.yml', 'version: "3"\nservices:\n  web:\n    image: nginx'],
  ['JSON', '/etc/docker/daemon.json', '{\n  "a": ["b"],\n  "c": { "d": 1 }\n}'],
  ['XML', '/etc/a.xml', '<configuration>\n  <property>x</property>\n</configuration>'],
  ['blocks', '/etc/nginx/conf.d/a.conf', 'server {\n    listen 80;\n\n    root /srv;\n}'],
  ['directives', '/etc/ssh/sshd_config.d/a.conf', 'PermitRootLogin no\nPort 2222'],
  ['a table of times', '/etc/cron.d/a', '0 2 * * * root /root/backup.sh'],
  [
    'a unit',
    '/etc/systemd/system/a.service',
    '[Unit]\nDescription=A\n\n[Service]\nExecStart=/bin/true',
  ],
  ['a script', '/root/a.sh', 'tar czf /tmp/a.tgz /etc\nfind /tmp -mtime +7 -delete'],
]

const ways: readonly (readonly [string, (path: string, text: string) => string])[] = [
  ['two fences', (path, text) => `# A\n\n${fence('', `vi ${path}`)}\n${fence('', text)}`],
  [
    'two bash fences',
    (path, text) => `# A\n\n${fence('bash', `vi ${path}`)}\n${fence('bash', text)}`,
  ],
  [
    'a prompt',
    (path, text) => `# A\n\n${fence('', `[root@vm ~]# vim ${path}`)}\n${fence('', text)}`,
  ],
  [
    'words between',
    (path, text) => `# A\n\n${fence('bash', `nano ${path}`)}\n写入：\n\n${fence('', text)}`,
  ],
  [
    'indented text',
    (path, text) =>
      `# A\n\n${fence('bash', `vi ${path}`)}\n${text.replaceAll(/^(?=.)/gm, '    ')}\n`,
  ],
  ['plain text', (path, text) => `安装\nsudo vi ${path}\n${text}\n保存退出。\n`],
  [
    'plain indented text',
    (path, text) =>
      `Install\n\nsudo vi ${path}\n\n${text.replaceAll(/^(?=.)/gm, '    ')}\n\nSave the file.\n`,
  ],
  ['a plain prompt', (path, text) => `Install\n\n$ sudo vi ${path}\n${text}\n\nSave the file.\n`],
  ['words that name it', (path, text) => `# A\n\n编辑 ${path}，写入：\n\n${fence('', text)}`],
]

const cases = contents.flatMap(([what, path, text]) =>
  ways.map(([way, write]) => ({ what, way, path, text, source: write(path, text) })),
)

describe('behind an editor', () => {
  test.each(cases)('$what in $way is content, or a decision', ({ path, text, source }) => {
    const { text: page, decisions } = importPage('a.txt', source, 'tutorial')
    const { steps } = parseRunbook('page.md', page).runbook
    const typed = steps.flatMap(commandsOf).map((command) => command.text)
    for (const line of text.split('\n')) expect(typed).not.toContain(line)
    const files = steps.flatMap((step) =>
      step.kind === 'file' ? [{ path: step.path, content: step.content.trimEnd() }] : [],
    )
    expect(files).toEqual(files.length === 0 ? [] : [{ path, content: text }])
    expect(files.length + decisions.length).toBeGreaterThan(0)
    for (const line of text.split('\n')) expect(page).toContain(line)
  })

  test.each([
    ['/etc/nginx/nginx.conf', 'systemctl restart nginx'],
    ['/root/a.sh', 'chmod +x a.sh\n./a.sh'],
    ['/etc/profile', 'source /etc/profile\njava -version'],
    ['/etc/hosts', '$ ping -c 1 db'],
  ])('of %s: `%s` is run', (path, text) => {
    for (const source of [
      `# A\n\n${fence('', `vi ${path}`)}\n${fence('', text)}`,
      `安装\nvi ${path}\n保存退出后：\n${text}\n`,
    ]) {
      const page = importPage('a.txt', source, 'tutorial').text
      const typed = parseRunbook('page.md', page).runbook.steps.flatMap(commandsOf)
      expect(typed.map((command) => command.text)).toEqual(
        expect.arrayContaining(text.replace(/^\$ /, '').split('\n')),
      )
    }
  })
})

describe('a block that only sets names', () => {
  test('runs where a later block reads them', () => {
    const source = `# A\n\n${fence('', 'VERSION=1.2')}\n${fence('', 'echo "$VERSION"')}`
    expect(importPage('a.md', source).text).toContain('```bash\nVERSION=1.2')
  })

  test('is a decision where nothing does', () => {
    const { text, decisions } = importPage('a.md', `# A\n\n${fence('', 'SELINUX=disabled')}`)
    expect(text).toContain('```text\nSELINUX=disabled')
    expect(decisions).toMatchObject([{ shown: 'SELINUX=disabled' }])
  })
})
