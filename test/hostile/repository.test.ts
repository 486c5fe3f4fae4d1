/**
 * A hostile repository, checked out as a whole, and every command of ours run in it: one case for
 * each command and trap. Nothing of the repository may run, nothing outside of it may change, and
 * nothing outside may be shown.
 */

import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { withoutRoot } from '../support/may-skip.ts'
import { runCli } from '../cli/run-cli.ts'

const secretText = 'outside-secret-4711'

interface Place {
  /** The checkout. */
  readonly repo: string
  /** Beside it: what belongs to the person. */
  readonly outside: string
  /** Exists once something of the repository ran. */
  readonly canary: string
}

type Trap = (place: Place) => void

const fence = (id: string, text: string, attributes = '') =>
  `\`\`\`bash {#${id}${attributes}}\n${text}\n\`\`\`\n`

const traps: Readonly<Record<string, Trap>> = {
  'ssh configuration that starts programs': ({ repo, canary }) => {
    put(repo, 'runbook.yml', 'pages: pages\nssh-config: ssh_config\n')
    const lines = [
      'Host web',
      '  HostName 127.0.0.1',
      '  Port 1',
      `  ProxyCommand touch ${canary}`,
      `  Proxy"Command" touch ${canary}`,
      `Match exec "touch ${canary}"`,
      `Ma"tch" ex"ec" "touch ${canary}"`,
    ]
    put(repo, 'ssh_config', `${lines.join('\n')}\n`)
  },
  'hosts and secrets that name programs': ({ repo, canary }) => {
    put(
      repo,
      'runbook.yml',
      `pages: pages\nhosts: { web: { command: [sh, -c, "touch ${canary}; exec bash"] } }\nsecrets: { KEY: { command: "touch ${canary}; echo long-enough" } }\n`,
    )
    put(repo, 'pages/k.md', `---\nvars: { KEY: { secret: true } }\n---\n${fence('k', 'true')}`)
  },
  'checks that run commands': ({ repo, canary, outside }) => {
    put(outside, 'tool', `#!/bin/sh\ntouch ${canary}\necho 9.9\n`)
    chmodSync(join(outside, 'tool'), 0o755)
    put(
      repo,
      'pages/c.md',
      `---\nneeds: ['sh:touch ${canary}']\nprovides: ['sh:touch ${canary}']\n---\n${fence('c', 'true', ` needs="cmd:bash>=1" unless="sh:touch ${canary}"`)}`,
    )
    put(repo, 'pages/d.md', fence('d', 'true', ` when="cmd:${outside}/tool>=1"`))
  },
  'a committed run': ({ repo, canary, outside }) => {
    const run = '29990101-0000-aaaaaa'
    const folder = `.runbook/runs/${run}`
    put(outside, 'evil_config', `Host *\n  ProxyCommand touch ${canary}\n`)
    put(repo, 'ssh_evil', `Host *\n  ProxyCommand touch ${canary}\n`)
    const at = { v: 1, at: '2999-01-01T00:00:00.000Z' }
    const events = [
      {
        ...at,
        seq: 0,
        kind: 'run-started',
        run,
        tool: 't',
        runbooks: [relative(repo, join(outside, 'secret.md'))],
        hosts: [{ name: 'web', role: null, address: 'web', platform: 'debian-12' }],
        steps: [],
      },
      {
        ...at,
        seq: 1,
        kind: 'step-started',
        step: 'a#a',
        host: 'web',
        user: 'root',
        variant: null,
      },
      {
        ...at,
        seq: 2,
        kind: 'command-started',
        step: 'a#a',
        host: 'web',
        index: 0,
        text: 'x',
        frame: { user: null, number: 1, out: 0, err: 0 },
      },
    ]
    put(repo, `${folder}/events.jsonl`, events.map((each) => `${JSON.stringify(each)}\n`).join(''))
    const request = {
      v: 1,
      pages: [join(repo, 'pages/a.md')],
      hosts: [{ role: null, hosts: ['web'] }],
      values: {},
      selection: { from: null, to: null, only: [], tags: [] },
      sshConfig: join(repo, 'ssh_evil'),
      record: 'all',
      update: false,
      keepGoing: false,
      timeoutMs: null,
      machines: {},
    }
    put(repo, `${folder}/request.json`, JSON.stringify(request))
    privately(join(repo, '.runbook'))
  },
  'a link for .runbook': ({ repo, outside }) => link(repo, '.runbook', outside),
  'a link for .runbook/runs': ({ repo, outside }) => link(repo, '.runbook/runs', outside),
  'a run that is a link': ({ repo, outside }) =>
    link(repo, '.runbook/runs/29990101-0000-aaaaaa', outside),
  'a link for .records': ({ repo, outside }) => link(repo, 'pages/.records', outside),
  'a link for a page’s records': ({ repo, outside }) => link(repo, 'pages/.records/a', outside),
  'a link for a record': ({ repo, outside }) =>
    link(repo, 'pages/.records/a/debian-12.json', join(outside, 'settings.json')),
  'a link for a page': ({ repo, outside }) => link(repo, 'pages/x.md', join(outside, 'secret.md')),
  'a page that leads to a local file of another name': ({ repo }) => {
    put(repo, '.env', `${secretText}\n`)
    link(repo, 'pages/x.md', '../.env')
  },
  'a link for the folder of pages': ({ repo, outside }) => {
    rmSync(join(repo, 'pages'), { recursive: true })
    link(repo, 'pages', outside)
  },
  'a link for runbook.yml': ({ repo, outside }) => {
    rmSync(join(repo, 'runbook.yml'))
    put(outside, 'other.yml', `title: ${secretText}\n`)
    link(repo, 'runbook.yml', join(outside, 'other.yml'))
  },
  'pages elsewhere': ({ repo, outside }) =>
    put(repo, 'runbook.yml', `pages: ${relative(repo, outside)}\n`),
  'a page without end': ({ repo }) => link(repo, 'pages/z.md', '/dev/zero'),
  'a page that is a pipe': ({ repo }) => void execFileSync('mkfifo', [join(repo, 'pages/p.md')]),
  'a page of many gigabytes': ({ repo }) => {
    put(repo, 'pages/big.md', '')
    truncateSync(join(repo, 'pages/big.md'), 40 * 1024 ** 3)
  },
  'a journal that is a pipe': ({ repo }) => {
    mkdirSync(join(repo, '.runbook/runs/29990101-0000-aaaaaa'), { recursive: true })
    execFileSync('mkfifo', [join(repo, '.runbook/runs/29990101-0000-aaaaaa/events.jsonl')])
  },
  'requires outside': ({ repo, outside }) =>
    put(
      repo,
      'pages/r.md',
      `---\nrequires: [${relative(join(repo, 'pages'), join(outside, 'secret.md'))}]\n---\n${fence('r', 'true')}`,
    ),
  'a link on a page to a file without end': ({ repo }) => {
    link(repo, 'zero.md', '/dev/zero')
    put(repo, 'pages/l.md', `[z](../zero.md) [y](../zero.md#x)\n`)
  },
  'names of JavaScript': ({ repo }) => {
    const page = `---\nroles: { constructor: x }\nvars: { toString: {}, hasOwnProperty: { default: a } }\n---\n${fence('constructor', 'true')}${fence('valueOf', 'true', ' when=step:constructor')}`
    put(repo, 'pages/constructor.md', page)
    put(
      repo,
      'runbook.yml',
      'pages: pages\nvars: { valueOf: x }\ngroups: { toString: [constructor] }\n',
    )
  },
  'a configuration of git that starts programs': ({ repo, canary }) => {
    execFileSync('git', ['config', 'core.fsmonitor', `touch ${canary}; false`], { cwd: repo })
    put(repo, '.runbook/runs/29990101-0000-aaaaaa/events.jsonl', '')
  },
}

