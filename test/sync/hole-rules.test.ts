import { describe, expect, test } from 'vitest'
import { holeRuleNames, ruleHoles, usualHoleRules } from '../../src/sync/hole-rules.ts'
import { differingHoles, lineWithHoles } from '../../src/sync/line-holes.ts'

const none: ReadonlySet<string> = new Set()

function proposed(line: string, rules: readonly string[]): string {
  return lineWithHoles(line, ruleHoles(line, rules), none)
}

describe('text that nearly always varies becomes a hole', () => {
  test.each([
    ['Mon Nov 30 07:06:24 UTC 2026', '<...>'],
    ['started 2026-11-30T07:06:24.120Z', 'started <...>'],
    ['[2026-11-30 07:06:24 +0000] up', '[<...>] up'],
    [
      'Active: active (running) since Mon 2026-11-30 07:06:24 UTC; 3s ago',
      'Active: active (running) since <...>; <:[\\d.]+>s ago',
    ],
    [
      '127.0.0.1 - - [30/Nov/2026:07:06:24 +0000] "GET / HTTP/1.1" 200',
      '127.0.0.1 - - [<...>] "GET / HTTP/1.1" 200',
    ],
    ['-rw-r--r-- 1 root root 12 Nov 30 07:06 a', '-rw-r--r-- 1 root root 12 <...> a'],
    ['编译于 2026年11月30日', '编译于 <...>'],
    [' 07:06:24 up 3 days', ' <:[\\d:.,]+> up 3 days'],
    ['real\t0m0.003s', 'real\t<:[\\dm.,]+>s'],
    ['ready in 5 ms', 'ready in <:[\\d.]+> ms'],
    ['Ran 1 test in 0.012s', 'Ran 1 test in <:[\\d.]+>s'],
    ['耗时 3 秒', '耗时 <:[\\d.]+> 秒'],
    ['Fetched 52.5 kB in 0s (3,413 kB/s)', 'Fetched 52.5 kB in <:[\\d.]+>s (<:[\\d.,]+ ?\\w*B/s>)'],
    ['MainPID=33', 'MainPID=<:\\d+>'],
    ['Main PID: 4711 (nginx)', 'Main PID: <:\\d+> (nginx)'],
    ['sshd[812]: ready', 'sshd[<:\\d+>]: ready'],
    ['[1] 4711', '[1] <:\\d+>'],
    ['at 0x7f3a91bc', 'at 0x<:[0-9a-fA-F]+>'],
    ['id 8f14e45f-ceea-467f-9a3b-0d2a9c1b2c3d', 'id <:[0-9a-fA-F-]+>'],
    ['/tmp/tmp.Xw3kQ9aZ1b', '/tmp/tmp.<:\\w+>'],
  ])('%s → %s', (line, wanted) => {
    expect(proposed(line, usualHoleRules)).toBe(wanted)
  })
})

describe('text that a page may mean literally stays', () => {
  test.each([
    'git version 2.39.5',
    'listening on 127.0.0.1:8000',
    '12 files changed',
    'LISTEN 0 128 0.0.0.0:22',
    'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '/tmp/report.txt',
    'May the build pass',
    'ratio 16:9',
    'uid=0(root) gid=0(root)',
    'step 3 of 5 is done',
    'a[0]',
    'http/2 200',
  ])('%s', (line) => {
    expect(proposed(line, usualHoleRules)).toBe(line)
  })
})

describe('rules that a person selects', () => {
  test.each([
    ['address', 'inet 10.0.2.15/24', 'inet <:[\\d.]+>/24'],
    ['port', 'listening on 127.0.0.1:8000', 'listening on 127.0.0.1:<:\\d+>'],
    ['port', 'port 8081', 'port <:\\d+>'],
    ['size', '12.3M in use, 512 bytes free', '<:[\\d.,]+>M in use, <:[\\d.,]+> bytes free'],
    ['hash', 'commit 1a2b3c4d', 'commit <:[0-9a-f]+>'],
    ['version', 'git version 2.39.5', 'git version <:[\\w.+~-]+>'],
    ['version', 'nginx/1.22.1', 'nginx/<:[\\w.+~-]+>'],
  ])('%s: %s → %s', (rule, line, wanted) => {
    expect(proposed(line, [rule])).toBe(wanted)
  })

  test('every rule of the table has a case here or above', () => {
    expect(holeRuleNames).toEqual([
      'date',
      'time',
      'duration',
      'rate',
      'pid',
      'memory-address',
      'uuid',
      'temporary-name',
      'address',
      'port',
      'size',
      'hash',
      'version',
    ])
  })
})

describe('two runs that differ', () => {
  test.each([
    ['port 41523 is open', 'port 37811 is open', 'port <:\\d+> is open'],
    ['built 1a2b3c4d', 'built 99aa00bb', 'built <:[0-9a-f]+>'],
    ['it is sunny today', 'it is raining today', 'it is <...> today'],
    ['at 07:06:24', 'at 07:08:11', 'at <:[\\d:.,]+>'],
    ['same', 'same', 'same'],
    ['two words', 'two more words', 'two<...> words'],
  ])('%s / %s → %s', (first, second, wanted) => {
    expect(lineWithHoles(first, differingHoles(first, second, holeRuleNames), none)).toBe(wanted)
  })
})

test('no line makes a rule slow', () => {
  const long = [
    '1'.repeat(50_000),
    '1.'.repeat(25_000),
    'a1'.repeat(25_000),
    ': '.repeat(25_000),
    '2026-11-30 '.repeat(5000),
    'pid '.repeat(10_000),
  ]
  for (const line of long) expect(ruleHoles(line, holeRuleNames).length).toBeLessThan(2000)
})
