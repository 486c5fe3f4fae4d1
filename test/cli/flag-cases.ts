/** For each flag of a command a project in which the flag changes what the command does. */

import type { Sshd } from '../transport/sshd.ts'

export const commandNames = ['plan', 'exec', 'resume', 'undo'] as const
export type CommandName = (typeof commandNames)[number]

/** What can be seen of a command that is over. */
export interface Seen {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Text of every file of the project, by its path. */
  readonly files: Readonly<Record<string, string>>
}

export interface FlagCase {
  readonly flag: readonly string[]
  readonly files: Readonly<Record<string, string>>
  /** Commands that come before, each from its words. */
  readonly before?: readonly (readonly string[])[]
  /** Files that are written, or removed where `undefined`, between those and the command. */
  readonly between?: Readonly<Record<string, string | undefined>>
  /** What stands before the flag. Default: the command and, where it takes pages, `a.md`. */
  readonly words?: readonly string[]
  /** At a terminal somebody answers `no` to every question. */
  readonly atTerminal?: boolean
  /** Holds with the flag and not without it. */
  readonly effect: (seen: Seen) => boolean
}

type Cases = Readonly<Record<string, (ssh: Sshd) => FlagCase>>

const fence = (info: string, text: string) => `\`\`\`${info}\n${text}\n\`\`\`\n`
const step = (id: string, text: string, more = '') =>
  fence(`bash {#${id}${more === '' ? '' : ` ${more}`}}`, text)

const three =
  step('one', 'echo 1 >>trail') +
  step('two', 'echo 2 >>trail', 'tags=t') +
  step('three', 'echo 3 >>trail')
const listed = (ids: readonly string[], seen: Seen) =>
  ['one', 'two', 'three'].every((id) => seen.stdout.includes(` ${id} `) === ids.includes(id))
const trail = (text: string) => (seen: Seen) => (seen.files['trail'] ?? '') === text
const named = '---\nvars: { NAME: { default: nobody } }\n---\n' + step('one', 'echo "I am $NAME"')
const required = {
  'a.md': '---\nrequires: [b.md]\n---\n' + step('one', 'cat made'),
  'b.md': '---\nprovides: [file:made]\n---\n' + step('first', 'echo it >made'),
}
/** Its check leaves a trace. */
const askedByCommand = step('one', 'true', 'unless="sh:echo yes >asked; false"')
const fleet = ['--host', 'local,vm', '--ssh-config', 'config']

/** Whether no host starts before another one has ended. */
const oneAfterTheOther = ({ stdout }: Seen): boolean => {
  const kinds = [...stdout.matchAll(/"kind":"(step-started|step-ended)"/g)].map(([, kind]) => kind)
  return kinds.length === 4 && kinds[1] === 'step-ended'
}

const config = (ssh: Sshd, knownHosts: string) =>
  `Host vm\n  HostName 127.0.0.1\n  Port ${ssh.port}\n  User root\n  IdentityFile ${ssh.identity}\n  IdentitiesOnly yes\n  UserKnownHostsFile ${knownHosts}\n`
const knownIn = (ssh: Sshd) => `${ssh.folder}/known_hosts`
/** Empty, and gone with the server's folder. */
let unknown = 0
const unknownIn = (ssh: Sshd) => `${ssh.folder}/unknown-${++unknown}`
const reached = ({ code }: Seen) => code === 0
const asks = /type yes to trust/

