/**
 * Every problem that this tool can report on a page or on a step of a run, in one table.
 *
 * A code is never reused; a retired one keeps its entry. `runbook explain CODE` and the site's
 * reference read this table.
 */

interface CodeInfo {
  readonly name: string
  readonly severity: 'error' | 'warning' | 'hint'
}

export const codes = {
  RB0101: { name: 'unknown-attribute', severity: 'error' },
  RB0102: { name: 'unclosed-attributes', severity: 'error' },
  RB0103: { name: 'wrong-attribute-value', severity: 'error' },
  RB0104: { name: 'duration-without-unit', severity: 'error' },
  RB0105: { name: 'misplaced-attribute', severity: 'error' },
  RB0106: { name: 'repeated-attribute', severity: 'error' },
  RB0107: { name: 'foreign-annotation', severity: 'warning' },
  RB0108: { name: 'conflicting-attributes', severity: 'error' },
  RB0201: { name: 'front-matter-syntax', severity: 'error' },
  RB0202: { name: 'unknown-front-matter-key', severity: 'error' },
  RB0203: { name: 'wrong-front-matter-value', severity: 'error' },
  RB0204: { name: 'unknown-role', severity: 'error' },
  RB0301: { name: 'shell-syntax', severity: 'error' },
  RB0302: { name: 'unclosed-fence', severity: 'error' },
  RB0303: { name: 'empty-shell-block', severity: 'hint' },
  RB0304: { name: 'nul-character', severity: 'error' },
  RB0305: { name: 'indented-code', severity: 'hint' },
  RB0306: { name: 'prompt-in-shell-block', severity: 'error' },
  RB0307: { name: 'typographic-character', severity: 'warning' },
  RB0308: { name: 'remark-in-command', severity: 'warning' },
  RB0309: { name: 'unseen-fence', severity: 'hint' },
  RB0310: { name: 'placeholder', severity: 'warning' },
  RB0311: { name: 'extended-glob', severity: 'warning' },
  RB0312: { name: 'not-a-command', severity: 'warning' },
  RB0401: { name: 'output-without-step', severity: 'error' },
  RB0402: { name: 'wrong-pattern', severity: 'error' },
  RB0403: { name: 'repeated-output', severity: 'error' },
  RB0404: { name: 'wrong-dialog', severity: 'error' },
  RB0501: { name: 'unknown-check', severity: 'error' },
  RB0502: { name: 'wrong-check', severity: 'error' },
  RB0601: { name: 'repeated-id', severity: 'error' },
  RB0602: { name: 'unknown-step', severity: 'error' },
  RB0603: { name: 'missing-page', severity: 'error' },
  RB0604: { name: 'requires-cycle', severity: 'error' },
  RB0605: { name: 'derived-id', severity: 'warning' },
  RB0606: { name: 'dead-link', severity: 'warning' },
  RB0608: { name: 'page-outside', severity: 'error' },
  RB0701: { name: 'refused-include', severity: 'error' },
  RB0801: { name: 'unset-variable', severity: 'warning' },
  RB0802: { name: 'interactive-command', severity: 'warning' },
  RB0803: { name: 'unanswered-question', severity: 'warning' },
  RB0804: { name: 'sudo-in-block', severity: 'hint' },
  RB0805: { name: 'endless-command', severity: 'warning' },
  RB0806: { name: 'destructive-command', severity: 'warning' },
  RB0807: { name: 'secret-in-clear-text', severity: 'warning' },
  RB0808: { name: 'unreachable-variant', severity: 'warning' },
  RB0809: { name: 'capture-never-set', severity: 'warning' },
  RB0810: { name: 'capture-never-used', severity: 'hint' },
  RB0811: { name: 'undeclared-capture', severity: 'warning' },
  RB0812: { name: 'unannounced-reboot', severity: 'warning' },
  RB0813: { name: 'clean-up-without-reverts', severity: 'warning' },
  RB2001: { name: 'output', severity: 'error' },
  RB2002: { name: 'exit-status', severity: 'error' },
  RB2003: { name: 'precondition', severity: 'error' },
  RB2004: { name: 'postcondition', severity: 'error' },
  RB2005: { name: 'timeout', severity: 'error' },
  RB2006: { name: 'waiting-for-input', severity: 'error' },
  RB2007: { name: 'command-lost', severity: 'error' },
  RB2008: { name: 'not-confirmed', severity: 'error' },
  RB2009: { name: 'not-captured', severity: 'error' },
  RB2010: { name: 'file', severity: 'error' },
  RB2011: { name: 'not-ready', severity: 'error' },
  RB2012: { name: 'interrupted', severity: 'error' },
  RB2013: { name: 'dialog', severity: 'error' },
  RB2014: { name: 'reboot', severity: 'error' },
  RB2015: { name: 'disk-full', severity: 'error' },
  RB2016: { name: 'output-limit', severity: 'error' },
  RB2017: { name: 'no-shell', severity: 'error' },
} as const satisfies Record<`RB${number}`, CodeInfo>

export type Code = keyof typeof codes