/** Every command, as somebody would try it; what it says and how it ends differs by trap. */
const commands: readonly (readonly string[])[] = [
  ['list', '--json'],
  ['lint', '--fix'],
  ['plan', 'pages'],
  ['plan', 'pages', '--host', 'web', '--json'],
  ['exec', 'pages', '--dry-run'],
  ['exec', 'pages/a.md', '--host', 'web', '--record'],
  ['exec', 'pages/a.md', '--record'],
  ['exec', 'pages/a.md', '--host', 'constructor', '--var', 'valueOf=1'],
  ['sync', '--write'],
  ['status'],
  ['resume'],
  ['resume', '2999'],
  ['undo', '2999'],
  ['runs'],
  ['runs', '--forget', '2999'],
  ['show', '2999'],
  ['report', '2999'],
  ['host'],
  ['host', 'web', '--check'],
  ['explain', 'constructor'],
  ['trust'],
  ['completion', 'bash'],
]

const cases = Object.keys(traps).flatMap((trap) =>
  commands.map((words) => [trap, words.join(' '), words] as const),
)

/** One checkout a trap: what a command leaves there may be no trap for the next one either. */
const places = new Map<string, { readonly place: Place; readonly before: readonly string[] }>()

beforeAll(() => {
  for (const [trap, setTrap] of Object.entries(traps)) {
    const place = checkout(setTrap)
    places.set(trap, { place, before: snapshot(place.outside) })
  }
})
afterAll(() => {
  for (const { place } of places.values()) {
    rmSync(dirname(place.repo), { recursive: true, force: true })
  }
})