/** The flags that `plan` and `exec` share. */
function shared(command: 'plan' | 'exec'): Cases {
  const isPlan = command === 'plan'
  /** Of the three steps of a page these are taken. */
  const taken = (ids: readonly string[]) => (seen: Seen) =>
    isPlan
      ? listed(ids, seen)
      : trail(ids.map((id) => `${['one', 'two', 'three'].indexOf(id) + 1}\n`).join(''))(seen)
  const chosen = (flag: readonly string[], ids: readonly string[]) => (): FlagCase => ({
    flag,
    files: { 'a.md': three },
    effect: taken(ids),
  })
  const value =
    (flag: readonly string[], files = {}) =>
    (): FlagCase => ({
      flag,
      files: { 'a.md': isPlan ? checkedPattern : named, ...files },
      // A plan says that a value does not fit.
      effect: isPlan
        ? ({ code, stderr }) => code === 2 && stderr.includes('does not match')
        : ({ stdout }) => stdout.includes('I am plum'),
    })
  const limit =
    (flag: readonly string[], shown: string, run: Partial<FlagCase>, page = step('x', 'sleep 1')) =>
    (ssh: Sshd): FlagCase =>
      isPlan
        ? { flag, files: { 'a.md': three }, effect: ({ stdout }) => stdout.includes(shown) }
        : {
            flag,
            files: { 'a.md': page, config: config(ssh, knownIn(ssh)) },
            words: ['exec', 'a.md', '--json', ...fleet],
            effect: oneAfterTheOther,
            ...run,
          }
  return {
    '--host': () => ({
      flag: ['--host', 'vm=local'],
      files: { 'a.md': '---\nroles: { vm: target }\n---\n' + step('one', 'true') },
      effect: reached,
    }),
    '--var': value(['--var', 'NAME=plum']),
    '--vars-file': value(['--vars-file', 'v.yml'], { 'v.yml': 'NAME: plum\n' }),
    '--from': chosen(['--from', 'two'], ['two', 'three']),
    '--to': chosen(['--to', 'two'], ['one', 'two']),
    '--only': chosen(['--only', 'two'], ['two']),
    '--tag': chosen(['--tag', 't'], ['two']),
    '--with-requires': () => ({
      flag: ['--with-requires'],
      files: required,
      effect: isPlan
        ? ({ stdout }) => stdout.includes(' first ')
        : ({ code, files }) => code === 0 && files['made'] === 'it\n',
    }),
    '--parallel': limit(['--parallel', '1'], 'at most 1 hosts at a time', {}),
    '--canary': limit(['--canary', '1'], '1 first', {}),
    '--batch': limit(['--batch', '50%'], 'batches of 50%', {}),
    '--max-fail': limit(
      ['--max-fail', '0%'],
      'more than 0% failed',
      {
        words: ['exec', 'a.md', '--json', ...fleet, '--batch', '50%'],
        effect: ({ stdout }) => [...stdout.matchAll(/"kind":"step-started"/g)].length === 1,
      },
      step('x', 'false'),
    ),
    '--timeout': limit(['--timeout', '300ms'], 'each command at most 300ms', {
      files: { 'a.md': step('x', 'sleep 2') },
      words: ['exec', 'a.md'],
      effect: ({ stdout }) => stdout.includes('RB2005'),
    }),
    '--ssh-config': (ssh) => ({
      flag: ['--ssh-config', 'config'],
      files: { 'a.md': step('one', 'true'), config: config(ssh, knownIn(ssh)) },
      words: [command, 'a.md', '--host', 'vm'],
      effect: reached,
    }),
    '--accept-new-host-key': (ssh) => ({
      flag: ['--accept-new-host-key'],
      files: { 'a.md': step('one', 'true'), config: config(ssh, unknownIn(ssh)) },
      words: [command, 'a.md', '--host', 'vm', '--ssh-config', 'config'],
      effect: reached,
    }),
    '--no-input': (ssh) => ({
      flag: ['--no-input'],
      files: { 'a.md': step('one', 'true'), config: config(ssh, unknownIn(ssh)) },
      words: [command, 'a.md', '--lang', 'en', '--host', 'vm', '--ssh-config', 'config'],
      atTerminal: true,
      effect: ({ stdout }) => stdout.includes('exit 3') && !asks.test(stdout),
    }),
    '--json': () => ({
      flag: ['--json'],
      files: { 'a.md': three },
      effect: ({ stdout }) => isJson(isPlan ? stdout : (stdout.split('\n')[0] ?? '')),
    }),
    '--lang': () => ({
      flag: ['--lang', 'zh'],
      files: { 'a.md': three },
      words: [command, 'a.md'],
      effect: ({ stdout }) => /执行 3|通过 3/.test(stdout),
    }),
  }
}

const checkedPattern =
  '---\nvars: { NAME: { default: nobody, pattern: "nobody" } }\n---\n' + step('one', 'true')

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}

