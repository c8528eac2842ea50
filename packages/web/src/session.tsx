import { consultationRoutes } from '@pass/contracts/consultations.ts'
import { posteRoutes } from '@pass/contracts/postes.ts'
import { type Session, sessionRoutes } from '@pass/contracts/session.ts'
import { parisDay } from '@pass/domain/days.ts'
import type { Droit } from '@pass/domain/droits.ts'
import { homePath, type OrganisationType } from '@pass/domain/organisations.ts'
import { useSuspenseQuery } from '@tanstack/react-query'
import { tellEnd } from './activity.ts'
import { apiQuery, call, queryClient } from './api.ts'
import { setDraftOwner } from './drafts.ts'
import { noteProof } from './proof.ts'
import { dropKeptSessionOfOthers } from './modules/pass/kept-session.ts'
import { goAway, setAdhesion } from './tab.ts'

export type { Session } from '@pass/contracts/session.ts'

const sessionQuery = { ...apiQuery(sessionRoutes.getSession, {}), staleTime: Infinity }

// The server's clock may be years away from the computer's (demonstration, tests): only the difference is kept.
let skewMs = 0
let endsAt = Number.POSITIVE_INFINITY

const note = (session: Session): void => {
  setAdhesion(session.adhesionId)
  dropKeptSessionOfOthers(session.utilisateur.id)
  setDraftOwner({ utilisateurId: session.utilisateur.id, adhesionId: session.adhesionId })
  noteProof(session.preuve.restantSecondes)
  skewMs = Date.parse(session.maintenant) - Date.now()
  endsAt = Date.now() + session.restantSecondes * 1000
}

/** The loader of the shell: no page of a role app is shown before the session is known. */
export const sessionLoader = async (): Promise<null> => {
  note(await queryClient.ensureQueryData(sessionQuery))
  return null
}

/** The session as an act has just answered it (a proof), shown at once everywhere. */
export const setSession = (session: Session): void => {
  note(session)
  queryClient.setQueryData(sessionQuery.queryKey, session)
}

/** Reads the session again: the server counts from now, and what changed (unread news, factors) shows. */
export const refreshSession = async (): Promise<Session> => {
  const session = await call(sessionRoutes.getSession, {})
  setSession(session)
  return session
}

/** When the session closes whatever happens (epoch ms, the computer's clock). */
export const sessionEndsAt = (): number => endsAt

/** Who is signed in, for which organisation. */
export const useSession = (): Session => useSuspenseQuery(sessionQuery).data

/** The session if it is known; error pages and public pages live without it. */
export const knownSession = (): Session | undefined => queryClient.getQueryData<Session>(sessionQuery.queryKey)

/** `can('commande:create')`: whether the session holds the droit. To explain a disabled button, not to protect anything. */
export const useCan = (): ((droit: Droit) => boolean) => {
  const { droits } = useSession()
  return (droit) => droits.includes(droit)
}

/** An instant of the computer's clock (epoch ms), by the server's. */
export const serverTime = (at: number): Date => new Date(at + skewMs)

/** The instant by the server's clock. */
export const now = (): Date => serverTime(Date.now())

/** The day in Paris by the server's clock, `YYYY-MM-DD`: what every rule of the domain takes. */
export const today = (): string => parisDay(now())

/** The name of that part of the platform, after « Retour à ». */
const SPACE_OF: Record<OrganisationType, string> = {
  anct: 'l’espace ANCT',
  operateur: 'l’espace opérateur',
  collectivite: 'l’espace collectivité',
  prescripteur: 'l’espace prescripteur',
  structure: 'l’espace médiation',
  prefecture: 'l’espace partenaire',
  hub: 'l’espace partenaire',
  financeur: 'l’espace partenaire',
}
export const spaceName = (type: OrganisationType): string => SPACE_OF[type]

/** Where the people of an organisation work. */
export const appPath = homePath

/** Acts for another of one's organisations, from its own home page: nothing read before may stay on screen. */
export const switchOrganisation = async (adhesionId: string): Promise<void> => {
  const session = await call(sessionRoutes.switchAdhesion, { body: { adhesionId } })
  globalThis.location.assign(appPath(session.organisation.type))
}

const leave = (vers: string, others = vers): void => {
  tellEnd(others)
  goAway(vers)
}

/** Out, here and in every other tab; ProConnect forgets the person too. */
export const signOut = async (): Promise<void> => {
  const { suite } = await call(sessionRoutes.signOut, {})
  leave(suite ?? '/connexion', '/connexion')
}

/** On a trusted desk: this person's session closes, the next one enters by their code. */
export const lockDesk = async (): Promise<void> => {
  await call(posteRoutes.lockGuichet, {})
  leave('/connexion/guichet')
}

/** The assistance comes back to its own screen. */
export const closeConsultation = async (): Promise<void> => {
  await call(consultationRoutes.closeConsultation, {})
  globalThis.location.replace('/compte/assistance')
}
