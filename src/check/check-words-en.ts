import { type CheckTable, isPage, sizeText, systemText } from './check-words.ts'

const orNewer = (version: string | undefined) =>
  version === undefined ? '' : `, version ${version} or newer`
const orOlder = (version: string | undefined) =>
  version === undefined ? '' : ` or older than ${version}`

export const englishChecks: CheckTable = {
  os: {
    is: (asked, quote) => `the system is ${quote(systemText(asked, ' '))}`,
    isNot: (asked, quote) => `the system is not ${quote(systemText(asked, ' '))}`,
    unmet: (asked, quote, found) =>
      `the system is ${quote(found)}, not ${quote(systemText(asked, '@'))}`,
  },
  arch: {
    is: ({ arch }, quote) => `the processor is ${quote(arch)}`,
    isNot: ({ arch }, quote) => `the processor is not ${quote(arch)}`,
    unmet: ({ arch }, quote, found) => `the processor is ${quote(found)}, not ${quote(arch)}`,
  },
  user: {
    is: ({ user }, quote) => `logged in as ${quote(user)}`,
    isNot: ({ user }, quote) => `not logged in as ${quote(user)}`,
    unmet: ({ user }, quote, found) => `logged in as ${quote(found)}, not ${quote(user)}`,
  },
  cmd: {
    is: ({ name, atLeast }, quote) => `command ${quote(name)} exists${orNewer(atLeast)}`,
    isNot: ({ name, atLeast }, quote) => `command ${quote(name)} is absent${orOlder(atLeast)}`,
    unmet: ({ name, atLeast }, quote, found) => {
      if (found === 'not found') return `command ${quote(name)} not found`
      if (found === 'version unknown')
        return `the version of command ${quote(name)} is unknown; needed is ${atLeast} or newer`
      return `command ${quote(name)} has version ${found}; needed is ${atLeast} or newer`
    },
  },
  pkg: {
    is: ({ name, atLeast }, quote) => `package ${quote(name)} is installed${orNewer(atLeast)}`,
    isNot: ({ name, atLeast }, quote) =>
      `package ${quote(name)} is not installed${orOlder(atLeast)}`,
    unmet: ({ name, atLeast }, quote, found) => {
      if (found === 'not installed') return `package ${quote(name)} is not installed`
      if (found === 'no package manager known')
        return `package ${quote(name)}: the host has neither dpkg nor rpm`
      if (found === 'version unknown')
        return `the version of package ${quote(name)} is unknown; needed is ${atLeast} or newer`
      return `package ${quote(name)} has version ${found}; needed is ${atLeast} or newer`
    },
  },
  file: {
    is: ({ path }, quote) => `file ${quote(path)} exists`,
    isNot: ({ path }, quote) => `file ${quote(path)} is absent`,
    unmet: ({ path }, quote, found) =>
      found === 'a folder'
        ? `${quote(path)} is a folder, not a file`
        : `file ${quote(path)} does not exist`,
  },
  dir: {
    is: ({ path }, quote) => `folder ${quote(path)} exists`,
    isNot: ({ path }, quote) => `folder ${quote(path)} is absent`,
    unmet: ({ path }, quote, found) =>
      found === 'a file'
        ? `${quote(path)} is a file, not a folder`
        : `folder ${quote(path)} does not exist`,
  },
  line: {
    is: ({ path, pattern }, quote) => `a line of ${quote(path)} matches ${quote(`/${pattern}/`)}`,
    isNot: ({ path, pattern }, quote) =>
      `no line of ${quote(path)} matches ${quote(`/${pattern}/`)}`,
    unmet: ({ path, pattern }, quote, found) =>
      found === 'missing'
        ? `file ${quote(path)} is missing or unreadable`
        : `no line of ${quote(path)} matches ${quote(`/${pattern}/`)}`,
  },
  port: {
    is: ({ port }) => `a program listens on port ${port}`,
    isNot: ({ port }) => `no program listens on port ${port}`,
    unmet: ({ port }) => `no program listens on port ${port}`,
  },
  service: {
    is: ({ unit }, quote) => `service ${quote(unit)} is active`,
    isNot: ({ unit }, quote) => `service ${quote(unit)} is not active`,
    unmet: ({ unit }, quote, found) =>
      `service ${quote(unit)} is not active${found === 'no' ? '' : ` (${found})`}`,
  },
  enabled: {
    is: ({ unit }, quote) => `service ${quote(unit)} starts at boot`,
    isNot: ({ unit }, quote) => `service ${quote(unit)} does not start at boot`,
    unmet: ({ unit }, quote, found) =>
      `service ${quote(unit)} does not start at boot${found === 'no' ? '' : ` (${found})`}`,
  },
  env: {
    is: ({ name }, quote) => `environment variable ${quote(name)} is set`,
    isNot: ({ name }, quote) => `environment variable ${quote(name)} is not set`,
    unmet: ({ name }, quote) => `environment variable ${quote(name)} is not set`,
  },
  var: {
    is: ({ name }, quote) => `variable ${quote(name)} has a value`,
    isNot: ({ name }, quote) => `variable ${quote(name)} has no value`,
    unmet: ({ name }, quote) => `variable ${quote(name)} has no value`,
  },
  net: {
    is: ({ host, port }, quote) => `port ${port} of ${quote(host)} is reachable`,
    isNot: ({ host, port }, quote) => `port ${port} of ${quote(host)} is not reachable`,
    unmet: ({ host, port }, quote) => `port ${port} of ${quote(host)} is not reachable`,
  },
  http: {
    is: ({ url, status }, quote) =>
      `${quote(url)} answers${status === undefined ? '' : ` ${status}`}`,
    isNot: ({ url, status }, quote) =>
      `${quote(url)} does not answer${status === undefined ? '' : ` ${status}`}`,
    unmet: ({ url, status }, quote, found) => {
      if (!/^\d{3}$/.test(found)) return `${quote(url)} does not answer`
      return `${quote(url)} answered ${found}${status === undefined ? '' : `, not ${status}`}`
    },
  },
  disk: {
    is: ({ path, bytes }, quote) => `${quote(path)} has ${sizeText(bytes)} free`,
    isNot: ({ path, bytes }, quote) => `${quote(path)} has less than ${sizeText(bytes)} free`,
    unmet: ({ path, bytes }, quote, found) =>
      `${quote(path)} has ${found} free; needed is ${sizeText(bytes)}`,
  },
  mem: {
    is: ({ bytes }) => `the memory is ${sizeText(bytes)} or more`,
    isNot: ({ bytes }) => `the memory is less than ${sizeText(bytes)}`,
    unmet: ({ bytes }, _, found) => `the memory is ${found}; needed is ${sizeText(bytes)}`,
  },
  step: {
    is: ({ id }, quote) => `${isPage(id) ? 'page' : 'step'} ${quote(id)} has passed`,
    isNot: ({ id }, quote) => `${isPage(id) ? 'page' : 'step'} ${quote(id)} has not passed`,
    unmet: ({ id }, quote) => `${isPage(id) ? 'page' : 'step'} ${quote(id)} has not passed`,
  },
  sh: {
    is: ({ command }, quote) => `command ${quote(command)} succeeds`,
    isNot: ({ command }, quote) => `command ${quote(command)} fails`,
    unmet: ({ command }, quote, found) =>
      `command ${quote(command)} failed with status ${found.replace(/^exit /, '')}`,
  },
}
