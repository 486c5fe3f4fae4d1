/** What a host is, asked once when it is connected. */
export interface HostFacts {
  /** `debian`, `centos`; from os-release's `ID`. */
  readonly osId: string
  readonly osLike: readonly string[]
  /** `12`, `7`; empty where the system has none. */
  readonly osVersion: string
  /** `Debian GNU/Linux 12 (bookworm)`. */
  readonly osName: string
  readonly arch: string
  readonly kernel: string
  /** The user that the connection logged in as. */
  readonly user: string
  readonly hostName: string
  /** Changes with every boot. */
  readonly bootId: string
  readonly bash: string
  /** Tells two machines of the same name apart; a systemd machine id, or empty. */
  readonly machineId: string
  /** Whether a running command ends when the user's last login does: logind is told to end it. */
  readonly endsWithLogin: boolean
}

/** What os-release allows as an id or a version, so that a name made of it stays in its folder. */
const idPattern = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** Whether a host may call its system so; a record's file is named by it. */
export function isSystemId(text: string): boolean {
  return idPattern.test(text)
}

/** Whether a record may be for it: an id, or an id and a version. */
export function isPlatform(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,128}$/.test(text)
}

/** `debian-12`, `centos-7`: what a record is kept for. */
export function platformOf(facts: Pick<HostFacts, 'osId' | 'osVersion'>): string {
  const major = facts.osVersion.split('.')[0] ?? ''
  return major === '' ? facts.osId : `${facts.osId}-${major}`
}
