import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseRunbook } from '../../src/parse/parse-runbook.ts'
import { renderFacts } from '../../src/publish/render-records.ts'
import { viewSteps } from '../../src/publish/step-view.ts'
import { words } from '../../src/publish/words.ts'
import { readRecords } from '../../src/record/record-store.ts'
import { runAtTerminal } from './run-at-terminal.ts'
import { eventsOf, projectWith, runCli } from './run-cli.ts'

const step = (id: string, text: string, attributes = '') =>
  `\`\`\`bash {#${id}${attributes === '' ? '' : ` ${attributes}`}}\n${text}\n\`\`\`\n`

/** With what a person types, one line for each question. */
function atTerminal(args: readonly string[], typed: string, cwd: string): Promise<string> {
  const env = { EDITOR: 'sed -i s/original/edited/', XDG_STATE_HOME: join(cwd, 'state') }
  return runAtTerminal(args, typed, { cwd, env, ends: /(?:help|quit|stop|KEY\)): ?$/ })
}

describe('exec --step', () => {
  test('runs, skips and edits step by step, and does not record edited steps', async () => {
    const cwd = projectWith({
      'a.md':
        step('one', 'echo one >> trail') +
        step('two', 'echo two >> trail') +
        step('three', 'echo original >> trail'),
    })
    const shown = await atTerminal(
      ['exec', 'a.md', '--step', '--lang', 'en', '--record=partial'],
      '\ns\ne',
      cwd,
    )
    expect(shown).toContain('exit 0')
    expect(readFileSync(join(cwd, 'trail'), 'utf8')).toBe('one\nedited\n')
    const record = JSON.parse(readFileSync(join(cwd, '.records/a/debian-12.json'), 'utf8'))
    expect(Object.keys(record.steps)).toEqual(['one'])
    const events = eventsOf((await runCli(['show', '--json'], { cwd })).stdout)
    expect(
      events
        .filter(({ kind }) => kind === 'step-ended')
        .map(({ reason, deviation }) => [reason, deviation]),
    ).toEqual([
      [null, undefined],
      ['by-hand', undefined],
      [null, true],
    ])
  })

  test('names edited steps in every report, in the record, in status and on the site', async () => {
    const cwd = projectWith({
      'a.md': step('one', 'echo one') + step('three', 'echo original'),
    })
    expect((await runCli(['exec', 'a.md', '--record'], { cwd })).code).toBe(0)
    const record = () => JSON.parse(readFileSync(join(cwd, '.records/a/debian-12.json'), 'utf8'))
    const verified = record()
    expect(verified.deviations).toBeUndefined()
    const live = await atTerminal(
      ['exec', 'a.md', '--step', '--lang', 'en', '--record'],
      '\ne',
      cwd,
    )
    expect(live).toContain('edited by hand: echo edited')
    expect(live).toContain('edited by hand: a#three')
    const en = ['--lang', 'en']
    const shown = (await runCli(['show', ...en], { cwd })).stdout
    expect(shown).toContain('$ echo edited')
    expect(shown).toContain('passed (edited by hand)')
    const zh = (await runCli(['show', '--lang', 'zh'], { cwd })).stdout
    expect(zh).toContain('通过（手动修改后运行）')
    const markdown = await runCli(['report', ...en], { cwd })
    expect(markdown.stdout).toMatch(/`a#three`.*\| passed \(edited by hand\) \|/)
    const junit = (await runCli(['report', '--reporter', 'junit'], { cwd })).stdout
    expect(junit.split('<property name="deviation" value="true"/>')).toHaveLength(2)

    const { deviations, steps } = record()
    expect(Object.keys(deviations)).toEqual(['three'])
    expect(steps.three).toEqual(verified.steps.three)
    expect((await runCli(['status'], { cwd })).stdout).toContain('edited by hand: three')
    const status = JSON.parse((await runCli(['status', '--json'], { cwd })).stdout)
    expect(status.pages[0].platforms[0]).toMatchObject({ state: 'verified', edited: ['three'] })
    const { runbook } = parseRunbook('a.md', readFileSync(join(cwd, 'a.md'), 'utf8'))
    const [one, three] = viewSteps(runbook, readRecords(join(cwd, 'a.md')))
    if (!one || !three) throw new Error('the page has two steps')
    expect(renderFacts(one, words.en)).not.toContain('edited this step')
    expect(renderFacts(three, words.en)).toContain('a person edited this step before it ran')

    expect((await runCli(['exec', 'a.md', '--record'], { cwd })).code).toBe(0)
    expect(record().deviations).toBeUndefined()
  })

  test('an edit that changes nothing does not count', async () => {
    const cwd = projectWith({ 'a.md': step('one', 'echo one > trail') })
    const shown = await atTerminal(['exec', 'a.md', '--step', '--lang', 'en'], 'e\n', cwd)
    expect(shown).toContain('nothing was changed')
    expect(shown).not.toContain('edited by hand')
    expect(readFileSync(join(cwd, 'trail'), 'utf8')).toBe('one\n')
  })

  test('edits the text of a block or a file that is not shell', async () => {
    const cwd = projectWith({
      'a.md':
        '```python {#py run=python3}\nprint("(original")\n```\n```ini {#f file=f.ini}\n(original\n```\n',
    })
    const shown = await atTerminal(['exec', 'a.md', '--step', '--lang', 'en'], 'e\ne', cwd)
    expect(shown).toContain('exit 0')
    expect(readFileSync(join(cwd, 'f.ini'), 'utf8')).toBe('(edited\n')
  })

  test('retries a failed step, jumps, and stops', async () => {
    const cwd = projectWith({
      'a.md':
        step('flaky', 'echo x >> tries; test "$(wc -l < tries)" = 2') +
        step('far', 'echo far >> trail') +
        step('last', 'echo last >> trail'),
    })
    const shown = await atTerminal(
      ['exec', 'a.md', '--step', '--lang', 'en'],
      '\nr\n\nj last\n\n',
      cwd,
    )
    expect(shown).toContain('exit 130')
    expect(readFileSync(join(cwd, 'tries'), 'utf8')).toBe('x\nx\n')
    expect(readFileSync(join(cwd, 'trail'), 'utf8')).toBe('last\n')
  })

  test('asks for a dangerous step by its name, and for a secret without showing it', async () => {
    const cwd = projectWith({
      'a.md': `---\nvars: { KEY: { secret: true, ask: the key } }\n---\n${step('drop', 'echo "$KEY" > dropped', 'danger="all of it"')}`,
    })
    const shown = await atTerminal(['exec', 'a.md', '--lang', 'en'], 'a-long-secret\ndrop', cwd)
    expect(shown).toContain('loses: all of it')
    expect(shown).toContain('exit 0')
    expect(shown).not.toContain('a-long-secret')
    expect(readFileSync(join(cwd, 'dropped'), 'utf8')).toBe('a-long-secret\n')
  })
})