const manual =
  step('one', 'echo 1 >>trail') + '- [ ] look at it\n\n' + step('two', 'echo 2 >>trail')
const danger = step('one', 'echo 1 >>trail', 'danger="all of it"')
/** A run that stops at its second step until there is a file `go`. */
const broken = step('one', 'echo 1 >>trail') + step('two', 'test -e go && echo 2 >>trail')
/** Its shell is gone with all that could tell its status, until there is a file `go`. */
export const losing = step('one', 'echo 1 >>trail; [ -e go ] || kill -9 $PPID $$')
const undone = step('one', 'echo 1 >>trail', 'undo=back') + step('back', 'echo back >>trail')

/** A run on the host `vm` whose known hosts are not those of the command. */
function overSsh(command: 'resume' | 'undo', ssh: Sshd, otherConfig: string) {
  const page =
    command === 'resume'
      ? step('one', 'true') + step('two', 'test -e "$HOME/go-$$" || exit 1', 'exit=0')
      : step('one', 'true', 'undo=back') + step('back', 'true')
  return {
    files: { 'a.md': page, config: config(ssh, knownIn(ssh)) },
    before: [['exec', 'a.md', '--host', 'vm', '--ssh-config', 'config']],
    between: {
      'a.md': page.replace('test -e "$HOME/go-$$" || exit 1', 'true'),
      config: undefined,
      again: otherConfig,
    },
  }
}

function again(command: 'resume' | 'undo'): Cases {
  const isResume = command === 'resume'
  const plain = isResume
    ? { files: { 'a.md': broken }, before: [['exec', 'a.md']], between: { go: '' } }
    : { files: { 'a.md': undone }, before: [['exec', 'a.md']] }
  return {
    '--control': () => ({
      flag: ['--control'],
      ...plain,
      effect: ({ code, stderr }) => code === 2 && stderr.includes('needs a socket'),
    }),
    '--ssh-config': (ssh) => ({
      flag: ['--ssh-config', 'again'],
      ...overSsh(command, ssh, config(ssh, knownIn(ssh))),
      effect: reached,
    }),
    '--accept-new-host-key': (ssh) => ({
      flag: ['--accept-new-host-key'],
      words: [command, '--ssh-config', 'again'],
      ...overSsh(command, ssh, config(ssh, unknownIn(ssh))),
      effect: reached,
    }),
    '--yes': () =>
      isResume
        ? {
            flag: ['--yes'],
            files: { 'a.md': manual },
            before: [['exec', 'a.md']],
            effect: trail('1\n2\n'),
          }
        : {
            flag: ['--yes'],
            files: {
              'a.md': step('one', 'echo 1 >>trail', 'undo=step-1') + '- [ ] take it back\n',
            },
            before: [['exec', 'a.md']],
            effect: reached,
          },
    '--allow-danger': () =>
      isResume
        ? {
            flag: ['--allow-danger'],
            files: { 'a.md': danger },
            before: [['exec', 'a.md']],
            effect: trail('1\n'),
          }
        : {
            flag: ['--allow-danger'],
            files: { 'a.md': undone.replace('{#back}', '{#back danger="all of it"}') },
            before: [['exec', 'a.md']],
            effect: trail('1\nback\n'),
          },
    '--no-input': () => ({
      flag: ['--no-input'],
      files: {
        'a.md': isResume ? danger : undone.replace('{#back}', '{#back danger="all of it"}'),
      },
      before: [['exec', 'a.md']],
      words: [command, '--lang', 'en'],
      atTerminal: true,
      effect: ({ stdout }) => stdout.includes('without a terminal') && !/ no\s*$/m.test(stdout),
    }),
    '--json': () => ({
      flag: ['--json'],
      ...plain,
      effect: ({ stdout }) => isJson(stdout.split('\n')[0] ?? ''),
    }),
    '--reporter': () => ({
      flag: ['--reporter', 'junit=out.xml'],
      ...plain,
      effect: ({ files }) => files['out.xml']?.includes('<testsuites') === true,
    }),
    '--lang': () => ({
      flag: ['--lang', 'zh'],
      ...plain,
      words: [command],
      effect: ({ stdout }) => stdout.includes('通过'),
    }),
  }
}

