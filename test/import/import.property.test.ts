import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isError } from '../../src/diagnostic/diagnostic.ts'
import { importKinds } from '../../src/import/detect-kind.ts'
import { importPage } from '../../src/import/import-page.ts'
import { lintRunbook } from '../../src/lint/lint-runbook.ts'

const piece = fc.constantFrom(
  '```\n',
  '```bash\n',
  '```text\n',
  '```sh {name=a}\n',
  '```scrut {x: y}\n',
  '~~~\n',
  '````\n',
  '---\n',
  'title: x\n',
  'varz: x\n',
  '# A\n',
  '## 二、安装\n',
  '> ',
  '- ',
  '  ',
  '    ',
  '\n',
  '\n',
  '\r\n',
  '$ ls\n',
  '# systemctl restart a\n',
  '[root@a ~]# cd b；ls\n',
  'a@b:~$ ssh c\n',
  'd@c:~$ ls\n',
  '> x\n',
  'mysql -uroot -p\n',
  'mysql> show tables;\n',
  '    -> x\n',
  '>>> if a:\n',
  '... \n',
  '...\n',
  'vi /etc/a.conf\n',
  'a = b\n',
  '[x]\n',
  '1、启动：systemctl start nginx （可选）\n',
  '    sudo yum install a\n',
  'echo “a”\n',
  'uwsgi –reload x\n',
  'if a; then\n',
  'read -p "x: " Y\n',
  'set -e\n',
  'cat <<E\n',
  'E\n',
  '<<< x\n',
  '<!-- @include: a -->\n',
  '<!-- expected_similarity=0.8 -->\n',
  '- [ ] do {#x}\n',
  '{"version": 2}\n',
  '[0.1,"o","$ ls\\r\\n"]\n',
  '\u001b[1m$ \u001b[0mls\n',
  '\u001b[?1049h',
  '#1700000000\n',
  ': 1700000000:0;ls \\\n',
  'outptu\n',
  '<details>\n',
  '`apt install x`\n',
  '\0',
  '<:[a>\n',
  'exit 0\n',
  '| a | b |\n',
  '$ a^C\n',
)
const source = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''))
const kind = fc.constantFrom(undefined, ...importKinds)

test('any text becomes a page without an error, and nothing is left to fix', () => {
  fc.assert(
    fc.property(source, kind, (text, as) => {
      const { text: page, decisions } = importPage('a.md', text, as)
      const found = lintRunbook('page.md', page)
      expect(found.filter(isError)).toEqual([])
      expect(found.filter(({ fix }) => fix !== undefined)).toEqual([])
      const lines = page.split('\n').length
      for (const { line } of decisions) expect(line >= 1 && line <= lines).toBe(true)
      expect(page).not.toContain('\r')
    }),
    { numRuns: 300 },
  )
}, 120_000)
