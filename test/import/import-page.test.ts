/** Texts that people have, and the pages that become of them; the golden pages lie beside them. */

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isError } from '../../src/diagnostic/diagnostic.ts'
import { importPage } from '../../src/import/import-page.ts'
import { lintRunbook } from '../../src/lint/lint-runbook.ts'
import { commandsOf } from '../../src/model/step.ts'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'

const folder = new URL('../fixtures/import/', import.meta.url)
const names = readdirSync(folder).filter((name) => !/\.page\.md$|\.decisions\.txt$/.test(name))
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const commandsIn = (text: string): readonly string[] =>
  parseRunbook('page.md', text)
    .runbook.steps.flatMap(commandsOf)
    .map((command) => command.text)
const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`

/** What a fix changes in a command, both ways. */
const bare = (command: string) =>
  command
    .replaceAll(/\bsudo |^[$#] | -y\b|\s+/gm, '')
    .replaceAll('；', ';')
    .replaceAll(/–+/g, '--')

describe('an import', () => {
  test.each(names)('of %s', async (name) => {
    const { text, decisions, kind } = importPage(name, read(name))
    const listed = decisions.map(({ line, message, help, shown }) =>
      [`${line}: ${message.en}`, help && `   ${help.en}`, shown?.replaceAll(/^/gm, '   | ')]
        .filter((part) => part !== undefined)
        .join('\n'),
    )
    await expect(text).toMatchFileSnapshot(`../fixtures/import/${name}.page.md`)
    await expect(`${kind}\n${listed.join('\n')}\n`).toMatchFileSnapshot(
      `../fixtures/import/${name}.decisions.txt`,
    )
  })

  test.each(names)('of %s lints without an error, and has nothing left to fix', (name) => {
    const { text, decisions } = importPage(name, read(name))
    const found = lintRunbook('page.md', text)
    expect(found.filter((each) => isError(each) || each.fix !== undefined)).toEqual([])
    const lines = text.split('\n').length
    for (const { line } of decisions) {
      expect(line).toBeGreaterThan(0)
      expect(line).toBeLessThanOrEqual(lines)
    }
  })

  test.each(names.filter((name) => /\.(?:md|txt)$/.test(name)))(
    'of %s loses no command of a block',
    (name) => {
      const source = read(name)
      const { text, decisions } = importPage(name, source)
      const kept = bare(
        [
          ...commandsIn(text),
          // A script that is written into a file.
          ...parseRunbook('page.md', text).runbook.steps.map((step) =>
            step.kind === 'file' ? step.content : '',
          ),
          ...decisions.flatMap(({ shown, message }) => [shown ?? '', message.en]),
        ].join('\n'),
      )
      const files = text.match(/file=[^\s}]+/g) ?? []
      const blocks = [...source.matchAll(/^```([^\n]*)\n([\s\S]*?)^```$/gm)]
        // What its author does not run is no step.
        .filter(
          ([, info = '']) => /^(?:bash|sh|console)?(?: |$)/.test(info) && !info.includes('ignore'),
        )
      const fenced = blocks.flatMap(([, , block = '']) => block.split('\n'))
      // In plain text any line may be a command.
      const lines = (/^```/m.test(source) && name !== 'postgres.md' ? fenced : source.split('\n'))
        .map((line) => (name.endsWith('.txt') ? line.trim() : line))
        .filter((line) =>
          /^(?:[$#] |\[root[^\]]*\]# )?(?:sudo |yum |dnf |apt |tar |wget |curl |systemctl |redis|nano |vi |ls |cat |mkdir|rm )/.test(
            line,
          ),
        )
      expect(lines.length).toBeGreaterThan(name === 'indented.md' ? -1 : 1)
      for (const line of lines) {
        const command = bare(line.replace(/^\[root[^\]]*\]# /, '').replace(/\s+# byexample.*/, ''))
        const isFile = files.some(
          (file) => /(?:nano|vi) /.test(line) && line.includes(file.slice(5)),
        )
        expect({ line, isKept: isFile || kept.includes(command) }).toEqual({ line, isKept: true })
      }
    },
  )
})

describe('prompts', () => {
  test.each([
    ['$ uname\nLinux', 'console'],
    ['# systemctl restart nginx\n', 'console'],
    ['[root@vm ~]# uname\nLinux', 'console'],
    ['# install it\nyum install -y x', 'bash'],
    ['key: value', ''],
  ])('say what %j is', (text, word) => {
    expect(importPage('a.md', `# A\n\n${fence('', text)}`).text).toContain(`\`\`\`${word}\n`)
  })

  test.each([
    ['mysql -uroot', 'mysql> show databases;', 'mysql> => show databases;'],
    [
      'mysql -uroot',
      'MariaDB [(none)]> select\n    -> 1;',
      'MariaDB [(none)]> => select\n    -> => 1;',
    ],
    ['psql shop', 'shop=# \\dt', 'shop=# => \\dt'],
    ['redis-cli', '127.0.0.1:6379> get a\n"1"', '127.0.0.1:6379> => get a'],
    ['python3', '>>> 1+1\n2', '>>> => 1+1'],
  ])('of a program that `%s` opens become its dialog', (command, typed, dialog) => {
    const { text } = importPage('a.md', `# A\n\n${fence('bash', command)}\n${fence('', typed)}`)
    expect(text).toContain(fence('dialog', dialog))
  })

  test('of a program that nothing opens are left to a person', () => {
    const { text, decisions } = importPage('a.md', `# A\n\n${fence('', 'mysql> drop table a;')}`)
    expect(commandsIn(text)).toEqual([])
    expect(decisions).toMatchObject([{ line: 3, shown: 'mysql> drop table a;' }])
  })
})

