/**
 * Names of systems and processors. A near miss of one is reported, because the check would
 * otherwise silently skip the step as "not for this host". Other unknown names are accepted.
 */

/** `ID` and `ID_LIKE` of os-release, and names of systems without that file. */
export const systemNames = words(`
  almalinux alpine altlinux amzn anolis antix arch archarm artix astra azurelinux blackarch
  bottlerocket buildroot calculate cbl-mariner centos chimera circle clear-linux-os cloudlinux coreos
  cos cygwin darwin debian deepin devuan dragonfly elementary endeavouros euleros eurolinux fedora
  flatcar freebsd funtoo garuda gentoo guix hce holo kali kylin linuxmint lmde macos mageia mandriva
  manjaro manjaro-arm mariner miracle miraclelinux msys2 mx navylinux neokylin neon netbsd nixos nobara
  ol opencloudos openEuler openeuler openbsd openkylin opensuse opensuse-leap opensuse-microos
  opensuse-slowroll opensuse-tumbleweed openwrt parrot peppermint photon poky pop postmarketos proxmox
  pureos qubes raspbian redos rhcos rhel rocky rosa scientific slackware sl-micro sle-micro sle_hpc sled
  sles sles_sap solus springdale steamos suse talos tencentos tlinux trisquel ubuntu ubuntu-core
  ultramarine uos velinux virtuozzo void wolfi xcp-ng xenenterprise zorin
`)

/** What `uname -m` prints, and Debian's names for the same processors. */
export const processorNames = words(`
  aarch64 alpha amd64 arm64 armhf armv5tel armv6l armv7l armv8l i386 i486 i586 i686 ia64 loongarch64
  m68k mips mips64 mips64el mipsel parisc ppc ppc64 ppc64el ppc64le riscv32 riscv64 s390 s390x sparc
  sparc64 x86_64
`)

/** Second names of processors. */
const sameProcessor: ReadonlyMap<string, string> = new Map([
  ['amd64', 'x86_64'],
  ['arm64', 'aarch64'],
  ['ppc64el', 'ppc64le'],
])

/** One name per processor: Debian and macOS use other names for some. */
export function processorName(name: string): string {
  return sameProcessor.get(name) ?? name
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/))
}
