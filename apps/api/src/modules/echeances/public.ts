import type { AFaireEcheance, Partie } from '@pass/domain/echeance-suivi.ts'
import type { Actor, PublicCtx } from '../../platform/context.ts'
import { type Sql, sql } from '../../platform/db.ts'
import { reachSql } from '../../platform/reach.ts'
import { aFaireSql, NOT_GIVEN_UP } from './a-faire.ts'

type Reader = Pick<PublicCtx, 'today'> & { actor: Pick<Actor, 'organisationId' | 'organisationType'> }

/** Lots whose end waits for this side today: `nombre`, and one of them. */
export const echeancesAFaire = (ctx: Reader, what: AFaireEcheance, partie: Partie): Sql => sql`
  select count(*)::int nombre, min(l.id::text) id
    from lot l join convention v on v.collectivite_id = l.collectivite_id and v.id = l.convention_id
    left join lateral (
      select x.* from echeance x
       where x.collectivite_id = l.collectivite_id and x.lot_id = l.id and (x.date_fin = l.date_fin or x.statut in ('cloture', 'close'))
       order by x.statut in ('cloture', 'close') desc, x.date_fin desc limit 1) e on true
   where ${reachSql(ctx, 'lot', 'l')} and l.produits > 0 and ${NOT_GIVEN_UP} and ${aFaireSql(what, partie, ctx.today)}`
