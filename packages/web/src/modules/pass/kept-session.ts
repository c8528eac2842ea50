import type { Session } from '@pass/contracts/session.ts'

/**
 * The session as the counter last knew it, so that a phone opens the counter where there is no network. It proves nothing: the
 * server alone opens anything. Kept on a person's own device only (never on a shared desk), until sign-out, another person's
 * sign-in, or 72 hours without contact.
 */
const KEY = 'pass-session'
const HEURES = 72
const HOUR_MS = 3_600_000
/** What an erased session leaves: a copy kept elsewhere is not to be brought back. */
const GONE = 'null'

export type Kept = { session: Session; at: number }

const read = (): Kept | null => {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null') as Kept | null
    return typeof kept?.at === 'number' && typeof kept.session?.utilisateur?.id === 'string' ? kept : null
  } catch {
    return null // a browser without storage, or something else under our name
  }
}

export const eraseKeptSession = (): void => {
  try {
    localStorage.setItem(KEY, GONE)
  } catch {
    // nothing was kept
  }
}

/** Whether this browser is a person's own: somebody else may stand before the others in a minute. */
export const isOwnDevice = ({ guichet, poste, consultation }: Session): boolean => !guichet && poste === null && consultation === null

/** Called at each contact with the server. */
export const keepSession = (session: Session, at: number): void => {
  if (!isOwnDevice(session)) return eraseKeptSession()
  try {
    localStorage.setItem(KEY, JSON.stringify({ session, at } satisfies Kept))
  } catch {
    // full or forbidden: the counter opens with network only
  }
}

/** A session good without network until the hours are over: it does not close by itself, nobody could open it again. */
export const withoutNetwork = (session: Session, { keptAt, at }: { keptAt: number; at: number }): Session => ({
  ...session,
  maintenant: new Date(Date.parse(session.maintenant) + (at - keptAt)).toISOString(),
  inactiviteMinutes: HEURES * 60,
  restantSecondes: Math.max(0, Math.floor((keptAt + HEURES * HOUR_MS - at) / 1000)),
})

/** The session kept then, its clock brought forward; null when it is too old. */
export const reopened = (kept: Kept, at: number): Session | null => {
  if (at - kept.at >= HEURES * HOUR_MS || at < kept.at - HOUR_MS) return null
  return withoutNetwork(kept.session, { keptAt: kept.at, at })
}

/** The kept session, its clock brought forward; null when there is none, or too old. */
export const keptSession = (at: number): Session | null => {
  const kept = read()
  return kept && reopened(kept, at)
}

/**
 * What became of the kept session. `perdue`: nothing was ever written, or a browser killed within seconds had not written it yet;
 * then, and only then, another copy may stand for it. `effacee`: somebody signed out, or it belonged to somebody else.
 */
export const keptState = (): 'gardee' | 'effacee' | 'perdue' => {
  try {
    const text = localStorage.getItem(KEY)
    if (text === null) return 'perdue'
    return text === GONE ? 'effacee' : 'gardee'
  } catch {
    return 'effacee'
  }
}

/** Somebody else signed in, in any app of this browser. */
export const dropKeptSessionOfOthers = (utilisateurId: string): void => {
  const kept = read()
  if (kept && kept.session.utilisateur.id !== utilisateurId) eraseKeptSession()
}
