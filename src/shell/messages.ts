/** Why there is no shell on a host, or no result of a command there. */

import { catalogue, type Message } from '../model/message.ts'

export const messages = catalogue({
  // Values that a shell cannot have.
  notAVariable: {
    en: (name: string) => `\`${name}\` is not the name of a variable`,
    zh: (name: string) => `\`${name}\` 不是变量名`,
  },
  notSettable: {
    en: (name: string) => `\`${name}\` cannot be set by a runbook`,
    zh: (name: string) => `runbook 不能设置 \`${name}\``,
  },
  nulByte: { en: 'a NUL byte cannot be given to a shell', zh: 'NUL 字节不能交给 shell' },

  // Opening a shell.
  noShellAs: {
    en: (host: string, user: string, why: string, said: string) =>
      `${host}: no shell as ${user}: ${why} (${said})`,
    zh: (host: string, user: string, why: string, said: string) =>
      `${host}：无法以 ${user} 打开 shell：${why}（${said}）`,
  },
  wrongPassword: {
    en: (host: string, user: string) =>
      `${host}: no shell as ${user}: sudo did not take the password; it was tried once`,
    zh: (host: string, user: string) =>
      `${host}：无法以 ${user} 打开 shell：sudo 不接受这个密码，只试了一次`,
  },
  noSudo: { en: 'there is no sudo on the host', zh: '主机上没有 sudo' },
  sudoTerminal: {
    en: 'sudo wants a terminal: remove `requiretty` from sudoers',
    zh: 'sudo 需要终端：请删掉 sudoers 里的 `requiretty`',
  },
  accountExpired: {
    en: 'the account or its password has expired there: log in and renew it',
    zh: '账户或密码已过期：请登录后更新',
  },
  unknownUser: {
    en: (user: string) => `there is no user \`${user}\``,
    zh: (user: string) => `没有用户 \`${user}\``,
  },
  sudoRefused: { en: 'sudo does not allow it', zh: 'sudo 不允许' },
  sudoAsks: {
    en: 'sudo asks for a password: run it at a terminal, or set RUNBOOK_SUDO_PASSWORD in the environment',
    zh: 'sudo 要求输入密码：请在终端里运行，或设置环境变量 RUNBOOK_SUDO_PASSWORD',
  },
  saidNothing: { en: 'it said nothing', zh: '主机没有输出' },
  itSaid: {
    en: (said: string) => `it said: ${said}`,
    zh: (said: string) => `主机说：“${said}”`,
  },
  noBash: {
    en: (host: string, said: string) => `${host} has no bash: install it there first (${said})`,
    zh: (host: string, said: string) => `${host} 没有 bash：请先安装（${said}）`,
  },
  loginShellSlow: {
    en: (host: string, said: string) =>
      `${host}: the login shell did not let ours start in time; ${said}`,
    zh: (host: string, said: string) => `${host}：登录 shell 没有按时启动我们的 shell；${said}`,
  },
  loginShellEnded: {
    en: (host: string, how: string, said: string) =>
      `${host}: the login shell ended first (${how}); ${said}`,
    zh: (host: string, how: string, said: string) =>
      `${host}：登录 shell 提前结束（${how}）；${said}`,
  },
  status: {
    en: (code: number) => `status ${code}`,
    zh: (code: number) => `退出状态 ${code}`,
  },
  noStatus: { en: 'no status', zh: '没有退出状态' },
  noChannelWithin: {
    en: (host: string, seconds: number) =>
      `${host} did not open a channel within ${seconds} s: is its sshd hanging?`,
    zh: (host: string, seconds: number) =>
      `${host} 在 ${seconds} 秒内没有打开通道：sshd 是否没有响应？`,
  },
  factsTooLate: {
    en: (host: string) => `${host}: the host did not say what it is in time`,
    zh: (host: string) => `${host}：主机没有按时报告自己的信息`,
  },
  badAnswer: {
    en: (host: string, what: string, said: string) =>
      `${host}: the host's answer is not one of ours: ${what} is \`${said}\``,
    zh: (host: string, what: string, said: string) =>
      `${host}：主机的回答无法识别：${what}是 \`${said}\``,
  },
  itsUmask: { en: 'its umask', zh: '它的 umask ' },
  aStatus: { en: 'a status', zh: '退出状态' },
  aProcess: { en: 'a process', zh: '进程号' },
  endOfCommand: { en: 'the end of a command', zh: '命令的结束' },
  sizeOfOutput: { en: 'the size of an output', zh: '输出的大小' },
  whereItsShellIs: { en: 'where its shell is', zh: 'shell 的位置' },
  anAnswer: { en: 'an answer', zh: '应答' },

  // The run's folder and shell on the host.
  hostAs: {
    en: (host: string, user: string) => `${host} as ${user}`,
    zh: (host: string, user: string) => `${host}（${user}）`,
  },
  noTool: {
    en: (where: string, tool: string) =>
      `${where}: there is no \`${tool}\`, which runs need (util-linux, coreutils)`,
    zh: (where: string, tool: string) =>
      `${where}：没有运行所需的 \`${tool}\`（util-linux、coreutils）`,
  },
  noFolder: {
    en: (where: string, base: string) =>
      `${where}: the run's folder cannot be made below ${base}: is the disk full, or the home folder not writable?`,
    zh: (where: string, base: string) =>
      `${where}：无法在 ${base} 下创建运行目录：磁盘是否已满，主目录是否可写？`,
  },
  unsafe: {
    en: (where: string, why: string) =>
      `${where}: there is no safe place for the run's folder: ${why}`,
    zh: (where: string, why: string) => `${where}：没有可以安全存放运行目录的位置：${why}`,
  },
  busy: {
    en: (where: string, command: string) =>
      `${where}: command ${command} of this run still runs there`,
    zh: (where: string, command: string) => `${where}：这次运行的第 ${command} 条命令仍在运行`,
  },
  restarted: {
    en: (where: string) => `${where}: the host was restarted meanwhile`,
    zh: (where: string) => `${where}：主机在此期间重启过`,
  },
  shellEnded: {
    en: (where: string) => `${where}: the run's shell was ended there`,
    zh: (where: string) => `${where}：运行的 shell 被结束了`,
  },
  shellEndedByLogind: {
    en: (where: string) =>
      `${where}: the run's shell was ended there, as logind ends what a login leaves behind (KillUserProcesses=yes)`,
    zh: (where: string) =>
      `${where}：运行的 shell 被结束了：logind 会结束登录留下的进程（KillUserProcesses=yes）`,
  },
  folderGone: {
    en: (where: string) => `${where}: the run's folder was removed there`,
    zh: (where: string) => `${where}：运行目录被删除了`,
  },
  notStarted: {
    en: (where: string, why: string) => `${where}: the run's shell did not start (${why})`,
    zh: (where: string, why: string) => `${where}：运行的 shell 没有启动（“${why}”）`,
  },
  noTerminalHolder: {
    en: (host: string) =>
      `${host}: a dialog needs a terminal, and there is neither python3 nor perl to hold one`,
    zh: (host: string) => `${host}：对话需要终端，而主机上没有 python3 和 perl 来提供`,
  },

  // Why a command's result is unknown.
  connectionLost: { en: 'the connection was lost', zh: '连接断开' },
  endUnknown: {
    en: 'the host no longer said how the command ended',
    zh: '主机没有说明命令是怎样结束的',
  },
  begunBefore: {
    en: 'it had begun before the run was cut off, and its shell is gone',
    zh: '它在运行中断之前已经开始，而它的 shell 不在了',
  },
  bashGone: {
    en: 'bash cannot be started there any more',
    zh: '主机上已无法启动 bash',
  },
  endedTogether: {
    en: 'it was ended together with the command before it',
    zh: '它和前一条命令一起被结束了',
  },
  notBegun: {
    en: 'the host has run something else in its place, which an earlier life of the run sent',
    zh: '主机在这个位置运行了别的命令，是这次运行在中断之前发出的',
  },
})

