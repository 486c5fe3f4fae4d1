import type { Question } from '../model/check.ts'

/**
 * Whether asking a check does more than read what a system says of itself: it runs a program of the
 * page's choosing, or opens a connection to where the page says.
 */
export function actingKind(question: Question): 'program' | 'connection' | undefined {
  switch (question.kind) {
    case 'sh':
      return 'program'
    case 'cmd':
      // The version is what the program itself prints.
      return question.atLeast === undefined ? undefined : 'program'
    case 'net':
    case 'http':
      return 'connection'
    case 'os':
    case 'arch':
    case 'user':
    case 'pkg':
    case 'file':
    case 'dir':
    case 'line':
    case 'port':
    case 'service':
    case 'enabled':
    case 'env':
    case 'var':
    case 'disk':
    case 'mem':
    case 'step':
      return undefined
    default:
      return question satisfies never
  }
}
