/** Facts about a host, asked once after connecting. */
export interface HostFacts {
  /** `ID` of os-release: `debian`, `centos`. */
  readonly osId: string
  readonly osLike: readonly string[]
  /** `12`, `7`; empty if the system reports none. */
  readonly osVersion: string
  /** `Debian GNU/Linux 12 (bookworm)`. */
  readonly osName: string
  readonly arch: string
  readonly kernel: string
  /** The login user of the connection. */
  readonly user: string
  readonly hostName: string
  /** Differs after every boot. */
  readonly bootId: string
  readonly bash: string
  /** The systemd machine id, or empty; tells apart two machines with one name. */
  readonly machineId: string
  /** Whether logind kills running commands at the user's last logout (`KillUserProcesses`). */
  readonly endsWithLogin: boolean
}

/** The facts that a record keeps. */
export type RecordedFacts = Pick<
  HostFacts,
  'osId' | 'osVersion' | 'osName' | 'arch' | 'kernel' | 'bash'
>

/** The characters that os-release allows; they are also safe in a file name. */
const idPattern = /^[a-z0-9][a-z0-9._-]{0,63}$/

/** Whether `text` is safe as a system's id; record files are named after it. */
export function isSystemId(text: string): boolean {
  return idPattern.test(text)
}

/** Whether `text` is a platform: an id, or an id and a version. */
export function isPlatform(text: string): boolean {
  return /^[a-z0-9][a-z0-9._-]{0,128}$/.test(text)
}

/** The platform of a record: `debian-12`, `centos-7`. */
export function platformOf(facts: Pick<HostFacts, 'osId' | 'osVersion'>): string {
  const major = facts.osVersion.split('.')[0] ?? ''
  return major === '' ? facts.osId : `${facts.osId}-${major}`
}
