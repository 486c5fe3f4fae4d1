/** Programs that ask questions, or open an editor, before they do their work. */

import { asks } from './messages.ts'
import { shared } from '../diagnostic/messages.ts'
import type { Question } from './question.ts'
import { hasOption, operands, type Unwrapped } from '../parse/unwrap.ts'

export function wizardQuestion({ program, words }: Unwrapped, first: string): Question | undefined {
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
            why: asks.password,
            help: asks.chpasswd,
          }
    case 'ssh-keygen':
      return keyQuestion(words)
    case 'mysql_secure_installation':
    case 'mariadb-secure-installation':
      return has('--use-default') ? undefined : { why: asks.questions }
    case 'crontab':
      return has('-e') ? { why: asks.editor, help: asks.crontab } : undefined
    case 'git':
      return gitQuestion(words)
    case 'systemctl':
      return first === 'edit' ? { why: asks.editor, help: asks.dropIn, words: 1 } : undefined
    case 'dpkg-reconfigure':
      return has('-f', '-fnoninteractive', '--frontend')
        ? undefined
        : { why: asks.questions, help: shared.write('dpkg-reconfigure -f noninteractive') }
    case 'htpasswd':
      return /^-[A-Za-z]*[bi]/.test(words[0] ?? '') ||
        words.some((word) => /^-[A-Za-z]*[biD]/.test(word))
        ? undefined
        : { why: asks.password }
    case 'openssl':
      return first === 'req' &&
        has('-new', '-x509', '-newkey') &&
        !has('-subj', '-config', '-batch', '-key-only')
        ? { why: asks.subject, help: shared.write("-subj '/CN=NAME'"), words: 1 }
        : undefined
    case 'gpg':
    case 'gpg2':
      return has('--gen-key', '--full-gen-key', '--full-generate-key', '--edit-key') &&
        !has('--batch')
        ? { why: asks.questions }
        : undefined
    case 'fdisk':
    case 'cfdisk':
    case 'gdisk':
      return has('-l', '--list', '-v', '-V')
        ? undefined
        : { why: asks.whatToDo, help: asks.partitions }
    case 'parted':
      return has('-s', '--script', '-l', '--list')
        ? undefined
        : { why: asks.whatToDo, help: shared.write('parted -s') }
    case 'read':
      return has('-t') ? undefined : { why: asks.line, help: shared.declareAsked('NAME') }
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
      return has('-P', '--pwprompt', '--interactive') ? { why: asks.questions } : undefined
    default:
      return managementQuestion(words, program)
  }
}

/** Letters of ssh-keygen's options that take the rest of their word, or the next, as a value. */
const keyValues = 'abCDEFfIMmNnOPRrstVwYZz'

/** Only what makes a key asks: where to keep it, and for its passphrase. */
function keyQuestion(words: readonly string[]): Question | undefined {
  const given = new Set<string>()
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!/^-[A-Za-z?]/.test(word)) continue
    for (const [index, letter] of Array.from(word.slice(1)).entries()) {
      given.add(letter)
      if (!keyValues.includes(letter)) continue
      if (index === word.length - 2) at++
      break
    }
  }
  const has = (letters: string) => Array.from(letters).some((letter) => given.has(letter))
  // Reads, lists, converts, signs, checks, and makes the keys of the host: all without a question.
  if (has('lLyAHRFrieBDKkQsYM')) return undefined
  const isPassphraseGiven = given.has('N')
  if (given.has('p') && isPassphraseGiven && has('P') && has('f')) return undefined
  if (given.has('c') && has('C') && has('f')) return undefined
  return isPassphraseGiven && has('f') && !has('pc')
    ? undefined
    : {
        why: asks.key,
        help: shared.write("ssh-keygen -N '' -f PATH"),
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
    return isGiven
      ? undefined
      : { why: asks.editor, help: shared.write('git commit -m MESSAGE'), words: 1 }
  }
  if (verb === 'rebase' && has('-i', '--interactive')) return { why: asks.editor, words: 1 }
  if (verb === 'add' && words.some((word) => /^(?:-p|-i|--patch|--interactive)$/.test(word)))
    return { why: asks.questions, words: 1 }
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
  return isLogin ? { why: asks.questions, words: text === '' ? 0 : 1 } : undefined
}

/** `python manage.py createsuperuser`, `rails console`, `php artisan tinker`. */
function managementQuestion(words: readonly string[], program: string): Question | undefined {
  const line = [program, ...words].join(' ')
  if (line.length > 1000) return undefined
  if (/\b(?:manage\.py|django-admin) (?:shell|dbshell|changepassword)\b(?!.*\s-c\b)/.test(line))
    return { why: asks.prompt, words: 2 }
  if (/\bmanage\.py createsuperuser\b(?!.*--no-?input)/.test(line))
    return {
      why: asks.questions,
      help: asks.superuser,
      words: 2,
    }
  if (/\brails (?:c|console)\b|\bartisan tinker\b/.test(line)) return { why: asks.prompt, words: 1 }
  return undefined
}
