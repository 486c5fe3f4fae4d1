import type { TestHost } from '../hosts/test-host.ts'
import type { Contender } from './measure.ts'

/** Where and with what is measured. */
export interface ShellBench {
  readonly host: TestHost
  /** A project for pages. */
  readonly folder: string
  /** A page of the project on a host of an ssh configuration, by default on the one there is. */
  exec(page: string, on?: { readonly hosts: string; readonly config: string }): Contender
  /** The same by hand. */
  ssh(command: string): Contender
}
