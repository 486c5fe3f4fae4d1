/** Commands that wait for a person, one a line, in the notation of `command-pattern.ts`. */

import { shared } from '../../diagnostic/messages.ts'
import type { Message } from '../../model/message.ts'
import { asks } from '../messages.ts'

export interface AskingCommand {
  readonly command: string | RegExp
  /** What it asks. */
  readonly why: Message
  /** The alternative; `undefined`: answer in a `dialog` fence. */
  readonly instead: Message | undefined
  /** Where its words are documented. */
  readonly source: string
}

function row(
  command: string | RegExp,
  why: Message,
  instead: Message | undefined,
  source: string,
): AskingCommand {
  return { command, why, instead, source }
}

const inVi = '+* -c -e -es -s --batch --version --help'
const psqlDone = '-*c -*f -*l -*L -*V -*? --command* --file* --list* --version* --help*'
const passwdDone = '-l -u -d -S -e -x -n --stdin --lock --status --help'
const commitDone =
  '-F -C --no-edit --message --file --fixup --dry-run --reuse-message -*m'

export const askingCommands: readonly AskingCommand[] = [
  // Editors and screens.
  row(`vi|vim|nvim|view unless ${inVi}`, asks.editor, asks.fileBlock, 'vim(1)'),
  row(`nano|pico unless ${inVi}`, asks.editor, asks.fileBlock, 'nano(1)'),
  row(`emacs unless ${inVi}`, asks.editor, asks.fileBlock, 'emacs(1)'),
  row(`joe unless ${inVi}`, asks.editor, asks.fileBlock, 'joe(1)'),
  row(`vipw unless ${inVi}`, asks.editor, asks.fileBlock, 'vipw(8)'),
  row(`visudo unless ${inVi} -*c -*V -*h --check`, asks.editor, asks.fileBlock, 'visudo(8)'),
  row('crontab with -e', asks.editor, asks.crontab, 'crontab(1)'),
  row('systemctl edit', asks.editor, asks.dropIn, 'systemctl(1)'),
  row(`git commit unless ${commitDone}`, asks.editor, shared.write('git commit -m MESSAGE'), 'git-commit(1)'),
  row('git rebase with -i|--interactive', asks.editor, undefined, 'git-rebase(1)'),
  row('less|more|most|man', asks.pager, shared.write('cat'), 'less(1), more(1), most(1), man(1)'),
  row('htop|btop|atop|iotop', asks.screen, undefined, 'htop(1), btop(1), atop(1), iotop(8)'),
  row('nmon|glances|nvtop|k9s', asks.screen, undefined, 'nmon(1), glances(1), nvtop(1), k9scli.io'),
  row('top unless -*b', asks.screen, shared.write('top -b -n 1'), 'top(1)'),

  // Shells and prompts.
  row('bash|sh|zsh|fish|dash|ksh|csh|tcsh only -i -l -il -li --login --interactive', asks.shell, asks.inBashAlready, 'bash(1)'),
  row('irb|ipython|iex|ghci|sbt|scala|jshell|cqlsh alone', asks.prompt, undefined, 'irb(1), ipython(1), iex(1), ghci(1)'),
  row('python|python3|node|php|lua alone', asks.prompt, asks.ownLanguage, 'python3(1), node(1), php(1), lua(1)'),
  row('redis-cli|mongo|mongosh alone', asks.prompt, undefined, 'redis.io/docs, mongodb.com/docs'),
  row('mysql|mariadb unless -*e -*V -*? --execute* --version* --help*', asks.prompt, asks.sqlBlock('{run="mysql …"}'), 'mysql(1)'),
  row(`psql unless ${psqlDone}`, asks.prompt, asks.sqlBlock('{run="psql …"}'), 'psql(1)'),
  row('sqlite3 end unless -version --version', asks.prompt, asks.sqlBlock('{run="sqlite3 …"}'), 'sqlite3(1)'),
  row('sqlite3 * end unless -version --version', asks.prompt, asks.sqlBlock('{run="sqlite3 …"}'), 'sqlite3(1)'),
  row('telnet|ftp|sftp unless -*b', asks.prompt, undefined, 'telnet(1), ftp(1), sftp(1)'),
  row('minicom', asks.prompt, undefined, 'minicom(1)'),
  row('virsh console', asks.prompt, undefined, 'virsh(1)'),
  row('su unless -c --command*', asks.shell, asks.onFence('{as=USER}'), 'su(1)'),
  row('screen unless -d* -ls* -X* -S -wipe*', asks.shell, undefined, 'screen(1)'),
  row('tmux alone', asks.shell, undefined, 'tmux(1)'),
  row('tmux a|at|attach|attach-session|new|new-session unless -*d', asks.shell, undefined, 'tmux(1)'),
  row('docker-compose exec unless -*T', asks.terminal, shared.write('exec -T'), 'docs.docker.com/reference'),
  row(/\b(?:manage\.py|django-admin) (?:shell|dbshell|changepassword)\b(?!.*\s-c\b)/, asks.prompt, undefined, 'docs.djangoproject.com'),
  row(/\brails (?:c|console)\b/, asks.prompt, undefined, 'guides.rubyonrails.org'),
  row(/\bartisan tinker\b/, asks.prompt, undefined, 'laravel.com/docs'),

  // Questions.
  row(`passwd unless ${passwdDone}`, asks.password, asks.chpasswd, 'passwd(1)'),
  row('htpasswd unless -*b -*i -*D', asks.password, undefined, 'htpasswd(1)'),
  row('mysql_secure_installation|mariadb-secure-installation unless --use-default', asks.questions, undefined, 'mysql_secure_installation(1)'),
  row('dpkg-reconfigure unless -f -fnoninteractive --frontend', asks.questions, shared.write('dpkg-reconfigure -f noninteractive'), 'dpkg-reconfigure(8)'),
  row('openssl req with -new|-x509|-newkey unless -subj -config -batch -key-only', asks.subject, shared.write("-subj '/CN=NAME'"), 'openssl-req(1)'),
  row('gpg|gpg2 with --gen-key|--full-gen-key|--full-generate-key|--edit-key unless --batch', asks.questions, undefined, 'gpg(1)'),
  row('fdisk|cfdisk|gdisk unless -l --list -v -V', asks.whatToDo, asks.partitions, 'fdisk(8), gdisk(8)'),
  row('parted unless -s --script -l --list', asks.whatToDo, shared.write('parted -s'), 'parted(8)'),
  row('read unless -t', asks.line, shared.declareAsked('NAME'), 'bash(1)'),
  row('createuser with -P|--pwprompt|--interactive', asks.questions, undefined, 'createuser(1)'),
  row('git add with -p|-i|--patch|--interactive', asks.questions, undefined, 'git-add(1)'),
  row('docker login* unless -p* --password*', asks.questions, undefined, 'docker-login(1)'),
  row('npm login*|adduser*', asks.questions, undefined, 'npm-login(1)'),
  row('npm init end unless -*y --yes', asks.questions, undefined, 'npm-init(1)'),
  row('gh auth login unless --with-token', asks.questions, undefined, 'gh-auth-login(1)'),
  row('az login* unless --service-principal* --identity*', asks.questions, undefined, 'learn.microsoft.com/cli/azure'),
  row('aws configure end', asks.questions, undefined, 'docs.aws.amazon.com/cli'),
  row('aws sso login', asks.questions, undefined, 'docs.aws.amazon.com/cli'),
  row('gcloud auth login*', asks.questions, undefined, 'cloud.google.com/sdk/gcloud'),
  row('gcloud init*', asks.questions, undefined, 'cloud.google.com/sdk/gcloud'),
  row('heroku|vercel|netlify login*', asks.questions, undefined, 'devcenter.heroku.com, vercel.com/docs, docs.netlify.com'),
  row(/\bmanage\.py createsuperuser\b(?!.*--no-?input)/, asks.questions, asks.superuser, 'docs.djangoproject.com'),
]
