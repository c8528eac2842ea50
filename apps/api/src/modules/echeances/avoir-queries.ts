import type { Avoir, Avoirs } from '@pass/contracts/avoirs.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/db.ts'
import { found } from '../../platform/errors.ts'
import { reach, reachSql } from '../../platform/reach.ts'
import { aCrediterOf } from '../comptabilite/public.ts'

const requireConvention = async (ctx: Ctx, conventionId: string) =>
  found(
    await ctx.db.convention.findFirst({
      where: { id: conventionId, ...reach(ctx, 'convention') },
      select: { collectiviteId: true, operateurId: true, reference: true },
    }),
  )

/** The avoirs of a convention by number, the last one first; some of them when only some are asked. */
const avoirsOf = async (ctx: Ctx, conventionId: string, which: { id?: string } = {}): Promise<Avoir[]> => {
  const rows = await ctx.db.avoir.findMany({
    where: { conventionId, ...which, ...reach(ctx, 'avoir') },
    include: { parts: { orderBy: { rang: 'asc' } }, echeance: { select: { lotId: true, dateFin: true } } },
    orderBy: [{ annee: 'desc' }, { rang: 'desc' }],
  })
  return rows.map(({ id, numero, dateEmission, echeance, passExpires, passAnnules, retenues, montantCentimes, parts }) => ({
    id,
    numero,
    dateEmission: dayOf(dateEmission),
    lot: echeance && { id: echeance.lotId, dateFin: dayOf(echeance.dateFin) },
    passExpires,
    passAnnules,
    retenues,
    montantCentimes: Number(montantCentimes),
    parts: parts.map((part) => ({ nom: part.nom, cleBp: part.cleBp, montantCentimes: Number(part.montantCentimes) })),
  }))
}

/** The avoirs of a convention, and what waits for the next. */
export const listAvoirs = async (ctx: Ctx, { conventionId }: { conventionId: string }): Promise<Avoirs> => {
  await requireConvention(ctx, conventionId)
  return { items: await avoirsOf(ctx, conventionId), aCrediter: await aCrediterOf(ctx, conventionId) }
}

export const getAvoir = async (ctx: Ctx, { conventionId, avoirId }: { conventionId: string; avoirId: string }): Promise<Avoir> =>
  found((await avoirsOf(ctx, conventionId, { id: avoirId }))[0])

/** A complementary avoir, by its number: what it says on paper. */
export const readComplement = async (ctx: Ctx, { conventionId, numero }: { conventionId: string; numero: string }) => {
  const { reference } = await requireConvention(ctx, conventionId)
  const row = found(
    await ctx.db.avoir.findFirst({
      where: { conventionId, numero, echeanceId: null, ...reach(ctx, 'avoir') },
      include: { parts: { orderBy: { rang: 'asc' } } },
    }),
  )
  return { ...row, convention: reference }
}

export type RetenueLue = { date: Date; structure: string; motif: string; montant: bigint }

/** What each incident of an avoir withheld, the oldest use first: no person, no carnet. */
export const retenuesOf = (ctx: Ctx, avoirId: string) => ctx.db.$queryRaw<RetenueLue[]>`
  select r.date_atelier "date", o.nom structure, i.motif, i.montant_centimes montant
    from incident i join redemption r on r.collectivite_id = i.collectivite_id and r.id = i.redemption_id join organisation o on o.id = i.organisation_id
   where ${reachSql(ctx, 'incident', 'i')} and i.avoir_id = ${avoirId}::uuid order by r.date_atelier, i.id`

/** Complementary avoirs that give back something withheld on a use of this lot. */
export const complementsOf = async (ctx: Ctx, { collectiviteId, lotId }: { collectiviteId: string; lotId: string }) => {
  const rows = await ctx.db.$queryRaw<{ numero: string; date: Date; montant: bigint }[]>`
    select a.numero, a.date_emission "date", sum(i.montant_centimes)::bigint montant
      from avoir a join incident i on i.collectivite_id = a.collectivite_id and i.avoir_id = a.id
      join redemption r on r.collectivite_id = i.collectivite_id and r.id = i.redemption_id
      join carnet c on c.collectivite_id = r.collectivite_id and c.id = r.carnet_id
     where ${reachSql(ctx, 'avoir', 'a')} and a.collectivite_id = ${collectiviteId}::uuid and a.echeance_id is null and c.lot_id = ${lotId}::uuid
     group by a.annee, a.rang, a.numero, a.date_emission order by a.annee desc, a.rang desc`
  return rows.map(({ numero, date, montant }) => ({ numero, dateEmission: dayOf(date), montantCentimes: Number(montant) }))
}
