import { type Categorie, RYTHME_PAR_DEFAUT } from '@pass/domain/notifications.ts'
import type { Role } from '@pass/domain/organisations.ts'
import type { PublicCtx } from './context.ts'

type News = {
  organisationId: string
  /** Told to whoever holds one of these roles there, and to these people of it. */
  roles?: readonly Role[]
  utilisateurIds?: readonly string[]
  categorie: Categorie
  /** Stable, for whoever reads the rows: `bordereau_paye`. */
  code: string
  /** Starts with the object: it is also the subject of the mail. No name of a beneficiary, no code. */
  titre: string
  texte: string
  /** A path of the site. */
  lien: string | null
}

/**
 * Tells something to people of an organisation, in the transaction of what happened: on their Notifications page, and by mail at the
 * rhythm that each of them chose. How many were told.
 */
export const notify = async (
  { db, today }: PublicCtx,
  { organisationId, roles = [], utilisateurIds = [], categorie, code, titre, texte, lien }: News,
): Promise<number> => {
  const [row] = await db.$queryRaw<{ n: number }[]>`
    select notify_people(${organisationId}::uuid, ${[...roles]}::text[], ${[...utilisateurIds]}::uuid[], ${today}::date, ${categorie},
      ${RYTHME_PAR_DEFAUT[categorie]}, ${code}, ${titre}, ${texte}, ${lien}) n`
  return row?.n ?? 0
}
