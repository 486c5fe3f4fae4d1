/** Why connecting, logging in or staying connected fails, and what to do. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  // Connecting.
  jumpFails: {
    en: (host: string, address: string, why: string) =>
      `${host}: the jump host cannot reach ${address} (${why})`,
    zh: (host: string, address: string, why: string) =>
      `${host}：跳板主机连不上 ${address}（${why}）`,
  },
  noAnswerWithin: {
    en: (seconds: number) => `it did not answer within ${seconds} s`,
    zh: (seconds: number) => `${seconds} 秒内没有应答`,
  },
  handshakeFailed: {
    en: (host: string, where: string, why: string) =>
      `${host}: the ssh handshake with ${where} failed (${why})`,
    zh: (host: string, where: string, why: string) =>
      `${host}：与 ${where} 的 ssh 握手失败（${why}）`,
  },
  silent: {
    en: (where: string, seconds: number) =>
      `${where} did not answer within ${seconds} s: is the address right, is sshd up?`,
    zh: (where: string, seconds: number) =>
      `${where} 在 ${seconds} 秒内没有应答：请检查地址，以及 sshd 是否在运行`,
  },
  unreachableAt: {
    en: (host: string, where: string, why: string) =>
      `${host} cannot be reached at ${where}: ${why}`,
    zh: (host: string, where: string, why: string) => `连不上 ${host}（${where}）：${why}`,
  },
  unreachableByProxy: {
    en: (host: string, why: string) => `${host} cannot be reached by its ProxyCommand: ${why}`,
    zh: (host: string, why: string) => `通过 ProxyCommand 连不上 ${host}：${why}`,
  },
  withWords: {
    en: (problem: string, said: string) => `${problem} (${said})`,
    zh: (problem: string, said: string) => `${problem}（${said}）`,
  },
  notStarted: {
    en: (host: string, program: string, why: string) =>
      `${host} cannot be reached: \`${program}\` cannot be started: ${why}`,
    zh: (host: string, program: string, why: string) =>
      `连不上 ${host}：无法启动 \`${program}\`：${why}`,
  },
  linuxOnly: {
    en: (system: string) =>
      `\`local\` needs Linux and this is ${system}: run the page on a host over ssh`,
    zh: (system: string) => `\`local\` 需要 Linux，而这里是 ${system}：请通过 ssh 在主机上运行`,
  },

  // Staying connected.
  lost: {
    en: (host: string) => `the connection to ${host} was lost`,
    zh: (host: string) => `与 ${host} 的连接断开`,
  },
  lostJump: {
    en: (jump: string, host: string) =>
      `the connection to ${jump}, a jump host of ${host}, was lost`,
    zh: (jump: string, host: string) => `与 ${jump}（${host} 的跳板主机）的连接断开`,
  },
  because: {
    en: (problem: string, why: string) => `${problem} (${why})`,
    zh: (problem: string, why: string) => `${problem}（${why}）`,
  },
  noChannelWithin: {
    en: (host: string, seconds: number) => `${host} did not open a channel within ${seconds} s`,
    zh: (host: string, seconds: number) => `${host} 在 ${seconds} 秒内没有打开通道`,
  },
  noMoreChannels: {
    en: (host: string, why: string) =>
      `${host} refuses one more channel (${why}): raise MaxSessions there`,
    zh: (host: string, why: string) =>
      `${host} 不允许再打开通道（${why}）：请调大那里的 MaxSessions`,
  },
  closed: { en: 'the connection was closed', zh: '连接已关闭' },

  // Host keys.
  keyUnknown: {
    en: (host: string, shown: string) => `the host key of ${host} is not known: it shows ${shown}`,
    zh: (host: string, shown: string) => `${host} 的主机密钥未知：它出示的是 ${shown}`,
  },
  compareKey: {
    en: (problem: string) =>
      `${problem}; compare it and connect once with \`ssh\`, or use --accept-new-host-key`,
    zh: (problem: string) => `${problem}；请核对后用 \`ssh\` 连接一次，或用 --accept-new-host-key`,
  },
  keyChanged: {
    en: (host: string, place: string, expected: string, shown: string) =>
      `the host key of ${host} has changed: ${place} says ${expected}, it shows ${shown}; if you know why, remove that line`,
    zh: (host: string, place: string, expected: string, shown: string) =>
      `${host} 的主机密钥变了：${place} 记的是 ${expected}，它出示的是 ${shown}；确知原因时删掉那一行`,
  },
  keyRevoked: {
    en: (host: string, shown: string, place: string) =>
      `the host key of ${host}, ${shown}, is revoked at ${place}`,
    zh: (host: string, shown: string, place: string) =>
      `${host} 的主机密钥 ${shown} 已在 ${place} 吊销`,
  },
  keyUndecided: {
    en: (host: string, why: string) => `the host key of ${host} cannot be judged: ${why}`,
    zh: (host: string, why: string) => `无法判断 ${host} 的主机密钥：${why}`,
  },

  // Logging in.
  tooManyKeys: {
    en: (user: string, count: number, why: string) =>
      `${user} ends the login after ${count} keys (${why}): name the right one by IdentityFile, and set IdentitiesOnly`,
    zh: (user: string, count: number, why: string) =>
      `${user} 在试过 ${count} 个密钥后中止登录（${why}）：请用 IdentityFile 指定密钥，并设置 IdentitiesOnly`,
  },
  noKeys: { en: 'no key was there to offer', zh: '没有可以出示的密钥' },
  tried: {
    en: (keys: string) => `tried ${keys}`,
    zh: (keys: string) => `试过 ${keys}`,
  },
  wrongAnswers: {
    en: (count: number) => `${count} wrong answer${count > 1 ? 's' : ''}`,
    zh: (count: number) => `回答错误 ${count} 次`,
  },
  itSaid: {
    en: (said: string) => `it said: ${said}`,
    zh: (said: string) => `主机说：“${said}”`,
  },
  wouldTake: {
    en: (methods: string) => `the host would take ${methods}`,
    zh: (methods: string) => `主机接受 ${methods}`,
  },
  nobodyToAsk: {
    en: (user: string, notes: string) =>
      `${user} cannot be logged into: ${notes}. Without a terminal nothing could be asked: run it at one, or load a key with \`ssh-add\``,
    zh: (user: string, notes: string) =>
      `无法登录 ${user}：${notes}。没有终端，无法询问：请在终端里运行，或用 \`ssh-add\` 载入密钥`,
  },
  loginRefused: {
    en: (user: string, notes: string) => `${user} refuses the login: ${notes}`,
    zh: (user: string, notes: string) => `${user} 拒绝登录：${notes}`,
  },
  passwordExpired: {
    en: (host: string, said: string) =>
      `${host}: the password of this login has expired and has to be changed first: do it once at a terminal, by \`ssh ${host}\` (it said: ${said})`,
    zh: (host: string, said: string) =>
      `${host}：登录的密码已过期，必须先修改：请在终端里用 \`ssh ${host}\` 改一次（主机说：“${said}”）`,
  },
  answers: { en: 'answers to its questions', zh: '对主机提问的回答' },
  aPassword: { en: 'a password', zh: '密码' },
  agentKey: {
    en: (key: string) => `agent key ${key}`,
    zh: (key: string) => `agent 里的密钥 ${key}`,
  },
  of: {
    en: (what: string, problem: string) => `${what}: ${problem}`,
    zh: (what: string, problem: string) => `${what}：${problem}`,
  },
  noCertificates: {
    en: 'certificates are not supported, the plain key is used',
    zh: '不支持证书，使用普通密钥',
  },
  encryptedKey: {
    en: 'the key is encrypted: load it into an agent with `ssh-add`, or give its passphrase at a terminal',
    zh: '密钥已加密：用 `ssh-add` 载入 agent，或在终端里输入口令',
  },
  notAccepted: {
    en: (algorithm: string) => `PubkeyAcceptedAlgorithms leaves out ${algorithm}`,
    zh: (algorithm: string) => `PubkeyAcceptedAlgorithms 里没有 ${algorithm}`,
  },
  silentAgent: {
    en: (socket: string, why: string) => `the agent at ${socket} does not answer (${why})`,
    zh: (socket: string, why: string) => `agent ${socket} 没有应答（${why}）`,
  },
  unusableKey: {
    en: (why: string) => `cannot be used (${why})`,
    zh: (why: string) => `无法使用（${why}）`,
  },
  notAKeyFile: { en: 'this is not a key file', zh: '这不是密钥文件' },
})
