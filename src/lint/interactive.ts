/** Commands that wait for a person: without a `dialog` their step ends as *waiting for input*. */

import { type LintCommand, type Rule, simpleCommands } from './lint-page.ts'
import { hasOption, operands, type Unwrapped, unwrap } from './unwrap.ts'

export const interactive: Rule = (page, report) => {
  for (const { lint, simple } of simpleCommands(page)) {
    if (hasDialog(lint)) continue
    const command = unwrap(simple)
    const answer = asksFor(command, simple.isFed)
    if (!answer) continue
    const shown = [command.program, ...command.words.slice(0, answer.words ?? 0)].join(' ')
    const last = command.args[(answer.words ?? 0) - 1] ?? command.name
    report.add(
      'RB0802',
      lint.span({ start: command.name.start, end: last.end }),
      `\`${shown}\` ${answer.why}`,
      answer.help ?? 'answer it in a `dialog` fence after the block, or mark the block `{example}`',
    )
  }
}

function hasDialog({ step, command }: LintCommand): boolean {
  return command.dialog.length > 0 || ('dialog' in step && step.dialog.length > 0)
}

interface Question {
  readonly why: string
  readonly help?: string
  /** How many words after the program's name are part of what is shown. */
  readonly words?: number
}

const editor = 'opens an editor'
const client = 'opens a prompt of its own'
const shell = 'opens a shell, and the rest of the block waits for its end'

const editors = new Set([
  'vi',
  'vim',
  'nvim',
  'view',
  'nano',
  'emacs',
  'pico',
  'joe',
  'visudo',
  'vipw',
])
const pagers = new Set(['less', 'more', 'most', 'man'])
const monitors = new Set(['htop', 'btop', 'atop', 'iotop', 'nmon', 'glances', 'nvtop', 'k9s'])
const shells = new Set(['bash', 'sh', 'zsh', 'fish', 'dash', 'ksh', 'csh', 'tcsh'])
const consoles = new Set(['irb', 'ipython', 'iex', 'ghci', 'sbt', 'scala', 'jshell', 'cqlsh'])

function asksFor(command: Unwrapped, isFed: boolean): Question | undefined {
  const { program, words } = command
  const password = passwordQuestion(command)
  if (password) return password
  if (isFed) return undefined
  const rest = operands(words)
  const [first = ''] = rest
  if (editors.has(program)) {
    const isBatch = words.some((word) =>
      /^(?:\+|-c$|-es?$|-s$|--batch$|--version$|--help$)/.test(word),
    )
    return isBatch ? undefined : { why: editor, help: 'write the file with a `{file=PATH}` block' }
  }
  if (pagers.has(program)) return { why: 'shows pages to a person', help: 'write `cat`' }
  if (monitors.has(program)) return { why: 'shows a screen to a person' }
  if (program === 'top' && !hasOption(words, 'b'))
    return { why: 'shows a screen to a person', help: 'write `top -b -n 1`' }
  if (shells.has(program) && words.every((word) => /^-(?:[il]+|-login|-interactive)$/.test(word)))
    return { why: shell, help: 'leave it out: the block runs in bash already' }
  if (consoles.has(program) && words.length === 0) return { why: client }
  return databaseQuestion(command) ?? sessionQuestion(command) ?? wizardQuestion(command, first)
}

/** What asks at the terminal whatever standard input is. */
function passwordQuestion({ program, words }: Unwrapped): Question | undefined {
  if (/^(?:mysql|mariadb)(?:admin|dump|import|check|-\w+)?$/.test(program)) {
    const at = words.findIndex((word) => word === '-p' || word === '--password')
    if (at === -1) return undefined
    const words2 = at + 1
    return {
      why: 'asks for a password',
      help: 'answer it in a `dialog` fence, or give it by `MYSQL_PWD` from a secret variable',
      words: words2,
    }
  }
  if (program === 'ssh-copy-id') return { why: 'asks for a password' }
  return undefined
}

function databaseQuestion({ program, words }: Unwrapped): Question | undefined {
  const help = 'give it its commands: `{run=…}` on a block of its language'
  switch (program) {
    case 'mysql':
    case 'mariadb':
      return words.some((word) => /^(?:-[a-zA-Z]*[eV?]|--(?:execute|version|help))/.test(word))
        ? undefined
        : { why: client, help: 'write a `sql` block with `{run="mysql …"}`' }
    case 'psql':
      return words.some((word) =>
        /^-[A-Za-z]*[cflVL?]|^--(?:command|file|list|version|help)/.test(word),
      )
        ? undefined
        : { why: client, help: 'write a `sql` block with `{run="psql …"}`' }
    case 'sqlite3':
      return operands(words).length < 2 && !hasOption(words, '', '-version', '--version')
        ? { why: client, help: 'write a `sql` block with `{run="sqlite3 …"}`' }
        : undefined
    case 'redis-cli':
    case 'mongo':
    case 'mongosh':
      return words.length === 0 ? { why: client } : undefined
    case 'python':
    case 'python3':
    case 'node':
    case 'php':
    case 'lua':
      return words.length === 0 ? { why: client, help } : undefined
    default:
      return undefined
  }
}

