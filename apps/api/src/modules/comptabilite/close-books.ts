import type { MoisComptable, MoisComptables } from '@pass/contracts/livres.ts'
import { monthEnd, nextToClose, whyNotCloseBooks } from '@pass/domain/livres.ts'
import type { Ctx } from '../../platform/context.ts'
import { enforce } from '../../platform/errors.ts'
import { fact } from '../../platform/facts.ts'
import { reachSql } from '../../platform/reach.ts'
import { lastEcarts } from './controles.ts'

type Row = { operateur_id: string; operateur: string; mois: string; ecritures: number; montant: bigint; clos_at: Date | null }

/** Every month in which something was posted or that is closed, the last one first; a collectivité sees its own lines alone. */
const monthsOf = (ctx: Ctx) => ctx.db.$queryRaw<Row[]>`
  with poste as (
    select t.operateur_id, to_char(t.at at time zone 'Europe/Paris', 'YYYY-MM') as mois, count(*)::int as ecritures, sum(t.montant_centimes)::bigint as montant
      from transfer t where ${reachSql(ctx, 'transfer', 't')} group by 1, 2),
  clos as (select l.operateur_id, l.mois, l.at from livre_clos l where ${reachSql(ctx, 'livre_clos', 'l')})
  select o.id as operateur_id, o.nom as operateur, coalesce(p.mois, c.mois) as mois, coalesce(p.ecritures, 0) as ecritures,
         coalesce(p.montant, 0)::bigint as montant, c.at as clos_at
    from poste p full join clos c on c.operateur_id = p.operateur_id and c.mois = p.mois
    join organisation o on o.id = coalesce(p.operateur_id, c.operateur_id)
   order by 3 desc, o.nom`

const toMonth = ({ operateur_id: id, operateur: nom, mois, ecritures, montant, clos_at }: Row): MoisComptable => ({
  operateur: { id, nom },
  mois,
  ecritures,
  montantCentimes: Number(montant),
  closAt: clos_at?.toISOString() ?? null,
})

/** What the rules of closing look at. */
const factsOf = (months: readonly MoisComptable[]) => ({
  dernierClos: months.find(({ closAt }) => closAt !== null)?.mois ?? null,
  premierMois: months.at(-1)?.mois ?? null,
})

/** The months of the books; for the operator, the next one to close and why it cannot be yet. */
export const listMoisComptables = async (ctx: Ctx): Promise<MoisComptables> => {
  const items = (await monthsOf(ctx)).map(toMonth)
  if (ctx.actor.organisationType !== 'operateur') return { items, aClore: null }
  const facts = factsOf(items)
  const mois = nextToClose(facts)
  if (mois === null) return { items, aClore: null }
  const refus = whyNotCloseBooks({ ...facts, mois, now: ctx.now, ecarts: await lastEcarts(ctx) })
  return { items, aClore: { mois, refus: refus?.message ?? null } }
}

/** One closing at a time: of two at once, the second reads what the first did. */
const hold = (ctx: Ctx) => ctx.db.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`livre|${ctx.actor.organisationId}`}, 0))`

/** Closes the books of a month: what is in them is counted, and nothing can be posted before its end any more. */
export const closeBooks = async (ctx: Ctx, { mois }: { mois: string }): Promise<MoisComptables> => {
  await hold(ctx)
  const facts = factsOf((await monthsOf(ctx)).map(toMonth))
  enforce(whyNotCloseBooks({ ...facts, mois, now: ctx.now, ecarts: await lastEcarts(ctx) }))
  await ctx.db.$executeRaw`
    insert into livre_clos (operateur_id, mois, avant, ecritures, montant_centimes, collectivite_ids, par, at)
    select ${ctx.actor.organisationId}::uuid, ${mois}, ${monthEnd(mois)}::timestamptz, count(t.id)::int, coalesce(sum(t.montant_centimes), 0),
           (select coalesce(array_agg(distinct a.collectivite_id), '{}') from account a where a.operateur_id = ${ctx.actor.organisationId}::uuid),
           ${ctx.actor.utilisateurId}::uuid, ${ctx.now}::timestamptz
      from transfer t
     where t.operateur_id = ${ctx.actor.organisationId}::uuid and to_char(t.at at time zone 'Europe/Paris', 'YYYY-MM') = ${mois}`
  await fact(ctx, { sujet: 'livre.clos', objet: { mois } })
  return listMoisComptables(ctx)
}
