/** Errors in a host's name or its ssh configuration. */

import { catalogue } from '../model/message.ts'

export const messages = catalogue({
  notAHost: {
    en: (name: string) => `${name} is not a host name`,
    zh: (name: string) => `${name} 不是主机名`,
  },
  sshUnreadable: {
    en: (host: string, why: string) => `${host}: ssh cannot read its configuration: ${why}`,
    zh: (host: string, why: string) => `${host}：ssh 无法读取它的配置：${why}`,
  },
  sshTooSlow: {
    en: (seconds: number) => `\`ssh -G\` did not end within ${seconds} s`,
    zh: (seconds: number) => `\`ssh -G\` 在 ${seconds} 秒内没有结束`,
  },
  noSshClient: {
    en: (host: string) =>
      `${host}: the ssh configuration is read with \`ssh -G\`: install an OpenSSH client`,
    zh: (host: string) => `${host}：ssh 配置由 \`ssh -G\` 读取，请安装 OpenSSH 客户端`,
  },
  tooManyJumps: {
    en: (host: string, most: number) => `${host}: more than ${most} jumps`,
    zh: (host: string, most: number) => `${host}：跳板超过 ${most} 个`,
  },
  notAJump: {
    en: (host: string, spec: string) => `${host}: \`ProxyJump ${spec}\` is not a host`,
    zh: (host: string, spec: string) => `${host}：\`ProxyJump ${spec}\` 不是主机`,
  },
  algorithmsUnsupported: {
    en: (host: string, chosen: string, supported: string) =>
      `${host}: \`${chosen}\` leaves nothing that is supported; supported are ${supported}`,
    zh: (host: string, chosen: string, supported: string) =>
      `${host}：\`${chosen}\` 里没有支持的算法；支持的有 ${supported}`,
  },
  optionUnsupported: {
    en: (host: string, option: string) => `${host}: \`${option}\` is set and is not supported`,
    zh: (host: string, option: string) => `${host}：设置了不支持的 \`${option}\``,
  },
  notAName: {
    en: (host: string, option: string) =>
      `${host}: \`${option}\` is not the name of a host, a user or a port`,
    zh: (host: string, option: string) => `${host}：\`${option}\` 的值不是主机名、用户名或端口`,
  },
  noLogin: {
    en: (host: string, methods: string) =>
      `${host}: its configuration leaves no supported way to log in (${methods})`,
    zh: (host: string, methods: string) => `${host}：配置没有留下支持的登录方式（${methods}）`,
  },
  tokenUnsupported: {
    en: (host: string, token: string, text: string) =>
      `${host}: \`${token}\` in \`${text}\` is not supported`,
    zh: (host: string, token: string, text: string) =>
      `${host}：不支持 \`${text}\` 里的 \`${token}\``,
  },

  // Host keys.
  trustedAnother: {
    en: (trusted: string, shown: string) =>
      `this run has trusted ${trusted}, and now it shows ${shown}`,
    zh: (trusted: string, shown: string) => `这次运行已信任 ${trusted}，现在主机出示的是 ${shown}`,
  },
  fileMissing: {
    en: (file: string) => `no such file: ${file}`,
    zh: (file: string) => `文件 ${file} 不存在`,
  },
  binaryRevocations: {
    en: (file: string) => `${file} is a binary revocation list, which is not supported`,
    zh: (file: string) => `${file} 是二进制的吊销列表，不支持`,
  },
  linkToNothing: {
    en: (file: string) => `${file} is a link to nothing: the key is not kept`,
    zh: (file: string) => `${file} 是悬空的链接，密钥没有保存`,
  },
  notRegular: {
    en: (file: string) => `${file} is not a regular file: the key is not kept`,
    zh: (file: string) => `${file} 不是普通文件，密钥没有保存`,
  },

  // A project that changes one of the user's hosts.
  redefined: {
    en: (host: string, file: string, changes: string) =>
      `${host}: your own ssh configuration defines this host, and the project's (${file}) changes it: ${changes}. Answer at a terminal, or read one of the two alone: \`--ssh-config ~/.ssh/config\` or \`--ssh-config ${file}\``,
    zh: (host: string, file: string, changes: string) =>
      `${host}：你自己的 ssh 配置里有这台主机，项目的配置（${file}）改了它：${changes}。请在终端里确认，或只读其中一个：\`--ssh-config ~/.ssh/config\` 或 \`--ssh-config ${file}\``,
  },
  askRedefined: {
    en: (host: string, file: string, changes: string) =>
      `Your own ssh configuration defines ${host}, and the project's (${file}) changes it:\n  ${changes}\nType yes to reach it as the project says, anything else stops: `,
    zh: (host: string, file: string, changes: string) =>
      `你自己的 ssh 配置里有主机 ${host}，项目的配置（${file}）改了它：\n  ${changes}\n输入 yes 按项目的配置连接，输入其他内容停止: `,
  },
  change: {
    en: (option: string, own: string, projects: string) =>
      `${option} is ${own} there and ${projects} here`,
    zh: (option: string, own: string, projects: string) =>
      `${option} 原来是 ${own}，项目里是 ${projects}`,
  },

  // Lines of a project's ssh configuration.
  at: {
    en: (place: string, problem: string) => `${place}: ${problem}`,
    zh: (place: string, problem: string) => `${place}：${problem}`,
  },
  projectUnread: {
    en: (file: string, why: string) =>
      `${file}: the project's ssh configuration is not read: ${why}`,
    zh: (file: string, why: string) => `${file}：没有读取项目的 ssh 配置：${why}`,
  },
  refused: {
    en: (what: string, why: string) =>
      `\`${what}\` is not allowed in a project's ssh configuration: ${why}; put it into ~/.ssh/config`,
    zh: (what: string, why: string) =>
      `项目的 ssh 配置里不允许 \`${what}\`：${why}；请写到 ~/.ssh/config`,
  },
  wrongWord: {
    en: (word: string, wrong: string) => `\`${word}\` ${wrong}`,
    zh: (word: string, wrong: string) => `\`${word}\` ${wrong}`,
  },
  meant: {
    en: (problem: string, name: string) => `${problem} (did you mean \`${name}\`?)`,
    zh: (problem: string, name: string) => `${problem}（是否想写 \`${name}\`？）`,
  },
  notSettable: { en: 'a project may not set it', zh: '项目不能设置它' },
  restOfLine: {
    en: (keyword: string) =>
      `\`${keyword}\` takes the rest of its line: write one value, without quotes and remarks`,
    zh: (keyword: string) => `\`${keyword}\` 的值是这一行余下的全部：只写一个值，不加引号和注释`,
  },
  oneValue: {
    en: (keyword: string) => `\`${keyword}\` takes one value`,
    zh: (keyword: string) => `\`${keyword}\` 只能有一个值`,
  },
  needsPatterns: {
    en: (keyword: string) => `\`${keyword}\` needs a list of patterns`,
    zh: (keyword: string) => `\`${keyword}\` 要写出模式的列表`,
  },
  criteria: {
    en: (names: string) => `the criteria are ${names}, and \`all\` alone`,
    zh: (names: string) => `可用的条件有 ${names}，以及单独的 \`all\``,
  },
  tokensHere: {
    en: (path: string) => `\`${path}\`: only ~, %d, %u, %i and %% are filled in here`,
    zh: (path: string) => `\`${path}\`：这里只支持 ~、%d、%u、%i 和 %%`,
  },
  keysOutside: {
    en: (path: string) =>
      `\`${path}\` is not allowed in a project's ssh configuration: ssh would keep keys in a file outside the project; name one in it, or put it into ~/.ssh/config`,
    zh: (path: string) =>
      `项目的 ssh 配置里不允许 \`${path}\`：ssh 会把密钥保存到项目之外的文件；请写项目里的文件，或写到 ~/.ssh/config`,
  },
  lineTooLong: {
    en: (most: number) => `a line of more than ${most} characters`,
    zh: (most: number) => `一行超过 ${most} 个字符`,
  },
  notUtf8: { en: 'text that is not UTF-8', zh: '内容不是 UTF-8' },
  controlCharacter: {
    en: (escape: string) => `a control character (${escape}) inside the line`,
    zh: (escape: string) => `行里有控制字符（${escape}）`,
  },
  notAKeyword: {
    en: (word: string) => `\`${word}\` is not a keyword: write the keyword first, without quotes`,
    zh: (word: string) => `\`${word}\` 不是关键字：先写关键字，不加引号`,
  },
  needsValue: {
    en: (keyword: string) => `\`${keyword}\` needs a value`,
    zh: (keyword: string) => `\`${keyword}\` 没有值`,
  },
  secondEquals: { en: 'a second `=`', zh: '多了一个 `=`' },
  openQuote: {
    en: (mark: string) => `a quote (\`${mark}\`) that is never closed`,
    zh: (mark: string) => `引号（\`${mark}\`）没有闭合`,
  },
})