export const flagCases: Readonly<Record<CommandName, Cases>> = {
  plan: {
    '--run-checks': () => ({
      flag: ['--run-checks'],
      files: { 'a.md': askedByCommand },
      effect: ({ files }) => files['asked'] === 'yes\n',
    }),
    ...shared('plan'),
    '--page-hash': () => ({
      flag: ['--page-hash', 'of-another-text'],
      files: { 'a.md': three },
      effect: ({ code, stderr }) => code === 2 && stderr.includes('has changed'),
    }),
    '--format': () => ({
      flag: ['--format', 'markdown'],
      files: { 'a.md': three },
      effect: ({ stdout }) => stdout.includes('## 1. one'),
    }),
  },
  exec: {
    ...shared('exec'),
    '--record': () => ({
      flag: ['--record'],
      files: { 'a.md': three },
      effect: ({ files }) => Object.keys(files).some((name) => name.startsWith('.records/')),
    }),
    '--update': () => ({
      flag: ['--update'],
      files: { 'a.md': step('one', 'echo x') + fence('output', 'y') },
      effect: reached,
    }),
    '--yes': () => ({ flag: ['--yes'], files: { 'a.md': manual }, effect: trail('1\n2\n') }),
    '--allow-danger': () => ({
      flag: ['--allow-danger'],
      files: { 'a.md': danger },
      effect: trail('1\n'),
    }),
    '--step': () => ({
      flag: ['--step'],
      files: { 'a.md': three },
      effect: ({ code, stderr }) => code === 2 && stderr.includes('`--step` needs a terminal'),
    }),
    '--twice': () => ({
      flag: ['--twice'],
      files: { 'a.md': three },
      effect: trail('1\n2\n3\n1\n2\n3\n'),
    }),
    '--watch': () => ({
      flag: ['--watch'],
      files: { 'a.md': step('one', 'true') },
      // Of standard input there is no second save.
      words: ['exec', '-'],
      effect: ({ code, stderr }) => code === 2 && stderr.includes('`--watch` needs a file'),
    }),
    '--keep-going': () => ({
      flag: ['--keep-going'],
      files: { 'a.md': step('bad', 'false') + three },
      effect: trail('1\n2\n3\n'),
    }),
    '--workers': () => ({
      flag: ['--workers'],
      files: { 'a.md': three },
      effect: ({ code, stderr, files }) =>
        code === 2 && stderr.includes('may run on any worker') && files['trail'] === undefined,
    }),
    '--control': () => ({
      flag: ['--control'],
      files: { 'a.md': three },
      effect: ({ code, stderr }) => code === 2 && stderr.includes('needs a socket'),
    }),
    '--page-hash': () => ({
      flag: ['--page-hash', 'of-another-text'],
      files: { 'a.md': three },
      effect: (seen) => seen.code === 2 && trail('')(seen) && seen.stderr.includes('has changed'),
    }),
    '--run-checks': () => ({
      flag: ['--run-checks'],
      files: { 'a.md': askedByCommand },
      words: ['exec', 'a.md', '--dry-run'],
      effect: ({ files }) => files['asked'] === 'yes\n',
    }),
    '--dry-run': () => ({
      flag: ['--dry-run'],
      files: { 'a.md': three },
      words: ['exec', '--yes', 'a.md'],
      effect: (seen) =>
        seen.code === 0 && trail('')(seen) && seen.stdout.includes('Nothing was run'),
    }),
    '--reporter': () => ({
      flag: ['--reporter', 'junit=out.xml'],
      files: { 'a.md': three },
      effect: ({ files }) => files['out.xml']?.includes('<testsuites') === true,
    }),
  },
  resume: {
    ...again('resume'),
    '--workers': () => ({
      flag: ['--workers'],
      files: { 'a.md': three },
      words: ['resume', '20200101-0000'],
      effect: ({ code, stderr }) => code === 2 && stderr.includes('no database of workers'),
    }),
    '--lost': () => ({
      flag: ['--lost', 'again'],
      files: { 'a.md': losing },
      before: [['exec', 'a.md']],
      between: { go: '' },
      effect: trail('1\n1\n'),
    }),
  },
  undo: again('undo'),
}
