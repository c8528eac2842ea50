import { parseCode } from '@pass/domain/codes.ts'

/**
 * What was typed when a session ended by itself, kept in the tab for the same person on the same page. Written at that moment
 * only, never while typing; another person's sign-in erases it, so do sign-out and lock.
 */
type Owner = { utilisateurId: string; adhesionId: string }
type Kept = Owner & { page: string; formes: Record<string, unknown> }

const KEY = 'pass-saisie'
// Never kept, whatever the form: they prove who someone is, or they are worth money.
const SECRET = new Set(['motDePasse', 'pin', 'code', 'codes', 'jeton', 'secret', 'reponse'])

const open = new Map<string, () => unknown>()
let owner: Owner | null = null

const GROUPS = /(?<![0-9a-z])[0-9a-z]{4}[\s-]?[0-9a-z]{4}[\s-]?[0-9a-z]{4}(?![0-9a-z])/gi

/** A pass number anywhere in a text, with a figure in it: a word of twelve letters is left alone. */
const holdsCode = (text: string): boolean => [...text.matchAll(GROUPS)].some(([group]) => /\d/.test(group) && parseCode(group).ok)

const isSecret = (name: string, value: unknown): boolean => SECRET.has(name) || (typeof value === 'string' && holdsCode(value))

/** The values of a form without what must not outlive the page: passwords, codes, pass numbers wherever they were typed. */
export const withoutSecrets = (value: unknown, secrets: ReadonlySet<string> = new Set(), path = ''): unknown => {
  if (Array.isArray(value)) return value.map((one, rank) => withoutSecrets(isSecret('', one) ? '' : one, secrets, `${path}.${rank}`))
  if (typeof value !== 'object' || value === null) return value
  const kept: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(value)) {
    const full = path ? `${path}.${name}` : name
    if (!isSecret(name, inner) && !secrets.has(full)) kept[name] = withoutSecrets(inner, secrets, full)
  }
  return kept
}

const pageNow = (): string => globalThis.location.pathname

const stored = (): Kept | null => {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as Kept | null
  } catch {
    return null // a browser without storage, or something else under our name
  }
}

const store = (kept: Kept | null): void => {
  try {
    if (kept && Object.keys(kept.formes).length > 0) sessionStorage.setItem(KEY, JSON.stringify(kept))
    else sessionStorage.removeItem(KEY)
  } catch {
    // full or forbidden: what was typed is lost, nothing else
  }
}

const eraseDrafts = (): void => store(null)

/** Erases all that this tab kept, drafts and the rest: sign-out, lock. */
export const eraseTab = (): void => {
  try {
    sessionStorage.clear()
  } catch {
    // a browser without storage kept nothing
  }
}

/** The person now signed in. Somebody else’s typing is erased before any page shows. */
export const setDraftOwner = (next: Owner): void => {
  owner = next
  if (stored() && stored()?.utilisateurId !== next.utilisateurId) eraseDrafts()
}

/** `read` gives what is typed, or undefined when there is nothing worth keeping. */
export const watchDraft = (cle: string, read: () => unknown): (() => void) => {
  open.set(cle, read)
  return () => {
    if (open.get(cle) === read) open.delete(cle)
  }
}

/** The session is ending by itself: what is typed in the open forms is put aside. */
export const keepDrafts = (): void => {
  if (!owner) return
  const formes: Record<string, unknown> = {}
  for (const [cle, read] of open) {
    const typed = read()
    if (typed !== undefined && JSON.stringify(typed) !== '{}') formes[cle] = typed
  }
  if (Object.keys(formes).length > 0) store({ ...owner, page: pageNow(), formes })
}

/** What this person had typed there, or undefined. */
export const draftOf = (cle: string): unknown => {
  const kept = stored()
  if (!kept || !owner) return undefined
  const mine = kept.utilisateurId === owner.utilisateurId && kept.adhesionId === owner.adhesionId && kept.page === pageNow()
  return mine ? kept.formes[cle] : undefined
}

/** Put back in its form: it is not kept any longer. */
export const dropDraft = (cle: string): void => {
  const kept = stored()
  if (!kept || draftOf(cle) === undefined) return
  const { [cle]: _restored, ...formes } = kept.formes
  store({ ...kept, formes })
}
