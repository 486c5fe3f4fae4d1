import { type CheckTable, isPage, sizeText, systemText } from './check-words.ts'

const orNewer = (version: string | undefined) =>
  version === undefined ? '' : `，版本不低于 ${version}`
const orOlder = (version: string | undefined) =>
  version === undefined ? '' : `，或者版本低于 ${version}`
const stepText = (id: string) => (isPage(id) ? '页面' : '步骤')

/** What `systemctl` says of a service that is not active. */
const states: ReadonlyMap<string, string> = new Map([
  ['failed', '启动失败'],
  ['activating', '正在启动'],
  ['deactivating', '正在停止'],
])

export const chineseChecks: CheckTable = {
  os: {
    is: (asked, quote) => `系统是 ${quote(systemText(asked, ' '))}`,
    isNot: (asked, quote) => `系统不是 ${quote(systemText(asked, ' '))}`,
    unmet: (asked, quote, found) => `系统是 ${quote(found)}，不是 ${quote(systemText(asked, '@'))}`,
  },
  arch: {
    is: ({ arch }, quote) => `处理器架构是 ${quote(arch)}`,
    isNot: ({ arch }, quote) => `处理器架构不是 ${quote(arch)}`,
    unmet: ({ arch }, quote, found) => `处理器架构是 ${quote(found)}，不是 ${quote(arch)}`,
  },
  user: {
    is: ({ user }, quote) => `以 ${quote(user)} 身份登录`,
    isNot: ({ user }, quote) => `不以 ${quote(user)} 身份登录`,
    unmet: ({ user }, quote, found) => `登录的用户是 ${quote(found)}，不是 ${quote(user)}`,
  },
  cmd: {
    is: ({ name, atLeast }, quote) => `有命令 ${quote(name)}${orNewer(atLeast)}`,
    isNot: ({ name, atLeast }, quote) => `没有命令 ${quote(name)}${orOlder(atLeast)}`,
    unmet: ({ name, atLeast }, quote, found) => {
      if (found === 'not found') return `没有命令 ${quote(name)}`
      if (found === 'version unknown')
        return `命令 ${quote(name)} 的版本未知，需要不低于 ${atLeast}`
      return `命令 ${quote(name)} 的版本是 ${found}，需要不低于 ${atLeast}`
    },
  },
  pkg: {
    is: ({ name, atLeast }, quote) => `已安装软件包 ${quote(name)}${orNewer(atLeast)}`,
    isNot: ({ name, atLeast }, quote) => `没有安装软件包 ${quote(name)}${orOlder(atLeast)}`,
    unmet: ({ name, atLeast }, quote, found) => {
      if (found === 'not installed') return `没有安装软件包 ${quote(name)}`
      if (found === 'no package manager known')
        return `软件包 ${quote(name)}：主机没有 dpkg 和 rpm，无法查询`
      if (found === 'version unknown')
        return `软件包 ${quote(name)} 的版本未知，需要不低于 ${atLeast}`
      return `软件包 ${quote(name)} 的版本是 ${found}，需要不低于 ${atLeast}`
    },
  },
  file: {
    is: ({ path }, quote) => `文件 ${quote(path)} 存在`,
    isNot: ({ path }, quote) => `文件 ${quote(path)} 不存在`,
    unmet: ({ path }, quote, found) =>
      found === 'a folder' ? `${quote(path)} 是目录，不是文件` : `文件 ${quote(path)} 不存在`,
  },
  dir: {
    is: ({ path }, quote) => `目录 ${quote(path)} 存在`,
    isNot: ({ path }, quote) => `目录 ${quote(path)} 不存在`,
    unmet: ({ path }, quote, found) =>
      found === 'a file' ? `${quote(path)} 是文件，不是目录` : `目录 ${quote(path)} 不存在`,
  },
  line: {
    is: ({ path, pattern }, quote) => `${quote(path)} 中有一行匹配 ${quote(`/${pattern}/`)}`,
    isNot: ({ path, pattern }, quote) => `${quote(path)} 中没有匹配 ${quote(`/${pattern}/`)} 的行`,
    unmet: ({ path, pattern }, quote, found) =>
      found === 'missing'
        ? `文件 ${quote(path)} 不存在，或无法读取`
        : `${quote(path)} 中没有匹配 ${quote(`/${pattern}/`)} 的行`,
  },
  port: {
    is: ({ port }) => `端口 ${port} 有程序在监听`,
    isNot: ({ port }) => `端口 ${port} 没有程序在监听`,
    unmet: ({ port }) => `端口 ${port} 没有程序在监听`,
  },
  service: {
    is: ({ unit }, quote) => `服务 ${quote(unit)} 正在运行`,
    isNot: ({ unit }, quote) => `服务 ${quote(unit)} 没有运行`,
    unmet: ({ unit }, quote, found) => `服务 ${quote(unit)} ${states.get(found) ?? '没有运行'}`,
  },
  enabled: {
    is: ({ unit }, quote) => `服务 ${quote(unit)} 开机启动`,
    isNot: ({ unit }, quote) => `服务 ${quote(unit)} 不开机启动`,
    unmet: ({ unit }, quote, found) =>
      `服务 ${quote(unit)} 没有设为开机启动${found === 'no' ? '' : `（${found}）`}`,
  },
  env: {
    is: ({ name }, quote) => `环境变量 ${quote(name)} 已设置`,
    isNot: ({ name }, quote) => `环境变量 ${quote(name)} 没有设置`,
    unmet: ({ name }, quote) => `环境变量 ${quote(name)} 没有设置`,
  },
  var: {
    is: ({ name }, quote) => `变量 ${quote(name)} 有值`,
    isNot: ({ name }, quote) => `变量 ${quote(name)} 没有值`,
    unmet: ({ name }, quote) => `变量 ${quote(name)} 没有值`,
  },
  net: {
    is: ({ host, port }, quote) => `能连上 ${quote(host)} 的 ${port} 端口`,
    isNot: ({ host, port }, quote) => `连不上 ${quote(host)} 的 ${port} 端口`,
    unmet: ({ host, port }, quote) => `连不上 ${quote(host)} 的 ${port} 端口`,
  },
  http: {
    is: ({ url, status }, quote) =>
      `${quote(url)} 返回${status === undefined ? '成功' : ` ${status}`}`,
    isNot: ({ url, status }, quote) =>
      `${quote(url)} 不返回${status === undefined ? '成功' : ` ${status}`}`,
    unmet: ({ url, status }, quote, found) => {
      if (!/^\d{3}$/.test(found)) return `${quote(url)} 没有应答`
      return `${quote(url)} 返回 ${found}${status === undefined ? '' : `，不是 ${status}`}`
    },
  },
  disk: {
    is: ({ path, bytes }, quote) => `${quote(path)} 至少有 ${sizeText(bytes)} 空闲`,
    isNot: ({ path, bytes }, quote) => `${quote(path)} 空闲不到 ${sizeText(bytes)}`,
    unmet: ({ path, bytes }, quote, found) =>
      `${quote(path)} 只有 ${found} 空闲，需要 ${sizeText(bytes)}`,
  },
  mem: {
    is: ({ bytes }) => `内存至少 ${sizeText(bytes)}`,
    isNot: ({ bytes }) => `内存不到 ${sizeText(bytes)}`,
    unmet: ({ bytes }, _, found) => `内存只有 ${found}，需要 ${sizeText(bytes)}`,
  },
  step: {
    is: ({ id }, quote) => `${stepText(id)} ${quote(id)} 已完成`,
    isNot: ({ id }, quote) => `${stepText(id)} ${quote(id)} 没有完成`,
    unmet: ({ id }, quote) => `${stepText(id)} ${quote(id)} 没有完成`,
  },
  sh: {
    is: ({ command }, quote) => `命令 ${quote(command)} 成功`,
    isNot: ({ command }, quote) => `命令 ${quote(command)} 失败`,
    unmet: ({ command }, quote, found) =>
      `命令 ${quote(command)} 失败，退出状态 ${found.replace(/^exit /, '')}`,
  },
}