const sshValues = new Set([
  '-b',
  '-c',
  '-D',
  '-E',
  '-e',
  '-F',
  '-I',
  '-i',
  '-J',
  '-L',
  '-l',
  '-m',
  '-O',
  '-o',
  '-p',
  '-Q',
  '-R',
  '-S',
  '-W',
  '-w',
])

function sessionQuestion({ program, words }: Unwrapped): Question | undefined {
  switch (program) {
    case 'su': {
      const isCommand = words.some((word) => word === '-c' || word.startsWith('--command'))
      return isCommand ? undefined : { why: shell, help: 'write `{as=USER}` on the fence instead' }
    }
    case 'sudo':
    case 'doas':
      // Unwrapping ends at `sudo` only where no command follows or a shell is opened.
      return words.some((word) => /^-(?:[A-Za-z]*[is]|-login|-shell)$/.test(word)) &&
        operands(words).length === 0
        ? { why: shell, help: 'write `{as=root}` on the fence instead', words: words.length }
        : undefined
    case 'ssh': {
      let at = 0
      while (at < words.length && words[at]?.startsWith('-') === true)
        at += sshValues.has(words[at] ?? '') ? 2 : 1
      const isSession = at === words.length - 1 && !hasOption(words.slice(0, at), 'NTVGQO')
      const isNoShell = words.slice(0, at).some((word) => /^-[A-Za-z]*[NTVGQOfW]/.test(word))
      return isSession && !isNoShell
        ? {
            why: 'opens a session on another host',
            help: 'declare that host as a role and write `{on=ROLE}`',
            words: words.length,
          }
        : undefined
    }
    case 'telnet':
    case 'ftp':
    case 'sftp':
      return hasOption(words, 'b') ? undefined : { why: client }
    case 'docker':
    case 'podman':
    case 'nerdctl':
    case 'kubectl':
    case 'oc':
    case 'lxc':
      return containerQuestion(words)
    case 'docker-compose':
      return words[0] === 'exec' && !hasOption(words, 'T') ? composeQuestion : undefined
    case 'screen':
      return words.some((word) => /^-(?:d|ls|X|S$|wipe)/.test(word)) ? undefined : { why: shell }
    case 'tmux':
      return words.length === 0 ||
        (/^(?:a|at|attach|attach-session|new|new-session)$/.test(words[0] ?? '') &&
          !hasOption(words, 'd'))
        ? { why: shell, words: Math.min(1, words.length) }
        : undefined
    case 'minicom':
    case 'virsh':
      return program === 'minicom' || words[0] === 'console' ? { why: client } : undefined
    default:
      return undefined
  }
}

const composeQuestion: Question = {
  why: 'wants a terminal',
  help: 'write `exec -T`',
  words: 1,
}

function containerQuestion(words: readonly string[]): Question | undefined {
  const at = words.findIndex((word) => /^(?:exec|run|attach|edit)$/.test(word))
  const verb = words[at]
  if (verb === undefined) return undefined
  if (verb === 'attach') return { why: client, words: at + 1 }
  if (verb === 'edit') {
    return { why: editor, help: 'write `patch`, or `apply -f` with a file', words: at + 1 }
  }
  const end = words.indexOf('--', at)
  const flag = words
    .slice(0, end === -1 ? undefined : end)
    .findIndex((word, index) => index > at && /^-(?:[id]*t[id]*|-tty)$/.test(word))
  return flag === -1
    ? undefined
    : {
        why: 'wants a terminal',
        help: 'leave `-t` out, and give the command to run',
        words: flag + 1,
      }
}

