/** The rule for the first line of a commit, as far as words alone tell it. */

const maxLength = 72

/** Words that begin a description rather than an order. */
const notVerbs = new Set(
  (
    'a an the this that these those what which who whom whose how why when where while ' +
    'one two three several many every each all any no not none never some only also ' +
    'as at by for from in into of on onto out over to under up with within without before after ' +
    'between it its they their we our you your is are was were be been has have had does did ' +
    'can may must will would should there here then than more most less least new old'
  ).split(' '),
)

/** Imperatives that end like a third person, a past or a participle. */
const verbs = new Set(
  (
    'pass bypass process press compress express address access miss cross discuss focus ' +
    'need embed feed seed speed exceed proceed shed bring ping ring string'
  ).split(' '),
)

/** What is wrong with a subject; `undefined`: nothing. */
export function subjectProblem(subject: string): string | undefined {
  const [, text = ''] = /^[\w./-]+(?:, [\w./-]+)*: (\S.*)$/.exec(subject) ?? []
  if (text === '') return 'name the folder first: `shell: keep map keys that end in a backslash`'
  if (Array.from(subject).length > maxLength) return `at most ${maxLength} characters`
  if (text.endsWith('.')) return 'no full stop'
  const [word = ''] = text.split(/[\s,:]/)
  if (!/^[a-z]/.test(word)) return 'go on in lower case after the folder'
  const isVerb = verbs.has(word) || !(notVerbs.has(word) || /(?:[^s]s|ed|ing)$/.test(word))
  return isVerb ? undefined : `say what the commit does, as an order: \`${word}\` is none`
}
