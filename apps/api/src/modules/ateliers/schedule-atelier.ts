import type { Atelier } from '@pass/contracts/ateliers.ts'
import { type Niveau, whyNotSchedule } from '@pass/domain/ateliers.ts'
import { localDay } from '@pass/domain/days.ts'
import type { ThemeCode } from '@pass/domain/lieux.ts'
import { refuse } from '@pass/domain/refusal.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce, found } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { getAtelier } from './queries.ts'

/** What ateliers of one series have in common. */
export type Plan = {
  lieuId: string
  theme: ThemeCode
  niveau: Niveau
  debut: string
  dureeMinutes: number
  capacite: number
  offert?: boolean
}
type LieuRow = { fuseau: string; date_fermeture: string | null; service: boolean }

const lieuOf = async (ctx: Ctx, { lieuId, theme }: Plan): Promise<LieuRow> => {
  const [row] = await ctx.db.$queryRaw<LieuRow[]>`select l.fuseau, l.date_fermeture::text as date_fermeture,
      exists (select 1 from lieu_service s where s.organisation_id = l.organisation_id and s.lieu_id = l.id and s.theme = ${theme}) as service
    from lieu l where l.id = ${lieuId}::uuid and l.organisation_id = ${ctx.actor.organisationId}::uuid`
  return found(row)
}

/**
 * Opens ateliers in a place of one's own, for a service of its catalogue, one a date: all of them, or none. `cheminOf` names the field
 * of a date in fault. Answers their ids in the order of the dates.
 */
export const openAteliers = async (
  ctx: Ctx,
  plan: Plan,
  dates: readonly string[],
  cheminOf: (rank: number) => string = () => 'date',
): Promise<string[]> => {
  const { lieuId, theme, niveau, debut, dureeMinutes, capacite, offert = false } = plan
  const { organisationId, utilisateurId } = ctx.actor
  const lieu = await lieuOf(ctx, plan)
  const today = localDay(ctx.now, lieu.fuseau)
  for (const [rank, date] of dates.entries()) {
    const refusal = whyNotSchedule({ date, dureeMinutes, capacite }, today)
    const erreurs = refusal?.erreurs?.map((one) => (one.chemin === 'date' ? { ...one, chemin: cheminOf(rank) } : one))
    enforce(refusal && { ...refusal, ...(erreurs && { erreurs }) })
    const isClosed = lieu.date_fermeture !== null && date >= lieu.date_fermeture
    enforce(isClosed ? refuse('lieu_ferme', 'Votre lieu est enregistré comme fermé à cette date.') : null)
  }
  enforce(lieu.service ? null : refuse('service_non_prevu', 'Ce thème n’est pas au catalogue de votre lieu.'))
  const made = await ctx.db.$queryRaw<{ id: string }[]>`insert into atelier
      (organisation_id, id, lieu_id, mediateur_id, theme, niveau, date, debut, duree_minutes, capacite, offert)
    select ${organisationId}::uuid, uuidv7(), ${lieuId}::uuid, ${utilisateurId}::uuid, ${theme}, ${niveau}, d.date, ${debut}, ${dureeMinutes}, ${capacite}, ${offert}
      from unnest(${[...dates]}::date[]) with ordinality d(date, rang) order by d.rang
    returning id`
  const ids = made.map(({ id }) => id)
  for (const atelierId of ids) await fact(ctx, { sujet: 'atelier.cree', objet: { atelierId } })
  return ids
}

/** Opens one atelier. */
export const scheduleAtelier = async (ctx: Ctx, { date, ...plan }: Plan & { date: string }): Promise<Atelier> => {
  const [atelierId] = await openAteliers(ctx, plan, [date])
  return getAtelier(ctx, { atelierId: atelierId! })
}