const unsafe = catalogue({
  link: { en: (path: string) => `${path} is a link`, zh: (path: string) => `${path} 是链接` },
  unreadable: {
    en: (path: string) => `${path} cannot be looked at`,
    zh: (path: string) => `无法查看 ${path}`,
  },
  others: {
    en: (path: string, user: string) => `${path} belongs to another user (${user})`,
    zh: (path: string, user: string) => `${path} 属于别的用户（${user}）`,
  },
  notAFolder: {
    en: (path: string) => `${path} is not a folder`,
    zh: (path: string) => `${path} 不是目录`,
  },
  open: {
    en: (path: string) => `${path} is open to other users (chmod 700 it if what is in it is yours)`,
    zh: (path: string) => `${path} 对别的用户开放（内容若是你的，用 chmod 700 收紧权限）`,
  },
  writable: {
    en: (path: string) => `${path} can be written by other users`,
    zh: (path: string) => `别的用户可以写 ${path}`,
  },
  other: { en: (said: string) => said, zh: (said: string) => `“${said}”` },
})

/** Parses the output of `host/safe-folder.sh` about a folder. */
export function unsafePlace(said: string): Message {
  const [, kind, user = '', path = ''] =
    /^(link|unreadable|others|not-a-folder|open|writable)(?:-(\d+))?:(.*)$/.exec(said) ?? []
  switch (kind) {
    case 'link':
    case 'unreadable':
    case 'open':
    case 'writable':
      return unsafe[kind](path)
    case 'not-a-folder':
      return unsafe.notAFolder(path)
    case 'others':
      return unsafe.others(path, user)
    case undefined:
    default:
      return unsafe.other(said)
  }
}
