import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { renderDiagnostic } from '../../src/diagnostic/render-diagnostic.ts'
import { renderGithub } from '../../src/diagnostic/render-github.ts'
import { applyFixes } from '../../src/lint/apply-fixes.ts'
import { lintRunbook } from '../../src/lint/lint-runbook.ts'

/** Pieces of real pages, put together without sense. */
const piece = fc.constantFrom(
  '```bash\n',
  '```bash {#a as=root when=os:debian needs="cmd:git port:80"}\n',
  '```console {captures=A}\n',
  '```output\n',
  '```dialog\n',
  '~~~sql {run="mysql -uroot -p"}\n',
  '```\n',
  '~~~\n',
  '::: code-group\n',
  ':::\n',
  '$ apt-get install nginx\n',
  'apt-get install “nginx” -q\n',
  'sudo -u app sh -c "$X ${Y:-z}"\n',
  '[root@vm ~]# rm -rf /var/$DIR\n',
  'systemctl restart a 或 b\n',
  'echo\u00a0a –b；c\n',
  "mysql -p'x' <<E\nDROP TABLE a;\nE\n",
  'for i in 1; do\n',
  'done\n',
  'docker exec -it a sh | tail -f\n',
  'export TOKEN=abcdefghij\n',
  'git clone <url> b\n',
  '<A:\\d+> <$B> ...\n',
  'mysql> => x\n',
  '<!-- expected_similarity=1 -->\n',
  '<details>\n',
  '    sudo ls\n',
  '[a](#b) [c](d.md#e)\n',
  '# 安装 `x` {#y}\n',
  '- [ ] 确认\n',
  '> ',
  '- ',
  '  ',
  '\t',
  '\r\n',
  '\n',
  '---\nvars: { A: { secret: true, default: b } }\n---\n',
)
const page = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''))

describe('any page', () => {
  test('is linted without throwing, and every diagnostic points into it', () => {
    fc.assert(
      fc.property(page, (text) => {
        const lines = text.split(/\r\n|\n|\r/)
        for (const each of lintRunbook('page.md', text)) {
          const { start, end } = each.span
          expect(start.line).toBeGreaterThanOrEqual(1)
          expect(end.line).toBeLessThanOrEqual(lines.length + 1)
          expect(start.column).toBeLessThanOrEqual((lines[start.line - 1]?.length ?? 0) + 1)
          expect(end.offset).toBeGreaterThanOrEqual(start.offset)
          expect(each.message.en).not.toMatch(/\.$|^[A-Z]/)
          for (const lang of ['zh', 'en'] as const)
            expect(renderDiagnostic(each, text, { lang })).not.toMatch(/^$|undefined\[/)
          expect(renderGithub(each)).not.toMatch(/[\r\n]/)
        }
      }),
      { numRuns: 400 },
    )
  })

  test('has nothing left to fix after `--fix`, and keeps its line ends', () => {
    fc.assert(
      fc.property(page, (text) => {
        let fixed = text
        for (let round = 0; round < 4; round++)
          fixed = applyFixes(fixed, lintRunbook('page.md', fixed)).text
        const rest = lintRunbook('page.md', fixed).filter(({ fix }) => fix !== undefined)
        expect(rest).toEqual([])
        expect(fixed.match(/\r?\n/g)).toEqual(text.match(/\r?\n/g))
      }),
      { numRuns: 300 },
    )
  })
})
