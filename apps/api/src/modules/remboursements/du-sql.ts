import type { Situation } from '@pass/domain/du.ts'
import type { Ctx } from '../../platform/context.ts'
import { type Sql, sql } from '../../platform/db.ts'
import { reachSql } from '../../platform/reach.ts'

/** How long a use may be undone. */
const ANNULATION_MS = 24 * 3_600_000

/**
 * `suite`: each bordereau of the structure and the one that pays it in the end, itself unless the bank rejected it and another carries
 * it, however many times. To put after `with recursive`.
 */
export const suiteOf = (ctx: Ctx): Sql => sql`
  pas as (
    select b.id origine, b.id, b.report_id, 0 rang from bordereau b where ${reachSql(ctx, 'bordereau', 'b')}
    union all
    select p.origine, b.id, b.report_id, p.rang + 1 from pas p join bordereau b on b.id = p.report_id and ${reachSql(ctx, 'bordereau', 'b')}),
  suite as (
    select distinct on (p.origine) p.origine, b.id, b.reference, b.statut, b.mois, b.semaine, b.montant_centimes, b.pass, b.arrete_at, b.transmis_at, b.date_banque,
           v.reference virement, v.statut virement_statut
      from pas p join bordereau b on b.id = p.id and ${reachSql(ctx, 'bordereau', 'b')}
      left join virement v on v.organisation_id = b.organisation_id and v.bordereau_id = b.id
     order by p.origine, p.rang desc)`

/** Where a use (`r`) stands, from the bordereau that pays it (`f`): the domain's situations. */
export const situationSql = (ctx: Ctx): Sql => sql`
  case when r.statut = 'payee' then ${'payee' satisfies Situation}
       when f.id is null then case when r.a_examiner then ${'contestee' satisfies Situation}
         when r.at > ${new Date(ctx.now.getTime() - ANNULATION_MS)}::timestamptz then ${'annulable' satisfies Situation} else ${'a_payer' satisfies Situation} end
       when f.statut = 'rejete' then ${'rejetee' satisfies Situation}
       when f.statut = 'transmis' then ${'transmise' satisfies Situation}
       else ${'en_bordereau' satisfies Situation} end`

/** The live uses of the structure, with the bordereau that pays each: `from … where …`. */
export const usesSql = (ctx: Ctx): Sql => sql`from redemption r left join suite f on f.origine = r.bordereau_id
  where ${reachSql(ctx, 'redemption', 'r')} and r.statut <> 'annulee'`

/** Days in Paris of the bordereau, and the month that decides the date of a use. */
export const datesSql: Sql = sql`coalesce(f.mois, to_char(r.at at time zone 'Europe/Paris', 'YYYY-MM')) mois, f.semaine,
  (f.arrete_at at time zone 'Europe/Paris')::date::text arrete_le, (f.transmis_at at time zone 'Europe/Paris')::date::text transmis_le`
