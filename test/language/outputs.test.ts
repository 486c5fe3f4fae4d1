/** Every place where a page can say what is printed: what is right passes, what is wrong fails. */

import { execFileSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { outcomeOf } from './page-outcome.ts'

const bashVersion = execFileSync('bash', ['-c', 'printf %s "${BASH_VERSION%.*}"'], {
  encoding: 'utf8',
})
const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`
const python = (between: string) => `$ python3 -q\n>>> 1+1\n${between}\n>>> exit()`

describe.concurrent('expected output is compared', () => {
  test.each<readonly [string, (expected: string) => string, string, string]>([
    [
      'after a shell block',
      (text) => fence('bash {#x}', 'echo one') + fence('output', text),
      'one',
      'two',
    ],
    [
      'after a script',
      (text) => fence('txt {#x run=cat}', 'one') + fence('output', text),
      'one',
      'two',
    ],
    [
      'after a transcript',
      (text) => fence('console {#x}', '$ echo one') + fence('output', text),
      'one',
      'two',
    ],
    [
      'in a transcript',
      (text) => fence('console {#x}', `$ echo one\n${text}\n$ true`),
      'one',
      'two',
    ],
    [
      'between the prompts of a transcript',
      (text) => fence('console {#x}', python(text)),
      '2',
      '3',
    ],
    [
      'behind input that goes on in a transcript',
      (text) =>
        fence(
          'console {#x}',
          `$ python3 -q\n>>> if True:\n...     print(1)\n...\n${text}\n>>> exit()`,
        ),
      '1',
      '3',
    ],
    [
      'behind a here-document of a session',
      (text) =>
        fence(
          'console {#x}',
          `$ bash --norc\nbash-5$ cat <<E\n> a\n>\n> E\n${text}\nbash-5$ exit`,
        ).replaceAll('bash-5$', `bash-${bashVersion}${process.getuid?.() === 0 ? '#' : '$'}`),
      'a\n',
      'b\n',
    ],
    [
      'before the first prompt of a transcript',
      (text) => fence('console {#x}', `$ echo hi; python3 -q\n${text}\n>>> exit()`),
      'hi',
      'ho',
    ],
    [
      'after the last prompt of a transcript',
      (text) => fence('console {#x}', `$ python3 -q; echo bye\n>>> exit()\n${text}`),
      'bye',
      'by',
    ],
    [
      'after a dialog',
      (text) =>
        fence('bash {#x}', 'read -p "name: " name; echo "hello $name"') +
        fence('dialog', 'name: => plum') +
        fence('output', `...\n${text}`),
      'hello plum',
      'hello pear',
    ],
    [
      'after a background step',
      (text) =>
        fence(
          'bash {#x background ready=file:up within=600ms}',
          'echo up and running; touch up; exec sleep 60',
        ) + fence('output', text),
      'up and running',
      'down',
    ],
    [
      'after a background step that goes on to print',
      (text) =>
        fence('bash {#x background within=600ms}', 'echo one; echo more; exec sleep 60') +
        fence('output', text),
      'one',
      'two',
    ],
    [
      'as nothing, after a background step',
      (text) =>
        fence(
          `bash {#x background ready=file:up within=600ms}`,
          `${text}; touch up; exec sleep 60`,
        ) + '```output\n```\n',
      'true',
      'echo something',
    ],
  ])('%s', async (_, page, right, wrong) => {
    expect((await outcomeOf(page(right))).steps['x']).toMatchObject({ status: 'passed' })
    expect((await outcomeOf(page(wrong))).steps['x']).toMatchObject({
      status: 'failed',
      reason: 'output',
    })
  })
})

describe.concurrent('a variable that an output sets', () => {
  const vars = '---\nvars: { WORD: { default: none } }\n---\n'

  test('is available to later commands of the same transcript', async () => {
    const page = fence(
      'console {#x captures=WORD}',
      '$ echo plum\n<WORD:\\w+>\n$ echo "got $WORD"\ngot <$WORD>',
    )
    expect((await outcomeOf(page)).steps['x']).toMatchObject({ status: 'passed' })
  })

  test('is available to later steps even if the output is not compared', async () => {
    const page =
      vars +
      fence('bash {#x}', 'echo plum') +
      fence('output {nocompare}', '<WORD:\\w+>') +
      fence('bash {#use}', 'echo "got $WORD"')
    expect((await outcomeOf(page)).steps['use']).toMatchObject({ output: 'got plum\n' })
  })

  test('must be set even if the output is not compared, except a name with a value', async () => {
    expect((await outcomeOf(uncompared('bash {#x captures=WORD}'))).steps['x']).toMatchObject({
      reason: 'not-captured',
    })
    expect((await outcomeOf(vars + uncompared('bash {#x}'))).steps['use']).toMatchObject({
      output: 'got none\n',
    })
  })

  test('in a background step is available to later steps', async () => {
    const page =
      fence('bash {#x background captures=WORD}', 'echo port 4711; exec sleep 60') +
      fence('output', 'port <WORD:\\d+>') +
      fence('bash {#use}', 'echo "got $WORD"')
    expect((await outcomeOf(page)).steps['use']).toMatchObject({ output: 'got 4711\n' })
  })

  test('is masked if it is a secret of a background step, even when the step fails', async () => {
    expect((await outcomeOf(sayingKey(''))).secrets).toEqual(['plum42tree'])
    const failed = await outcomeOf(sayingKey('ready=file:absent within=300ms'))
    expect(failed.steps['x']).toMatchObject({ status: 'failed', output: '' })
    expect(failed.shown).not.toContain('plum42tree')
  })
})

test('a private step shows no diff', async () => {
  const page = fence('bash {#x private}', 'echo plum$((40+2))tree') + fence('output', 'pear')
  const { steps, shown } = await outcomeOf(page)
  expect(steps['x']).toMatchObject({ status: 'failed', reason: 'output' })
  expect(shown).not.toContain('plum42tree')
})

test('a background step that is retried runs once at a time', async () => {
  const page =
    fence(
      'bash {#x background ready=file:second within=400ms retry=2/100ms}',
      'echo $BASHPID >>pids; if [ "$(wc -l <pids)" = 2 ]; then touch second; fi; exec sleep 60',
    ) +
    fence(
      'bash {#count}',
      'for pid in $(cat pids); do grep -qs "^State:.[^Z]" /proc/$pid/status && echo alive; done; true',
    )
  expect((await outcomeOf(page)).steps['count']).toMatchObject({ output: 'alive\n' })
})

const uncompared = (info: string) =>
  fence(info, 'echo "!"') +
  fence('output {nocompare}', '<WORD:\\w+>') +
  fence('bash {#use}', 'echo "got $WORD"')

const sayingKey = (ready: string) =>
  fence(`bash {#x background secret=WORD ${ready}}`, 'echo key plum$((40+2))tree; exec sleep 60') +
  fence('output', 'key <WORD:\\w+>')
