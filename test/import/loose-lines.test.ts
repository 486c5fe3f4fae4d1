/** Commands, output and words in plain text, without a fence or a mark. */

import { describe, expect, test } from 'vitest'
import { readLooseLines } from '../../src/import/loose-lines.ts'

const shape = (text: string, isMarkdown = false) =>
  readLooseLines(text, { isMarkdown }).flatMap((part) => {
    switch (part.kind) {
      case 'prose': {
        const said = part.lines.filter((line) => line.trim() !== '')
        return said.length === 0 ? [] : [`prose: ${said.join('|')}`]
      }
      case 'session':
        return [`session: ${part.lines.map(({ text: line }) => line).join('|')}`]
      case 'typed':
      case 'output':
        return [`${part.kind}: ${part.lines.join('|')}`]
      case 'commands':
      case 'text':
      case 'doubtful':
        return [`${part.kind}: ${part.text.replaceAll('\n', '|')}`]
      default:
        return part satisfies never
    }
  })

describe('plain lines', () => {
  test.each([
    [
      '安装依赖\nyum install -y gcc\ncd /opt',
      ['prose: 安装依赖', 'commands: yum install -y gcc|cd /opt'],
    ],
    ['cat > /tmp/a <<EOF\na b\n\nc\nEOF\nls', ['commands: cat > /tmp/a <<EOF|a b||c|EOF|ls']],
    ['for i in 1 2; do\n  echo $i\ndone', ['commands: for i in 1 2; do|  echo $i|done']],
    [
      'docker run -d \\\n  -p 80:80 \\\n  nginx',
      ['commands: docker run -d \\|  -p 80:80 \\|  nginx'],
    ],
    ["awk '{\n  print $1\n}' f", ["commands: awk '{|  print $1|}' f"]],
    [
      '解压\ntar xf a.tgz\n# 安装\nmake install',
      ['prose: 解压', 'commands: tar xf a.tgz', 'prose: # 安装', 'commands: make install'],
    ],
    [
      '启动\nbin/kafka-server-start.sh config/a.properties',
      ['prose: 启动', 'commands: bin/kafka-server-start.sh config/a.properties'],
    ],
    ['执行命令：\nmycat start', ['prose: 执行命令：', 'commands: mycat start']],
    ['Run this command:\nfoo bar', ['prose: Run this command:', 'commands: foo bar']],
    ['然后\nmycat start', ['prose: 然后', 'doubtful: mycat start']],
    ['然后\nkeepalived-ctl /etc/a.conf', ['prose: 然后', 'doubtful: keepalived-ctl /etc/a.conf']],
    ['name of the host', ['prose: name of the host']],
    ['docker pull downloads the image.', ['prose: docker pull downloads the image.']],
    ['$ uname\nLinux', ['session: $ uname|Linux']],
    ['$ uname', ['commands: uname']],
    ['$ yum install -y git\nThen go on.', ['commands: yum install -y git', 'prose: Then go on.']],
    ['[root@a ~]# ls\na  b\n\n然后', ['session: [root@a ~]# ls|a  b', 'prose: 然后']],
    ['$ cat > f <<EOF\n> a\n> EOF', ['session: $ cat > f <<EOF|> a|> EOF']],
    [
      '$ systemctl status a\n● a.service\n   Active: active\n\nJan 01 10:00:00 a systemd[1]: Started',
      [
        'session: $ systemctl status a|● a.service|   Active: active||Jan 01 10:00:00 a systemd[1]: Started',
      ],
    ],
    [
      'make\nps aux\n看到如下输出：\nroot  1  0\n成功。',
      [
        'commands: make',
        'commands: ps aux',
        'prose: 看到如下输出：',
        'output: root  1  0',
        'prose: 成功。',
      ],
    ],
    [
      'mysql -uroot\nmysql> show databases;\n+----+\n| a  |\n+----+\nmysql> exit',
      ['commands: mysql -uroot', 'typed: mysql> show databases;|+----+|| a  ||+----+|mysql> exit'],
    ],
    [
      '配置：\n{\n  "a": [\n    1\n  ]\n}\n完成',
      ['prose: 配置：', 'text: {|  "a": [|    1|  ]|}', 'prose: 完成'],
    ],
  ])('%j', (text, expected) => {
    expect(shape(text)).toEqual(expected)
  })
})

describe('a paragraph of Markdown', () => {
  test.each([
    [
      'To see the list, use\ngit log and then\nmake it short.',
      ['prose: To see the list, use|git log and then|make it short.'],
    ],
    ['安装\nyum install -y git', ['prose: 安装', 'commands: yum install -y git']],
    [
      'Install it:\napt-get install -y git',
      ['prose: Install it:', 'commands: apt-get install -y git'],
    ],
    ['git log shows the history.', ['prose: git log shows the history.']],
    ['**nginx** is [here](a.md).', ['prose: **nginx** is [here](a.md).']],
  ])('%j', (text, expected) => {
    expect(shape(text, true)).toEqual(expected)
  })
})
