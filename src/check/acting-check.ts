import type { Question } from '../model/check.ts'

/**
 * Whether asking a check does more than read the system's state: it runs a program that the page
 * chooses, or connects to an address that the page names.
 */
export function actingKind(question: Question): 'program' | 'connection' | undefined {
  switch (question.kind) {
    case 'sh':
      return 'program'
    case 'cmd':
      // To learn a version, the host runs the program.
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