describe('a transcript', () => {
  test.each([
    ['a cast of version 1', '{"version":1,"stdout":[[0.1,"$ ec"],[0.1,"ho hi\\r\\nhi\\r\\n"]]}'],
    [
      'a cast of version 2',
      '{"version":2}\n[0.1,"o","$ echo hi\\r\\n"]\n[0.2,"i","x"]\n[0.3,"o","hi\\r\\n"]',
    ],
    [
      'a cast of version 3',
      '{"version":3}\n# a remark\n[0.1,"o","$ echo hi\\r\\n"]\n[0.3,"o","hi\\r\\n"]\n[1,"x","0"]',
    ],
    ['a theme’s prompt', '➜  ~ git:(main) ✗ echo hi\nhi'],
    ['a bare root prompt', '# echo hi\nhi'],
  ])('from %s', (_, source) => {
    expect(importPage('a', source, 'transcript').text).toMatch(/^[$#] echo hi\nhi$/m)
  })

  test('keeps what is printed literal, and cuts a full-screen program out', () => {
    const source = '$ vim a\n\u001b[?1049hSCREEN\n\u001b[?1049l$ cat a\n...\n<:x>\n<b>\n$ foo\r\n'
    const { text } = importPage('a', source, 'transcript')
    expect(text).not.toContain('SCREEN')
    expect(text).toContain('$ cat a\n\\...\n\\<:x>\n<b>')
  })

  test('without a prompt is only shown', () => {
    const { text, decisions } = importPage('a', 'no prompt\nhere', 'transcript')
    expect(commandsIn(text)).toEqual([])
    expect(decisions).toMatchObject([{ shown: 'no prompt\nhere' }])
  })
})

describe('a script', () => {
  test('that bash cannot read is only shown', () => {
    const { text, decisions } = importPage('a.sh', 'if true; then\n')
    expect(commandsIn(text)).toEqual([])
    expect(decisions[0]?.shown).toBe('if true; then')
  })

  test('says which of its arguments need a variable', () => {
    const { decisions } = importPage('a.sh', 'f() { echo "$1"; }\nf "$2"\ncd "$(dirname "$0")"\n')
    expect(decisions.map(({ message }) => message.en.split(' ')[0])).toContain('`$2`')
    expect(decisions.some(({ message }) => message.en.startsWith('`$1`'))).toBe(false)
  })
})

describe('an argument of a script', () => {
  test.each([
    ['NAME="$1"', 'NAME: { ask: "$1" }'],
    ['export NAME=$2', 'NAME: { ask: "$2" }'],
    ['PORT=${1:-8080}', 'PORT: { default: "8080", ask: "$1" }'],
    ['DIR="${3:?usage: a.sh DIR}"', 'DIR: { ask: "$3" }'],
    ['DB_PASSWORD=$1', 'DB_PASSWORD: { secret: true, ask: "$1" }'],
  ])('%s becomes a variable', (line, variable) => {
    const { text, decisions } = importPage('a.sh', `${line}\necho hello\n`)
    expect(text).toContain(`  ${variable}`)
    expect(commandsIn(text)).toEqual(['echo hello'])
    expect(decisions.some(({ shown }) => shown === line)).toBe(true)
  })

  test.each([
    'if [ $# -lt 1 ]; then echo "usage: a.sh NAME"; exit 1; fi',
    'if [[ $# -ne 2 ]]; then\n  usage\nfi',
    '[ $# -eq 1 ] || { echo usage >&2; exit 2; }',
  ])('that is counted is left out: %s', (line) => {
    const { text, decisions } = importPage('a.sh', `${line}\necho hello\n`)
    expect(commandsIn(text)).toEqual(['echo hello'])
    expect(decisions.some(({ shown }) => shown === line)).toBe(true)
  })

  test('that a command uses is named', () => {
    const { decisions } = importPage('a.sh', 'cp "$1" /tmp\n')
    expect(decisions.map(({ message }) => message.en)).toContain(
      '`$1` is empty: a page gets no arguments',
    )
  })
})

describe('other tools', () => {
  test.each([
    ['a.t', 'A test:\n\n  $ echo "a b"\n  a b\n  $ cat x\n  y* (glob)\n', '$ cat x\ny<...>'],
    ['a.md', fence('scrut', '$ false\n[1]'), '```console {exit=1}\n$ false'],
    ['a.md', fence('scrut', '$ seq 3\n\\d+ (regex+)'), '<*> <:\\d+>'],
    [
      'a.md',
      `${fence('bash', 'date')}<!-- expected_similarity=1.0 -->\n${fence('text', 'x')}`,
      '```output\nx',
    ],
    ['a.md', fence('bash $', 'date'), '```bash\ndate'],
    ['a.md', fence('sh', 'true  # byexample: +skip'), '```sh {example}\ntrue\n'],
    [
      'a.md',
      fence('sh {name=x cwd=/tmp shelldocexitcode=2}', 'false'),
      '```sh {#x dir=/tmp exit=2}',
    ],
  ])('%s: %j', (name, source, expected) => {
    expect(importPage(name, source).text).toContain(expected)
  })
})
