import type { OrganisationType, Role } from '@pass/domain/organisations.ts'
import type { Db } from './db.ts'

/** Who acts, for which organisation: the adhesion of the session. */
export type Actor = {
  utilisateurId: string
  prenom: string
  nom: string
  adhesionId: string
  organisationId: string
  organisationType: OrganisationType
  organisationNom: string
  role: Role
  sessionId: string
  /** Codes of the territory: the adhesion's own, else the organisation's. */
  territoire: readonly string[]
}

/** What a public route may use: no actor, the role `as_public`, nothing but what everyone may read. */
export type PublicCtx = {
  /** The door's transaction. Never another client: outside it, row security shows nothing. */
  db: Db
  now: Date
  /** The day in Paris, `YYYY-MM-DD`. */
  today: string
  requestId: string
}

/** What every handler, query and use-case receives first. */
export type Ctx = PublicCtx & { actor: Actor }
