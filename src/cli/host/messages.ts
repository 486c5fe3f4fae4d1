/** Texts about hosts. */

import { catalogue } from '../../model/message.ts'

/** Labels of `runbook host`. */
export const hostWords = catalogue({
  login: { en: 'login', zh: '登录' },
  jump: { en: 'through', zh: '经过' },
  proxy: { en: 'by command', zh: '代理命令' },
  methods: { en: 'logs in by', zh: '登录方式' },
  agent: { en: 'agent', zh: '密钥代理' },
  key: { en: 'key file', zh: '密钥文件' },
  known: { en: 'host key', zh: '主机密钥' },
  unknown: {
    en: 'not known yet: the first connection asks',
    zh: '未知：第一次连接时会询问',
  },
  system: { en: 'system', zh: '系统' },
  shell: { en: 'bash', zh: 'bash' },
  who: { en: 'user', zh: '用户' },
  machine: { en: 'calls itself', zh: '主机名' },
  boot: { en: 'boot', zh: '这次启动' },
  left: { en: 'left alone', zh: '断线之后' },
  failed: { en: 'not connected', zh: '连接失败' },
  none: { en: 'none', zh: '没有' },
  usable: { en: 'usable', zh: '可用' },
  encrypted: { en: 'encrypted, its passphrase is asked for', zh: '已加密，会询问口令' },
  missing: { en: 'not there', zh: '不存在' },
  unreadable: { en: 'cannot be read', zh: '无法读取' },
  took: { en: 'connected in', zh: '连接用时' },
})

export const messages = catalogue({
  withState: {
    en: (path: string, state: string) => `${path} (${state})`,
    zh: (path: string, state: string) => `${path}（${state}）`,
  },
  sudoPassword: {
    en: (host: string) => `Password for sudo on ${host}: `,
    zh: (host: string) => `${host} 上 sudo 的密码: `,
  },
  passphrase: {
    en: (path: string) => `Passphrase for the key ${path}: `,
    zh: (path: string) => `密钥 ${path} 的口令: `,
  },
  password: {
    en: (login: string) => `Password of ${login}: `,
    zh: (login: string) => `${login} 的密码: `,
  },
  again: { en: 'That was not right, try again.\n', zh: '不对，请再输入一次。\n' },
  endsWithLogin: {
    en: (user: string) =>
      `processes that ${user} leaves running are killed some seconds after the last login ends (KillUserProcesses=yes in logind.conf): a longer loss of the connection loses the running command. As root there, \`loginctl enable-linger ${user}\` keeps it`,
    zh: (user: string) =>
      `${user} 的最后一个登录结束几秒后，它留下的进程都会被结束（logind.conf 里有 KillUserProcesses=yes）：断线更久，正在运行的命令就会丢失。在主机上以 root 运行 \`loginctl enable-linger ${user}\` 可以避免`,
  },
  ofHost: {
    en: (host: string, text: string) => `${host}: ${text}`,
    zh: (host: string, text: string) => `${host}：${text}`,
  },
  noSshConfig: {
    en: (place: string, file: string) =>
      `${place}: no such file: \`ssh-config\` names ${file}; hosts are looked up in your own ssh config only`,
    zh: (place: string, file: string) =>
      `${place}：\`ssh-config\` 指定的 ${file} 不存在；主机名只按用户自己的 ssh 配置解析`,
  },
  shellWhere: { en: '`--shell` needs a host', zh: '`--shell` 需要主机名' },
  nameHost: { en: 'write `runbook host NAME --shell`', zh: '请写 `runbook host 名字 --shell`' },
  shellNeedsTerminal: { en: '`--shell` needs a terminal', zh: '`--shell` 需要终端' },
  useSsh: { en: 'run it at a terminal', zh: '请在终端里运行' },
  noShellForPerson: {
    en: (host: string) =>
      `${host}: reached by a command of the configuration, which gives no shell for a person`,
    zh: (host: string) => `${host}：由配置里的命令连接，不能另开一个交互的 shell`,
  },
  firstUse: {
    en: (host: string, lookup: string, key: string) =>
      `${host} (${lookup}) is not known yet. Its host key is\n  ${key}\nCompare it, then type yes to trust it: `,
    zh: (host: string, lookup: string, key: string) =>
      `第一次连接 ${host}（${lookup}）。它的主机密钥是\n  ${key}\n核对后输入 yes 信任它: `,
  },
  firstUseForRun: {
    en: (host: string, lookup: string, key: string) =>
      `${host} (${lookup}) is not known yet. Its host key is\n  ${key}\nCompare it, then type yes to trust it for this run only: `,
    zh: (host: string, lookup: string, key: string) =>
      `第一次连接 ${host}（${lookup}）。它的主机密钥是\n  ${key}\n核对后输入 yes 信任它（只在这次运行中）: `,
  },
  anotherMachine: {
    en: (host: string) =>
      `${host} is not the machine that the run began on: start a new run with \`runbook exec\``,
    zh: (host: string) => `${host} 不是这次运行开始时的机器：请用 \`runbook exec\` 重新开始`,
  },
  namesRead: {
    en: (problem: string, lists: string) =>
      `${problem}. The ssh configurations that were read: ${lists}`,
    zh: (problem: string, lists: string) => `${problem}。读取了这些 ssh 配置：${lists}`,
  },
})
