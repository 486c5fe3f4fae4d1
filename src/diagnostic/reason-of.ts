/** Why something failed, in both languages, by the system's error codes. */

import { catalogue, type Message } from '../model/message.ts'
import { valueOf } from '../model/named.ts'
import { LocalizedError } from './localized-error.ts'

const chinese: Readonly<Record<string, string>> = {
  EACCES: '没有权限',
  EADDRINUSE: '端口已被占用',
  EAI_AGAIN: '无法解析主机名，域名服务器没有回答',
  ECONNREFUSED: '连接被拒绝',
  ECONNRESET: '连接被对方断开',
  EEXIST: '已经存在',
  EHOSTUNREACH: '主机不可达',
  EISDIR: '是目录',
  ELOOP: '符号链接太多',
  EMFILE: '打开的文件太多',
  ENAMETOOLONG: '名称太长',
  ENETUNREACH: '网络不可达',
  ENOENT: '文件或目录不存在',
  ENOSPC: '磁盘已满',
  ENOTDIR: '不是目录',
  ENOTFOUND: '找不到这个主机名',
  EPERM: '不允许这样做',
  EPIPE: '连接已关闭',
  EROFS: '文件系统只读',
  ETIMEDOUT: '连接超时',
}

/** What Node writes as `ENOENT: no such file or directory, open '/a'`. */
const english: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'it exists already',
  EISDIR: 'it is a folder',
  ELOOP: 'too many symbolic links',
  EMFILE: 'too many open files',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'no such file or folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'not a folder',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
}

const reasons = catalogue({
  unknown: {
    en: (said: string) => said,
    zh: (said: string) => `“${said}”`,
  },
})

/**
 * The sentence of our own errors, the meaning of a system error's code, or else the error's
 * message, quoted.
 */
export function reasonOf(error: unknown): Message {
  if (error instanceof LocalizedError) return error.text
  const own = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const known = valueOf(chinese, code)
  if (known === undefined) return reasons.unknown(own)
  // Only of a file's error is the message a repetition of its path.
  const ofFile = own.startsWith(`${code}: `) ? valueOf(english, code) : undefined
  return { en: ofFile === undefined ? own : `${ofFile} (${code})`, zh: `${known}（${code}）` }
}
