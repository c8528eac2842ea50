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

/** The same for several organisations at once, in one statement: what is told to each is its own. */
export const notifyEach = async ({ db, today }: Pick<PublicCtx, 'db' | 'today'>, news: readonly News[]): Promise<number> => {
  if (news.length === 0) return 0
  const rows = news.map(({ roles = [], utilisateurIds = [], ...row }) => ({
    ...row,
    roles,
    utilisateurIds,
    rythme: RYTHME_PAR_DEFAUT[row.categorie],
  }))
  const [row] = await db.$queryRaw<{ n: number }[]>`
    select coalesce(sum(notify_people(t."organisationId", t.roles, t."utilisateurIds", ${today}::date, t.categorie, t.rythme, t.code, t.titre, t.texte, t.lien)), 0)::int n
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        t("organisationId" uuid, roles text[], "utilisateurIds" uuid[], categorie text, rythme text, code text, titre text, texte text, lien text)`
  return row?.n ?? 0
}
