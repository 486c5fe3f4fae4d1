import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectWith, runCli } from './run-cli.ts'

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`

interface Found {
  readonly code: string
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endColumn: number
  readonly fixable: boolean
  readonly left: string | null
  readonly help: string | null
}

async function lint(
  cwd: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly found: readonly Found[] }> {
  const { code, stdout } = await runCli(['lint', '--json', ...args], { cwd })
  const document: { readonly v: number; readonly diagnostics: readonly Found[] } =
    JSON.parse(stdout)
  expect(document.v).toBe(1)
  return { code, found: document.diagnostics }
}

describe('lint', () => {
  test('ends with a summary, and exits 1 for errors only', async () => {
    const cwd = projectWith({
      'a.md': fence('bash', 'apt-get install nginx\nsudo ls'),
      'b.md': fence('bash {tmieout=1s}', 'true'),
    })
    const { code, stdout, stderr } = await runCli(['lint'], { cwd })
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    expect(stdout).toMatch(
      /\n1 error, 1 warning, 1 hint in 2 pages \(2 can be fixed with --fix\)\n$/,
    )
    expect(await runCli(['lint', 'a.md'], { cwd })).toMatchObject({ code: 0 })
  })

  test('reports nothing for a correct page', async () => {
    const cwd = projectWith({ 'a.md': `# A\n\n${fence('bash {#a}', 'uname')}` })
    expect(await runCli(['lint'], { cwd })).toEqual({
      code: 0,
      stdout: '0 errors, 0 warnings in 1 page\n',
      stderr: '',
    })
  })

  test('reads standard input', async () => {
    const cwd = projectWith({})
    const stdin = fence('bash', 'tail -f x')
    const { code, stdout } = await runCli(['lint', '-', '--json'], { cwd, stdin })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).diagnostics).toMatchObject([{ code: 'RB0805', file: '-', line: 2 }])
    expect(
      await runCli(['lint', '-', '--fix'], { cwd, stdin: fence('bash', '$ ls') }),
    ).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('standard input cannot be fixed'),
    })
  })

  test('knows the variables of the pages that a page requires, and of the project', async () => {
    const cwd = projectWith({
      'runbook.yml': 'pages: .\nvars: { SITE: x }\n',
      'a.md': '---\nvars: { DB: { default: shop } }\n---\n' + fence('bash', 'export PORT=1'),
      'b.md': '---\nrequires: [a.md]\n---\n' + fence('bash', 'echo $DB $PORT $SITE $LOST'),
    })
    const { found } = await lint(cwd, 'b.md')
    expect(found).toMatchObject([{ code: 'RB0801', file: 'b.md', line: 5 }])
  })

  test('finds dead links, anchors and `on-error` targets across pages', async () => {
    const cwd = projectWith({
      'index.md': [
        '[a](a.md) [b](./a.md#install-it) [c](sub/) [d](sub/x) [e](img.png) [f](https://x.y/z)',
        '[g](b.md) [h](a.md#instal-it) [i](img2.png)',
        fence('bash {#s on-error="/x/ -> a.md#nowhere"}', 'true'),
      ].join('\n\n'),
      'a.md': '# Install *it*\n',
      'sub/x.md': '# X\n',
      'img.png': '',
    })
    const { found } = await lint(cwd, 'index.md')
    expect(found.map(({ code, line, column }) => [code, line, column])).toEqual([
      ['RB0606', 3, 5],
      ['RB0606', 3, 15],
      ['RB0606', 3, 35],
      ['RB0606', 5, 23],
    ])
    expect(found[1]?.help).toBe('did you mean `#install-it`?')
  })

  test('finds pages that are missing or that require themselves', async () => {
    const cwd = projectWith({
      'a.md': '---\nrequires: [b.md, c.md]\n---\n',
      'b.md': '---\nrequires: [a.md]\n---\n',
    })
    const { code, found } = await lint(cwd, 'a.md')
    expect(code).toBe(1)
    expect(found.map(({ code: each, file }) => [each, file])).toEqual([
      ['RB0603', 'a.md'],
      ['RB0604', 'b.md'],
    ])
  })

  test('warns of generated ids only if there is a record', async () => {
    const cwd = projectWith({ 'a.md': `# A\n${fence('bash', 'uname')}` })
    expect((await lint(cwd)).found).toEqual([])
    mkdirSync(join(cwd, '.records/a'), { recursive: true })
    expect((await lint(cwd)).found).toMatchObject([{ code: 'RB0605', line: 2, column: 1 }])
  })
})