test.concurrent.each(cases)('%s: holds against `%s`', async (trap, _line, words) => {
  const found = places.get(trap)
  if (!found) throw new Error(`unreachable: no checkout for ${trap}`)
  const { place, before } = found
  const home = join(dirname(place.repo), 'home')
  const { code, stdout, stderr } = await runCli(words, {
    cwd: place.repo,
    env: { XDG_STATE_HOME: join(home, 'state'), XDG_CONFIG_HOME: join(home, 'config') },
  })
  const said = `${stdout}${stderr}`
  // It ends by itself, and not by a fault of ours.
  expect({ isAnswer: [0, 1, 2, 3].includes(code ?? -1), said }).toMatchObject({ isAnswer: true })
  expect(existsSync(place.canary)).toBe(false)
  expect(snapshot(place.outside)).toEqual(before)
  expect(said).not.toContain(secretText)
})

test('the traps work: the test would notice a program that ran or a link that was followed', () => {
  const { repo, canary, outside } = checkout(() => {})
  onTestFinished(() => rmSync(dirname(repo), { recursive: true, force: true }))
  execFileSync('touch', [canary])
  expect(existsSync(canary)).toBe(true)
  const before = snapshot(outside)
  writeFileSync(join(outside, 'new'), '')
  expect(snapshot(outside)).not.toEqual(before)
  expect(existsSync(join(repo, '.git'))).toBe(true)
})

describe('a refusal names the reason and the remedy', () => {
  test('a committed run: by resume, undo and --forget; `runs` marks it', async () => {
    for (const words of [['resume', '2999'], ['resume'], ['undo'], ['runs', '--forget', '2999']]) {
      const { code, stderr } = await inTrap('a committed run', ...words)
      expect(code).toBe(2)
      expect(stderr).toMatch(
        words[1] === '2999' || words[2] === '2999'
          ? /run `29990101-0000-aaaaaa` is not trusted: git tracks it/
          : /is not trusted: git tracks it|no runs in this project/,
      )
    }
    const { stdout } = await inTrap('a committed run', 'runs')
    expect(stdout).toContain('(not trusted: git tracks it, so it came with the repository)')
  })

  test.each([
    ['another mode', (run: string) => chmodSync(run, 0o755), 'is not private (mode 755)'],
    [
      'another file’s mode',
      (run: string) => chmodSync(join(run, 'request.json'), 0o644),
      'is not private (mode 644)',
    ],
    [
      'another owner',
      (run: string) => execFileSync('chown', ['4242', join(run, 'events.jsonl')]),
      'belongs to another user (uid 4242)',
    ],
  ])('a run with %s', async (what, spoil, why) => {
    if (what === 'another owner' && withoutRoot() !== undefined) return
    const { repo } = checkedOut(() => {})
    put(repo, 'pages/f.md', fence('f', 'false'))
    expect((await runCli(['exec', 'pages/f.md'], { cwd: repo })).code).toBe(1)
    const [run = ''] = readdirSync(join(repo, '.runbook/runs'))
    expect((await runCli(['resume'], { cwd: repo })).code).toBe(1)
    spoil(join(repo, '.runbook/runs', run))
    const { code, stderr } = await runCli(['resume', run], { cwd: repo })
    expect(code).toBe(2)
    expect(stderr).toContain(why)
    expect((await runCli(['show', run], { cwd: repo })).code).toBe(0)
  })

  test('a run’s ssh configuration that a pull has changed', async () => {
    const { repo, canary } = checkedOut(() => {})
    put(repo, 'mine', 'Host web\n  HostName 127.0.0.1\n  Port 1\n')
    put(repo, 'pages/f.md', fence('f', 'false'))
    expect((await runCli(['exec', 'pages/f.md', '--ssh-config', 'mine'], { cwd: repo })).code).toBe(
      1,
    )
    put(repo, 'mine', `Host web\n  ProxyCommand touch ${canary}\n`)
    const { code, stderr } = await runCli(['resume'], { cwd: repo })
    expect(code).toBe(3)
    expect(stderr).toContain('ProxyCommand')
    expect(existsSync(canary)).toBe(false)
  })

  test('a plan lists the checks that it did not ask, and asks them with a flag', async () => {
    const place = checkedOut(traps['checks that run commands'] ?? (() => {}))
    rmSync(join(place.repo, 'pages/d.md'))
    const plan = ['plan', 'pages/c.md', '--lang', 'en']
    const { stdout } = await runCli(plan, { cwd: place.repo })
    expect(stdout).toContain('(not asked: sh:touch')
    expect(stdout).toMatch(/Nothing was run\. .*not asked: 3; `--run-checks` asks them\./)
    expect(existsSync(place.canary)).toBe(false)
    const asked = await runCli([...plan, '--run-checks'], { cwd: place.repo })
    expect(asked.stdout).toContain('Nothing but checks was run.')
    expect(existsSync(place.canary)).toBe(true)
    const exec = await runCli(['exec', 'pages/c.md', '--run-checks'], { cwd: place.repo })
    expect(exec.stderr).toContain('`--run-checks` is for a plan')
    expect(exec.code).toBe(2)
  })
})