describe('exec', () => {
  test('--from, --to, --only and --tag choose steps', async () => {
    const cwd = projectWith({
      'a.md':
        step('a', 'true') +
        step('b', 'true', 'tags=x') +
        step('c', 'true') +
        step('end', 'true', 'always'),
    })
    const ran = async (...flags: readonly string[]) => {
      const { stdout } = await runCli(['exec', 'a.md', '--json', ...flags], { cwd })
      return eventsOf(stdout)
        .filter(({ kind }) => kind === 'step-started')
        .map((event) => event['step'])
    }
    expect(await ran('--from', 'b')).toEqual(['a#b', 'a#c', 'a#end'])
    expect(await ran('--to', 'b')).toEqual(['a#a', 'a#b', 'a#end'])
    expect(await ran('--only', 'c,a')).toEqual(['a#a', 'a#c', 'a#end'])
    expect(await ran('--tag', 'x')).toEqual(['a#b', 'a#end'])
  })

  test('--keep-going continues after a failure, and the run still fails', async () => {
    const cwd = projectWith({ 'a.md': step('a', 'false') + step('b', 'touch b') })
    const { code } = await runCli(['exec', 'a.md', '--keep-going'], { cwd })
    expect(code).toBe(1)
    expect(existsSync(join(cwd, 'b'))).toBe(true)
  })

  test('--twice fails a page that cannot run again', async () => {
    const cwd = projectWith({
      'once.md': step('a', 'mkdir made'),
      'again.md': step('a', 'mkdir -p made'),
    })
    expect((await runCli(['exec', 'again.md', '--twice'], { cwd })).code).toBe(0)
    expect((await runCli(['exec', 'once.md', '--twice'], { cwd })).code).toBe(1)
  })

  test('--with-requires runs the missing pages first, each once, and skips those that are done', async () => {
    const cwd = projectWith({
      'a.md': `---\nprovides: [file:a]\n---\n${step('a', 'echo a >> order; touch a')}`,
      'b.md': `---\nrequires: [a.md]\nprovides: [file:b]\n---\n${step('b', 'echo b >> order; touch b')}`,
      'c.md': `---\nrequires: [a.md, b.md]\nneeds: [file:b]\n---\n${step('c', 'echo c >> order')}`,
    })
    expect((await runCli(['exec', 'c.md'], { cwd })).code).toBe(1)
    expect((await runCli(['exec', 'c.md', '--with-requires'], { cwd })).code).toBe(0)
    expect((await runCli(['exec', 'c.md', '--with-requires'], { cwd })).code).toBe(0)
    expect(readFileSync(join(cwd, 'order'), 'utf8')).toBe('a\nb\nc\nc\n')
  })

  test('a folder is run in the order of `requires`, and a later page may need what an earlier one brings', async () => {
    const cwd = projectWith({
      'p/1.md': `---\nrequires: [2.md]\nneeds: [file:two]\n---\n${step('x', 'cat two')}`,
      'p/2.md': `---\nprovides: [file:two]\n---\n${step('x', 'touch two')}`,
    })
    expect((await runCli(['exec', 'p'], { cwd })).code).toBe(0)
  })

  test('each page starts in its own folder', async () => {
    const cwd = projectWith({
      'a/one.md': step('x', 'touch here; cd /'),
      'b/two.md': step('x', 'touch here'),
      'c/three.md': `---\ndir: sub\n---\n${step('x', 'touch here')}`,
      'c/sub/keep': '',
    })
    expect((await runCli(['exec', 'a/one.md', 'b/two.md', 'c/three.md'], { cwd })).code).toBe(0)
    for (const file of ['a/here', 'b/here', 'c/sub/here'])
      expect(existsSync(join(cwd, file))).toBe(true)
  })

  test('undo reverts, in reverse order, what a run did and nothing older', async () => {
    const cwd = projectWith({
      'a.md':
        step('one', 'touch one', 'undo=un-one') +
        step('two', 'touch two', 'undo=un-two') +
        step('old', 'touch old', 'creates=old undo=un-old') +
        step('un-one', 'rm one; echo one >> undone') +
        step('un-two', 'rm two; echo two >> undone') +
        step('un-old', 'rm old; echo old >> undone'),
      old: '',
    })
    expect((await runCli(['exec', 'a.md'], { cwd })).code).toBe(0)
    expect((await runCli(['undo'], { cwd })).code).toBe(0)
    expect(readFileSync(join(cwd, 'undone'), 'utf8')).toBe('two\none\n')
    expect(existsSync(join(cwd, 'old'))).toBe(true)
  })
})