describe('lint --fix', () => {
  test('makes the certain changes and keeps every other byte', async () => {
    const cwd = projectWith({})
    const page =
      '\uFEFF# A\r\n\r\n```bash\r\n$ ls\r\n$ apt-get install nginx\r\n```\r\n\r\n> ```bash\r\n> echo\u00a0a\t \r\n> ```\r\nno end'
    writeFileSync(join(cwd, 'a.md'), page)
    const { code, stdout } = await runCli(['lint', 'a.md', '--fix'], { cwd })
    expect(code).toBe(0)
    expect(stdout).toBe('0 errors, 0 warnings in 1 page, 3 fixed\n')
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(
      page
        .replaceAll('$ ', '')
        .replace('install nginx', 'install -y nginx')
        .replace('echo\u00a0a', 'echo a'),
    )
  })

  test('leaves uncertain cases alone, and says why', async () => {
    const two = '[root@web ~]# systemctl stop nginx\n[root@db ~]# systemctl stop mysqld'
    const cwd = projectWith({ 'a.md': fence('bash', two) })
    const before = readFileSync(join(cwd, 'a.md'), 'utf8')
    const { stdout } = await runCli(['lint', '--fix'], { cwd })
    expect(stdout).toContain(
      'not fixed: `[root@web ~]#` and `[root@db ~]#` are prompts of two machines',
    )
    const { found } = await lint(cwd, '--fix')
    expect(found).toMatchObject([
      { code: 'RB0306', fixable: false, left: expect.stringContaining('two machines') },
    ])
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(before)
  })

  test('repeats until nothing is left to fix, names each change, and then changes nothing', async () => {
    const page =
      fence('bahs as=root timeout=5m', '$ apt-get install nginx') + fence('outptu', '...')
    const cwd = projectWith({ 'a.md': `# A\n\n${page}` })
    const { code, stdout, stderr } = await runCli(['lint', '--fix'], { cwd })
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: '0 errors, 0 warnings in 1 page, 6 fixed\n',
    })
    expect(stderr.split('\n').filter((line) => line.includes('RB0313'))).toEqual([
      'fixed a.md:3:4 RB0313: unknown fence word `bahs`; did you mean `bash`? mark a block that is only shown `{example}`',
      'fixed a.md:6:4 RB0313: unknown fence word `outptu`; did you mean `output`? mark a block that is only shown `{example}`',
    ])
    const fixed = readFileSync(join(cwd, 'a.md'), 'utf8')
    expect(fixed).toBe(
      `# A\n\n${fence('bash {as=root timeout=5m}', 'apt-get install -y nginx')}${fence('output', '...')}`,
    )
    expect(await runCli(['lint', '--fix'], { cwd })).toMatchObject({ code: 0, stderr: '' })
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toBe(fixed)
  })

  test('gives a recorded step the id that its record has', async () => {
    const cwd = projectWith({ 'a.md': `# A\n${fence('bash', 'uname')}${fence('bash', 'id')}` })
    expect(await runCli(['exec', 'a.md', '--record'], { cwd })).toMatchObject({ code: 0 })
    expect(await runCli(['lint', '--fix'], { cwd })).toMatchObject({ code: 0 })
    expect(readFileSync(join(cwd, 'a.md'), 'utf8')).toContain('```bash {#a-2}\nid\n')
    expect((await runCli(['status', 'a.md'], { cwd })).stdout).toMatch(/ verified .* 2\/2/)
  })
})

describe('lint for programs', () => {
  const page = `---\ntitle: x\n---\n${fence('bash {#a timeout=30}', 'apt-get install 100%')}`

  test('prints SARIF 2.1.0', async () => {
    const cwd = projectWith({ '目录 a/b,c.md': page })
    const { code, stdout } = await runCli(['lint', '--format', 'sarif'], { cwd })
    expect(code).toBe(1)
    const log = JSON.parse(stdout)
    expect(log).toMatchObject({ version: '2.1.0', $schema: expect.stringContaining('sarif') })
    const [run] = log.runs
    expect(run.tool.driver).toMatchObject({ name: 'runbook' })
    expect(run.results).toHaveLength(2)
    for (const { ruleId, ruleIndex, level, message, locations } of run.results) {
      expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId)
      expect(['error', 'warning', 'note']).toContain(level)
      expect(message.text).not.toBe('')
      const { artifactLocation, region } = locations[0].physicalLocation
      expect(decodeURIComponent(artifactLocation.uri)).toBe('目录 a/b,c.md')
      expect(region.startLine).toBeGreaterThan(0)
      expect(region.endColumn).toBeGreaterThan(region.startColumn)
    }
    const [change] = run.results[1].fixes[0].artifactChanges[0].replacements
    expect(change).toEqual({
      deletedRegion: { charOffset: page.indexOf(' 100%'), charLength: 0 },
      insertedContent: { text: ' -y' },
    })
  })

  test('prints annotations for GitHub, escaped', async () => {
    const cwd = projectWith({ 'a,b:c.md': page })
    const { stdout } = await runCli(['lint', '--format', 'github'], { cwd })
    expect(stdout.split('\n')).toEqual([
      '::error file=a%2Cb%3Ac.md,line=4,endLine=4,col=13,endColumn=23,title=RB0104 duration-without-unit::duration `30` has no unit%0Awrite a number and a unit: `500ms`, `30s`, `5m`, `1h`',
      '::warning file=a%2Cb%3Ac.md,line=5,endLine=5,col=9,endColumn=16,title=RB0803 unanswered-question::`apt-get install` asks before it continues%0Awrite `apt-get install -y`',
      '',
    ])
  })
})

test('an image that the site refuses is a warning', async () => {
  const cwd = projectWith({ 'a.md': '![x](b.png?raw)\n', 'b.png': 'x' })
  const { code, stdout } = await runCli(['lint', 'a.md', '--lang', 'en'], { cwd })
  expect(code).toBe(0)
  expect(stdout).toContain('warning[RB0705]: the image `b.png?raw` has a query')
})