async function inTrap(name: string, ...words: readonly string[]) {
  const trap = traps[name]
  if (!trap) throw new Error(`no trap ${name}`)
  return runCli(words, { cwd: checkedOut(trap).repo })
}

/** For one test. */
function checkedOut(setTrap: Trap): Place {
  const place = checkout(setTrap)
  onTestFinished(() => rmSync(dirname(place.repo), { recursive: true, force: true }))
  return place
}

/** A repository with two honest pages and a trap, committed and cloned, beside a person's files. */
function checkout(setTrap: Trap): Place {
  const top = mkdtempSync(join(tmpdir(), 'runbook-hostile-'))
  const place = {
    repo: join(top, 'repo'),
    outside: join(top, 'outside'),
    canary: join(top, 'canary'),
  }
  put(
    place.outside,
    'secret.md',
    `# ${secretText}\n\n${fence('s', 'echo x')}\`\`\`output\n${secretText}\n\`\`\`\n`,
  )
  put(place.outside, 'settings.json', '{}\n')
  mkdirSync(place.repo)
  const git = (...words: readonly string[]) =>
    execFileSync(
      'git',
      ['-c', 'core.fsmonitor=false', '-c', 'user.name=t', '-c', 'user.email=t@t', ...words],
      {
        cwd: place.repo,
        stdio: 'ignore',
      },
    )
  git('init', '-q')
  put(place.repo, 'runbook.yml', 'pages: pages\n')
  put(place.repo, 'pages/a.md', `# A\n\n${fence('a', 'echo fine')}\`\`\`output\nfine\n\`\`\`\n`)
  setTrap(place)
  // Git would read all of it.
  git('add', '-A', '-f', '.', ':(exclude,glob)**/big.md')
  git('commit', '-qm', 'all')
  return place
}

function put(folder: string, name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
}

function link(repo: string, name: string, target: string): void {
  mkdirSync(dirname(join(repo, name)), { recursive: true })
  symlinkSync(target, join(repo, name))
}

/** As our own runs are, so that only git tells them apart. */
function privately(folder: string): void {
  chmodSync(folder, 0o700)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) privately(join(folder, entry.name))
    else chmodSync(join(folder, entry.name), 0o600)
  }
}

/** Every file with its text, and when it was written. */
function snapshot(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((path) => {
      const { mtimeMs, mode } = statSync(path)
      return `${path} ${mtimeMs} ${mode} ${statSync(path).isFile() ? readFileSync(path, 'utf8') : ''}`
    })
}