function wizardQuestion({ program, words }: Unwrapped, first: string): Question | undefined {
  const has = (...options: string[]) =>
    words.some((word) => options.some((each) => word === each || word.startsWith(`${each}=`)))
  switch (program) {
    case 'passwd':
      return has(
        '-l',
        '-u',
        '-d',
        '-S',
        '-e',
        '-x',
        '-n',
        '--stdin',
        '--lock',
        '--status',
        '--help',
      )
        ? undefined
        : {
            why: 'asks for a password',
            help: 'answer it in a `dialog` fence, or pipe into `chpasswd`',
          }
    case 'ssh-keygen':
      return has(
        '-l',
        '-R',
        '-F',
        '-y',
        '-A',
        '-H',
        '-e',
        '-i',
        '-K',
        '-s',
        '-Y',
        '-B',
        '-c',
        '-p',
      ) ||
        (words.some((word) => word.startsWith('-N')) && has('-f'))
        ? undefined
        : {
            why: 'asks where to keep the key and for its passphrase',
            help: "write `ssh-keygen -N '' -f PATH`",
          }
    case 'mysql_secure_installation':
    case 'mariadb-secure-installation':
      return has('--use-default') ? undefined : { why: 'asks several questions' }
    case 'crontab':
      return has('-e')
        ? { why: editor, help: 'write `crontab FILE`, or pipe into `crontab -`' }
        : undefined
    case 'git':
      return gitQuestion(words)
    case 'systemctl':
      return first === 'edit'
        ? { why: editor, help: 'write the drop-in with a `{file=PATH}` block', words: 1 }
        : undefined
    case 'dpkg-reconfigure':
      return has('-f', '-fnoninteractive', '--frontend')
        ? undefined
        : { why: 'asks questions', help: 'write `dpkg-reconfigure -f noninteractive`' }
    case 'htpasswd':
      return /^-[A-Za-z]*[bi]/.test(words[0] ?? '') ||
        words.some((word) => /^-[A-Za-z]*[biD]/.test(word))
        ? undefined
        : { why: 'asks for a password' }
    case 'openssl':
      return first === 'req' &&
        has('-new', '-x509', '-newkey') &&
        !has('-subj', '-config', '-batch', '-key-only')
        ? { why: 'asks for the subject', help: "write `-subj '/CN=NAME'`", words: 1 }
        : undefined
    case 'gpg':
    case 'gpg2':
      return has('--gen-key', '--full-gen-key', '--full-generate-key', '--edit-key') &&
        !has('--batch')
        ? { why: 'asks questions' }
        : undefined
    case 'fdisk':
    case 'cfdisk':
    case 'gdisk':
      return has('-l', '--list', '-v', '-V')
        ? undefined
        : { why: 'asks what to do', help: 'write `sfdisk` or `parted -s`' }
    case 'parted':
      return has('-s', '--script', '-l', '--list')
        ? undefined
        : { why: 'asks what to do', help: 'write `parted -s`' }
    case 'read':
      return has('-t')
        ? undefined
        : { why: 'waits for a line', help: 'declare a variable: `vars: { NAME: { ask: … } }`' }
    case 'docker':
    case 'npm':
    case 'gh':
    case 'az':
    case 'heroku':
    case 'vercel':
    case 'netlify':
    case 'aws':
    case 'gcloud':
      return loginQuestion(program, words)
    case 'createuser':
      return has('-P', '--pwprompt', '--interactive') ? { why: 'asks questions' } : undefined
    default:
      return managementQuestion(words, program)
  }
}

function gitQuestion(words: readonly string[]): Question | undefined {
  const has = (...options: string[]) =>
    words.some((word) => options.some((each) => word === each || word.startsWith(`${each}=`)))
  const [verb] = operands(words)
  if (verb === 'commit') {
    const isGiven =
      has(
        '-F',
        '-C',
        '--no-edit',
        '--message',
        '--file',
        '--fixup',
        '--dry-run',
        '--reuse-message',
      ) || words.some((word) => /^-[A-Za-z]*m/.test(word))
    return isGiven ? undefined : { why: editor, help: 'write `git commit -m MESSAGE`', words: 1 }
  }
  if (verb === 'rebase' && has('-i', '--interactive')) return { why: editor, words: 1 }
  if (verb === 'add' && words.some((word) => /^(?:-p|-i|--patch|--interactive)$/.test(word)))
    return { why: 'asks questions', words: 1 }
  return undefined
}

function loginQuestion(program: string, words: readonly string[]): Question | undefined {
  const text = operands(words).slice(0, 2).join(' ')
  const isLogin =
    (program === 'docker' &&
      text.startsWith('login') &&
      !words.some((word) => /^(?:-p|--password)/.test(word))) ||
    (program === 'npm' &&
      (/^(?:login|adduser)/.test(text) ||
        (/^init$/.test(text) && !hasOption(words, 'y', '--yes')))) ||
    (program === 'gh' && text === 'auth login' && !words.includes('--with-token')) ||
    (program === 'az' &&
      text.startsWith('login') &&
      !words.some((word) => /^--(?:service-principal|identity)/.test(word))) ||
    (program === 'aws' && /^(?:configure|sso login)$/.test(text)) ||
    (program === 'gcloud' && /^(?:auth login|init)/.test(text)) ||
    (/^(?:heroku|vercel|netlify)$/.test(program) && text.startsWith('login'))
  return isLogin ? { why: 'asks questions', words: text === '' ? 0 : 1 } : undefined
}

/** `python manage.py createsuperuser`, `rails console`, `php artisan tinker`. */
function managementQuestion(words: readonly string[], program: string): Question | undefined {
  const line = [program, ...words].join(' ')
  if (line.length > 1000) return undefined
  if (/\b(?:manage\.py|django-admin) (?:shell|dbshell|changepassword)\b(?!.*\s-c\b)/.test(line))
    return { why: client, words: 2 }
  if (/\bmanage\.py createsuperuser\b(?!.*--no-?input)/.test(line))
    return {
      why: 'asks several questions',
      help: 'write `createsuperuser --noinput` with `DJANGO_SUPERUSER_*` variables',
      words: 2,
    }
  if (/\brails (?:c|console)\b|\bartisan tinker\b/.test(line)) return { why: client, words: 1 }
  return undefined
}