/** Errors in a value; the text follows the value. */
export const values = catalogue({
  mayBe: {
    en: (names: string) => `may be ${names} here`,
    zh: (names: string) => `在这里只能是 ${names}`,
  },
  mayName: {
    en: (names: string) => `may name only ${names} here`,
    zh: (names: string) => `在这里只能包含 ${names}`,
  },
  notPatterns: { en: 'is not a pattern of host names', zh: '不是主机名的模式' },
  notAHost: { en: 'is not a host name', zh: '不是主机名' },
  notAUser: { en: 'is not a user name', zh: '不是用户名' },
  notAPort: { en: 'is not a port', zh: '不是端口' },
  notATime: { en: 'is not a time in seconds', zh: '不是以秒计的时间' },
  notANumber: { en: 'is not a number', zh: '不是数字' },
  notMethods: { en: 'is not a list of methods', zh: '不是登录方式的列表' },
  notHosts: {
    en: (wrong: string) => `is not a list of hosts (\`${wrong}\`)`,
    zh: (wrong: string) => `不是主机的列表（\`${wrong}\`）`,
  },
  trustsUnseen: {
    en: 'would trust keys that nobody compared: use --accept-new-host-key where that is right',
    zh: '会信任没有核对过的密钥：确实需要时用 --accept-new-host-key',
  },
  empty: { en: 'is empty', zh: '是空的' },
  quoted: {
    en: 'has a quote or a backslash, which no path here may have',
    zh: '里有引号或反斜杠，这里的路径不能有',
  },
})

/** Consequences of a keyword that is not allowed. */
export const dangers = catalogue({
  runs: { en: 'it runs a command on this computer', zh: '它会在这台电脑上运行命令' },
  loads: { en: 'it loads code on this computer', zh: '它会在这台电脑上加载代码' },
  includes: { en: 'it includes a file unseen', zh: '它会引入没有检查过的文件' },
  lendsKeys: { en: 'it lends your keys to the host', zh: '它会把你的密钥借给主机' },
  lendsDisplay: { en: 'it lends your display to the host', zh: '它会把你的屏幕借给主机' },
  sendsEnvironment: {
    en: 'it sends your environment to the host',
    zh: '它会把你的环境变量发给主机',
  },
  opensComputer: { en: 'it opens this computer to the host', zh: '它会让主机访问这台电脑' },
  opensPort: { en: 'it opens a port of this computer', zh: '它会打开这台电脑的端口' },
  hides: { en: 'it hides mistakes', zh: '它会掩盖错误' },
})
