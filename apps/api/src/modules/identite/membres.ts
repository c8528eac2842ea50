import type { Membre } from '@pass/contracts/equipe.ts'
import { type Acces, isRevueDue, membreEtat, type MembreEtat } from '@pass/domain/membres.ts'
import { isAdministrator, type Role } from '@pass/domain/organisations.ts'
import { rechercheDe } from '@pass/domain/recherche.ts'
import { z } from 'zod'
import { shownAt } from '../../platform/clock.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { Forbidden, found } from '../../platform/errors.ts'
import { cursorOf, pageOf, TAILLE } from '../../platform/page.ts'

type Row = {
  adhesion_id: string
  utilisateur_id: string
  prenom: string
  nom: string
  courriel: string
  desactive: boolean
  role: Role
  territoire: string[]
  date_debut: Date
  date_fin: Date | null
  retiree: boolean
  revue_le: Date | null
  second_facteur: boolean
  derniere_connexion_at: Date | null
}

/** An access with what the rules weigh and what the page shows. */
export type MembreAcces = Acces & {
  prenom: string
  nom: string
  courriel: string
  territoire: string[]
  revueLe: string | null
  secondFacteur: boolean
  derniereConnexionAt: Date | null
}

const toAcces = (row: Row): MembreAcces => ({
  adhesionId: row.adhesion_id,
  utilisateurId: row.utilisateur_id,
  prenom: row.prenom,
  nom: row.nom,
  courriel: row.courriel,
  desactive: row.desactive,
  role: row.role,
  territoire: row.territoire,
  dateDebut: dayOf(row.date_debut),
  dateFin: row.date_fin && dayOf(row.date_fin),
  retiree: row.retiree,
  revueLe: row.revue_le && dayOf(row.revue_le),
  secondFacteur: row.second_facteur,
  derniereConnexionAt: row.derniere_connexion_at,
})

/** Every access ever given in the actor's organisation: some tens of rows, that the rules compare with each other. */
export const accesOf = async ({ db }: Pick<Ctx, 'db'>): Promise<MembreAcces[]> =>
  (await db.$queryRaw<Row[]>`select * from membres()`).map(toAcces)

const toMembre = ({ actor, now, today }: Ctx, { retiree, desactive: _, ...acces }: MembreAcces): Membre => ({
  ...acces,
  etat: membreEtat({ ...acces, retiree }, today),
  derniereConnexionAt: acces.derniereConnexionAt && shownAt({ now }, acces.derniereConnexionAt),
  revueDue: isRevueDue({ ...acces, retiree }, today),
  moi: acces.utilisateurId === actor.utilisateurId,
})

type ListQuery = { etat?: MembreEtat | undefined; recherche?: string | undefined; apres?: string | undefined; taille?: number | undefined }

/** The team, by name; one row an access. */
export const listMembres = async (ctx: Ctx, { etat, recherche = '', apres, taille = TAILLE }: ListQuery) => {
  const last = cursorOf(apres, z.tuple([z.string(), z.uuid()]))
  const asked = rechercheDe(recherche)
  const keyOf = ({ nom, prenom, adhesionId }: Pick<Membre, 'nom' | 'prenom' | 'adhesionId'>) =>
    [rechercheDe(`${nom} ${prenom}`), adhesionId] as const
  const compare = ([a, i]: readonly [string, string], [b, j]: readonly [string, string]) => (a === b ? (i < j ? -1 : 1) : a < b ? -1 : 1)
  const all = (await accesOf(ctx))
    .map((acces) => toMembre(ctx, acces))
    .filter((membre) => etat === undefined || membre.etat === etat)
    .filter(({ prenom, nom, courriel }) => rechercheDe(`${prenom} ${nom} ${courriel} ${prenom}`).includes(asked))
    .toSorted((a, b) => compare(keyOf(a), keyOf(b)))
  const rest = last ? all.filter((membre) => compare(keyOf(membre), last) > 0) : all
  return pageOf(rest.slice(0, taille + 1), taille, keyOf, all.length)
}

export const getMembre = async (ctx: Ctx, adhesionId: string): Promise<Membre> =>
  toMembre(ctx, found((await accesOf(ctx)).find((acces) => acces.adhesionId === adhesionId)))

/**
 * Every access, and no other change of them until the end: two people who administer and withdraw each other at once leave one.
 * Whoever was withdrawn, or changed role, while waiting does nothing more.
 */
export const lockMembres = async (ctx: Ctx): Promise<{ all: MembreAcces[]; moi: MembreAcces }> => {
  await ctx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`membres|${ctx.actor.organisationId}`}, 0))`
  const all = await accesOf(ctx)
  const moi = all.find(({ adhesionId }) => adhesionId === ctx.actor.adhesionId)
  if (!moi || !isAdministrator(moi.role) || membreEtat(moi, ctx.today) !== 'en_cours') throw new Forbidden()
  return { all, moi }
}
